"""Reading text from pictures of pages with tesseract, where the system has it (Debian: tesseract-ocr).

The page is drawn by pdfium and handed to tesseract, both in a process of their own with limits of their own.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from library.errors import OcrMissing
from library.formats.nursery import Nursery
from library.formats.reading import Limits
from library.languages import UNKNOWN, normalise, three_letters

PROGRAM = "tesseract"
LIMITS = Limits(cpu_seconds=180, wall_seconds=300)
"""For one page: an A4 page at 300 dpi takes 2 to 10 seconds, a poster full of type a minute."""
ASKING_SECONDS = 30
PACKAGES = "tesseract-ocr and one package for each language, such as tesseract-ocr-fra (Debian)"
NO_LANGUAGE = frozenset({"osd", "equ"})
"""Packs that tell the direction of writing, and formulae."""


@dataclass(frozen=True, slots=True)
class Ocr:
    """The tesseract of this system."""

    version: str
    packs: tuple[str, ...]
    """Language packs as tesseract calls them: `eng`, `fra`."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the library that it can read, as tags."""
        tags = (normalise(pack) for pack in self.packs)
        return tuple(sorted({tag for tag in tags if tag != UNKNOWN}))

    def packs_for(self, *languages: str) -> tuple[str, ...]:
        """The packs for languages given as tags, in their order; none for a language that no pack is there for."""
        return tuple(dict.fromkeys(p for tag in languages for p in self.packs if normalise(p) == tag != UNKNOWN))


def available() -> Ocr | None:
    """The tesseract of this system; None when there is none that answers."""
    if shutil.which(PROGRAM) is None:
        return None
    try:
        version = _answer("--version").partition("\n")[0].removeprefix(PROGRAM).strip()
        listed = _answer("--list-langs").split("\n")[1:]
    except (OSError, subprocess.SubprocessError):
        return None
    packs = tuple(name for line in listed if (name := line.strip()) and name not in NO_LANGUAGE)
    return Ocr(version, packs) if packs else None


def packages_for(language: str) -> str:
    """The Debian packages with which a language, given as a tag, can be read: `tesseract-ocr tesseract-ocr-fra`."""
    code = three_letters(language)
    return f"tesseract-ocr tesseract-ocr-{code}" if code else "tesseract-ocr"


def needed(languages: tuple[str, ...]) -> tuple[Ocr, tuple[str, ...]]:
    """Tesseract with the packs for these languages, given as tags. Raises OcrMissing, which names the packages."""
    found = available()
    if found is None:
        raise OcrMissing("tesseract, which reads text from pictures, is not installed", f"install {PACKAGES}")
    packs = found.packs_for(*languages)
    if not packs:
        named, has = ", ".join(languages), ", ".join(found.languages)
        raise OcrMissing(
            f"tesseract cannot read {named} here; it has {has or 'no language of the library'}",
            f"install the pack for that language, or name another with --language: {PACKAGES}",
        )
    return found, packs


def read_page(path: Path, number: int, packs: tuple[str, ...], limits: Limits = LIMITS) -> str:
    """The text that tesseract sees on a page of a PDF, from 1. Raises UnreadableFile."""
    with Nursery("library.formats.ocr_process", (str(number), "+".join(packs))) as nursery:
        return str(nursery.run(path, limits)["text"])


def _answer(question: str) -> str:
    done = subprocess.run(
        [PROGRAM, question],
        capture_output=True,
        text=True,
        timeout=ASKING_SECONDS,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout or done.stderr  # older versions answer on standard error

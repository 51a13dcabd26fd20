"""What OCR read from a file, kept beside the file: it took long, and may have used packs that others do not have.

`documents/<work>/ocr/<sha256>.json` belongs to the library like the file itself; a lost index takes it from there.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from library.durable import write_text
from library.formats.cache_files import content_path
from library.formats.text_repair import letters_in
from library.model import Page, TextSource

FEWEST_LETTERS = 20
"""What OCR makes of a photograph: with fewer letters a page stays without text."""


@dataclass(frozen=True, slots=True)
class OcrPages:
    """The pages of a file that were read by OCR."""

    engine: str
    """The program and its version."""
    packs: tuple[str, ...]
    texts: Mapping[int, str] = field(default_factory=dict)
    """By page number from 1; a page on which hardly anything was found has an empty text."""

    def as_json(self) -> str:
        """The object that is kept."""
        pages = {str(number): self.texts[number] for number in sorted(self.texts)}
        return json.dumps(
            {"engine": self.engine, "packs": list(self.packs), "pages": pages}, ensure_ascii=False, indent=1
        )

    @property
    def found(self) -> tuple[int, ...]:
        """Pages with text worth the name."""
        return tuple(n for n in sorted(self.texts) if letters_in(self.texts[n], FEWEST_LETTERS) >= FEWEST_LETTERS)


def ocr_path(folder: Path, sha256: str) -> Path:
    """Where it is kept, `folder` being that of the work."""
    return content_path(folder / "ocr", sha256, ".json")


def kept(folder: Path, sha256: str) -> OcrPages | None:
    """What was read of the file with this sha256; None when nothing was, or what is there is not in order."""
    try:
        return parsed(ocr_path(folder, sha256).read_bytes())
    except OSError:
        return None


def parsed(content: bytes) -> OcrPages | None:
    """What was read, as it was kept; None when it is not in order."""
    try:
        found = json.loads(content.decode("utf-8"))
        texts = {int(number): str(text) for number, text in found["pages"].items()}
        return OcrPages(str(found["engine"]), tuple(map(str, found["packs"])), texts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep(folder: Path, sha256: str, pages: OcrPages) -> None:
    """Keep it, safe on the disk when this returns."""
    path = ocr_path(folder, sha256)
    path.parent.mkdir(exist_ok=True)
    write_text(path, pages.as_json())


def with_ocr(pages: Sequence[Page], read: OcrPages | None, numbers: Collection[int]) -> tuple[Page, ...]:
    """The pages of a file, those of these numbers with the text that OCR read."""
    texts = read.texts if read is not None else {}
    return tuple(
        replace(page, text=texts[page.number], source=TextSource.OCR)
        if page.number in numbers and page.number in texts
        else page
        for page in pages
    )

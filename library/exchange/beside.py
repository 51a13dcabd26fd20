"""The files that a table names: they lie beside it, and nothing else can be meant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from library.exchange.report import Fault
from library.formats.ocr_pages import OcrPages, ocr_path, parsed
from library.formats.text_repair import NOISE, clean_metadata
from library.ingest.files import sha256_of

MOST_OCR_BYTES = 50 * 1024 * 1024
"""Of a text that OCR read: some ten thousand pages."""
_HOW = "name it as it is seen from the folder of the table, such as files/fr.pdf"


@dataclass(frozen=True, slots=True)
class Beside:
    """A file beside the table."""

    path: Path
    sha256: str
    bytes: int
    ocr: OcrPages | None = None
    """What OCR read in it, when that came too: `ocr/<sha256>.json` beside it."""


def located(folder: Path, name: str) -> Beside | Fault | None:
    """The file of that name; None when there is none. A name never leads out of the folder, nor does a link."""
    parts = name.replace("\\", "/").split("/")  # as spreadsheets made under Windows have it
    if any(part in {"", ".", ".."} or ":" in part or not part.isprintable() for part in parts):
        return Fault("file", f"“{name[:80]}” leads out of the folder of the table, or is no name", _HOW)
    path = folder.joinpath(*parts)
    try:
        if not path.is_file():
            return None
        if path.resolve() != folder.resolve().joinpath(*parts):
            return Fault("file", f"“{name[:80]}” is a link", "put the file itself there")
        digest = sha256_of(path)
        return Beside(path, digest, path.stat().st_size, _read_by_ocr(folder, path.parent, digest))
    except OSError as error:
        return Fault("file", f"“{name[:80]}” cannot be read: {error.strerror}", "look at its name and permissions")


def _read_by_ocr(folder: Path, place: Path, sha256: str) -> OcrPages | None:
    """The text that came with a file, without characters that are none; None when there is none."""
    path = ocr_path(place, sha256)
    if not path.is_file() or path.resolve() != folder.resolve() / path.relative_to(folder):
        return None
    if path.stat().st_size > MOST_OCR_BYTES:
        return None
    found = parsed(path.read_bytes())
    if found is None:
        return None
    texts = {number: NOISE.sub("", text) for number, text in found.texts.items()}
    return OcrPages(clean_metadata(found.engine), tuple(map(clean_metadata, found.packs)), texts)

"""The files that a table names: they lie beside it, and nothing else can be meant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from library.exchange.report import Fault
from library.ingest.files import sha256_of

_HOW = "name it as it is seen from the folder of the table, such as files/fr.pdf"


@dataclass(frozen=True, slots=True)
class Beside:
    """A file beside the table."""

    path: Path
    sha256: str
    bytes: int


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
        return Beside(path, sha256_of(path), path.stat().st_size)
    except OSError as error:
        return Fault("file", f"“{name[:80]}” cannot be read: {error.strerror}", "look at its name and permissions")

"""What somebody wants imported: a table, lines, a package of DSpace; alone, in a folder, or in a ZIP file."""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from library.errors import UsageError
from library.exchange.lines import read_lines
from library.exchange.offer import Offer
from library.exchange.saf_reading import items, offers
from library.exchange.spreadsheet import read_sheet
from library.exchange.unpacking import unpack
from library.topics import Thesaurus

TABLES = (".csv", ".tsv", ".txt")
LINES = (".jsonl", ".ndjson")
MOST_TABLE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """Offers, and the folder from which the names of their files are seen."""

    folder: Path
    offers: tuple[Offer, ...]
    notices: tuple[str, ...]
    batch: str
    """A name made from what is in it: the same import, begun again, has the same."""


@contextmanager
def opened(path: Path, thesaurus: Thesaurus, encoding: str = "", name: str = "") -> Iterator[Source]:
    """What is to be imported; a ZIP file is unpacked for as long as it is looked at. Raises UsageError.

    `name` is what people call it, when its path says otherwise.
    """
    called = Path(name or path.name).stem
    if path.is_dir():
        yield _folder(path, called, thesaurus, encoding)
    elif not path.is_file():
        raise UsageError(f"there is no file or folder {path}", "check the path")
    elif path.suffix.lower() in (*TABLES, *LINES):
        yield _table(path, called, encoding)
    elif zipfile.is_zipfile(path):
        with tempfile.TemporaryDirectory(prefix="library-import-") as place:
            unpack(path, Path(place))
            yield _folder(Path(place), called, thesaurus, encoding)
    else:
        raise UsageError(
            f"{path.name} is neither a table nor a ZIP file", "give a .csv or .jsonl file, a folder, or a ZIP file"
        )


def _folder(folder: Path, name: str, thesaurus: Thesaurus, encoding: str) -> Source:
    """What a folder holds: one table or one file of lines, or the items of a package."""
    if (folder / "bagit.txt").is_file() or any(folder.glob("*/bagit.txt")):
        raise UsageError(f"{name} is a bag: a library as a whole", "copy its data/documents back instead of documents/")
    for pattern in ("*", "*/*"):
        tables = sorted(path for path in folder.glob(pattern) if _is_table(path))
        if len(tables) > 1:
            shown = ", ".join(path.name for path in tables[:5])
            raise UsageError(f"{name} holds {len(tables)} tables: {shown}", "name the one that is meant")
        if tables:
            return _table(tables[0], name, encoding)
    found = items(folder)
    if not found:
        raise UsageError(
            f"{name} holds neither a table of records nor items of DSpace",
            "put a table such as records.csv into it (docs/exchange.md), or folders with dublin_core.xml",
        )
    digest = hashlib.sha256()
    for item in found:
        for path in sorted(item.folder.glob("*.xml")):
            digest.update(path.read_bytes())
    every = tuple(offer for item in found for offer in offers(item, thesaurus))
    return Source(folder, every, (), _batch(name, digest.hexdigest()))


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in (".csv", ".tsv", *LINES) and not path.name.startswith(".") and path.is_file()


def _table(path: Path, name: str, encoding: str) -> Source:
    if path.stat().st_size > MOST_TABLE_BYTES:
        raise UsageError(f"{path.name} is larger than {MOST_TABLE_BYTES} bytes", "part it into several")
    content = path.read_bytes()
    batch = _batch(name, hashlib.sha256(content).hexdigest())
    if path.suffix.lower() in LINES:
        return Source(path.parent, read_lines(content), (), batch)
    sheet = read_sheet(content, encoding)
    return Source(path.parent, sheet.offers, sheet.notices, batch)


def _batch(name: str, digest: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold())[:40].strip("-")
    return f"import-{stem or 'records'}-{digest[:8]}"

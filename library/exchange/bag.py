"""The whole library as a BagIt 1.0 bag (RFC 8493): what is in `documents/`, history and log included, with checksums.

Written by ourselves: the Library of Congress's own package turns a folder into a bag in its place and changes the
working folder of the whole process. It reads our bags in the tests.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from library import __version__
from library.catalogue.catalogue import TRASH
from library.catalogue.label_file import HISTORY
from library.durable import sync_folder, write_text
from library.errors import UsageError
from library.exchange.packed import Packed
from library.ingest.files import CHUNK, sha256_of
from library.settings import FILE as SETTINGS

UNFINISHED = ".unfinished"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Receiver(Protocol):
    """Where a bag is written."""

    def put(self, name: str, source: Path) -> tuple[str, int]:
        """Copy a file; the sha256 and the size of what was copied."""

    def text(self, name: str, content: str) -> str:
        """Write a tag file; its sha256."""


@dataclass(frozen=True, slots=True)
class Bagged:
    """What a bag holds."""

    files: int
    bytes: int
    left_out: tuple[str, ...]
    """Links, which lead elsewhere; seen from the root folder."""


def write_bag(root: Path, target: Path) -> Bagged:
    """Write the bag as a folder: it appears whole under its name, or not at all.

    What was copied by a run that was ended is used again. Raises UsageError when the target is there already.
    """
    if target.exists():
        raise UsageError(f"there is already something at {target}", "name a folder that does not exist yet with -o")
    if target.resolve().is_relative_to((root / "documents").resolve()):
        raise UsageError(f"{target} lies in the library's own documents/", "name a folder outside of it with -o")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}{UNFINISHED}")
    bagged = fill(root, _Folder(unfinished), target.name)
    unfinished.rename(target)
    sync_folder(target.parent)
    return bagged


def pack_bag(root: Path, packed: Packed, name: str) -> Bagged:
    """Write the bag into a ZIP file, below one folder of that name (RFC 8493, section 4)."""
    return fill(root, _Zipped(packed, name), name)


def fill(root: Path, where: Receiver, name: str) -> Bagged:
    """Copy the payload, then write what a bag says of it. Raises UsageError for a name that is no text."""
    sums: dict[str, str] = {}
    size = 0
    paths = list(payload(root))
    links = [path for path in paths if path.is_symlink()]
    for path in paths:
        inside = _named(path.relative_to(root).as_posix())
        if path not in links:
            sums[f"data/{inside}"], copied = where.put(f"data/{inside}", path)
            size += copied
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": (
            f"Bagging-Date: {datetime.now(UTC):%Y-%m-%d}\n"
            f"Bag-Software-Agent: practice-library {__version__}\n"
            f"External-Identifier: {' '.join(name.split())}\n"
            f"Payload-Oxum: {size}.{len(sums)}\n"
        ),
        "manifest-sha256.txt": _manifest(sums),
    }
    written = {tag: where.text(tag, content) for tag, content in tags.items()}
    where.text("tagmanifest-sha256.txt", _manifest(written))
    return Bagged(len(sums), size, tuple(path.relative_to(root).as_posix() for path in links))


def payload(root: Path) -> Iterator[Path]:
    """Every file of the truth, records before the files that they name: those are never overwritten.

    Hidden files are somebody's work at this moment and are left out, but for what was put aside and earlier thesauri.
    """
    settings = root / SETTINGS
    if settings.is_file():
        yield settings
    documents = root / "documents"
    found = [path for path in documents.rglob("*") if path.is_symlink() or path.is_file()]
    inside = ((path, path.relative_to(documents).parts) for path in found)
    lasting = [(path, parts) for path, parts in inside if not _hidden(parts)]
    yield from (
        path for path, _ in sorted(lasting, key=lambda one: (one[1][:-1], one[1][-1] != "record.toml", one[1][-1]))
    )


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(".") for part in (parts[1:] if parts[0] in {TRASH, HISTORY} else parts))


def _named(name: str) -> str:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "replace").decode("utf-8")
        raise UsageError(f"the name of {shown} is no text in UTF-8", "rename that file") from None
    return name


def _manifest(sums: dict[str, str]) -> str:
    """One line a file; what would end a line is written as RFC 8493, section 2.1.3, wants it."""
    table = str.maketrans({"%": "%25", "\n": "%0A", "\r": "%0D"})
    return "".join(f"{digest}  {name.translate(table)}\n" for name, digest in sorted(sums.items()))


class _Folder:
    """A bag in a folder, begun perhaps by an earlier run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)
        shutil.rmtree(folder / "data.old", ignore_errors=True)
        if (folder / "data").exists():
            (folder / "data").rename(folder / "data.old")
        (folder / "data").mkdir()

    def put(self, name: str, source: Path) -> tuple[str, int]:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        before = self._folder / name.replace("data/", "data.old/", 1)
        digest = sha256_of(source)
        if before.is_file() and not before.is_symlink() and sha256_of(before) == digest:
            before.rename(target)
            return digest, target.stat().st_size
        return _copied(source, target)

    def text(self, name: str, content: str) -> str:
        if name == "bagit.txt":  # the payload is complete
            shutil.rmtree(self._folder / "data.old", ignore_errors=True)
        write_text(self._folder / name, content)
        return hashlib.sha256(content.encode("utf-8")).hexdigest()


class _Zipped:
    """A bag in a ZIP file."""

    def __init__(self, packed: Packed, name: str) -> None:
        self._packed = packed
        self._name = name

    def put(self, name: str, source: Path) -> tuple[str, int]:
        return self._packed.file(f"{self._name}/{name}", source)

    def text(self, name: str, content: str) -> str:
        self._packed.text(f"{self._name}/{name}", content)
        return hashlib.sha256(content.encode("utf-8")).hexdigest()


def _copied(source: Path, target: Path) -> tuple[str, int]:
    """Copy a file, counting and summing what was really written."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(CHUNK):
            writing.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest(), size

"""The files a person means: those named, and every document in the folders named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from library.formats.kinds import FileFormat, format_of_name

CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Offered:
    """The files to look at, and what was left aside in folders."""

    files: tuple[Path, ...]
    missing: tuple[Path, ...]
    """Named, but not there."""
    left_alone: tuple[Path, ...]
    """In a folder, but by their names in no format that the library reads."""


def offered(paths: Iterable[Path]) -> Offered:
    """The files of a list of files and folders; folders are searched to the bottom, hidden files left out."""
    files: list[Path] = []
    missing: list[Path] = []
    left: list[Path] = []
    for path in paths:
        if _is(path, Path.is_dir):
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
            files += [p for p in inside if format_of_name(p.name) is not None]
            left += [p for p in inside if format_of_name(p.name) is None]
        else:
            (files if _is(path, Path.is_file) else missing).append(path)
    return Offered(tuple(dict.fromkeys(files)), tuple(missing), tuple(left))


def file_name(language: str, form: str) -> str:
    """What the record calls the file of an edition, by the format that its content was told by.

    Empty for a PDF, whose name goes without saying.
    """
    return "" if form == FileFormat.PDF else f"{language}{FileFormat(form).ending}"


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Whether there is such a thing; a name that is too long, or a folder that is locked, is as if it were not."""
    try:
        return kind(path)
    except OSError:
        return False


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)

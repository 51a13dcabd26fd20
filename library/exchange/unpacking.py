"""A ZIP file that somebody gave us, unpacked into a folder of its own and nowhere else.

Documents handed in at the desk are unpacked by `library.arrivals`, file by file; here the whole is wanted or nothing
of it, and a library as a whole has more files than anybody hands in at once.
"""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path, PurePosixPath

from library.errors import UsageError
from library.formats.zip_parts import DAMAGE

MOST_FILES = 20_000
MOST_BYTES = 8 * 1024**3
"""Of everything together, as unpacked."""
MOST_TIMES_SMALLER = 200
"""A file that shrinks more than this, beyond its first megabyte, is a bomb; deflate reaches a thousandfold."""
MOST_DIRECTORY = 16 * 1024 * 1024
"""Bytes of the list of files: it is read into memory before anything is known of it."""
_CHUNK = 1024 * 1024
_END, _END64, _LOCATOR = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), 20
_TAIL = 65_535 + 22 + 20 + 56
"""Bytes in which both ends of a ZIP stand, with the longest comment (APPNOTE.TXT, sections 4.3.14 to 4.3.16)."""
_REMEDY = "pack it again, with ordinary files only"


def unpack(source: Path, folder: Path) -> None:
    """Put every file of the ZIP below the folder, under the names they have in it.

    Refuses it whole, before or while unpacking, when a name leads out, or it holds links, is locked, or is too large.
    Raises UsageError.
    """
    _check_directory(source)
    try:
        with zipfile.ZipFile(source) as packed:
            every = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(every) > MOST_FILES:
                raise UsageError(f"{source.name} holds more than {MOST_FILES} files", "part it into several")
            names = {_checked(entry): entry for entry in every}
            if len({name.casefold() for name in names}) < len(every):
                raise UsageError(f"{source.name} holds two files of the same name", _REMEDY)
            left = MOST_BYTES
            for name, entry in names.items():
                left -= _written(packed, entry, folder / name, left)
    except DAMAGE as error:
        raise UsageError(
            f"{source.name} cannot be unpacked: {error}", "pack it again as an ordinary ZIP file"
        ) from None


def _check_directory(source: Path) -> None:
    """Refuse a list of files too long to be read into memory. Raises UsageError."""
    with source.open("rb") as file:
        file.seek(max(source.stat().st_size - _TAIL, 0))
        tail = file.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    sizes = [_END.unpack_from(tail, at)[5]] if 0 <= at <= len(tail) - _END.size else []
    large = at - _LOCATOR - _END64.size
    if large >= 0 and tail[large : large + 4] == b"PK\x06\x06":
        sizes.append(_END64.unpack_from(tail, large)[8])
    if not sizes or max(sizes) > MOST_DIRECTORY:
        raise UsageError(f"{source.name} has no list of its files that could be read", "pack it again, or part it")


def _checked(entry: zipfile.ZipInfo) -> str:
    """The name of an entry, one that stays below the folder. Raises UsageError."""
    shown = entry.filename[:120]
    path = PurePosixPath(entry.filename)
    parts = entry.filename.split("/")
    odd = any(part in {"", ".", ".."} or len(part.encode("utf-8", "replace")) > 200 for part in parts)
    if path.is_absolute() or odd or any(sign in entry.filename for sign in "\\:\0") or not entry.filename.isprintable():
        raise UsageError(f"the name “{shown}” in the ZIP file leads elsewhere, or is none", _REMEDY)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        raise UsageError(f"“{shown}” in the ZIP file is a link or a device", _REMEDY)
    if entry.flag_bits & 1:
        raise UsageError(f"“{shown}” in the ZIP file is locked with a password", "pack it again without one")
    return entry.filename


def _written(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Unpack one file; what it says of its size is not believed. Its size. Raises UsageError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    allowed = min(left, _CHUNK + MOST_TIMES_SMALLER * max(entry.compress_size, 1))
    size = 0
    with packed.open(entry) as reading, target.open("xb") as writing:
        while chunk := reading.read(_CHUNK):
            size += len(chunk)
            if size > allowed:
                raise UsageError(f"“{entry.filename[:120]}” in the ZIP file is far larger than it looks", _REMEDY)
            writing.write(chunk)
    return size

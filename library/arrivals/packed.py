"""What is in a ZIP that somebody handed in: looked at with suspicion, entry by entry, before anything is unpacked."""

from __future__ import annotations

import errno
import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from library.arrivals.receiving import MOST_BYTES, ZIP_BEGINS, given_name, megabytes
from library.formats.zip_parts import DAMAGE

MOST_ENTRIES = 2_000
MOST_UNPACKED = 4 * 1024 * 1024 * 1024
"""Bytes of all entries together."""
MOST_RATIO = 200
"""Bytes that one packed byte may become: text gets ten times smaller, the emptiest honest PDF some hundred times."""
FROM_BYTES = 10 * 1024 * 1024
"""Size of an entry from which its ratio is looked at."""
MOST_DIRECTORY = 4 * 1024 * 1024
"""Bytes of the list of entries: read into memory before anything is known of it."""
CHUNK = 256 * 1024

_END = struct.Struct("<4s4H2LH")
_END_SIGN, _END64_SIGN = b"PK\x05\x06", b"PK\x06\x07"
_END_WITHIN = _END.size + 65_535
_LEFT_ALONE = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!\.)|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
"""What systems leave in folders: nobody means to hand it in."""
_DOCUMENTS = frozenset({"mimetype", "[Content_Types].xml"})
"""A ZIP with such an entry is itself a document: ODT and EPUB, DOCX."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a ZIP, or an entry of it, is not taken, and what to do."""

    reason: str
    remedy: str


class BadZip(Exception):
    """The whole ZIP is not taken."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.refusal = Refusal(reason, remedy)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a ZIP."""

    number: int
    """From 1, in the order of the ZIP's list."""
    name: str
    refusal: Refusal | None
    info: zipfile.ZipInfo


def is_pack(path: Path) -> bool:
    """Whether a file is a ZIP of files, and not a document of a format that is packed so."""
    try:
        with path.open("rb") as file:
            if file.read(len(ZIP_BEGINS)) not in {ZIP_BEGINS, _END_SIGN}:
                return False
        with opened(path) as pack:
            return not any(info.filename in _DOCUMENTS for info in pack.infolist())
    except BadZip:
        return True
    except OSError:
        return False


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The ZIP with its list of entries read. Raises BadZip, OSError."""
    _check_end(path)
    try:
        pack = zipfile.ZipFile(path)
    except (*DAMAGE, OSError) as error:
        _let_the_disk_speak(error)
        raise BadZip(
            f"damaged: the ZIP cannot be opened ({error})", "make it again, or add its files by themselves"
        ) from None
    with pack:
        yield pack


def entries(pack: zipfile.ZipFile) -> tuple[tuple[Entry, ...], int]:
    """The files in a ZIP, and how many were left alone, being what systems leave in folders. Raises BadZip."""
    infos = [info for info in pack.infolist() if not info.filename.endswith("/")]
    if len(infos) > MOST_ENTRIES:
        raise BadZip(f"too-many: the ZIP has {len(infos):,} files, more than {MOST_ENTRIES:,}", "divide it")
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise BadZip(f"too-large: unpacked, the ZIP is larger than {megabytes(MOST_UNPACKED)}", "divide it")
    found = [
        Entry(number, given_name(info.filename), _refusal(info), info)
        for number, info in enumerate(infos, 1)
        if not _LEFT_ALONE.search(info.filename)
    ]
    if not found:
        raise BadZip("empty: there is no file in the ZIP", "add the files by themselves")
    return tuple(found), len(infos) - len(found)


def content(pack: zipfile.ZipFile, entry: Entry) -> Iterator[bytes]:
    """The bytes of an entry, in pieces, no more than it says it has. Raises BadZip when it is not as it says."""
    left = entry.info.file_size
    try:
        with pack.open(entry.info) as file:
            while chunk := file.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise BadZip("bomb: the file is larger than the ZIP says", "do not trust this ZIP")
                yield chunk
    except (*DAMAGE, OSError) as error:
        _let_the_disk_speak(error)
        raise BadZip(
            f"damaged: the file cannot be unpacked ({error})", "make the ZIP again, or add the file by itself"
        ) from None


def _let_the_disk_speak(error: Exception) -> None:
    """Raise what is the fault of the disk. A place before the beginning of a file is the fault of the ZIP."""
    if isinstance(error, OSError) and error.errno != errno.EINVAL:
        raise error


def _refusal(info: zipfile.ZipInfo) -> Refusal | None:
    """Why an entry is not unpacked."""
    alone = "add it by itself"
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return Refusal("unsafe-name: its name leads out of the ZIP", "do not trust this ZIP; add the file by itself")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Refusal("symlink: it is no file, but points to another place", "add the file that it points to")
    if info.flag_bits & 0x1:
        return Refusal("encrypted: it is protected with a password", "unpack it with the password, then " + alone)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return Refusal("compression: it is packed in a way that the library does not unpack", alone)
    if info.file_size > MOST_BYTES:
        return Refusal(f"too-large: it is larger than {megabytes(MOST_BYTES)}", "make a smaller copy, then " + alone)
    if info.file_size > FROM_BYTES and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        return Refusal(f"bomb: it would become more than {MOST_RATIO} times as large", "do not trust this ZIP")
    return None


def _check_end(path: Path) -> None:
    """Refuse a ZIP whose list of entries is too long to be read. Raises BadZip, OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - _END_WITHIN, 0))
        tail = file.read(_END_WITHIN)
    place = tail.rfind(_END_SIGN)
    if place < 0 or len(tail) - place < _END.size:
        raise BadZip("damaged: the end of the ZIP is missing", "send it again; it was perhaps cut short")
    _, _, _, _, count, directory, _, _ = _END.unpack_from(tail, place)
    if count > MOST_ENTRIES or directory > MOST_DIRECTORY or _END64_SIGN in tail[max(place - 20, 0) : place]:
        raise BadZip(f"too-many: the ZIP lists more files than {MOST_ENTRIES:,}, or more than it can have", "divide it")

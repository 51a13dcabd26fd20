"""ZIP files with the same bytes for the same content, written piece by piece."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import BinaryIO

from library.ingest.files import CHUNK

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name: when it was written is nobody's concern."""
_READABLE = 0o100644 << 16


class Packed:
    """A ZIP file being written."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(out, "w", allowZip64=True)

    def text(self, name: str, content: str) -> None:
        """Put a text into it, in UTF-8."""
        info = _entry(name, zipfile.ZIP_DEFLATED)
        self._zip.writestr(info, content.encode("utf-8"))

    def file(self, name: str, source: Path) -> tuple[str, int]:
        """Put a file into it as it is, for documents are compressed already; its sha256 and size as written."""
        digest, size = hashlib.sha256(), 0
        entry = _entry(name, zipfile.ZIP_STORED)
        with source.open("rb") as reading, self._zip.open(entry, "w", force_zip64=True) as writing:
            while chunk := reading.read(CHUNK):
                writing.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return digest.hexdigest(), size

    def close(self) -> None:
        """Write the list of what is in it; without it, it is no ZIP file."""
        self._zip.close()


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type = compression
    info.external_attr = _READABLE
    info.create_system = 3  # as Unix writes it, wherever this runs
    return info

"""The parts of a document that is a ZIP file (DOCX, ODT, EPUB), unpacked one at a time and never to the disk.

Nothing of it is believed before it is checked: how many parts there are, how large they say they are, how large
they turn out to be. Archives inside the archive are never opened.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from types import TracebackType
from typing import Self

from library.errors import Reason, UnreadableFile

MOST_PARTS = 10_000
"""The largest of 288 real documents had 1,300; a book of 5,000 pages and a picture on each stays below."""
LARGEST_PART = 50 * 1024 * 1024
"""Bytes of one part that is read: the text of some ten thousand pages."""
MOST_READ = 150 * 1024 * 1024
"""Bytes of all parts that are read together."""
MOST_SAID = 2 * 1024 * 1024 * 1024
"""Bytes of all parts, pictures too, as the archive states them: who downloads the file has to unpack it."""
ENTRY = b"PK\x01\x02"
ENCRYPTED_FLAG = 0x1
DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, ValueError,
    ArithmeticError, LookupError,
)  # fmt: skip
"""What zipfile and its decompressors raise on files that are not in order, wherever these lie."""
SIGNS_OF_DAMAGE = (*DAMAGE, OSError)
"""The same of a file in memory, where no disk can be at fault."""


class ZipParts:
    """An opened archive; `UnreadableFile` when it is damaged, locked, or built to fill a memory."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        if data.count(ENTRY) > MOST_PARTS:
            raise self._bomb(f"has more than {MOST_PARTS:,} parts")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except SIGNS_OF_DAMAGE as error:
            raise self.damaged("its parts cannot be told apart") from error
        self._parts = {info.filename: info for info in self._archive.infolist()}
        self._left = MOST_READ
        if sum(info.file_size for info in self._parts.values()) > MOST_SAID:
            raise self._bomb(f"unpacks to more than {MOST_SAID // 1024**3} GB")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The parts, in their order in the archive."""
        return tuple(self._parts)

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._parts

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, None when there is no such part; `UnreadableFile` when it cannot be had."""
        info = self._parts.get(part)
        if info is None:
            return None
        if info.flag_bits & ENCRYPTED_FLAG:
            raise self.locked()
        most = min(LARGEST_PART, self._left)
        try:
            with self._archive.open(info) as file:
                data = file.read(most + 1)  # what it says of its size may be a lie
        except SIGNS_OF_DAMAGE as error:
            raise self.damaged("a part of it cannot be unpacked") from error
        if len(data) > most:
            raise self._bomb(f"holds a part that unpacks to more than {most // 1024**2} MB")
        self._left -= len(data)
        return data

    def needed(self, part: str) -> bytes:
        """The bytes of a part that such a document must have."""
        data = self.read(part)
        if data is None:
            raise self.damaged(f"its part {part[:80]} is missing")
        return data

    def locked(self) -> UnreadableFile:
        """The refusal of a document that a password protects."""
        return UnreadableFile(
            Reason.ENCRYPTED,
            f"{self._name} is protected with a password",
            "ask for a copy without a password, or remove it with the password and add the file again",
        )

    def damaged(self, how: str) -> UnreadableFile:
        """The refusal of an archive that cannot be read as the document it looks like."""
        return damaged(self._name, how)

    def _bomb(self, how: str) -> UnreadableFile:
        return UnreadableFile(
            Reason.TOO_LARGE,
            f"{self._name} {how}: more than a document may",
            "add it in parts or as PDF; if it came from a stranger, do not open it",
        )


def damaged(name: str, how: str) -> UnreadableFile:
    """The refusal of a document that cannot be read as what it looks like."""
    return UnreadableFile(
        Reason.DAMAGED,
        f"{name} is damaged: {how}",
        "open it in the program it was made with and save it again, or fetch the file again",
    )

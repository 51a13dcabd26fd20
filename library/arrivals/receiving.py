"""Receiving a file in pieces: onto the disk at once, measured and bounded on the way, never held in memory."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from library.access import User
from library.arrivals.arrival import LONGEST_NAME, Arrival, Stage
from library.arrivals.folder import RECEIVED, ArrivalsFolder
from library.catalogue.journal import now
from library.formats import Limits
from library.formats.text_repair import clean_metadata

MOST_BYTES = Limits().bytes
"""Of one document: more would not be read."""
MOST_PACKED = 1024 * 1024 * 1024
"""Of a ZIP: five or six hundred publications."""
ZIP_BEGINS = b"PK\x03\x04"
SPARE = 1024 * 1024 * 1024
"""Bytes that stay free on the disk: a full one stops the library."""
LOOK_EVERY = 64 * 1024 * 1024
"""Bytes from one look at the free space to the next."""


class Incoming:
    """A file on its way in: `write` its pieces, then `finish`; as a context manager it cleans up after a break.

    What is too large, or for which there is no room, ends as a rejected arrival; its further pieces are dropped.
    """

    def __init__(self, folder: ArrivalsFolder, user: User, name: str, batch: str) -> None:
        self._folder = folder
        self._arrival = Arrival(
            id=secrets.token_hex(8), batch=batch, name=given_name(name), who=user.name, when=now(), order=time.time_ns()
        )
        self._aside = folder.begin(batch)
        self._file = (self._aside / RECEIVED).open("wb")
        self._digest = hashlib.sha256()
        self._size = 0
        self._begins = b""
        self._most = MOST_BYTES
        self._looked = -LOOK_EVERY
        self._refused: tuple[str, str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        shutil.rmtree(self._aside, ignore_errors=True)  # it has its place by now, unless it broke off

    def write(self, chunk: bytes) -> None:
        """The next piece. Raises OSError when the disk does not take it."""
        if self._refused is not None or not chunk:
            return
        if len(self._begins) < len(ZIP_BEGINS):
            self._begins = (self._begins + chunk)[: len(ZIP_BEGINS)]
            self._most = MOST_PACKED if self._begins == ZIP_BEGINS else MOST_BYTES
        self._size += len(chunk)
        self._refused = self._refusal()
        if self._refused is None:
            self._digest.update(chunk)
            self._file.write(chunk)

    def finish(self) -> Arrival:
        """All of it is here, and on the disk when this returns. Raises OSError."""
        if self._refused is not None:
            self._file.truncate(0)
            self._size = 0
        self._file.flush()
        os.fsync(self._file.fileno())
        arrival = replace(self._arrival, size=self._size, sha256=self._digest.hexdigest())
        if self._refused is not None:
            reason, remedy = self._refused
            arrival = replace(arrival, sha256="", stage=Stage.REJECTED, reason=reason, remedy=remedy)
        return self._folder.settle(self._aside, arrival)

    def _refusal(self) -> tuple[str, str] | None:
        """Why no more is taken of it."""
        if self._size > self._most:
            return (
                f"too-large: the library takes documents up to {megabytes(MOST_BYTES)} and ZIPs up to "
                f"{megabytes(MOST_PACKED)}",
                "make a smaller copy, for example by reducing its pictures, or divide the ZIP",
            )
        if self._size - self._looked >= LOOK_EVERY:
            self._looked = self._size
            if not room_for(self._aside, LOOK_EVERY):
                return (
                    "disk-full: there is not enough room left on the disk of the library",
                    "make room, then try again",
                )
        return None


def given_name(name: str) -> str:
    """A name as somebody gave it, as a text that can be shown: bounded, without control characters, never a path."""
    text = clean_metadata(name.replace("\\", "/").encode("utf-8", "replace").decode("utf-8"))
    return text[-LONGEST_NAME:].strip("/ ") or "?"


def megabytes(size: int) -> str:
    """A number of bytes as a person says it."""
    return f"{size / 1024 / 1024:,.0f} MB"


def room_for(folder: Path, size: int) -> bool:
    """Whether the disk takes so many bytes more and keeps some to spare."""
    return shutil.disk_usage(folder).free >= size + SPARE

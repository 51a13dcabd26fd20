"""The library of a process that is not alone: the thesaurus as it stands now, whoever changed it.

Records, page texts and the index are looked at anew each time anyway; the thesaurus is kept in memory. Another replica
of the pages, the command line or a person with an editor may have changed its file meanwhile.
"""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock
from typing import Self

from library.errors import LibraryError
from library.library import Library
from library.topics import load_thesaurus

LOG = logging.getLogger(__name__)

Trace = tuple[int, int, int]
"""When a file was written, its size and its place on the disk."""


class Following:
    """A library, and the file of its thesaurus as it was last read."""

    def __init__(self, library: Library, seen: Trace | None) -> None:
        """`seen` is the trace of the file before the library read it."""
        self._library = library
        self._seen = seen
        self._lock = Lock()

    @classmethod
    def open(cls, root: Path) -> Self:
        """The library in a folder. Raises what `Library.open` raises."""
        seen = _trace(root / "documents" / "topics.ttl")  # first: what is written while it is read is read once more
        return cls(Library.open(root), seen)

    def library(self) -> Library:
        """The library, going by the thesaurus as it stands; by the last good one while the file is not right."""
        trace = _trace(self._library.topics_file)
        if trace != self._seen:
            with self._lock:
                if trace != self._seen:
                    self._read_again(trace)
        return self._library

    def _read_again(self, trace: Trace | None) -> None:
        try:
            self._library.use(load_thesaurus(self._library.topics_file))
        except LibraryError as error:
            LOG.warning("the thesaurus has changed and is not right, the one before is kept: %s", error)
        self._seen = trace


def _trace(file: Path) -> Trace | None:
    """None while there is no file."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino

"""How whoever hands something in calls whoever works it through, in the same process or in another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from library.alone import alone

RUNG = ".rung"
AT_WORK = ".at-work"


class Bell:
    """A file that is touched when there is something to do, and a lock that one process at a time can hold."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ring(self) -> None:
        """There is something to do. Should it not be heard, the next round finds it."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / RUNG).open("wb") as file:
                os.utime(file.fileno())

    def heard(self) -> int:
        """Changes whenever the bell is rung."""
        try:
            return (self._folder / RUNG).stat().st_mtime_ns
        except OSError:
            return 0

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether this process is the one that works; it is until the block ends, or the process does."""
        with alone(self._folder / AT_WORK) as mine:
            yield mine

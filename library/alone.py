"""Being the only one at work: a lock that one process at a time holds, of all that share a folder."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AGAIN_SECONDS = 0.02
"""From one try to the next."""


@contextmanager
def alone(file: Path, patience: float = 0.0) -> Iterator[bool]:
    """Whether nobody else holds the lock, in this process or another; it is held until the block ends or the process.

    It is tried for `patience` seconds. The file is made when there is none, and stays. Raises OSError.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + patience
    with file.open("ab") as opened:
        while not (mine := _taken(opened.fileno())) and time.monotonic() < until:
            time.sleep(AGAIN_SECONDS)
        yield mine


def held(file: Path) -> bool:
    """Whether somebody holds the lock just now. Raises OSError."""
    if not file.exists():
        return False
    with alone(file) as mine:
        return not mine


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

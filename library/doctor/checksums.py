"""The sha256 of files, remembered while their size and time stay the same: a second look is quick."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from library.ingest.files import sha256_of


class Checksums:
    """What is known of files from before. A disk that changes bytes and nothing else is found after `forget` only."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[int, int, str]] = {}
        self._lock = Lock()

    def of(self, path: Path) -> str:
        """The sha256 of a file. Raises OSError."""
        stat = path.stat()
        with self._lock:
            known = self._known.get(path)
        if known is not None and known[:2] == (stat.st_size, stat.st_mtime_ns):
            return known[2]
        found = sha256_of(path)
        with self._lock:
            self._known[path] = stat.st_size, stat.st_mtime_ns, found
        return found

    def forget(self) -> None:
        """Look at every byte again the next time."""
        with self._lock:
            self._known.clear()

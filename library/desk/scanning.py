"""Scans read in the background: one edition at a time, since OCR takes what a processor can give."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import Self

from library.access import Right, demand
from library.desk.desk import Desk
from library.errors import LibraryError
from library.ingest.scans import ScanReport

MOST_KEPT = 200
"""Editions whose end is remembered for the pages of the desk."""


@dataclass(frozen=True, slots=True)
class Scan:
    """How far an edition is."""

    done: int = 0
    total: int = 0
    """Pages; 0 before the first is begun."""
    report: ScanReport | None = None
    """What came of it, when it is over."""
    problem: str = ""
    """Why it could not be done, and what to do."""

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.report is not None or bool(self.problem)


class Scanning:
    """The editions that are being read, or wait for it. What was interrupted goes on when it is asked for again."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scans")
        self._scans: dict[tuple[str, str], Scan] = {}
        self._lock = Lock()
        self._closing = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, desk: Desk, work: str, language: str, printed: tuple[str, ...] = ()) -> Scan:
        """Have an edition read; one that is being read already is left alone. Raises NotAllowed."""
        demand(desk.user, Right.EDIT, work)
        key = work, language
        with self._lock:
            known = self._scans.get(key)
            if known is not None and not known.over:
                return known
            over = [name for name, scan in self._scans.items() if scan.over]
            for name in over[: max(len(self._scans) - MOST_KEPT, 0)]:
                del self._scans[name]
            begun = self._scans[key] = Scan()
        self._pool.submit(self._read, desk, key, printed)
        return begun

    def scan(self, work: str, language: str) -> Scan | None:
        """How far an edition is; None when nobody asked for it lately."""
        with self._lock:
            return self._scans.get((work, language))

    def drain(self) -> None:
        """Wait until everything that was asked for is done; nothing more can be asked for then."""
        self._pool.shutdown()

    def close(self) -> None:
        """Wait for the page at hand, and leave the rest: what was read of it is kept."""
        self._closing.set()
        self._pool.shutdown(cancel_futures=True)

    def _read(self, desk: Desk, key: tuple[str, str], printed: tuple[str, ...]) -> None:
        def tell(done: int, total: int) -> None:
            self._change(key, lambda scan: replace(scan, done=done, total=total))
            if self._closing.is_set():
                raise LibraryError("the library was stopped meanwhile", "ask for it again: it goes on where it was")

        try:
            report = desk.read_scans(*key, printed, progress=tell)
        except LibraryError as error:
            said = f"{error.message} ({error.remedy})"
            self._change(key, lambda scan: replace(scan, problem=said))
        except Exception:
            self._change(key, lambda scan: replace(scan, problem="the program failed (look at its log)"))
            raise
        else:
            self._change(key, lambda scan: replace(scan, report=report))

    def _change(self, key: tuple[str, str], change: Callable[[Scan], Scan]) -> None:
        with self._lock:
            self._scans[key] = change(self._scans[key])

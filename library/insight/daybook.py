"""The daybook: what was searched for and what was read, counted by the day in one small file.

A row says what and on which day, never who, never at what hour; not even the order within a day can be told from it.
A file that cannot be written never stops a search: the count is lost, and the health of the library tells of it.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

from library.errors import LibraryError

LOG = logging.getLogger(__name__)

MOST_A_DAY = 1_000
"""Different searches of one day that are kept; what was counted before goes on being counted."""
MOST_TIMES = 100_000
"""How often one search can be counted in a day."""
MOST_PAGES = 16_384
"""Of 4 kB: the file never takes more than 64 MB, whatever is sent."""
PATIENCE = 2.0
"""Seconds to wait while another process writes."""

_TABLES = """
CREATE TABLE IF NOT EXISTS searches (
    day TEXT NOT NULL, words TEXT NOT NULL, interface TEXT NOT NULL, reader TEXT NOT NULL, filters TEXT NOT NULL,
    found INTEGER NOT NULL, complete INTEGER NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (day, words, interface, reader, filters)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS uses (
    day TEXT NOT NULL, work TEXT NOT NULL, language TEXT NOT NULL, use TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (day, work, language, use)
) WITHOUT ROWID;
"""


class Use(StrEnum):
    """What somebody did with an edition."""

    READ = "read"
    DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class Search:
    """A settled search as it is kept."""

    words: str
    interface: str
    reader: str
    """The language whose editions are wanted first."""
    filters: str
    """As in an address, such as `language=fr&topic=nightlife`; empty for none."""
    found: int
    """Works."""
    complete: int
    """Works with all the words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was searched for, over some days."""

    words: str
    filters: str
    times: int
    found: int
    """Works, when it was last searched for."""
    complete: int
    day: str
    """When that was, ISO 8601."""
    languages: tuple[str, ...]
    """Of those who asked."""


@dataclass(frozen=True, slots=True)
class Used:
    """How often a work was used, over some days."""

    work: str
    language: str
    reads: int
    downloads: int


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on a day."""

    day: str
    searches: int
    without: int
    """Searches for words that no work has all of."""
    reads: int
    downloads: int


@dataclass(frozen=True, slots=True)
class Ailment:
    """Why nothing can be counted."""

    said: str
    """In words of the system."""
    damaged: bool
    """Whether the file itself is at fault, so that a new one would help."""


def today() -> date:
    """The day in UTC, as everywhere in the records."""
    return datetime.now(UTC).date()


class Daybook:
    """One file of counts. Safe from several threads and processes; made when the first count is written."""

    def __init__(self, file: Path, days: int, clock: Callable[[], date] = today) -> None:
        self.file = file
        self.days = days
        """How many days are kept."""
        self._clock = clock
        self._lock = Lock()
        self._cleared: date | None = None
        self.trouble = ""
        """Why the last count could not be written; empty when it could."""

    def searched(self, search: Search) -> bool:
        """Count a search; whether it could be."""
        key = self._clock().isoformat(), search.words, search.interface, search.reader, search.filters
        return self._write(lambda file: _count_search(file, key, search))

    def used(self, work: str, language: str, use: Use) -> bool:
        """Count a use of an edition, which exists; whether it could be."""
        key = self._clock().isoformat(), work, language, use.value
        return self._write(
            lambda file: file.execute(
                "INSERT INTO uses VALUES (?, ?, ?, ?, 1) "
                "ON CONFLICT DO UPDATE SET times = MIN(times + 1, ?)", (*key, MOST_TIMES)
            )
        )  # fmt: skip

    def top(self, days: int, most: int = 50) -> tuple[Asked, ...]:
        """The words searched for most in the last days, whatever the filters. Raises LibraryError."""
        return tuple(
            Asked(words, "", times, found, complete, day, _languages(spoken))
            for words, times, day, found, complete, spoken in self._rows(
                "SELECT words, SUM(times) AS asked, MAX(day), found, complete, GROUP_CONCAT(DISTINCT interface) "
                "FROM searches WHERE day > ? AND words <> '' GROUP BY words ORDER BY asked DESC, words LIMIT ?",
                self._since(days), most,
            )
        )  # fmt: skip

    def without_answer(self, days: int, most: int = 50) -> tuple[Asked, ...]:
        """The searches that no work had all the words of when they were last made. Raises LibraryError."""
        return tuple(
            Asked(words, filters, times, found, complete, day, _languages(spoken))
            for words, filters, times, day, found, complete, spoken in self._rows(
                "SELECT words, filters, SUM(times) AS asked, MAX(day), found, complete, "
                "GROUP_CONCAT(DISTINCT interface) FROM searches WHERE day > ? AND words <> '' "
                "GROUP BY words, filters HAVING complete = 0 ORDER BY asked DESC, words, filters LIMIT ?",
                self._since(days), most,
            )
        )  # fmt: skip

    def uses(self, days: int, most: int = 1_000) -> tuple[Used, ...]:
        """How often each edition was read and downloaded, the most used first. Raises LibraryError."""
        return tuple(
            Used(*row)
            for row in self._rows(
                "SELECT work, language, SUM(times * (use = 'read')), SUM(times * (use = 'download')) FROM uses "
                "WHERE day > ? GROUP BY work, language ORDER BY SUM(times) DESC, work, language LIMIT ?",
                self._since(days), most,
            )
        )  # fmt: skip

    def by_day(self, days: int) -> tuple[Day, ...]:
        """What happened on each of the last days, days without anything among them. Raises LibraryError."""
        since = self._since(days)
        searched = {
            day: (times, without)
            for day, times, without in self._rows(
                "SELECT day, SUM(times), SUM(times * (complete = 0 AND words <> '')) FROM searches WHERE day > ? "
                "GROUP BY day", since,
            )
        }  # fmt: skip
        used = {
            day: (reads, downloads)
            for day, reads, downloads in self._rows(
                "SELECT day, SUM(times * (use = 'read')), SUM(times * (use = 'download')) FROM uses WHERE day > ? "
                "GROUP BY day", since,
            )
        }  # fmt: skip
        last = self._clock()
        each = [(last - timedelta(days=ago)).isoformat() for ago in reversed(range(days))]
        return tuple(Day(day, *searched.get(day, (0, 0)), *used.get(day, (0, 0))) for day in each)

    def ailment(self) -> Ailment | None:
        """What is wrong with the file; None when it can be read and written, or is not there yet."""
        if self.file.exists():
            try:
                with self._opened() as file:
                    said = str(file.execute("PRAGMA quick_check(1)").fetchone()[0])
                    file.execute("BEGIN IMMEDIATE")
                    file.execute("ROLLBACK")
            except (sqlite3.Error, OSError) as error:
                # Whatever else may be the matter, such as a full disk or a lock, is an OperationalError.
                damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
                return Ailment(_said(error), damaged)
            if said != "ok":
                return Ailment(said, True)
        return Ailment(self.trouble, False) if self.trouble else None

    def begin_anew(self) -> None:
        """Put a file that cannot be used aside, under a name that tells of it; counting goes on in a new one."""
        with self._lock:
            number = 1 + sum(1 for _ in self.file.parent.glob(f"{self.file.name}.damaged-*"))
            for ending in ("-wal", "-shm"):
                self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
            if self.file.exists():
                self.file.rename(self.file.with_name(f"{self.file.name}.damaged-{number}"))
            self.trouble = ""

    def _write(self, change: Callable[[sqlite3.Connection], object]) -> bool:
        """Make a change, together with what is due of forgetting; never raises for a file that cannot be written."""
        try:
            with self._lock, self._opened(make=True) as file, file:
                self._forget(file)
                change(file)
        except (sqlite3.Error, OSError) as error:
            if not self.trouble:
                LOG.warning("searches and uses are not counted: %s (%s)", self.file, error)
            self.trouble = _said(error)
            return False
        self.trouble = ""
        return True

    def _forget(self, file: sqlite3.Connection) -> None:
        """Once a day: what is older than it may become."""
        now = self._clock()
        if self._cleared == now:
            return
        for table in ("searches", "uses"):
            file.execute(f"DELETE FROM {table} WHERE day <= ?", ((now - timedelta(days=self.days)).isoformat(),))
        self._cleared = now

    def _since(self, days: int) -> str:
        return (self._clock() - timedelta(days=min(max(days, 1), self.days))).isoformat()

    def _rows(self, question: str, *values: object) -> Sequence[tuple[Any, ...]]:
        if not self.file.exists():
            return ()
        try:
            with self._opened() as file:
                return file.execute(question, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"what was counted cannot be read: {self.file.name}: {error}", "library check --fix"
            ) from None

    @contextmanager
    def _opened(self, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        """The file, its tables made when that is asked for."""
        if make:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = "rwc" if make else "rw"
        with closing(
            sqlite3.connect(f"{self.file.absolute().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE)
        ) as file:
            file.execute(f"PRAGMA max_page_count = {MOST_PAGES}")
            if make:
                file.execute("PRAGMA journal_mode = WAL")
                file.execute("PRAGMA synchronous = NORMAL")
                file.executescript(_TABLES)
            yield file


def _count_search(file: sqlite3.Connection, key: tuple[str, ...], search: Search) -> None:
    """One more time on its row; a new row while the day has room for one."""
    known = file.execute(
        "UPDATE searches SET times = MIN(times + 1, ?), found = ?, complete = ? "
        "WHERE day = ? AND words = ? AND interface = ? AND reader = ? AND filters = ?",
        (MOST_TIMES, search.found, search.complete, *key),
    )
    if known.rowcount:
        return
    file.execute(
        "INSERT INTO searches SELECT ?, ?, ?, ?, ?, ?, ?, 1 WHERE (SELECT COUNT(*) FROM searches WHERE day = ?) < ?",
        (*key, search.found, search.complete, key[0], MOST_A_DAY),
    )


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def _languages(joined: str) -> tuple[str, ...]:
    return tuple(sorted(filter(None, joined.split(","))))

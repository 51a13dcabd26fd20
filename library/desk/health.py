"""The health of the library as staff see it: looked at in the background, put right where nobody can be wronged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Event, Lock, Thread

from library.access import Right, User, demand
from library.catalogue import Line
from library.catalogue.journal import Action
from library.doctor import Checksums, Finding, Taken, left, taken
from library.errors import LibraryError, UsageError
from library.library import Library

LOG = logging.getLogger(__name__)

PUBLICATIONS = frozenset({Action.PUBLISH.value, Action.RESTORE.value})
LATEST = 1_000
"""Lines of the journal among which the last publication is looked for."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen when the library was looked at."""

    findings: tuple[Finding, ...]
    when: str
    """ISO 8601 date and time, UTC."""
    taken: tuple[Taken, ...]
    left: int
    """Bytes on the disk."""
    published: Line | None
    """The last publication that the journal knows."""
    trouble: str = ""
    """Why looking failed; then nothing else is known."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the looking is."""

    looking: bool
    stage: str = ""
    """The check that is at work."""
    done: int = 0
    total: int = 0
    """0 when there is nothing to count."""
    last: Looked | None = None
    """What was seen the last time."""


@dataclass(slots=True)
class Infirmary:
    """Looks at one library in the background, one look at a time, and remembers what it saw."""

    open_library: Callable[[], Library]
    _checksums: Checksums = field(default_factory=Checksums)
    _lock: Lock = field(default_factory=Lock)
    _standing: Standing = field(default_factory=lambda: Standing(False))
    _done: Event = field(default_factory=Event)

    def standing(self, user: User) -> Standing:
        """How far it is, and what was seen last. Raises NotAllowed."""
        demand(user, Right.HEALTH)
        with self._lock:
            return self._standing

    def look(self, user: User, *, every_byte: bool = False, wait: float = 0.0) -> Standing:
        """Begin to look, unless somebody does already; then wait at most so many seconds. Raises NotAllowed.

        Files that are as large and as old as before are believed to be the same, unless every byte is asked for.
        """
        demand(user, Right.HEALTH)
        with self._lock:
            begin = not self._standing.looking
            if begin:
                self._done.clear()
                self._standing = Standing(True, last=self._standing.last)
                if every_byte:
                    self._checksums.forget()
        if begin:
            Thread(target=self._look, name="health", daemon=True).start()
        self._done.wait(wait)
        return self.standing(user)

    def fix(self, user: User, check: str, subject: str) -> Finding:
        """Put right what was found, when that needs no person; then look again. Gives back what it was.

        Raises NotAllowed, UsageError when there is no such finding, and what goes wrong while it is put right.
        """
        demand(user, Right.HEALTH)
        last = self.standing(user).last
        found = next(
            (f for f in (last.findings if last else ()) if (f.check, f.subject) == (check, subject) and f.fix), None
        )
        if found is None or found.fix is None:
            raise UsageError("this is not found any more, or needs a person", "look again")
        found.fix()
        return found

    def _look(self) -> None:
        try:
            library = self.open_library()
            looked = Looked(
                library.check(self._checksums, self._tell),
                _now(),
                taken(library.root),
                left(library.root),
                _publication(library),
            )
        except (LibraryError, OSError) as error:
            LOG.warning("the library cannot be looked at: %s", error)
            looked = Looked((), _now(), (), 0, None, str(error) or type(error).__name__)
        except Exception as error:  # a fault of ours must be seen on the page, not in a thread that nobody hears of
            LOG.exception("the library cannot be looked at")
            looked = Looked((), _now(), (), 0, None, type(error).__name__)
        with self._lock:
            self._standing = Standing(False, last=looked)
        self._done.set()

    def _tell(self, stage: str, done: int, total: int) -> None:
        with self._lock:
            self._standing = replace(self._standing, stage=stage, done=done, total=total)


def _publication(library: Library) -> Line | None:
    lines = library.catalogue.journal.latest(LATEST)
    return next((line for line in lines if line.action in PUBLICATIONS), None)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

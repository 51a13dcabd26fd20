"""Publishing: a draft becomes a work that people find, now or on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from library.access import Role, User
from library.catalogue import Action
from library.desk.editing import problems
from library.desk.shelves import Shelves
from library.errors import LibraryError, RecordError, UsageError
from library.library import Library
from library.model import Status, Work, is_date

CLOCK = User(Role.LIBRARIAN, "the calendar")
"""Who publishes what a person has said to be published on a day."""


def publish(shelves: Shelves, work: str, on: str = "", expected: str = "") -> Work:
    """Publish a draft, now or on a day to come. Raises RecordError with every problem, UsageError, Conflict."""
    expected, found = shelves.seen(work, expected)
    if found.status is not Status.DRAFT:
        raise UsageError(f"“{work}” is no draft", "restore it, if it was withdrawn")
    wrong = problems(found, shelves.library.thesaurus)
    if wrong:
        raise RecordError(wrong)
    if on and not (is_date(on) and len(on) == len("2026-12-01")):
        raise UsageError(f"“{on[:20]}” is no day", "write it like 2026-12-01")
    if not on or on <= today():
        return _published(shelves, found, expected)
    deed = shelves.deed(Action.SCHEDULE, f"to be published on {on}")
    return shelves.save(replace(found, publish_on=on), deed, expected)


def unpublish(shelves: Shelves, work: str, why: str = "") -> Work:
    """Make a published work a draft again, or take back the day on which a draft would be published."""
    expected, found = shelves.seen(work)
    if found.status is Status.WITHDRAWN or (found.status is Status.DRAFT and not found.publish_on):
        raise UsageError(f"“{work}” is not published", "restore it, if it was withdrawn")
    deed = shelves.deed(Action.UNPUBLISH, why)
    return shelves.save(replace(found, status=Status.DRAFT, publish_on=""), deed, expected)


def publish_due(library: Library) -> tuple[str, ...]:
    """Publish every draft whose day has come; the works published. One that is not right stays a draft."""
    shelves = Shelves(library, CLOCK)
    done = []
    for work in library.catalogue.census().works:
        due = work.status is Status.DRAFT and work.publish_on and work.publish_on <= today()
        if due and not problems(work, library.thesaurus):
            try:
                _published(shelves, work, library.catalogue.version(work.id))
            except LibraryError:  # somebody changed it just now, or took it away: the next round sees it as it is
                continue
            done.append(work.id)
    return tuple(done)


def today() -> str:
    """The day in UTC, as records write it."""
    return date.isoformat(datetime.now(UTC).date())


def _published(shelves: Shelves, work: Work, expected: str) -> Work:
    deed = shelves.deed(Action.PUBLISH, "" if not work.publish_on else f"on {work.publish_on}, as was said")
    return shelves.save(replace(work, status=Status.PUBLISHED, publish_on=""), deed, expected)

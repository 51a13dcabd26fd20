"""What was done: the history of a record, the journal of all, and taking back."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.responses import Response

from library.access import Right
from library.catalogue import Change
from library.errors import Conflict, NotAllowed, RecordError
from library.model import Status, Work
from library.ui.desk.history import Difference, differences, history_page
from library.ui.desk.journal import journal_page
from library.web.desk.entrance import Entered

MOST_LINES = 500
MOST_CHANGES = 100
"""Changes of a record that are shown: the latest."""


def history(entered: Entered) -> Response:
    """Every change of a record, newest first, with what it changed."""
    name = entered.visit.first("id")
    version = entered.desk.version(name)  # read first: what changes in between is told when somebody goes back
    work = entered.desk.work(name)
    if work.status is not Status.DRAFT and not entered.visit.may(Right.KEEP):
        raise NotAllowed(name)
    changes = entered.desk.history(name)[-MOST_CHANGES:]
    shown: list[tuple[Change, tuple[Difference, ...] | None]] = []
    after: Work | None = work
    for change in reversed(changes):
        before = _before(entered, name, change.number)
        shown.append((change, differences(before, after) if before is not None and after is not None else None))
        after = before
    return entered.page(history_page(entered.visit, work, tuple(shown), version))


def journal(entered: Entered) -> Response:
    """What everybody did last; of one batch, when the address names it."""
    return entered.page(journal_page(entered.visit, entered.desk.journal(MOST_LINES)))


def undo(entered: Entered, form: FormData) -> Response:
    """Bring a record back to what it was before a change. Raises Conflict when it changed since the page was made."""
    name, number = str(form.get("id", "")), str(form.get("number", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotAllowed(name)
    seen = str(form.get("version", ""))
    if not seen:  # our form always says it: without it, what others did since would be dropped unseen
        raise Conflict(name)
    work = entered.desk.undo(name, int(number), seen)
    return entered.go("desk/work", id=work.id, done="undone")


def undo_batch(entered: Entered, form: FormData) -> Response:
    """Take back everything that was done together."""
    report = entered.desk.undo_batch(str(form.get("batch", ""))[:100])
    return entered.page(journal_page(entered.visit, entered.desk.journal(MOST_LINES), report))


def _before(entered: Entered, name: str, number: int) -> Work | None:
    try:
        return entered.desk.before(name, number)
    except RecordError:
        return None

"""Pages that nobody can find by their words: which they are, and how far they are with being read by OCR."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from library.access import Right
from library.arrivals import State, Task
from library.model import Edition, Status, Work
from library.ui.desk.visit import DeskVisit
from library.ui.links import anchor


@dataclass(frozen=True, slots=True)
class Unread:
    """Pages of an edition without text."""

    pages: tuple[int, ...]
    task: Task | None = None
    """What somebody has asked for, not long ago."""
    packages: str = ""
    """What must be installed before they can be read; empty when nothing is missing."""


def ocr_markup(visit: DeskVisit, work: Work, edition: Edition, unread: Unread) -> str:
    """How far their reading is, and the button that asks for it; a hint where it cannot be done."""
    if not visit.may(Right.EDIT if work.status is Status.DRAFT else Right.KEEP):
        return ""
    t, task = visit.t, unread.task
    if task is not None and task.state in (State.WAITING, State.WORKING):
        known = task.state is State.WORKING and task.total
        said = t(f"desk_ocr.{task.state}") if not known else t("desk_ocr.part", done=task.done, total=task.total)
        look = anchor(visit.link("desk/work", id=work.id, language=edition.language), t("desk_ocr.look"))
        return f'<p role="status">{escape(said)} {look}</p>'
    told = _told(visit, task)
    if unread.packages:
        return f'{told}<p class="hint">{escape(t("desk_ocr.missing", packages=unread.packages))}</p>'
    values = {"id": work.id, "language": edition.language}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in values.items())
    return (
        f'{told}<form method="post" action="{escape(visit.link("desk/do/ocr"))}">{visit.hidden_token()}{hidden}'
        f'<button class="button">{escape(t("desk_ocr.read"))}</button></form>'
    )


def _told(visit: DeskVisit, task: Task | None) -> str:
    """What came of it the last time."""
    if task is None:
        return ""
    why = f' <span lang="en" dir="auto">{escape(task.message)}</span>' if task.message else ""
    return f'<p role="status">{escape(visit.t(f"desk_ocr.{task.state}"))}{why}</p>'

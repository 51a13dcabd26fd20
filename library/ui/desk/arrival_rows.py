"""The files that were sent, each with how far it is: waiting, being read, ready for review, refused with what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from library.locales.figures import file_size
from library.ui.desk.visit import DeskVisit
from library.ui.links import anchor

STEPS = ("waiting", "reading", "language", "describing", "near-duplicates", "ready", "refused", "known", "failed")
"""What can be said of a file: the stages of its way, then how it ended."""
ENDED = frozenset({"ready", "refused", "known", "failed"})
_TONES = {"ready": "good", "refused": "bad", "failed": "bad", "known": "warn"}


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One file that was sent."""

    key: str
    """What it is called among all arrivals."""
    name: str
    """As the sender called it."""
    step: str
    """One of `STEPS`."""
    work: str = ""
    """The work that it became, or that has it already."""
    title: str = ""
    """Of that work."""
    bytes: int = 0
    who: str = ""
    when: str = ""
    reason: str = ""
    """Why it was refused, in a sentence."""
    remedy: str = ""
    batch: str = ""


def arrival_list(visit: DeskVisit, rows: Iterable[ArrivalRow], label: str, place: str = "arrivals") -> str:
    """The files as a list. `label` is what it is called for those who do not see it; `place` is its id."""
    items = "".join(arrival_row(visit, row) for row in rows)
    return f'<ul class="arrivals" id="{place}" aria-label="{escape(label)}">{items}</ul>'


def arrival_row(visit: DeskVisit, row: ArrivalRow) -> str:
    """One file. A script replaces the row when it says something else."""
    t = visit.t
    ended = row.step in ENDED
    size = f' <span class="soft small">{escape(file_size(row.bytes, t.language))}</span>' if row.bytes else ""
    bar = "" if ended else f'<progress aria-label="{escape(row.name)}"></progress>'
    return (
        f'<li class="arrival" data-arrival="{escape(row.key)}" data-step="{row.step}">'
        f'<p class="arrival-name"><bdi>{escape(row.name)}</bdi>{size}</p>'
        f'<p class="arrival-state"><span class="badge {_TONES.get(row.step, "")}">{escape(t(f"desk_add.{row.step}"))}'
        f"</span>{bar}</p>{_more(visit, row)}</li>"
    )


def _more(visit: DeskVisit, row: ArrivalRow) -> str:
    """What it became, or why not and what to do."""
    t = visit.t
    if row.step == "ready" and row.work:
        link = anchor(visit.link("desk/work", id=row.work), row.title or row.work, ' class="arrival-link" dir="auto"')
        return f'<p class="arrival-more">{escape(t("desk_add.review"))} {link}</p>'
    if row.step == "known" and row.work:
        link = anchor(visit.link("desk/work", id=row.work), row.title or row.work, ' class="arrival-link" dir="auto"')
        return f'<p class="arrival-more">{escape(t("desk_add.known_as"))} {link} {_dismiss(visit, row)}</p>'
    if row.step in ("refused", "failed"):
        return (
            f'<p class="arrival-more"><span lang="en" dir="auto">{escape(row.reason)}</span> '
            f'<span class="soft" lang="en" dir="auto">{escape(row.remedy)}</span> {_dismiss(visit, row)}</p>'
        )
    return ""


def _dismiss(visit: DeskVisit, row: ArrivalRow) -> str:
    """The button that takes it off the list."""
    words = escape(visit.t("desk_add.dismiss"))
    return (
        f'<button class="button small" form="dismiss" name="arrival" value="{escape(row.key)}" '
        f'aria-label="{words}: {escape(row.name)}">{words}</button>'
    )


def dismissing(visit: DeskVisit, back: str) -> str:
    """The form that the buttons of rows belong to; `back` is the page to come back to, such as `desk/add`."""
    return (
        f'<form id="dismiss" method="post" action="{escape(visit.link("desk/do/dismiss"))}">{visit.hidden_token()}'
        f'<input type="hidden" name="back" value="{escape(back)}"></form>'
    )

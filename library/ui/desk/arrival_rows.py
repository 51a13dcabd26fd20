"""The files that were sent, each with how far it is: waiting, being read, ready for review, refused with what to do."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from library.arrivals import Arrival, Stage
from library.locales.figures import file_size
from library.ui.desk.visit import DeskVisit, spoken
from library.ui.links import anchor

_TONES = {Stage.DRAFT: "good", Stage.REJECTED: "bad", Stage.UNCHANGED: "warn"}


def arrival_list(visit: DeskVisit, arrivals: Iterable[Arrival], label: str, place: str = "arrivals") -> str:
    """The files as a list. `label` is what it is called for those who do not see it; `place` is its id."""
    items = "".join(arrival_row(visit, row) for row in arrivals)
    return f'<ul class="arrivals" id="{place}" aria-label="{escape(label)}">{items}</ul>'


def arrival_row(visit: DeskVisit, row: Arrival) -> str:
    """One file. A script replaces the row when it says something else."""
    t = visit.t
    size = f' <span class="soft small">{escape(file_size(row.size, t.language))}</span>' if row.size else ""
    inside = f' <span class="soft small"><bdi>{escape(row.inside)}</bdi></span>' if row.inside else ""
    dismiss = _dismiss(visit, row) if row.stage in (Stage.UNCHANGED, Stage.REJECTED) else ""
    bar = "" if row.stage.done else f'<progress aria-label="{escape(row.name)}"></progress>'
    done = " data-done" if row.stage.done else ""
    return (
        f'<li class="arrival" data-arrival="{escape(row.label)}" data-step="{row.stage}"{done}>'
        f'<p class="arrival-name"><bdi>{escape(row.name)}</bdi>{size}{inside}</p>'
        f'<p class="arrival-state"><span class="badge {_TONES.get(row.stage, "")}">{escape(t(f"desk_add.{row.stage}"))}'
        f"</span>{bar}{dismiss}</p>{_more(visit, row)}</li>"
    )


def _more(visit: DeskVisit, row: Arrival) -> str:
    """What it became, or why not and what to do."""
    t = visit.t
    match row.stage:
        case Stage.DRAFT:
            return f'<p class="arrival-more">{escape(t("desk_add.review"))} {_work(visit, row)}</p>'
        case Stage.UNCHANGED:
            return f'<p class="arrival-more">{escape(t("desk_add.known_as"))} {_work(visit, row)}</p>'
        case Stage.REJECTED:
            sort, _, sentence = row.reason.partition(": ")
            return (
                f'<p class="arrival-more" lang="en" dir="auto">{escape(_sentence(sentence or sort))}<br>'
                f'<span class="soft">{escape(_sentence(row.remedy))}</span></p>'
            )
    return f'<p class="arrival-more soft" lang="en" dir="auto">{escape(row.note)}</p>' if row.note else ""


def _sentence(words: str) -> str:
    """Words of the program, which are half a sentence, as a whole one."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _work(visit: DeskVisit, row: Arrival) -> str:
    """A link to the work it became or that has it, under the title of that edition."""
    link = visit.link("desk/work", id=row.work, language=row.language)
    work = visit.library.catalogue.sound(row.work)
    if work is None:
        return anchor(link, row.work)
    edition = work.edition(row.language) or work.best_edition(visit.t.language)
    return anchor(link, edition.title, f" {spoken(edition.language, edition.title)}")


def _dismiss(visit: DeskVisit, row: Arrival) -> str:
    """The button that takes it off the list."""
    words = escape(visit.t("desk_add.dismiss"))
    return (
        f'<button class="button small" form="dismiss" name="arrival" value="{escape(row.label)}" '
        f'aria-label="{words}: {escape(row.name)}">{words}</button>'
    )


def dismissing(visit: DeskVisit, back: str) -> str:
    """The form that the buttons of rows belong to; `back` is the page to come back to, such as `desk/add`."""
    return (
        f'<form id="dismiss" method="post" action="{escape(visit.link("desk/do/dismiss"))}">{visit.hidden_token()}'
        f'<input type="hidden" name="back" value="{escape(back)}"></form>'
    )

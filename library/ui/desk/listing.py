"""The first page of the desk: what waits for somebody, what is being read, what was refused; and any other work."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from library.access import Right
from library.arrivals import Arrival
from library.languages import language_label
from library.model import Kind, Status
from library.ui.desk.arrival_rows import arrival_list, dismissing
from library.ui.desk.frame import banner, desk_document
from library.ui.desk.record_form import options
from library.ui.desk.visit import DeskVisit
from library.ui.desk.work_rows import WorkRow, work_rows
from library.ui.links import anchor, current

CHOOSING = "choosing"
"""The id of the form that the boxes of the rows belong to."""
DONE = ("discarded", "dismissed")
"""What can have been done before the page was shown."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the page shows."""

    state: Status
    rows: tuple[WorkRow, ...]
    """Those of one page of the list."""
    total: int
    """How many answer the filter."""
    counts: tuple[tuple[Status, int], ...]
    page: int = 1
    pages: int = 1
    languages: tuple[str, ...] = ()
    """Those to filter by."""
    working: tuple[Arrival, ...] = ()
    refused: tuple[Arrival, ...] = ()


def listing_page(visit: DeskVisit, listing: Listing) -> str:
    """The page."""
    t = visit.t
    done = visit.first("done")
    said = banner(t(f"desk_list.done_{done}")) if done in DONE else ""
    add = anchor(visit.link("desk/add"), t("desk_add"), ' class="button main"') if visit.may(Right.ADD) else ""
    body = (
        f'<div class="page-head"><h1>{escape(t("desk_list"))}</h1><div class="buttons">{add}</div></div>{said}'
        f"{_working(visit, listing)}{_refused(visit, listing)}{_states(visit, listing)}{_filter(visit, listing)}"
        f"{_works(visit, listing)}{dismissing(visit, 'desk')}"
    )
    return desk_document(visit, t("desk_list"), body, here="desk", scripts=("desk-list.js",))


def _working(visit: DeskVisit, listing: Listing) -> str:
    if not listing.working:
        return ""
    t = visit.t
    words = t("desk_list.working", count=len(listing.working))
    return (
        f'<section class="section" id="working" data-poll="{escape(visit.link("desk/arrivals"))}"><h2>'
        f"{escape(words)}</h2>"
        f"{arrival_list(visit, listing.working, words, 'working-list')}</section>"
    )


def _refused(visit: DeskVisit, listing: Listing) -> str:
    if not listing.refused:
        return ""
    words = visit.t("desk_list.refused", count=len(listing.refused))
    return (
        f'<section class="section"><h2>{escape(words)}</h2>'
        f"{arrival_list(visit, listing.refused, words, 'refused-list')}</section>"
    )


def _states(visit: DeskVisit, listing: Listing) -> str:
    """Drafts, published, withdrawn: as a row of links, with how many there are."""
    t = visit.t
    items = "".join(
        "<li>"
        + anchor(visit.link("desk", state=status.value), t(f"status.{status}"), current(status is listing.state))
        + f' <span class="figure soft">{number}</span></li>'
        for status, number in listing.counts
    )
    return (
        f'<nav class="section states" aria-label="{escape(t("desk_list.states"))}"><ul class="tabs">{items}</ul></nav>'
    )


def _filter(visit: DeskVisit, listing: Listing) -> str:
    """What narrows the list: words of the title, language, kind."""
    t = visit.t
    languages = [("", t("desk_list.any")), *((tag, language_label(tag, t.language)) for tag in listing.languages)]
    kinds = sorted(((kind.value, t(f"kind.{kind}")) for kind in Kind), key=lambda pair: t.sorting(pair[1]))
    ui = f'<input type="hidden" name="ui" value="{visit.chosen}">' if visit.chosen else ""
    return (
        f'<form class="filter" role="search" action="{visit.beside("desk")}">{ui}'
        f'<input type="hidden" name="state" value="{listing.state}">'
        f'<label>{escape(t("desk_list.words"))}<input type="search" name="q" dir="auto" '
        f'value="{escape(visit.first("q")[:200])}"></label>'
        f'<label>{escape(t("facet.language"))}<select name="language">'
        f"{options(languages, visit.first('language')[:35])}"
        f'</select></label><label>{escape(t("facet.kind"))}<select name="kind">'
        f"{options([('', t('desk_list.any')), *kinds], visit.first('kind')[:40])}</select></label>"
        f'<button class="button">{escape(t("desk_list.filter"))}</button></form>'
    )


def _works(visit: DeskVisit, listing: Listing) -> str:
    t = visit.t
    if not listing.rows:
        words = t("desk_list.none") if listing.state is not Status.DRAFT else t("desk_list.no_drafts")
        return f'<div class="empty"><p>{escape(words)}</p></div>'
    bulk = ""
    if visit.may(Right.PUBLISH):
        ui = f'<input type="hidden" name="ui" value="{visit.chosen}">' if visit.chosen else ""
        bulk = (
            f'<form id="{CHOOSING}" action="{visit.beside("desk/bulk")}" class="bulk-bar">{ui}'
            f'<label class="choice choose-all" hidden><input type="checkbox">'
            f"{escape(t('desk_list.choose_all'))}</label>"
            f'<button class="button">{escape(t("desk_list.bulk"))}</button></form>'
        )
    return (
        f'<h2 class="counts" id="listed">{escape(t("count.works", count=listing.total))}</h2>{bulk}'
        f"{work_rows(visit, listing.rows, CHOOSING)}{_paging(visit, listing)}"
    )


def _paging(visit: DeskVisit, listing: Listing) -> str:
    if listing.pages < 2:
        return ""
    kept = {name: visit.first(name) for name in ("state", "q", "language", "kind")}
    items = "".join(
        f"<li>{anchor(visit.link('desk', **kept, page=str(number)), str(number), current(number == listing.page))}</li>"
        for number in range(1, listing.pages + 1)
    )
    return f'<nav class="paging" aria-label="{escape(visit.t("reader.pages_label"))}"><ul>{items}</ul></nav>'

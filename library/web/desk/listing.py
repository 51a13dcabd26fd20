"""The first page of the desk: works by their state, with who brought them and what should be looked at."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import Response

from library.access import Right
from library.analysis.folding import fold
from library.model import Status, Work
from library.ui.desk.listing import Listing, listing_page
from library.ui.desk.visit import DeskVisit
from library.ui.desk.work_rows import WorkRow
from library.web.desk.entrance import Entered

PER_PAGE = 50
REMEMBERED = 5_000
"""Lines of the journal that are looked at for who was at a work last."""


def drafts_page(entered: Entered) -> Response:
    """Drafts, or published or withdrawn works, as the address asks."""
    visit = entered.visit
    asked = visit.first("state")
    state = Status(asked) if asked in set(Status) else Status.DRAFT
    # Contributors work on drafts; what is published they find on the pages of the library.
    states = tuple(Status) if visit.may(Right.KEEP) else (Status.DRAFT,)
    state = state if state in states else Status.DRAFT
    every = visit.library.works(visit.user)
    found = _filtered(visit, [work for work in every if work.status is state])
    last = _last(visit)
    found.sort(key=lambda work: last.get(work.id, ("", _received(work)))[1], reverse=True)
    pages = max(-(-len(found) // PER_PAGE), 1)
    number = visit.first("page")
    page = min(max(int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1, 1), pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    listing = Listing(
        state=state,
        rows=tuple(_row(work, last) for work in shown),
        total=len(found),
        counts=tuple((each, sum(work.status is each for work in every)) for each in states),
        page=page,
        pages=pages,
        languages=tuple(sorted({tag for work in every for tag in work.languages})),
    )
    return entered.page(listing_page(visit, listing))


def _row(work: Work, last: dict[str, tuple[str, str]]) -> WorkRow:
    who, when = last.get(work.id, ("", _received(work)))
    return WorkRow(work, who, when)


def _filtered(visit: DeskVisit, works: Iterable[Work]) -> list[Work]:
    words = fold(visit.first("q")[:200]).split()
    language, kind = visit.first("language"), visit.first("kind")
    return [
        work
        for work in works
        if (not language or language in work.languages)
        and (not kind or work.kind.value == kind)
        and _named(work, words)
    ]


def _named(work: Work, words: list[str]) -> bool:
    """Whether every word stands in one of the titles, or in the id, however it is accented."""
    name = fold(" ".join((work.id, *(edition.title for edition in work.editions))))
    return all(word in name for word in words)


def _last(visit: DeskVisit) -> dict[str, tuple[str, str]]:
    """Who was at each work last, and when."""
    found: dict[str, tuple[str, str]] = {}
    for line in visit.library.catalogue.journal.latest(REMEMBERED):
        found.setdefault(line.work, (line.who, line.when))
    return found


def _received(work: Work) -> str:
    return max(edition.received for edition in work.editions)

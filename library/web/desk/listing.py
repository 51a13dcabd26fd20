"""The first page of the desk: works by their state, with who brought them and what should be looked at."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import Response

from library.access import Right
from library.analysis.folding import fold
from library.model import Status, Work
from library.ui.desk.listing import Listing, listing_page
from library.ui.desk.reviewed import doubtful
from library.ui.desk.visit import DeskVisit
from library.ui.desk.work_rows import WorkRow
from library.web.desk.entrance import Entered
from library.web.desk.receiving import Receiving
from library.web.desk.reports import reports_of, silent_pages

PER_PAGE = 50
REMEMBERED = 5_000
"""Lines of the journal that are looked at for who was at a work last."""


class Works:
    """The route of the list."""

    def __init__(self, receiving: Receiving) -> None:
        self._receiving = receiving

    def page(self, entered: Entered) -> Response:
        """Drafts, or published or withdrawn works, as the address asks; and what has not become a draft."""
        visit = entered.visit
        # Contributors work on drafts; what is published they find on the pages of the library.
        states = tuple(Status) if visit.may(Right.KEEP) else (Status.DRAFT,)
        asked = visit.first("state")
        state = Status(asked) if asked in states else Status.DRAFT
        every = visit.library.works(visit.user)
        found = _filtered(visit, [work for work in every if work.status is state])
        last = _last(visit)
        found.sort(key=lambda work: last.get(work.id, ("", _received(work)))[1], reverse=True)
        pages = max(-(-len(found) // PER_PAGE), 1)
        number = visit.first("page")
        page = min(max(int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1, 1), pages)
        working, refused = self._receiving.open_arrivals(entered)
        listing = Listing(
            state=state,
            rows=tuple(_row(visit, work, last) for work in found[(page - 1) * PER_PAGE : page * PER_PAGE]),
            total=len(found),
            counts=tuple((each, sum(work.status is each for work in every)) for each in states),
            page=page,
            pages=pages,
            languages=tuple(sorted({tag for work in every for tag in work.languages})),
            working=working,
            refused=refused,
        )
        return entered.page(listing_page(visit, listing))


def _row(visit: DeskVisit, work: Work, last: dict[str, tuple[str, str]]) -> WorkRow:
    who, when = last.get(work.id, ("", _received(work)))
    if work.status is not Status.DRAFT:
        return WorkRow(work, who, when)
    reports = [(edition, report) for edition, report in reports_of(visit.library, work) if not report.damaged]
    notes = (
        ("near", any(report.near_duplicates for _, report in reports)),
        ("version", any(report.version is not None for _, report in reports)),
        ("pages", any(edition.without_text or silent_pages(visit.library, edition) for edition in work.editions)),
    )
    doubts = doubtful(work, {edition.language: report.description for edition, report in reports})
    return WorkRow(work, who, when, doubts, tuple(name for name, there in notes if there))


def _filtered(visit: DeskVisit, works: Iterable[Work]) -> list[Work]:
    words = visit.first("q")[:200]
    language, kind = visit.first("language"), visit.first("kind")
    return [
        work
        for work in works
        if (not language or language in work.languages) and (not kind or work.kind.value == kind) and named(work, words)
    ]


def named(work: Work, words: str) -> bool:
    """Whether every word stands in one of the titles, or in the id, however it is accented."""
    name = fold(" ".join((work.id, *(edition.title for edition in work.editions))))
    return all(fold(word) in name for word in words.split())


def _last(visit: DeskVisit) -> dict[str, tuple[str, str]]:
    """Who was at each work last, and when."""
    found: dict[str, tuple[str, str]] = {}
    for line in visit.library.catalogue.journal.latest(REMEMBERED):
        found.setdefault(line.work, (line.who, line.when))
    return found


def _received(work: Work) -> str:
    return max(edition.received for edition in work.editions)

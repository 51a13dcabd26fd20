"""Projects and types: a row for each, with its works in one line; years, with the titles of each."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from library.model import Work
from library.result import FacetValue
from library.ui.browse.titles import grouped, newest_first, titles
from library.ui.links import anchor, search_link
from library.ui.visit import Visit
from library.ui.years import bars, histogram

SHOWN = 3
"""Titles that stand for a project or a type."""
IN_A_YEAR = 24
"""Titles of a year that are listed; the rest are one step away."""


def projects(visit: Visit) -> str:
    """Every project with its works counted, its newest year, and some of its works. Raises IndexOutOfDate."""
    return _rows("project", grouped_by_project(visit), visit)


def kinds(visit: Visit) -> str:
    """Every type of work in the same way. Raises IndexOutOfDate."""
    by_kind = grouped(visit.library.works(visit.user), lambda work: (work.kind.value,))
    return _rows("kind", dict(by_kind), visit)


def years(visit: Visit) -> str:
    """The years as bars, then each with its titles, the newest first. Raises IndexOutOfDate."""
    values = visit.whole().facet("year")
    works = visit.library.works(visit.user)
    by_year = grouped(works, lambda work: () if work.year is None else (f"{work.year:04}",))
    chart = histogram(drawn, visit.start(), visit.t) if (drawn := bars(values)) else ""
    sections = [_year(value, by_year.get(value.value, ()), visit) for value in values if value.count]
    undated = newest_first((work for work in works if work.year is None), visit.t.language)
    if undated:
        words = escape(visit.t("browse.undated", count=len(undated)))
        sections.append(f'<section class="browse-row"><h2>{words}</h2>{titles(undated, IN_A_YEAR, visit)}</section>')
    return f'<div class="browse-years">{chart}</div>{"".join(sections)}' if sections else _none(visit)


def grouped_by_project(visit: Visit) -> dict[str, list[Work]]:
    """The works of each project that are open to the reader."""
    return dict(grouped(visit.library.works(visit.user), lambda work: work.projects))


def _rows(facet: str, works: dict[str, list[Work]], visit: Visit) -> str:
    values = [value for value in visit.whole().facet(facet) if value.count]
    rows = "".join(_row(facet, value, works.get(value.value, []), visit) for value in values)
    return rows or _none(visit)


def _row(facet: str, value: FacetValue, works: Sequence[Work], visit: Visit) -> str:
    """One value: its name leads to its works, below it stand the newest."""
    t = visit.t
    ordered = newest_first(works, t.language)
    facts = [t("count.works", count=value.count)]
    if ordered and ordered[0].year is not None:
        facts.append(t("browse.newest", year=str(ordered[0].year)))
    return (
        f'<section class="browse-row"><h2>{_leading(facet, value, visit)}</h2>'
        f'<p class="browse-facts">{escape(" · ".join(facts))}</p>{titles(ordered, SHOWN, visit)}</section>'
    )


def _year(value: FacetValue, works: Sequence[Work], visit: Visit) -> str:
    listed = titles(newest_first(works, visit.t.language), IN_A_YEAR, visit)
    more = ""
    if value.count > IN_A_YEAR:
        link = search_link(visit.start().with_values("year", [value.value]))
        more = f"<p>{anchor(link, visit.t('browse.all', count=value.count))}</p>"
    count = escape(visit.t("count.works", count=value.count))
    heading = f'<h2>{_leading("year", value, visit)}</h2><p class="browse-facts">{count}</p>'
    return f'<section class="browse-row">{heading}{listed}{more}</section>'


def _leading(facet: str, value: FacetValue, visit: Visit) -> str:
    return anchor(search_link(visit.start().with_values(facet, [value.value])), value.label, ' dir="auto"')


def _none(visit: Visit) -> str:
    return f"<p>{escape(visit.t('browse.none'))}</p>"

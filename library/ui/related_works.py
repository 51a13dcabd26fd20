"""Other works that a reader of this one may want: those like it, and those of the same places and projects."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from library.errors import EngineUnavailable, IndexOutOfDate
from library.languages import UNKNOWN, language_name
from library.request import SearchRequest, Sort
from library.result import Hit, Reason, Similar
from library.ui.cards import spoken
from library.ui.links import anchor, cover_link, search_link, work_link
from library.ui.shown_work import ShownWork

LOG = logging.getLogger(__name__)

MOST_LIKE = 6
MOST_OTHERS = 4
"""Works of one place or project that are shown; a link leads to all of them."""
MOST_GROUPS = 4
"""Places and projects whose other works are shown: each is a search of its own."""
REASONS = ("topic", "place", "project", "")
"""What works have in common, by facet, in the order in which it is said; the last are words of their texts."""
SHARED = ("place", "project")
"""Facets whose other works are shown."""


@dataclass(frozen=True, slots=True)
class Group:
    """Other works that share a place or a project."""

    heading: str
    search: SearchRequest
    total: int
    """Works found by that search, without the one they are shown with."""
    hits: tuple[Hit, ...]


def related(shown: ShownWork) -> str:
    """Works like this one with what they have in common, then those of its places and projects.

    While the index does not answer there are none: the work itself is still here to be read.
    """
    try:
        alike = shown.visit.library.like(shown.work.id, shown.visit.user, shown.t.language, MOST_LIKE)
        groups = tuple(_groups(shown))
    except (IndexOutOfDate, EngineUnavailable) as error:
        LOG.warning("%s (%s)", error.message, error.remedy)
        return ""
    return f"{_like(shown, alike)}{''.join(_group(shown, group, number) for number, group in enumerate(groups))}"


def reasons(given: Iterable[Reason], shown: ShownWork) -> str:
    """What two works have in common, in words: “Shared themes: Nightlife · Same place: Amsterdam”."""
    named: dict[str, list[str]] = {facet: [] for facet in REASONS}
    for reason in given:
        named[reason.facet].append(reason.label)
    return " · ".join(
        shown.t(f"like.{facet or 'word'}", count=len(labels), names=", ".join(labels))
        for facet, labels in named.items()
        if labels
    )


def _groups(shown: ShownWork) -> Iterator[Group]:
    """A city first; its country only where the city has no other works. Then the projects."""
    found = 0
    for facet, values in _shared(shown):
        for value in values:
            if found >= MOST_GROUPS:
                return
            group = _found(shown, facet, value)
            if group.hits:
                found += 1
                yield group
                break


def _shared(shown: ShownWork) -> Iterator[tuple[str, tuple[str, ...]]]:
    place, project = SHARED
    for one in shown.work.places:
        yield place, tuple(dict.fromkeys((one.id, one.country)))
    for name in shown.work.projects:
        yield project, (name,)


def _found(shown: ShownWork, facet: str, value: str) -> Group:
    visit = shown.visit
    request = visit.start().with_values(facet, [value]).with_sort(Sort.NEWEST)
    result = visit.search(SearchRequest.build(filters={facet: [value]}, sort=Sort.NEWEST, per_page=MOST_OTHERS + 1))
    hits = tuple(hit for hit in result.hits if hit.work != shown.work.id)[:MOST_OTHERS]
    heading = shown.t(f"others.{facet}", name=visit.label(facet, value))
    return Group(heading, request, result.total - 1, hits)


def _like(shown: ShownWork, alike: tuple[Similar, ...]) -> str:
    if not alike:
        return ""
    items = "".join(_card(shown, similar, reasons(similar.reasons, shown)) for similar in alike)
    heading = escape(shown.t("like.heading"))
    return (
        f'<section class="related" aria-labelledby="like"><h2 id="like">{heading}</h2>'
        f'<ul class="small-cards">{items}</ul></section>'
    )


def _group(shown: ShownWork, group: Group, number: int) -> str:
    items = "".join(_card(shown, hit) for hit in group.hits)
    every = anchor(search_link(group.search), shown.t("browse.all", count=group.total + 1))
    more = f'<p class="related-all">{every}</p>' if group.total > len(group.hits) else ""
    return (
        f'<section class="related" aria-labelledby="others-{number}">'
        f'<h2 id="others-{number}" dir="auto">{escape(group.heading)}</h2><ul class="small-cards">{items}</ul>{more}'
        "</section>"
    )


def _card(shown: ShownWork, other: Hit | Similar, why: str = "") -> str:
    """A work in small: cover, title, kind and year, and what it has in common."""
    visit, t = shown.visit, shown.t
    foreign = other.language not in (t.language, UNKNOWN)
    link = escape(work_link(other.work, shown.chosen, other.language if foreign else ""))
    said = t("card.only", language=language_name(other.language, t.language)) if foreign else ""
    facts = " · ".join(filter(None, (visit.label("kind", other.kind), str(other.year or ""), said)))
    common = f'<p class="small-card-why" dir="auto">{escape(why)}</p>' if why else ""
    return (
        f'<li class="small-card">{_cover(shown, other, link)}<div><p class="card-facts">{escape(facts)}</p>'
        f'<h3 {spoken(other.language, other.title)}><a href="{link}">{escape(other.title)}</a></h3>{common}</div></li>'
    )


def _cover(shown: ShownWork, other: Hit | Similar, link: str) -> str:
    if shown.visit.covered(other.sha256):
        source = escape(cover_link(other.work, other.language, other.sha256))
        inside = f'<img src="{source}" alt="" loading="lazy" decoding="async">'
    else:
        inside = f'<span class="cover-tile">{escape(shown.visit.label("kind", other.kind))}</span>'
    return f'<a class="cover" href="{link}" tabindex="-1" aria-hidden="true">{inside}</a>'

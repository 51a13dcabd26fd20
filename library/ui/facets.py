"""The filters: a list of boxes for each facet, with the number of works that each would show; years as bars.

All of them are one piece of markup. What a box does to the address, filters.js does at that moment.
"""

from __future__ import annotations

from html import escape

from library.fields import FACETS, FacetField
from library.locales import Texts
from library.request import COMBINED, SearchRequest
from library.result import FacetValue, SearchResult
from library.ui.facet_rows import AT_ONCE, Row, arranged
from library.ui.years import bars, histogram, limits

DEEPEST = 3
"""Levels of a tree that are drawn further and further in."""


def filters(result: SearchResult, asked: SearchRequest, t: Texts) -> str:
    """Every facet that has something to choose, behind a button where the screen is narrow."""
    parts = [_facet(facet, result.facet(facet.name), asked, t) for facet in FACETS]
    heading = escape(t("filters.open"))
    close = (
        f'<div class="filters-close"><button type="button" class="button main" data-filters="close">'
        f"{escape(t('filters.show', count=result.total))}</button></div>"
    )
    inside = f'<h2 class="unseen">{heading}</h2>{"".join(parts)}{close}'
    return f'<aside class="filters" aria-label="{heading}">{inside}</aside>'


def filters_button(asked: SearchRequest, t: Texts) -> str:
    """What opens the filters on a narrow screen, with how many are in force."""
    active = sum(len(values) for _, values in asked.filters)
    number = f' <span class="filters-active">{active}</span>' if active else ""
    words = escape(t("filters.open")) + number
    return f'<button type="button" class="button filters-open-button" data-filters="open">{words}</button>'


def _facet(facet: FacetField, values: tuple[FacetValue, ...], asked: SearchRequest, t: Texts) -> str:
    if not values:
        return ""
    inside = _years(values, asked, t) if facet.name == "year" else _boxes(facet, values, asked, t)
    name = escape(t(facet.label_key))
    return f'<fieldset class="facet facet-{facet.name}"><legend class="facet-name">{name}</legend>{inside}</fieldset>'


def _boxes(facet: FacetField, values: tuple[FacetValue, ...], asked: SearchRequest, t: Texts) -> str:
    together = ""
    if facet.name in asked.every or (facet.name in COMBINED and len(asked.selected(facet.name)) > 1):
        together = _together(facet.name, asked, t)
    rows = arranged(values, facet.tree)
    return together + "".join(_line(facet.name, row) for row in rows.shown) + _more(facet.name, rows.more, t)


def _more(facet: str, rows: tuple[Row, ...], t: Texts) -> str:
    """The lines that wait behind “more”, with a field that narrows them when they are many."""
    if not rows:
        return ""
    lines = "".join(_line(facet, row, "more-") for row in rows)
    field = _filter(facet, t) if len(rows) > AT_ONCE else ""
    return (
        f'<details class="facet-more" data-keep="more-{facet}"><summary data-keep="summary-{facet}">'
        f"{escape(t('facet.more'))}</summary>{field}{lines}</details>"
    )


def _filter(facet: str, t: Texts) -> str:
    words = escape(t("facet.filter"))
    return (
        f'<input class="facet-filter" id="filter-{facet}" type="search" aria-label="{words}" placeholder="{words}">'
        f'<p class="facet-none" role="status" hidden>{escape(t("facet.filter_none"))}</p>'
    )


def _together(facet: str, asked: SearchRequest, t: Texts) -> str:
    """Whether a work must have everything selected in the facet, or one of it."""
    on = _checked(facet in asked.every)
    return (
        '<label class="facet-line facet-every"><input type="checkbox" role="switch" data-facet="all"'
        f' id="every-{facet}" data-value="{facet}"{on}><span>{escape(t("facet.every"))}</span></label>'
    )


def _line(facet: str, row: Row, place: str = "") -> str:
    value, depth = row.value, min(row.depth, DEEPEST)
    name = f"<bdi>{escape(value.label)}</bdi>"
    if row.caption:
        return f'<p class="facet-caption" data-depth="{depth}">{name}</p>'
    off = " disabled" if not value.count and not value.selected else ""
    return (
        f'<label class="facet-line" data-depth="{depth}"><input type="checkbox" data-facet="{facet}"'
        f' id="{place}{facet}-{escape(value.value)}" data-value="{escape(value.value)}"{_checked(value.selected)}{off}>'
        f'{name} <span class="number">{value.count}</span></label>'
    )


def _years(values: tuple[FacetValue, ...], asked: SearchRequest, t: Texts) -> str:
    drawn = bars(values)
    chart = histogram(drawn, asked, t) if drawn else ""
    fields = "".join(
        f'<label><span>{escape(label)}</span><input type="number" min="0" max="9999" inputmode="numeric"'
        f' id="year-{end}" value="{_four(year)}"></label>'
        for end, label, year in zip(("from", "to"), (t("year.from"), t("year.to")), limits(asked), strict=True)
    )
    return f'{chart}<div class="years-typed">{fields}</div>'


def _four(year: int | None) -> str:
    return "" if year is None else f"{year:04}"


def _checked(yes: bool) -> str:
    return " checked" if yes else ""

"""The years as a small picture: a bar for each, as high as it has works, and each a link that chooses it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from library.locales import Texts
from library.request import SearchRequest, between, years
from library.result import FacetValue
from library.ui.links import current, search_link

MOST_BARS = 40
"""Bars that still can be told apart, and hit, in the narrow column of the filters."""
STEPS = (1, 5, 10, 50, 100, 500)
"""Years that one bar may stand for; 500 let the years 0 to 9999 fit."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year, or some years one after the other."""

    value: str
    """As in an address: `2019`, or `2015..2019`."""
    first: int
    last: int
    works: int
    chosen: bool


def bars(values: Iterable[FacetValue]) -> tuple[Bar, ...]:
    """A bar for every year from the first with works to the last, years without works among them."""
    listed = tuple(values)
    counts = {int(value.value): value.count for value in listed if _is_year(value.value) and value.count}
    if not counts:
        return ()
    spans = tuple(span for value in listed if value.selected and (span := _span(value.value)))
    step = next(step for step in STEPS if max(counts) // step - min(counts) // step < MOST_BARS)
    starts = range(min(counts) // step * step, max(counts) + 1, step)
    return tuple(_bar(start, start + step - 1, counts, spans) for start in starts)


def limits(request: SearchRequest) -> tuple[int | None, int | None]:
    """The first and the last year selected, where that is one year or one range; None for an open end."""
    selected = request.selected("year")
    span = _span(selected[0]) if len(selected) == 1 else None
    if span is None:
        return None, None
    first, last = span
    return first or None, last if last < 9999 else None


def histogram(drawn: tuple[Bar, ...], asked: SearchRequest, t: Texts) -> str:
    """The bars, of which there is at least one, as a list of links, with the first and the last year below."""
    highest = max(bar.works for bar in drawn)
    items = "".join(_item(bar, highest, drawn, asked, t) for bar in drawn)
    ends = dict.fromkeys((f"{drawn[0].first:04}", f"{drawn[-1].last:04}"))
    below = "".join(f"<span>{end}</span>" for end in ends)
    return (
        f'<div class="years-chart" style="--bars:{len(drawn)}">'
        f'<ol class="years" aria-label="{escape(t("year.chart"))}">{items}</ol>'
        f'<p class="years-ends" aria-hidden="true">{below}</p></div>'
    )


def _bar(first: int, last: int, counts: dict[int, int], spans: tuple[tuple[int, int], ...]) -> Bar:
    return Bar(
        value=between(first, last),
        first=first,
        last=last,
        works=sum(counts.get(year, 0) for year in range(first, last + 1)),
        chosen=any(begins <= last and first <= ends for begins, ends in spans),
    )


def _item(bar: Bar, highest: int, drawn: tuple[Bar, ...], asked: SearchRequest, t: Texts) -> str:
    """A bar; years without works lead nowhere."""
    said = t("year.bar", years=bar.value.replace("..", "–"), works=t("count.works", count=bar.works))
    inside = f'<span class="year-said">{escape(said)}</span>'
    chosen = ' class="year-chosen"' if bar.chosen else ""
    if not bar.works:
        return f"<li{chosen}>{inside}</li>"
    share = f' style="--share:{bar.works / highest:.3f}"'
    return f'<li{chosen}><a href="{escape(_link(bar, drawn, asked))}"{share}{current(bar.chosen)}>{inside}</a></li>'


def _link(bar: Bar, drawn: tuple[Bar, ...], asked: SearchRequest) -> str:
    """The search with this bar chosen too, or no longer. What is selected and is no bar, such as a range, is let go."""
    others = {one.value for one in drawn}
    kept = [value for value in asked.selected("year") if value in others]
    return search_link(asked.with_values("year", kept).toggle("year", bar.value))


def _span(value: str) -> tuple[int, int] | None:
    return (int(value), int(value)) if _is_year(value) else years(value)


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()

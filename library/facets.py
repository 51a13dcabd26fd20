"""Facet values as a person reads them: labels in the reader's language, trees, selected values kept at 0."""

from __future__ import annotations

from collections.abc import Mapping

from library.fields import FACETS, FacetField
from library.languages import country_name, language_label
from library.locales import Texts
from library.request import SearchRequest, years
from library.result import FacetValue
from library.topics import Thesaurus

Counts = Mapping[str, Mapping[str, int]]


def labelled(
    counts: Counts, request: SearchRequest, thesaurus: Thesaurus, texts: Texts
) -> tuple[tuple[str, tuple[FacetValue, ...]], ...]:
    """Every facet with its values: those that would show works, and those selected whatever they show."""
    return tuple(
        (facet.name, _values(facet, counts.get(facet.name, {}), request, thesaurus, texts)) for facet in FACETS
    )


def value_label(facet: str, value: str, thesaurus: Thesaurus, texts: Texts) -> str:
    """The name of a facet value in the language of the texts; a value nobody knows is its own name."""
    match facet:
        case "topic":
            return thesaurus.label(value, texts.language)
        case "language":
            return language_label(value, texts.language) if value != "und" else texts("language.unknown")
        case "kind":
            return texts(f"kind.{value}") if texts.has(f"kind.{value}") else value
        case "place":
            country, _, city = value.partition("/")
            return city or country_name(country, texts.language)
        case "year":
            return value.replace("..", "–")
    return value


def _values(
    facet: FacetField, counts: Mapping[str, int], request: SearchRequest, thesaurus: Thesaurus, texts: Texts
) -> tuple[FacetValue, ...]:
    selected = request.selected(facet.name)
    every = dict.fromkeys((*counts, *selected))
    values = [
        FacetValue(
            value=value,
            label=value_label(facet.name, value, thesaurus, texts),
            count=counts[value] if value in counts else _within(facet.name, value, counts),
            selected=value in selected,
            parent=_parent(facet.name, value, thesaurus),
        )
        for value in every
    ]
    if facet.name == "topic":
        order = {topic.id: topic.order for topic in thesaurus}
        return tuple(sorted(values, key=lambda v: (order.get(v.value, len(order) + 1_000_000), v.value)))
    if facet.by_value:
        return tuple(sorted(values, key=lambda v: v.value, reverse=True))
    return tuple(sorted(values, key=lambda v: (-v.count, texts.sorting(v.label), v.value)))


def _within(facet: str, value: str, counts: Mapping[str, int]) -> int:
    """How many works a selected range of years would show: a work has one year, so the counts add up."""
    span = years(value)
    if facet != "year" or span is None:
        return 0
    return sum(count for year, count in counts.items() if span[0] <= int(year) <= span[1])


def _parent(facet: str, value: str, thesaurus: Thesaurus) -> str:
    if facet == "topic":
        topic = thesaurus.get(value)
        return topic.broader if topic else ""
    country, slash, _ = value.partition("/")
    return country if facet == "place" and slash else ""

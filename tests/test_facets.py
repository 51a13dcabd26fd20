"""Facet values as a reader sees them: names in her language, what is selected never lost, counts that are true."""

from __future__ import annotations

import pytest

from library.facets import labelled, value_label
from library.fields import FACET_NAMES
from library.locales import load_texts
from library.request import SearchRequest
from library.result import FacetValue
from library.topics import Thesaurus, Topic

THESAURUS = Thesaurus(
    (
        Topic("public-spaces", {"en": "Public spaces", "fr": "Espaces publics"}, order=1),
        Topic("nightlife", {"en": "Nightlife", "fr": "Vie nocturne"}, broader="public-spaces", order=2),
        Topic("sport", {"en": "Sport"}, order=3),
    )
)
EN, FR = load_texts("en"), load_texts("fr")


def shown(facet: str, counts: dict[str, int], *selected: str) -> tuple[FacetValue, ...]:
    request = SearchRequest.build(filters={facet: selected})
    return dict(labelled({facet: counts}, request, THESAURUS, EN))[facet]


def test_every_facet_is_there_in_its_order() -> None:
    assert tuple(name for name, _ in labelled({}, SearchRequest(), THESAURUS, EN)) == FACET_NAMES


@pytest.mark.parametrize("facet", FACET_NAMES)
def test_a_selected_value_stays_at_nothing(facet: str) -> None:
    (value,) = shown(facet, {}, "no-such-value")
    assert (value.value, value.count, value.selected) == ("no-such-value", 0, True)


@pytest.mark.parametrize(
    ("facet", "value", "english", "french"),
    [
        ("topic", "nightlife", "Nightlife", "Vie nocturne"),
        ("topic", "sport", "Sport", "Sport"),
        ("topic", "unknown", "unknown", "unknown"),
        ("language", "de", "German", "Allemand"),
        ("language", "und", "Unknown language", "Langue inconnue"),
        ("kind", "guide", "Guide", "Guide"),
        ("kind", "nonsense", "nonsense", "nonsense"),
        ("place", "NL", "Netherlands", "Pays-Bas"),
        ("place", "NL/Den Haag", "Den Haag", "Den Haag"),
        ("year", "2018..2021", "2018–2021", "2018–2021"),
        ("project", "SOLIDIFY", "SOLIDIFY", "SOLIDIFY"),
    ],
)
def test_values_are_named_in_the_reader_s_language(facet: str, value: str, english: str, french: str) -> None:
    assert value_label(facet, value, THESAURUS, EN) == english
    assert value_label(facet, value, THESAURUS, FR) == french


def test_topics_stand_in_the_order_of_the_thesaurus_with_the_one_above_them() -> None:
    values = shown("topic", {"sport": 9, "nightlife": 1, "public-spaces": 2, "unknown": 5})
    assert [value.value for value in values] == ["public-spaces", "nightlife", "sport", "unknown"]
    assert [value.parent for value in values] == ["", "public-spaces", "", ""]


def test_places_know_their_country_and_the_commonest_come_first() -> None:
    values = shown("place", {"NL/Amsterdam": 1, "NL": 3, "FR": 3})
    assert [(value.value, value.parent) for value in values] == [("FR", ""), ("NL", ""), ("NL/Amsterdam", "NL")]


def test_years_are_listed_from_the_latest() -> None:
    assert [value.value for value in shown("year", {"2019": 5, "2022": 1, "2020": 9})] == ["2022", "2020", "2019"]


@pytest.mark.parametrize(
    ("selected", "count"),
    [("2019..2020", 14), ("2020..", 10), ("..2019", 5), ("..", 15), ("2019", 5), ("202..2025", 0), ("2022..2019", 0)],
)
def test_a_range_of_years_counts_what_it_shows(selected: str, count: int) -> None:
    values = shown("year", {"2019": 5, "2020": 9, "2022": 1}, selected)
    assert [value.count for value in values if value.selected] == [count]

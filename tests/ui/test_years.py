"""The years as bars: as many as fit, each a link that says what it leads to."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.locales import load_texts
from library.request import SearchRequest
from library.result import FacetValue
from library.ui.years import MOST_BARS, bars, histogram
from tests.ui.test_cards import Seen

EN, FR = load_texts("en"), load_texts("fr")


def counted(counts: dict[int, int], *selected: str) -> list[FacetValue]:
    values = [FacetValue(f"{year:04}", f"{year}", works, f"{year:04}" in selected) for year, works in counts.items()]
    return values + [FacetValue(value, value, 0, True) for value in selected if value not in {v.value for v in values}]


def led_to(asked: SearchRequest, counts: dict[int, int]) -> list[list[str]]:
    """The years in the address that each bar leads to."""
    drawn = bars(counted(counts, *asked.selected("year")))
    links = Seen(histogram(drawn, asked, EN)).links()
    return [parse_qs(urlsplit(link).query).get("year", []) for link in links]


def test_years_between_have_empty_bars() -> None:
    drawn = bars(counted({2019: 7, 2022: 1}))
    assert [(bar.value, bar.works) for bar in drawn] == [("2019", 7), ("2020", 0), ("2021", 0), ("2022", 1)]
    seen = Seen(histogram(drawn, SearchRequest(), EN))
    assert seen.text == "2019: 7 works2020: 0 works2021: 0 works2022: 1 work20192022"
    assert len(seen.links()) == 2, "years without works lead nowhere"
    assert "2019 : 7 ouvrages" in Seen(histogram(drawn, SearchRequest(), FR)).text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("years", "first", "number"),
    [
        ((1990, 2026), "1990", 37),
        ((1987, 2026), "1987", 40),
        ((1986, 2026), "1985..1989", 9),
        ((1826, 2026), "1820..1829", 21),
        ((1, 9999), "0000..0499", 20),
        ((2020, 2020), "2020", 1),
    ],
)
def test_years_far_apart_are_grouped(years: tuple[int, int], first: str, number: int) -> None:
    drawn = bars(counted(dict.fromkeys(years, 2)))
    assert (drawn[0].value, len(drawn)) == (first, number)


@given(st.dictionaries(st.integers(0, 9999), st.integers(0, 50), max_size=12))
def test_every_work_stands_in_one_bar_and_the_bars_always_fit(counts: dict[int, int]) -> None:
    drawn = bars(counted(counts))
    assert sum(bar.works for bar in drawn) == sum(counts.values())
    assert len(drawn) <= MOST_BARS
    assert all(one.last + 1 == other.first for one, other in pairwise(drawn))
    if drawn:
        Seen(histogram(drawn, SearchRequest(), EN)).assert_harmless()


@pytest.mark.parametrize(
    ("selected", "chosen"),
    [
        (("2019..2020",), ["2019", "2020"]),
        (("2020..",), ["2020", "2021"]),
        (("..2018", "2021"), ["2018", "2021"]),
        (("1999", "no year"), []),
    ],
)
def test_what_is_selected_is_marked(selected: tuple[str, ...], chosen: list[str]) -> None:
    drawn = bars(counted({2018: 1, 2019: 2, 2020: 3, 2021: 4}, *selected))
    assert [bar.value for bar in drawn if bar.chosen] == chosen
    assert histogram(drawn, SearchRequest(), EN).count('aria-current="true"') == len(chosen)


def test_a_bar_adds_its_year_or_takes_it_back_and_replaces_a_range() -> None:
    counts = {2018: 1, 2019: 2}
    assert led_to(SearchRequest.build("a", page=3), counts) == [["2018"], ["2019"]]
    assert led_to(SearchRequest.build(filters={"year": ["2018"]}), counts) == [[], ["2018", "2019"]]
    assert led_to(SearchRequest.build(filters={"year": ["2018..2019"]}), counts) == [["2018"], ["2019"]]
    grouped = {1950: 1, 2026: 2}
    assert led_to(SearchRequest(), grouped) == [["1950..1954"], ["2025..2029"]]
    assert led_to(SearchRequest.build(filters={"year": ["1950..1954"]}), grouped) == [[], ["1950..1954", "2025..2029"]]


def test_without_works_there_are_no_bars() -> None:
    assert bars(counted({}, "2019..", "<b>")) == ()

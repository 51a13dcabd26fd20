"""A search in an address and back again; whatever stands in an address, a search comes out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.fields import FACET_NAMES
from library.request import (
    COMBINED,
    MAX_FILTERS,
    MAX_PAGE,
    MAX_PER_PAGE,
    MAX_QUERY,
    MAX_VALUE,
    MAX_VALUES,
    SearchRequest,
    Sort,
    between,
    years,
)

anything = st.text(max_size=30)
facets = st.sampled_from(FACET_NAMES)
requests = st.builds(
    SearchRequest.build,
    query=anything,
    filters=st.dictionaries(facets, st.lists(anything, max_size=4)),
    sort=st.sampled_from(Sort),
    page=st.integers(-5, MAX_PAGE + 5),
    per_page=st.integers(-5, MAX_PER_PAGE + 5),
    reader=anything,
    narrow=st.lists(anything, max_size=2),
    every=st.lists(facets | anything, max_size=3),
)


@given(requests)
def test_an_address_gives_back_the_request(request_: SearchRequest) -> None:
    assert SearchRequest.from_params(request_.to_params()) == request_


parameters = st.sampled_from(("q", "page", "per_page", "sort", "ui", "narrow", "all", *FACET_NAMES))


@given(st.dictionaries(st.text(max_size=8) | parameters, st.lists(st.text(max_size=40), max_size=5)))
def test_any_parameters_make_a_request_that_has_an_address(params: dict[str, list[str]]) -> None:
    made = SearchRequest.from_params(params)
    assert SearchRequest.from_params(made.to_params()) == made
    assert 1 <= made.page <= MAX_PAGE
    assert 1 <= made.per_page <= MAX_PER_PAGE


@given(requests, facets, anything)
def test_a_value_toggled_twice_is_as_before(request_: SearchRequest, facet: str, value: str) -> None:
    once = request_.toggle(facet, value)
    twice = once.toggle(facet, value)
    assert set(twice.selected(facet)) == set(request_.selected(facet))
    assert dict(twice.filters).keys() == dict(request_.filters).keys()
    assert {name: set(values) for name, values in twice.filters} == {n: set(v) for n, v in request_.filters}


@given(requests, facets, anything)
def test_another_question_starts_at_its_first_page(request_: SearchRequest, facet: str, value: str) -> None:
    later = request_.with_page(7)
    assert later.page == 7
    changed = (
        later.toggle(facet, value),
        later.with_values(facet, [value]),
        later.with_query("other"),
        later.with_sort(Sort.TITLE),
        later.without_filters(),
    )
    assert {one.page for one in changed} == {1}


@given(requests, st.sampled_from(COMBINED))
def test_values_are_wanted_together_or_not(request_: SearchRequest, facet: str) -> None:
    together = request_.with_every(facet, True)
    assert set(together.every) == {*request_.every, facet}
    assert (together.page, together.filters) == (1, request_.filters)
    assert together.with_every(facet, True) == together
    assert set(together.with_every(facet, False).every) == set(request_.every) - {facet}
    assert together.without_filters().every == ()


def test_languages_types_and_years_cannot_be_wanted_together() -> None:
    made = SearchRequest.from_params({"all": ["place", "language", "kind", "year", "topic", "topic", "colour"]})
    assert made.every == ("topic", "place")
    assert made.to_params() == {"all": ["topic", "place"]}


@pytest.mark.parametrize("reader", ["\x00", "\x1f\x1f", " " * 1_000 + "fr", "\ud800", "\u0085"])
def test_a_reader_s_language_of_nothing_but_controls_is_none(reader: str) -> None:
    assert SearchRequest.from_params({"ui": [reader]}).reader == ""


def test_everything_is_bounded() -> None:
    values = [f"{number} " + "x" * 500 for number in range(200)]
    made = SearchRequest.build("word " * 1_000, {"topic": values}, page=10**9, per_page=10**9)
    assert len(made.query) <= MAX_QUERY
    assert made.cut
    assert max(map(len, made.selected("topic"))) <= MAX_VALUE
    short = {name: [f"{name}-{number}" for number in range(200)] for name in ("topic", "place")}
    assert len(SearchRequest.build(filters=short).selected("topic")) == MAX_VALUES
    many = SearchRequest.build(filters={name: values for name in FACET_NAMES}, narrow=values)
    assert 0 < sum(len(value) for _, chosen in many.filters for value in chosen) <= MAX_FILTERS
    assert 0 < sum(map(len, many.narrow)) <= MAX_FILTERS
    assert (made.page, made.per_page) == (MAX_PAGE, MAX_PER_PAGE)
    assert SearchRequest.build(page=-3, per_page=0) == SearchRequest.build(page=1, per_page=1)


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "٣", "1e3", "", "9" * 40, "one", " 2"])
def test_a_page_that_is_no_page_is_the_first(page: str) -> None:
    assert SearchRequest.from_params({"page": [page]}).page == 1


def test_what_nobody_knows_stays_to_be_removed_and_unknown_facets_are_left_out() -> None:
    made = SearchRequest.from_params({"topic": ["no-such-topic"], "flavour": ["sweet"], "sort": ["sideways"]})
    assert made.filters == (("topic", ("no-such-topic",)),)
    assert made.sort is Sort.RELEVANCE


def test_what_is_as_usual_is_not_in_the_address() -> None:
    assert SearchRequest().to_params() == {}
    made = SearchRequest.build(
        " vie   nocturne ", {"language": ["fr", "fr"], "topic": ["nightlife"]}, Sort.NEWEST, 2, 20, "fr"
    )
    assert made.to_params() == {
        "q": ["vie nocturne"], "topic": ["nightlife"], "language": ["fr"],
        "sort": ["newest"], "page": ["2"], "per_page": ["20"], "ui": ["fr"],
    }  # fmt: skip


def test_a_value_is_toggled_however_it_is_written() -> None:
    made = SearchRequest.build(filters={"place": ["NL/Den Haag"]})
    assert made.toggle("place", " NL/Den   Haag ").filters == ()


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2018..2021", (2018, 2021)),
        ("2018..", (2018, 9999)),
        ("..2021", (0, 2021)),
        ("..", (0, 9999)),
        ("2018", None),
        ("18..21", None),
        ("٢٠١٨..", None),
        ("2018...2021", None),
    ],
)
def test_a_range_of_years(value: str, span: tuple[int, int] | None) -> None:
    assert years(value) == span


@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        (2018, 2021, "2018..2021"),
        (2021, 2018, "2018..2021"),
        (2018, None, "2018.."),
        (None, 2021, "..2021"),
        (2019, 2019, "2019"),
        (None, None, ""),
        (33, 476, "0033..0476"),
    ],
)
def test_years_from_one_to_another(first: int | None, last: int | None, value: str) -> None:
    assert between(first, last) == value
    assert years(value) is None or years(value) == tuple(sorted((first or 0, last or 9999)))

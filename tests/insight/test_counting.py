"""What counts, what does not, and who."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.access import ANYONE, Role, User
from library.insight import Insight, Search, Use
from library.insight.counting import MOST_FILTERS, kept_filters, settled
from library.insight.turnstile import MOST_A_MINUTE, MOST_OF_ALL, Turnstile
from library.request import SearchRequest
from library.result import SearchResult

KNOWN = {"language": ("en", "fr"), "topic": ("nightlife",), "place": ("NL/Amsterdam",)}
SEARCH = Search("night", "en", "en", "", 3, 3)


def answer(total: int, complete: int, *, corrected: bool = False) -> SearchResult:
    return SearchResult("", total, complete, total, 1.0, (), (), corrected=corrected)


class Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_same_by_the_same_counts_once_an_hour() -> None:
    clock = Clock()
    turnstile = Turnstile(clock)
    assert turnstile.passes("192.0.2.1", "night")
    assert not turnstile.passes("192.0.2.1", "night")
    assert turnstile.passes("192.0.2.2", "night")
    assert turnstile.passes("192.0.2.1", "lamps")
    clock.now += 3601
    assert turnstile.passes("192.0.2.1", "night")


def test_nobody_counts_without_end() -> None:
    clock = Clock()
    turnstile = Turnstile(clock)
    assert sum(turnstile.passes("192.0.2.1", f"words {number}") for number in range(500)) == MOST_A_MINUTE
    crowd = sum(turnstile.passes(f"198.51.100.{number % 200}", f"words {number}") for number in range(5_000))
    assert crowd == MOST_OF_ALL - MOST_A_MINUTE
    clock.now += 61
    assert turnstile.passes("192.0.2.1", "more words")


def test_no_address_is_kept_even_in_memory() -> None:
    turnstile = Turnstile()
    turnstile.passes("192.0.2.77", "night")
    assert "192.0.2.77" not in repr([getattr(turnstile, name) for name in vars(turnstile)])


def test_a_search_is_kept_without_anything_about_who_made_it() -> None:
    asked = SearchRequest.build("Night", {"language": ["fr", "xx"], "topic": ["nightlife", "no-such"]}, page=4)
    found = settled(asked, answer(7, 5), "de", "pl", KNOWN)
    assert found == Search("night", "de", "pl", "topic=nightlife&language=fr", 7, 5)
    assert {field.name for field in fields(Search)} == {"words", "interface", "reader", "filters", "found", "complete"}


def test_what_a_correction_found_the_words_did_not_find() -> None:
    found = settled(SearchRequest.build("nigth"), answer(7, 5, corrected=True), "en", "en", KNOWN)
    assert found is not None
    assert (found.found, found.complete) == (0, 0)


@pytest.mark.parametrize(
    "asked",
    [
        SearchRequest.build(),
        SearchRequest.build(page=3),
        SearchRequest.build("marie@example.org"),
        SearchRequest.build("marie@example.org", {"language": ["fr"]}),
        SearchRequest.build("", {"place": ["12345678"]}),
        SearchRequest.build("", {"topic": ["no-such-topic"]}),
    ],
)
def test_what_is_no_search_or_may_not_be_kept(asked: SearchRequest) -> None:
    assert settled(asked, answer(0, 0), "en", "en", KNOWN) is None


def test_years_are_filters_one_by_one_or_from_one_to_another() -> None:
    known = {"year": ("2019",)}
    assert kept_filters(SearchRequest.build(filters={"year": ["2019", "2018..2021", "1234567"]}), known) == (
        "year=2019&year=2018..2021"
    )


@given(st.dictionaries(st.sampled_from(["topic", "place", "project", "year", "kind"]), st.lists(st.text(max_size=300))))
def test_only_values_of_the_library_are_kept_and_not_too_many(filters: dict[str, list[str]]) -> None:
    assert kept_filters(SearchRequest.build(filters=filters), {}).replace("..", "").lstrip("year=&0123456789") == ""
    every = {facet: tuple(values) for facet, values in SearchRequest.build(filters=filters).filters}
    assert len(kept_filters(SearchRequest.build(filters=filters), every)) <= MOST_FILTERS


@pytest.mark.parametrize(("role", "counts"), [(Role.READER, True), (Role.MEMBER, True)])
def test_readers_count(tmp_path: Path, role: Role, counts: bool) -> None:
    insight = Insight.open(tmp_path / "private", 400)
    assert insight.searched(SEARCH, User(role), "192.0.2.1") is counts
    assert insight.used("lamps", "fr", Use.READ, User(role), "192.0.2.1") is counts


def test_staff_do_not_count(tmp_path: Path) -> None:
    insight = Insight.open(tmp_path / "private", 400)
    for role in set(Role) - {Role.READER, Role.MEMBER}:
        assert not insight.searched(SEARCH, User(role), "192.0.2.1")
        assert not insight.used("lamps", "fr", Use.READ, User(role), "192.0.2.1")
    assert not (tmp_path / "private").exists()


def test_switched_off_nothing_is_counted(tmp_path: Path) -> None:
    insight = Insight.open(tmp_path / "private", 0)
    assert not insight.searched(SEARCH, ANYONE, "192.0.2.1")
    assert not insight.used("lamps", "fr", Use.READ, ANYONE, "192.0.2.1")
    assert not (tmp_path / "private").exists()


def test_a_search_that_may_not_be_kept_leaves_no_trace(tmp_path: Path) -> None:
    insight = Insight.open(tmp_path / "private", 400)
    assert not insight.searched(None, ANYONE, "192.0.2.1")
    assert not (tmp_path / "private").exists()


def test_reading_and_downloading_are_counted_each(tmp_path: Path) -> None:
    insight = Insight.open(tmp_path / "private", 400)
    assert insight.used("lamps", "fr", Use.READ, ANYONE, "192.0.2.1")
    assert not insight.used("lamps", "fr", Use.READ, ANYONE, "192.0.2.1")
    assert insight.used("lamps", "fr", Use.DOWNLOAD, ANYONE, "192.0.2.1")
    assert insight.used("lamps", "en", Use.READ, ANYONE, "192.0.2.1")
    assert b"192.0.2.1" not in b"".join(path.read_bytes() for path in (tmp_path / "private").iterdir())

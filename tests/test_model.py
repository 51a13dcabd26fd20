"""The words of the library: what a work says of itself."""

from __future__ import annotations

import pytest

from library.model import SLUG, Access, Edition, Kind, Place, Status, Work, edition_id, is_date


def work(*languages: str, **facts: object) -> Work:
    editions = tuple(Edition(language, f"In {language}", "0" * 64, 1) for language in languages)
    return Work("some-work", Kind.GUIDE, editions, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "given", "best"),
    [
        (("fr",), ("en", "fr"), "fr"),
        (("sv", "de"), ("en", "de"), "de"),
        (("sv",), ("fr", "en"), "en"),
        (("sv",), ("fr", "de"), "fr"),
        ((), ("fr", "en"), "en"),
    ],
)
def test_the_best_edition_is_the_reader_s_then_english_then_the_first(
    wanted: tuple[str, ...], given: tuple[str, ...], best: str
) -> None:
    assert work(*given).best_edition(*wanted).language == best


def test_what_is_not_published_needs_staff() -> None:
    assert work("en").needs is Access.PUBLIC
    assert work("en", access=Access.MEMBERS).needs is Access.MEMBERS
    assert {work("en", status=status).needs for status in (Status.DRAFT, Status.WITHDRAWN)} == {Access.STAFF}


def test_the_year_comes_from_the_date_when_there_is_one() -> None:
    assert [work("en", date=date).year for date in ("2016-05-31", "2016", "")] == [2016, 2016, None]


def test_names() -> None:
    assert edition_id("some-work", "fr") == "some-work.fr"
    assert (Place("NL").id, Place("NL", "Amsterdam").id) == ("NL", "NL/Amsterdam")
    assert work("en", "fr").languages == ("en", "fr")
    assert work("en").edition("fr") is None


@pytest.mark.parametrize("text", ["../etc", "A", "a b", "a/b", "-a", "a-", "a--b", "", "é", "a\n", "a.b", "."])
def test_nothing_that_is_like_a_path_is_an_identifier(text: str) -> None:
    assert SLUG.fullmatch(text) is None


@pytest.mark.parametrize(
    ("text", "good"),
    [("2016", True), ("2016-05", True), ("2016-05-31", True), ("2016-13", False), ("16", False), ("2016-5-1", False),
     ("3016", False), ("2016-05-32", False), ("2016/05", False), ("2016-02-31", False), ("2016-02-29", True),
     ("2015-02-29", False), ("2016-04-31", False), ("", False)],
)  # fmt: skip
def test_dates_are_of_the_precision_known_and_in_the_calendar(text: str, good: bool) -> None:
    assert is_date(text) == good

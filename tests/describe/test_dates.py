"""The date of publication, and what must not be taken for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.describe.date import propose_date
from library.describe.proposal import Proposal, Source
from library.formats.reading import Embedded, Reading
from library.languages import month_names
from library.model import Page, is_date

Make = Callable[..., Reading]
TODAY = 2026


def proposed(reading: Reading, language: str = "en", title: str = "", file_name: str = "x.pdf") -> Proposal:
    return propose_date(reading, title, file_name, {**month_names("en"), **month_names(language)}, TODAY)


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("Cover\n© 2019 The network", "en", "2019"),
        ("Published in May 2018", "en", "2018-05"),
        ("12 May 2018", "en", "2018-05-12"),
        ("Brussels, May 12, 2018", "en", "2018-05-12"),
        ("Publié en août 2016", "fr", "2016-08"),
        ("1er mars 2016", "fr", "2016-03-01"),
        ("Stand: 3. März 2021", "de", "2021-03-03"),
        ("mayo de 2017", "es", "2017-05"),
        ("12 de mayo de 2017", "es", "2017-05-12"),
        ("9. července 2023", "cs", "2023-07-09"),
        ("2018. május 12.", "hu", "2018-05-12"),
        ("Version of 2020-11-30", "en", "2020-11-30"),
        ("Luxembourg, 07/03/2014", "fr", "2014-03-07"),
        ("Bonn, 07.03.2014", "de", "2014-03-07"),
        ("PUBLICATION · 2021", "en", "2021"),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(text: str, language: str, date: str, reading_of: Make) -> None:
    found = proposed(reading_of(text), language)
    assert found.value == date
    assert (found.evidence.source, found.evidence.page) == (Source.PAGE, 1)
    assert date[:4] in found.evidence.snippet


def test_the_last_pages_hold_the_colophon(reading_of: Make) -> None:
    found = proposed(reading_of("Safer nights", "text", "text", "text", "Imprint\n© 2017 City of Ghent"))
    assert (found.value, found.evidence.page) == ("2017", 5)


def test_the_middle_of_a_book_is_not_looked_at(reading_of: Make) -> None:
    assert proposed(reading_of("a", "b", "published in 2003", "c", "d")).value == ""


def test_numbers_out_of_reach_are_not_years(reading_of: Make) -> None:
    assert proposed(reading_of("In 1914, 1979 and 2050. Phone 020 2019 4711 20191 12019")).value in {"", "2019"}
    assert proposed(reading_of("1979, 2028, 20191, 120192")).value == ""


def test_a_period_and_a_goal_count_less_than_a_date(reading_of: Make) -> None:
    found = proposed(
        reading_of("Programme 2014-2020\nHorizon 2030\nBrussels, June 2016", created="2016-07-01T00:00:00")
    )
    assert found.value == "2016-06"


def test_several_copyrights_are_of_the_last_year(reading_of: Make) -> None:
    found = proposed(reading_of("x", "© 1998-2002 A\n© 2005-2015 B\n© 2010 C", created="2022-10-08T03:52:48"))
    assert found.value == "2015"


def test_the_date_of_the_file_is_weak(reading_of: Make) -> None:
    alone = proposed(reading_of("no date", created="2019-08-07T10:00:00"))
    assert (alone.value, alone.evidence.source) == ("2019", Source.METADATA)
    assert alone.confidence < 0.3
    both = proposed(reading_of("Published in 2017", created="2019-08-07T10:00:00"))
    assert both.value == "2017"
    assert "2019" in {other.value for other in both.alternatives}


def test_title_and_file_name_are_looked_at(reading_of: Make) -> None:
    assert proposed(reading_of("x"), title="Activity report 2019").value == "2019"
    assert proposed(reading_of("x"), file_name="report_2018-03.pdf").value == "2018-03"
    sure = proposed(reading_of("Activity report 2019"), title="Activity report 2019", file_name="report-2019.pdf")
    assert sure.confidence > proposed(reading_of("x"), title="Activity report 2019").confidence


def test_a_month_that_does_not_exist_leaves_the_year(reading_of: Make) -> None:
    assert proposed(reading_of("Ref. 45/17/2018")).value == "2018"


@pytest.mark.parametrize("text", ["Published 2016-02-31", "Published 31.02.2016", "Published on 31 February 2016"])
def test_a_day_that_does_not_exist_leaves_the_month(reading_of: Make, text: str) -> None:
    assert proposed(reading_of(text)).value == "2016-02"


written = st.text(alphabet="0123456789-./ ©pulishedMay\n", max_size=200) | st.text(max_size=200)


@given(st.lists(written, max_size=5), written, written, st.text(max_size=30))
def test_any_text_gives_an_iso_date_or_nothing(pages: list[str], title: str, file_name: str, created: str) -> None:
    made = tuple(Page(number, "", text) for number, text in enumerate(pages, start=1))
    found = proposed(Reading("pdf", made, Embedded(created=created)), "en", title, file_name)
    for value in (found.value, *(other.value for other in found.alternatives)):
        assert value == "" or is_date(value)
        assert value == "" or 1980 <= int(value[:4]) <= TODAY + 1
    assert 0 <= found.confidence <= 0.95

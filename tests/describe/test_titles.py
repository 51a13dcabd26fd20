"""The title: largest type, embedded title, file name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.describe.proposal import Source
from library.describe.title import MAX_LENGTH, propose_subtitle, propose_title, title_from_file_name, usable_title
from library.formats.reading import Embedded, Line, Reading
from library.model import Page

Make = Callable[..., Reading]
BODY = tuple((f"Body line {number} with a dozen words of ordinary running text in it", 10.0) for number in range(20))
COVER = (("EFX", 40.0), ("PRACTICE SHEET", 9.0), ("Safer nights for", 24.0), ("every body in town", 23.0), *BODY)


def test_the_largest_type_is_the_title(reading_of: Make) -> None:
    found = propose_title(reading_of("x", lines=COVER), "scan0012.pdf")
    assert found.value == "Safer nights for every body in town"
    assert found.evidence.source is Source.PAGE
    assert found.confidence > 0.7


def test_an_embedded_title_that_agrees_makes_it_sure(reading_of: Make) -> None:
    lines = (("SAFER NIGHTS", 24.0), *BODY)
    found = propose_title(reading_of("x", lines=lines, title="Safer nights"), "a.pdf")
    assert found.value == "Safer nights"
    assert found.confidence >= 0.9


def test_a_subtitle_in_the_same_type_is_left_to_the_embedded_title(reading_of: Make) -> None:
    lines = (("Football without hate", 24.0), ("A practice sheet", 24.0), *BODY)
    assert propose_title(reading_of("x", lines=lines, title="Football without hate"), "a.pdf").value == (
        "Football without hate"
    )


def test_a_file_name_that_agrees_helps(reading_of: Make) -> None:
    lines = (("Des hôtes de place", 24.0), *BODY)
    found = propose_title(reading_of("x", lines=lines), "hotes_de_place_fr_final.pdf")
    assert found.value == "Des hôtes de place"


def test_what_does_not_agree_is_an_alternative(reading_of: Make) -> None:
    lines = (("Rechnung", 24.0), *BODY)
    found = propose_title(reading_of("x", lines=lines, title="Annual report of the port"), "port-report-2019.pdf")
    assert {found.value, *(other.value for other in found.alternatives)} == {
        "Rechnung",
        "Annual report of the port",
        "Port report 2019",
    }


def test_a_paragraph_is_not_a_title(reading_of: Make) -> None:
    lines = tuple((f"This page has no title but only line {number} of a long letter", 11.0) for number in range(30))
    found = propose_title(reading_of("Dear mayor,\nthank you", lines=lines, title="Letter to the mayor"), "x1.pdf")
    assert found.value == "Letter to the mayor"


@pytest.mark.parametrize("junk", ["12", "2019", "May 2018", "AB", "- 3 -", "Inhaltsverzeichnis", "Sommaire"])
def test_numbers_dates_logos_and_contents_are_passed_over(junk: str, reading_of: Make) -> None:
    lines = ((junk, 60.0), ("A night mayor for the town", 20.0), *BODY)
    assert propose_title(reading_of("x", lines=lines), "x.pdf").value == "A night mayor for the town"


def test_a_word_divided_at_the_end_of_a_line_is_made_whole(reading_of: Make) -> None:
    lines = (("Kriminalitätspräven-", 24.0), ("tion in der Stadt", 24.0), *BODY)
    assert propose_title(reading_of("x", lines=lines), "x.pdf").value == "Kriminalitätsprävention in der Stadt"


@pytest.mark.parametrize(
    "title",
    [
        "untitled",
        "Sans titre",
        "Microsoft Word - fiche_fr_v3.doc",
        "rapport final.docx",
        "brochure_A5.indd",
        "Test",
        "PowerPoint Presentation",
        "Présentation PowerPoint",
        "Slide 1",
        "Document1",
        r"\titel{Ein Bericht}",
        "Acrobat Distiller 9.0",
        "brochure_fr_2018",
        "...",
        "",
    ],
)
def test_titles_written_by_programs_are_junk(title: str) -> None:
    assert usable_title(Embedded(title=title, producer="Acrobat Distiller 9.0")) == ""


@pytest.mark.parametrize("title", ["Safer nights", "Manifesto", "Word on the street", "Testing the night bus"])
def test_titles_of_works_are_kept(title: str) -> None:
    assert usable_title(Embedded(title=f"  {title} \n")) == title


@pytest.mark.parametrize(
    ("file_name", "title"),
    [
        ("rembrandt-square_fr.pdf", "Rembrandt square"),
        ("inbox/Guide%20pratique-v2-final.PDF", "Guide pratique"),
        ("a\\b\\safer_nights.web.pdf", "Safer nights"),
        ("fr.pdf", ""),
        ("2019.pdf", ""),
        ("", ""),
    ],
)
def test_a_file_name_is_made_readable(file_name: str, title: str) -> None:
    assert title_from_file_name(file_name) == title


def test_the_lines_below_the_title_are_the_subtitle(reading_of: Make) -> None:
    lines = (("Safer nights", 24.0), ("A charter between city,", 14.0), ("bars and residents", 14.0), *BODY)
    assert propose_subtitle(reading_of("x", lines=lines)).value == "A charter between city, bars and residents"
    assert propose_subtitle(reading_of("x", lines=(("Safer nights", 24.0), *BODY))).value == ""


texts = st.text(max_size=120)


@given(
    st.lists(st.builds(Line, texts, st.floats(min_value=0.1, max_value=500)), max_size=30),
    st.lists(texts, max_size=2),
    texts,
    texts,
    texts,
)
def test_any_file_has_a_proposal(
    lines: list[Line], pages: list[str], title: str, producer: str, file_name: str
) -> None:
    made = tuple(Page(number, "", text) for number, text in enumerate(pages, start=1))
    reading = Reading("pdf", made, Embedded(title=title, producer=producer), tuple(lines))
    found = propose_title(reading, file_name)
    assert 0 <= found.confidence <= 1
    assert len(found.value) <= 2 * MAX_LENGTH
    assert bool(found.value) == (found.confidence > 0)
    assert 0 <= propose_subtitle(reading).confidence <= 1

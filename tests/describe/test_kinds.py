"""The kind of a work, by its words and its length."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.describe.kind import KindFinder
from library.describe.proposal import Source
from library.formats.reading import Reading
from library.model import Kind, Page

Make = Callable[..., Reading]
FINDER = KindFinder()


@pytest.mark.parametrize(
    ("stamp", "kind"),
    [
        ("PRACTICE SHEET", Kind.PRACTICE_SHEET),
        ("Practice sheet no. 12", Kind.PRACTICE_SHEET),
        ("Fiche pratique", Kind.PRACTICE_SHEET),
        ("Praxisblatt", Kind.PRACTICE_SHEET),
        ("FICHA PRÁCTICA", Kind.PRACTICE_SHEET),
        ("Scheda pratica", Kind.PRACTICE_SHEET),
        ("Fact sheet", Kind.FACT_SHEET),
        ("Fiche d’information", Kind.FACT_SHEET),
        ("Themenblatt", Kind.FACT_SHEET),
        ("POLICY PAPER MAY 2024", Kind.POLICY_PAPER),
        ("Note d'orientation", Kind.POLICY_PAPER),
        ("Positionspapier", Kind.POLICY_PAPER),
        ("GUIDE · 2018", Kind.GUIDE),
        ("Leitfaden", Kind.GUIDE),
        ("Przewodnik", Kind.GUIDE),
        ("Manifeste", Kind.MANIFESTO),
        ("Résolution", Kind.RESOLUTION),
        ("Newsletter 34", Kind.NEWSLETTER),
        ("Rapport d'activité 2019", Kind.ACTIVITY_REPORT),
        ("Actes du colloque", Kind.CONFERENCE_REPORT),
        ("Broschüre", Kind.BROCHURE),
    ],
)
def test_a_stamp_on_the_cover_says_the_kind(stamp: str, kind: Kind, reading_of: Make) -> None:
    found = FINDER.propose(reading_of(f"{stamp}\nA night in town\nSome text.", "b", "c"), "A night in town", "x.pdf")
    assert found.value == kind
    assert found.confidence > 0.8
    assert (found.evidence.source, found.evidence.snippet) == (Source.PAGE, stamp)


def test_the_title_says_the_kind(reading_of: Make) -> None:
    found = FINDER.propose(reading_of(*"abcdefgh"), "A toolkit for mayors and their staff", "x.pdf")
    assert (found.value, found.evidence.page) == (Kind.GUIDE, 1)


def test_the_file_name_says_the_kind(reading_of: Make) -> None:
    found = FINDER.propose(reading_of("a", "b"), "", "fact_sheet_drugs-en.pdf")
    assert (found.value, found.evidence.source) == (Kind.FACT_SHEET, Source.FILE_NAME)


def test_two_places_are_surer_than_one(reading_of: Make) -> None:
    one = FINDER.propose(reading_of("x", "y"), "Fiche pratique : la nuit", "x.pdf")
    two = FINDER.propose(reading_of("x", "y"), "Fiche pratique : la nuit", "fiche-pratique-nuit.pdf")
    assert two.confidence > one.confidence


def test_a_word_in_a_sentence_decides_nothing(reading_of: Make) -> None:
    text = "The city followed the manual of the region and wrote a manifesto about the night."
    found = FINDER.propose(reading_of(text, *["x"] * 30), "A night in town", "x.pdf")
    assert found.value == Kind.PUBLICATION
    assert Kind.GUIDE in {other.value for other in found.alternatives}


def test_the_length_is_weak_evidence(reading_of: Make) -> None:
    short = FINDER.propose(reading_of("x", "y"), "", "")
    assert (short.value, short.evidence.snippet) == (Kind.PRACTICE_SHEET, "2 pages")
    assert short.confidence <= 0.3
    assert FINDER.propose(reading_of(*["x"] * 40), "", "").value == Kind.PUBLICATION
    assert FINDER.propose(reading_of(), "", "").value == ""


def test_forty_pages_are_no_sheet(reading_of: Make) -> None:
    assert FINDER.propose(reading_of("Practice sheets", *["x"] * 40), "Practice sheets", "").value == Kind.PUBLICATION


@given(st.lists(st.text(max_size=300), max_size=3), st.text(max_size=100), st.text(max_size=60))
def test_any_text_gives_a_kind_of_the_list(pages: list[str], title: str, file_name: str) -> None:
    reading = Reading("pdf", tuple(Page(number, "", text) for number, text in enumerate(pages, start=1)))
    found = FINDER.propose(reading, title, file_name)
    for value in (found.value, *(other.value for other in found.alternatives)):
        assert value == "" or Kind(value)
    assert 0 <= found.confidence <= 0.95

"""The text of a section as markup: what is a list, what is a table, and that nothing in it is more than text."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.ui.section_text import section_markup

PIECES = st.sampled_from(
    ["– ", "1. ", "23) ", " · ", "\n", "\n\n", "<b>", "&amp;", '"', "’", "146,000", "Town", " ", "\r\n"]
)


def words(markup: str) -> str:
    """What is left to read, without the blanks and the signs that the markup stands for."""
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]+>", " ", markup)))


def test_paragraphs_are_parted_by_empty_lines_and_keep_their_lines() -> None:
    assert section_markup("One.\n \nTwo,\nthree.") == (
        '<p class="section-text">One.</p><p class="section-text">Two,<br>three.</p>'
    )
    assert section_markup("") == section_markup(" \n\n ") == ""


def test_dashes_and_numbers_begin_the_points_of_lists() -> None:
    assert section_markup("What came of it:\n– Less noise.\n– 12 pages.") == (
        '<p class="section-text">What came of it:</p>'
        '<ul class="section-list"><li>Less noise.</li><li>12 pages.</li></ul>'
    )
    assert section_markup("3. Third\n4. Fourth") == (
        '<ol class="section-list"><li value="3">Third</li><li value="4">Fourth</li></ol>'
    )
    assert "<ul" not in section_markup("–5 degrees") and "<ol" not in section_markup("4.20 m at the gauge")


def test_rows_become_a_table_and_shorter_rows_are_filled_up() -> None:
    markup = section_markup("Expenditure · EUR · Resources · EUR\nTeam · 90,000 · City · 78,000\nPrinting · 4,000")
    assert re.findall(r"<th [^>]*>([^<]*)", markup) == ["Expenditure", "EUR", "Resources", "EUR"]
    assert re.findall(r"<td[^>]*>([^<]*)", markup) == ["Team", "90,000", "City", "78,000", "Printing", "4,000", "", ""]
    assert markup.count('<td class="figure">') == 3


@pytest.mark.parametrize(
    "text",
    [
        "Town hall · Old Square 1",  # one line of its own
        "Partner · Role\nCity · Steering · and more",  # a cell with no name above it
        "Team · 90,000\nTraining · 14,000",  # no names at all
    ],
)
def test_what_is_no_sure_table_stays_text(text: str) -> None:
    markup = section_markup(text)
    assert "<table" not in markup
    assert words(markup) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("cell", ["146.000", "−23 %", "47 min", "3,456", "–5", "€ 400", "+3%"])
def test_figures_are_known(cell: str) -> None:
    assert f'<td class="figure">{cell}</td>' in section_markup(f"Name · Value\nSomething · {cell}")


@pytest.mark.parametrize("cell", ["–", "22 of 36", "4 communes", "", "Level 3"])
def test_what_only_has_a_number_in_it_is_no_figure(cell: str) -> None:
    assert "figure" not in section_markup(f"Name · Value\nSomething · {cell} ")


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=200))
def test_nothing_becomes_markup_and_no_word_is_lost(text: str) -> None:
    markup = section_markup(text)
    assert set(re.findall(r"</?([a-z]+)", markup)) <= {
        "p",
        "br",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    letters = [sign for sign in text if sign.isalpha()]
    assert [sign for sign in words(markup) if sign.isalpha()] == letters

"""Works side by side: what stands in which cell, in which language, and what is said of what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from library.access import ANYONE
from library.errors import IndexOutOfDate
from library.library import Library
from library.model import Section
from library.ui.compare_page import compare_head, compare_markup
from library.ui.visit import Visit
from tests.ui.conftest import Visiting
from tests.web.sheets_library import SHEETS, with_sheets


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visiting]:
    """Makes a visit to a library with practice sheets."""
    with Library.open(with_sheets(tmp_path_factory)) as library:

        def visit(interface: str = "en", **params: str | tuple[str, ...]) -> Visit:
            given = {name: (value,) if isinstance(value, str) else value for name, value in params.items()}
            return Visit(library, ANYONE, library.texts(interface), given)

        yield visit


def row(markup: str, name: str) -> list[str]:
    """The cells of the row with this name, as text, with the name of the work before."""
    found = re.search(rf'<th scope="row">(?:<h2>)?{name}(?:</h2>)?</th>(.*?)</tr><tr class|$', markup, re.DOTALL)
    cells = re.findall(r"<td><p class=\"compare-of\".*?(?=<td><p class=\"compare-of\"|$)", found[1] if found else "")
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in cells]


def links(markup: str) -> list[dict[str, list[str]]]:
    """Where the comparisons that are offered lead."""
    return [parse_qs(urlsplit(unescape(link)).query) for link in re.findall(r'href="(\./compare\?[^"]*)"', markup)]


def test_sheets_stand_side_by_side_across_languages(sheets: Visiting) -> None:
    markup = compare_markup(sheets(work=("sheet-1", "sheet-3"), edition=("sheet-3.fr",)))
    assert row(markup, "Context") == [
        "Night sheet 1 A square with 1 bars. It is loud.",
        "Fiche de nuit 3 Une place, 3 bars.",
    ]
    assert '<div lang="fr" dir="auto"><p class="section-text">Une place, 3 bars.' in markup
    assert markup.count('<th scope="col"><div class="compare-head">') == 2
    headings = re.findall(r'<th scope="row"><h2>([^<]*)', markup)
    assert headings == [
        "In short", "Context", "Objectives", "Activities", "Partners", "Budget", "Evaluation",
        "Lessons learnt", "Contact",
    ]  # fmt: skip
    assert len(headings) == len(Section) + 1


def test_a_missing_part_says_so(sheets: Visiting) -> None:
    markup = compare_markup(sheets(work=("sheet-1", "sheet-2")))
    assert row(markup, "Budget") == ["Night sheet 1 Item EUR Team 90,000", "Night sheet 2 This part is missing here."]


def test_shared_topics_are_marked_and_unknown_facts_named(sheets: Visiting) -> None:
    markup = compare_markup(sheets(work=("sheet-1", "sheet-2")))
    assert row(markup, "Themes") == ["Night sheet 1 Nightlife in common", "Night sheet 2 Nightlife in common Sport"]
    assert row(markup, "Place") == ["Night sheet 1 Rotterdam, Netherlands", "Night sheet 2 not stated"]
    assert '<th scope="row">Projects</th>' not in markup, "nobody states any"


def test_the_language_asked_for_holds_for_all_but_those_that_chose_theirs(sheets: Visiting) -> None:
    markup = compare_markup(sheets(work=("sheet-1", "sheet-2", "sheet-3"), language="fr", edition=("sheet-2.en", "x")))
    chosen = re.findall(r'<option value="(\w+)" lang="\w+" selected>', markup)
    assert chosen == ["fr", "en", "fr"]
    assert links(markup)[0] == {"work": ["sheet-2", "sheet-3"], "edition": ["sheet-2.en"], "language": ["fr"]}


@pytest.mark.parametrize("edition", ["sheet-1.xx", "sheet-1", ".", "sheet-1.fr.fr", "<b>.fr"])
def test_an_edition_that_is_not_there_is_passed_over(sheets: Visiting, edition: str) -> None:
    assert compare_markup(sheets(work=("sheet-1", "sheet-2"), edition=edition)) == compare_markup(
        sheets(work=("sheet-1", "sheet-2"))
    )


def test_more_than_four_are_the_first_four_and_it_is_said(sheets: Visiting) -> None:
    markup = compare_markup(sheets(work=tuple(f"sheet-{number}" for number in range(1, 7))))
    assert markup.count('<th scope="col"><div class="compare-head">') == 4
    assert "Only 4 works fit side by side" in markup
    assert "compare-more" not in markup, "no other can be added"


def test_one_sheet_is_offered_others(sheets: Visiting) -> None:
    markup = compare_markup(sheets("fr", work="sheet-1"))
    assert "Comparer « Fiche de nuit 1 » avec une autre fiche pratique" in markup.replace("\u202f", " ")
    assert "Fiches semblables" in markup
    offered = links(markup)
    assert all(link["work"][0] == "sheet-1" and len(link["work"]) == 2 for link in offered)
    others = {link["work"][1] for link in offered}
    assert others == {*(f"sheet-{number}" for number in range(2, SHEETS + 1)), "odd-title"}


def test_without_works_all_sheets_are_offered(sheets: Visiting) -> None:
    markup = compare_markup(sheets())
    assert len(links(markup)) == SHEETS + 1
    assert "<table" not in markup


def test_works_without_parts_are_compared_in_what_is_known_of_them(sheets: Visiting) -> None:
    markup = compare_markup(sheets(work=("night-watch", "volume-1")))
    assert "These works do not have the parts of a practice sheet." in markup
    assert "<h2>Context</h2>" not in markup
    assert row(markup, "Type") == ["Night watch Publication", "Volume 1 Guide"]
    mixed = compare_markup(sheets(work=("night-watch", "sheet-1")))
    assert "Without the parts of a practice sheet: Night watch" in mixed
    assert row(mixed, "Objectives")[0] == "Night watch This part is missing here."


def test_hidden_works_are_as_if_they_were_not_there(sheets: Visiting) -> None:
    markup = compare_markup(sheets(work=("sheet-1", "hidden-plan", "sheet-2")))
    assert "1 of these works is not open to you or no longer there." in markup
    assert "Hidden plan" not in markup
    alone = [compare_markup(sheets(work=(work,))) for work in ("hidden-plan", "never-there")]
    assert alone[0] == alone[1]


def test_nothing_of_a_record_becomes_markup(sheets: Visiting) -> None:
    markup = compare_markup(sheets(work=("odd-title", "sheet-1")))
    assert "<img src=x" not in markup
    assert "&lt;img src=x onerror=alert(1)&gt;" in markup


def test_the_head_names_the_works(sheets: Visiting) -> None:
    head = compare_head(sheets(work=("sheet-1", "sheet-2")))
    assert (head.title, head.description) == ("Compare – Practice Library", "Night sheet 1 · Night sheet 2")
    assert ("robots", "noindex") in head.metadata
    assert not compare_head(sheets(work="hidden-plan")).found


def test_an_index_that_is_not_there_is_told_to_whom_it_concerns(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    with Library.open(tmp_path) as library, pytest.raises(IndexOutOfDate):
        compare_markup(Visit(library, ANYONE, library.texts("en"), {}))

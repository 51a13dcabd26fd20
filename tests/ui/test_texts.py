"""Every text of the interface exists in every language, is used, and is set as its language asks."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.arrivals import Stage
from library.arrivals.tasks import State as TaskState
from library.catalogue import Action
from library.citing import Format
from library.describe.proposal import Source
from library.doctor import CHECKS
from library.doctor.room import FOLDERS
from library.exchange import State
from library.exchange.undoing import Undoing
from library.fields import FACETS
from library.ingest.near_duplicates import Likeness
from library.insight.corrections import FIELDS
from library.locales import LANGUAGES, load_texts, plural_forms
from library.model import Access, Kind, Section, Status
from library.request import Sort
from library.result import SuggestionKind
from library.ui.browse_page import By
from library.ui.desk.adding import SAID
from library.ui.desk.evidence import DEGREES
from library.ui.desk.exchange import AUDIENCES, OF_BATCHES, choices
from library.ui.desk.exchange_report import OF_ROWS
from library.ui.desk.frame import PAGES as DESK_PAGES
from library.ui.desk.health_page import COLUMNS
from library.ui.desk.history import LIFE
from library.ui.desk.insight_page import SECTIONS
from library.ui.desk.listing import DONE as LISTING_DONE
from library.ui.desk.review import DONE as REVIEW_DONE
from library.ui.desk.typed import OF_EDITION
from library.ui.desk.typed import SHARED as SHARED_FIELDS
from library.ui.desk.work_rows import NOTES
from library.ui.masthead import PAGES
from library.ui.related_works import REASONS, SHARED
from library.web.desk.entrance import REFUSALS

PACKAGE = Path(__file__).resolve().parents[2] / "library"
CALLED = {
    "t",
    "texts",
    "t.has",
    "texts.has",
    "shelf.t",
    "answer.t",
    "self.t",
    "visit.t",
    "shown.t",
    "compared.t",
    "shown.visit.t",
    "entered.visit.t",
}
FROM_DATA = {
    *(facet.label_key for facet in FACETS),
    *(f"kind.{kind}" for kind in Kind),
    *(f"sort.{sort}" for sort in Sort),
    *(f"section.{section}" for section in Section),
    *(f"suggestion.{kind}" for kind in SuggestionKind),
    *(f"export.{form}" for form in Format),
    *(f"page.{page}" for page in PAGES if page),
    *(f"browse.{by}" for by in By),
    *(f"facet.{facet.name}" for facet in FACETS),
    *(f"section.{section}" for section in Section),
    *(f"access.{access}" for access in Access),
    *(f"status.{status}" for status in Status),
    *(f"like.{facet or 'word'}" for facet in REASONS),
    *(f"others.{facet}" for facet in SHARED),
    *(f"desk.page.{page}" for page in DESK_PAGES),
    *(f"desk.{why}{part}" for why in REFUSALS for part in ("", "_why")),
    *(f"desk_add.{stage}" for stage in Stage),
    *(f"desk_add.{said}" for said in SAID),
    *(f"desk_list.done_{done}" for done in LISTING_DONE),
    *(f"desk_list.note_{note}" for note in NOTES),
    *(f"desk_work.done_{done}" for done in REVIEW_DONE),
    *(f"desk_work.from_{source.value}" for source in Source if source is not Source.NONE),
    *(f"desk_work.{degree}" for degree in DEGREES),
    *(f"desk_work.{field}" for field in (*SHARED_FIELDS, *OF_EDITION, *LIFE, "file")),
    *(f"desk_report.{likeness}" for likeness in Likeness),
    *(f"desk_action.{action.value}" for action in Action),
    *(f"desk_insight.{section}{part}" for section in SECTIONS for part in ("", "_about", "_none")),
    *(f"desk_insight.field_{field}" for field in FIELDS),
    *(f"desk_insight.source_{source}" for source in Source),
    *(f"desk_health.{part}_{check.__name__}" for part in ("check", "why") for check in CHECKS),
    *(f"desk_health.folder_{folder}" for folder in FOLDERS),
    *(f"desk_health.{column}" for column in COLUMNS),
    *(f"desk_exchange.{part}_{choice}" for part in ("format", "about") for choice in choices()),
    *(f"desk_exchange.as_{audience}" for audience in AUDIENCES),
    *(f"desk_exchange.{part}{state}" for part in ("", "state_") for state in State),
    *(f"desk_ocr.{state}" for state in TaskState),
    *(f"desk_exchange.undo_{how.name.lower()}" for how in Undoing),
    *(f"desk_exchange.{column}" for column in (*OF_ROWS, *OF_BATCHES)),
}
"""Keys that are put together from closed lists."""


def calls(tree: ast.AST) -> Iterator[ast.expr]:
    """What stands for the key wherever a text is asked for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in {*CALLED, "Notice"}:
            yield node.args[0]


@cache
def asked_for() -> tuple[frozenset[str], frozenset[str]]:
    """The keys that the code names, and the beginnings of those it puts together."""
    keys: set[str] = set()
    beginnings: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for key in calls(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(key, ast.Constant):
                keys.add(str(key.value))
            elif isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
                beginnings.add(str(key.values[0].value))
            elif isinstance(key, ast.IfExp):
                keys |= {str(part.value) for part in (key.body, key.orelse) if isinstance(part, ast.Constant)}
    return frozenset(keys), frozenset(beginnings)


SIGNS = {
    "en": r"['\"„«»]| [;:?!%]",
    "fr": r"(?<!\u202f)[;:?!»]|«(?!\u202f)|['\"“”„]",
    "de": r"['\"”«»‘]| [;:?!]|“\w|\w„",
    "es": r"['\"“”„‘]| [;:?!»]|« |^[^¿]*\?|^[^¡]*!",
    "it": r"['\"“”„‘]| [;:?!»]|« ",
    "pt": r"['\"“”„‘]| [;:?!»]|« ",
    "nl": r"['\"„«»“”]| [;:?!]",
    "pl": r"['\"“«»‘]| [;:?!]|”\w|\w„",
}
"""What a text of a language never has: straight signs, the quotation marks of others, blanks where it has none."""
PAIRS = {"en": "“”", "fr": "«»", "de": "„“", "es": "«»", "it": "«»", "pt": "«»", "nl": "‘’", "pl": "„”"}
"""Quotation marks; a Dutch closing one is an apostrophe too."""


def places(text: str) -> set[str]:
    """The names of the places to fill."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def expected(language: str) -> set[str]:
    """Every key with the plural forms of the language: those that English counts (it has `.one`) are counted in all."""
    keys = {*asked_for()[0], *FROM_DATA}
    english = load_texts("en").entries
    counted = {key for key in keys if f"{key}.one" in english}
    return keys | {f"{key}.{form}" for key in counted for form in plural_forms(language)}


def test_the_code_is_read() -> None:
    keys, beginnings = asked_for()
    assert {"count.works", "error.title", "notice.literal", "box.label"} <= keys
    families = {
        "browse.",
        "kind.",
        "sort.",
        "facet.",
        "suggestion.",
        "page.",
        "export.",
        "section.",
        "access.",
        "status.",
        "like.",
        "others.",
        "desk.",
        "desk.page.",
        "desk_action.",
        "desk_add.",
        "desk_list.done_",
        "desk_list.note_",
        "desk_report.",
        "desk_ocr.",
        "desk_work.",
        "desk_work.done_",
        "desk_work.from_",
        "desk_insight.",
        "desk_insight.field_",
        "desk_insight.source_",
        "desk_health.",
        "desk_health.check_",
        "desk_health.why_",
        "desk_exchange.",
        "desk_exchange.about_",
        "desk_exchange.as_",
        "desk_exchange.format_",
        "desk_exchange.state_",
        "desk_exchange.undo_",
        "desk_health.folder_",
    }
    assert beginnings <= families, "list the new family in FROM_DATA"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_in_its_plural_forms_and_none_is_left_over(language: str) -> None:
    present = set(load_texts(language).entries)
    wanted = expected(language)
    assert {"missing": sorted(wanted - present), "left over": sorted(present - wanted)} == {
        "missing": [],
        "left over": [],
    }


def test_what_english_counts_is_a_key_of_the_code() -> None:
    ones = {key.removesuffix(".one") for key in load_texts("en").entries if key.endswith(".one")}
    assert ones - asked_for()[0] - FROM_DATA == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_and_form_has_the_same_places_to_fill(language: str) -> None:
    english = load_texts("en").entries
    form = re.compile(r"\.(one|few|many)$")
    wrong = {
        key: text
        for key, text in load_texts(language).entries.items()
        if places(text) != places(english[form.sub("", key)])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_set_as_their_language_is(language: str) -> None:
    wrong = re.compile(SIGNS[language])
    entries = load_texts(language).entries
    assert {key: text for key, text in entries.items() if wrong.search(text)} == {}
    assert {key: text for key, text in entries.items() if text != text.strip() or "  " in text or not text} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quotation_opens_and_closes(language: str) -> None:
    opens, closes = tuple(PAIRS[language])
    for key, text in load_texts(language).entries.items():
        quoted = re.findall(f"{opens}[^{opens}{closes}]+{closes}", text)
        assert len(quoted) == text.count(opens), key
        assert closes in "’" or len(quoted) == text.count(closes), key


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_sentence_was_left_in_english(language: str) -> None:
    english = load_texts("en").entries
    same = {
        key for key, text in load_texts(language).entries.items() if text == english.get(key) and len(text.split()) > 3
    }
    assert {key for key in same if re.sub(r"\{\w+\}", "", english[key]).strip(" :,·")} == set()


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", {0: "0 works", 1: "1 work", 2: "2 works", 1_000_000: "1,000,000 works"}),
        ("fr", {0: "0 ouvrage", 1: "1 ouvrage", 2: "2 ouvrages", 1_000_000: "1\u202f000\u202f000 ouvrages"}),
        ("de", {0: "0 Werke", 1: "1 Werk", 12_345: "12.345 Werke"}),
        ("es", {0: "0 obras", 1: "1 obra", 12_345: "12.345 obras"}),
        ("it", {0: "0 opere", 1: "1 opera", 12_345: "12.345 opere"}),
        ("pt", {0: "0 obras", 1: "1 obra", 12_345: "12\u00a0345 obras"}),
        ("nl", {0: "0 werken", 1: "1 werk", 12_345: "12.345 werken"}),
        ("pl", {0: "0 pozycji", 1: "1 pozycja", 3: "3 pozycje", 13: "13 pozycji", 22: "22 pozycje", 25: "25 pozycji"}),
    ],
)
def test_counts_take_the_form_and_the_digits_of_their_language(language: str, counted: dict[int, str]) -> None:
    texts = load_texts(language)
    assert {count: texts("count.works", count=count) for count in counted} == counted


@given(st.integers(0, 10**12), st.sampled_from(LANGUAGES))
def test_whatever_the_count_there_is_a_text(count: int, language: str) -> None:
    assert "{" not in load_texts(language)("count.works", count=count)

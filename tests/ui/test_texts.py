"""Every text of the interface exists in every language, is used, and is set as its language asks."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from library.fields import FACETS
from library.locales import LANGUAGES, load_texts
from library.model import Kind
from library.request import Sort
from library.result import SuggestionKind
from library.ui.masthead import PAGES

PACKAGE = Path(__file__).resolve().parents[2] / "library"
CALLED = {"t", "texts", "t.has", "texts.has", "shelf.t", "answer.t", "self.t", "visit.t"}
FROM_DATA = {
    *(facet.label_key for facet in FACETS),
    *(f"kind.{kind}" for kind in Kind),
    *(f"sort.{sort}" for sort in Sort),
    *(f"suggestion.{kind}" for kind in SuggestionKind),
    *(f"page.{page}" for page in PAGES if page),
    *(f"facet.{facet.name}" for facet in FACETS),
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


def plain(keys: frozenset[str] | set[str]) -> set[str]:
    """The keys without the forms for one."""
    return {key.removesuffix(".one") for key in keys}


def test_the_code_is_read() -> None:
    keys, beginnings = asked_for()
    assert {"count.works", "error.title", "notice.literal", "box.label"} <= keys
    assert beginnings <= {"kind.", "sort.", "facet.", "suggestion.", "page."}, "list the new family in FROM_DATA"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str) -> None:
    keys, _ = asked_for()
    assert (keys | FROM_DATA) - set(load_texts(language).entries) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_over(language: str) -> None:
    keys, _ = asked_for()
    assert plain(set(load_texts(language).entries)) - keys - FROM_DATA == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_with_the_same_places_to_fill(language: str) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    here, english = load_texts(language).entries, load_texts("en").entries
    assert {key: places(text) for key, text in here.items()} == {key: places(text) for key, text in english.items()}


def test_french_signs_stand_after_a_narrow_no_break_space() -> None:
    wrong = re.compile(r"(?<!\u202f)[;:?!»]|«(?!\u202f)|'")
    assert {key: text for key, text in load_texts("fr").entries.items() if wrong.search(text)} == {}


def test_counts_take_the_form_of_their_language() -> None:
    english, french = load_texts("en"), load_texts("fr")
    assert [english("count.works", count=n) for n in (0, 1, 2)] == ["0 works", "1 work", "2 works"]
    assert [french("count.works", count=n) for n in (0, 1, 2)] == ["0 ouvrage", "1 ouvrage", "2 ouvrages"]


def test_large_numbers_are_grouped_as_the_language_does() -> None:
    assert load_texts("en")("count.works", count=12345) == "12,345 works"
    assert load_texts("fr")("count.works", count=12345) == "12\u202f345 ouvrages"

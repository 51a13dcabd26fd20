"""Cards of a work in Arabic, as a real browser lays them out: its text from right to left, the rest as ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from library.access import ANYONE
from library.library import Library
from library.locales import load_texts
from library.request import SearchRequest
from library.ui.cards import Shelf, cards
from library.ui.shell import ASSETS
from tests.browser.arabic_library import build_arabic

NEAR = 3.0
"""Pixels within which a text that begins at an edge begins."""


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with a work in Arabic, open."""
    with Library.open(build_arabic(tmp_path_factory.mktemp("arabic"))) as library:
        yield library


def drawn(browser: Browser, library: Library, query: str, width: int) -> Page:
    """The cards that answer a reader of Arabic, on an English page."""
    request = SearchRequest.build(query, reader="ar")
    result = library.search(request, ANYONE, "en")
    shelf = Shelf(load_texts("en"), library.thesaurus, request)
    page = browser.new_page(viewport={"width": width, "height": 800})
    style = Path(ASSETS["style.css"]).read_text(encoding="utf-8")
    page.set_content(
        f'<html lang="en"><style>body {{ margin: 1rem }} {style}</style>'
        f'<div class="stApp"><div class="stHtml">{cards(result.hits, shelf)}</div></div></html>'
    )
    return page


def edges(text: Locator) -> dict[str, Any]:
    """Which way an element's text runs, and how far from its right edge its first word ends."""
    found: dict[str, Any] = text.evaluate(
        """element => {
            const letters = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
            const range = document.createRange();
            range.setStart(letters, 0);
            range.setEnd(letters, letters.data.search(/\\s|$/));
            const first = range.getBoundingClientRect();
            const box = element.getBoundingClientRect();
            return { direction: getComputedStyle(element).direction, from: box.right - first.right };
        }"""
    )
    return found


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("query", "texts"), [("الليل", ".passage-text"), ("", ".abstract")])
def test_arabic_text_begins_at_the_right_and_nothing_else_moves(
    browser: Browser, arabic: Library, query: str, texts: str, width: int
) -> None:
    page = drawn(browser, arabic, query, width)
    for text in [page.locator(".card-title"), *page.locator(texts).all()]:
        assert text.get_attribute("lang") == "ar"
        assert edges(text)["direction"] == "rtl"
        assert edges(text)["from"] < NEAR, "even where it begins with a Latin word"
    facts = page.locator(".card-facts")
    assert facts.inner_text() == "Guide · 2019 · Rotterdam"
    assert edges(facts)["direction"] == edges(page.locator(".card-foot"))["direction"] == "ltr"
    assert page.locator(".languages a").all_inner_texts() == ["العربية", "English", "Français"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_words_are_marked_in_arabic_too(browser: Browser, arabic: Library) -> None:
    page = drawn(browser, arabic, "الليل", 1280)
    marks = page.locator("mark").all_inner_texts()
    assert marks and all("ليل" in mark for mark in marks)
    label = page.locator(".passage-page").first.bounding_box()
    text = page.locator(".passage-text").first.bounding_box()
    assert label is not None and text is not None
    assert label["x"] + label["width"] <= text["x"], "the page is named before the passage, where all pages are named"
    page.close()

"""The menu of languages, in a real browser: by mouse, by keyboard, and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from library.locales import LANGUAGES, load_texts
from tests.browser.test_journey import visit
from tests.browser.waiting import asks


def says(page: Page, language: str) -> None:
    """The page, and the document around it, are in this language."""
    expect(page.locator(".answer-count")).to_have_text(load_texts(language)("answer.newest"))
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_menu_opens_names_all_languages_and_stays_within_the_page(
    browser: Browser, address: str, width: int
) -> None:
    with visit(browser, address, width=width) as page:
        menu = page.locator(".language-menu")
        links = menu.get_by_role("link")
        expect(links).to_have_count(0)
        menu.locator("summary").click()
        expect(links).to_have_count(len(LANGUAGES))
        expect(menu.locator("[aria-current]")).to_have_text("English")
        for link in links.all():
            box = link.bounding_box()
            assert box is not None and box["height"] >= 24
            assert box["x"] >= 0 and box["x"] + box["width"] <= width
        page.locator(".welcome .lead").click(position={"x": 5, "y": 5})
        expect(links).to_have_count(0)


def test_a_language_is_chosen_by_keyboard_and_left_again_by_going_back(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        summary = page.locator(".language-menu summary")
        polish = page.locator(".language-menu").get_by_role("link", name="Polski")
        summary.focus()
        summary.press("Enter")
        expect(polish).to_be_visible()
        page.keyboard.press("Escape")
        expect(polish).to_be_hidden()
        expect(summary).to_be_focused()
        summary.press("Enter")
        expect(polish).to_be_visible()
        for _ in LANGUAGES:
            page.keyboard.press("Tab")
        expect(polish).to_be_focused()
        page.keyboard.press("Enter")
        says(page, "pl")
        asks(page, {"ui": ["pl"]})
        expect(summary).to_be_focused()
        expect(polish).to_be_hidden()
        page.go_back()
        says(page, "en")


@pytest.mark.parametrize(("browser_says", "language"), [("de-AT", "de"), ("pt-BR", "pt"), ("nb", "en")])
def test_the_page_and_its_document_speak_as_the_browser_asks(
    browser: Browser, address: str, browser_says: str, language: str
) -> None:
    with visit(browser, address, language=browser_says) as page:
        says(page, language)

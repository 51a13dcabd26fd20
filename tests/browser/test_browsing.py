"""Browsing in a real browser: from the start page to themes and places, and back."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from library.browser_parts import OUTLINES, browser_part
from tests.browser.test_journey import titles, visit
from tests.browser.waiting import asks, becomes, comes_true, settle


def test_from_a_theme_to_its_works_and_back(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        page.get_by_role("navigation", name="Browse by theme").get_by_role("link", name="Public spaces").click()
        heading = page.get_by_role("heading", level=1, name="Public spaces")
        expect(heading).to_be_visible()
        expect(heading).to_be_focused()
        expect(page).to_have_url(re.compile(r"/theme\?id=public-spaces$"))
        page.get_by_role("link", name="Nightlife", exact=True).first.click()
        expect(page.get_by_role("heading", level=1, name="Nightlife")).to_be_visible()
        becomes(page, lambda: titles(page), ["Night watch"])
        page.get_by_role("link", name="See the 1 work").click()
        expect(page.locator(".answer-count")).to_have_text(re.compile("1 work found"))
        asks(page, {"topic": ["nightlife"]})
        page.go_back()
        expect(page.get_by_role("heading", level=1, name="Nightlife")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("heading", level=1, name="Public spaces")).to_be_visible()
        page.go_forward()
        expect(page.get_by_role("heading", level=1, name="Nightlife")).to_be_visible()


def test_tabs_are_reached_and_kept_by_the_keyboard(browser: Browser, address: str) -> None:
    with visit(browser, address, "browse") as page:
        ways = page.get_by_role("navigation", name="Ways to browse")
        ways.get_by_role("link", name="Year").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name="Browse by year")).to_be_visible()
        expect(ways.get_by_role("link", name="Year")).to_be_focused()
        expect(page.locator("#announcer")).to_have_text("Browse by year")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name="Browse by language")).to_be_visible()
        asks(page, {"by": ["language"]})


def test_the_map_leads_to_a_place_and_the_list_too(browser: Browser, address: str) -> None:
    with visit(browser, address, "browse?by=place") as page:
        expect(page.locator(".map img")).to_be_visible()
        comes_true(page.locator(".map img"), "drawing => drawing.naturalWidth > 0")
        if browser_part(OUTLINES) is not None:
            page.locator(".map-number[title='Netherlands: 1 work']").click()
            expect(page.locator(".answer-count")).to_have_text(re.compile("1 work found"))
            asks(page, {"place": ["NL"]})
            page.go_back()
            expect(page.locator(".map img")).to_be_visible()
        page.get_by_role("link", name="Rotterdam").click()
        expect(page.locator(".answer-count")).to_have_text(re.compile("1 work found"))
        asks(page, {"place": ["NL/Rotterdam"]})


def test_the_keyboard_meets_every_place_once(browser: Browser, address: str) -> None:
    with visit(browser, address, "browse?by=place") as page:
        page.get_by_role("link", name="Type", exact=True).focus()
        met = []
        for _ in range(4):
            page.keyboard.press("Tab")
            met.append(page.evaluate("document.activeElement.textContent"))
        assert met == ["Austria", "Town 2", "Belgium", "Town 3"], "the list, not the map"


def test_nothing_runs_over_on_a_phone(browser: Browser, address: str) -> None:
    for path in ("browse", "browse?by=place", "browse?by=year", "browse?by=language", "theme?id=nightlife"):
        with visit(browser, address, path, width=390) as page:
            page.wait_for_selector(".browse, .theme")
            comes_true(page.locator('[data-testid="stMain"]'), "main => main.scrollWidth <= main.clientWidth")


def test_an_unknown_theme_helps_on(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        page.evaluate("library.show(new URL('theme?id=no-such', location.href))")
        expect(page.get_by_role("heading", level=1, name="There is no such theme")).to_be_visible()
        page.get_by_role("link", name="Sport").click()
        expect(page.get_by_role("heading", level=1, name="Sport")).to_be_visible()
        settle(page)

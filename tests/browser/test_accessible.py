"""Every page against the rules of WCAG 2.2, as axe checks them, in light and dark, wide and narrow."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from library.browser_parts import browser_part
from tests.browser.waiting import lit, settle
from tests.browser.watching import Watch

PAGES = {
    "start": "",
    "search": "?q=night&topic=public-spaces&ui=fr",
    "nothing": "?q=xyzzy&kind=guide",
    "themes": "browse",
    "places": "browse?by=place",
    "years": "browse?by=year",
    "languages": "browse?by=language&ui=fr",
    "theme": "theme?id=public-spaces",
    "no-theme": "theme?id=no-such-theme",
}
"""Pages that have no tests of their own for this, and their states that have other parts."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STREAMLITS: dict[str, str] = {}
"""Rules that Streamlit's own frame breaks and we cannot mend, each with the reason."""


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that checks; without it the tests are skipped, unless LIBRARY_REQUIRE asks for a browser."""
    part = browser_part("axe-core")
    if part is None:
        message = "axe is not here: `make test` installs it with npm"
        if "browser" in os.environ.get("LIBRARY_REQUIRE", "").split(","):
            pytest.fail(message)
        pytest.skip(message)
    return (Path(part) / "axe.min.js").read_text(encoding="utf-8")


def complaints(page: Page, axe: str) -> list[str]:
    """What axe finds wrong: the rule, and the first places that break it."""
    page.evaluate(axe)
    wanted = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("(wanted) => axe.run(document, wanted)", wanted)
    return [
        f"{broken['id']}: {broken['help']} at {[node['html'][:160] for node in broken['nodes'][:3]]}"
        for broken in found["violations"]
        if broken["id"] not in STREAMLITS
    ]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, axe: str, name: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    watch = Watch(page, address)
    page.goto(address + PAGES[name])
    settle(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            lit(page, scheme)
            assert complaints(page, axe) == []
    assert watch.foreign == []
    context.close()


def test_axe_finds_nothing_in_what_opens(browser: Browser, address: str, axe: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    settle(page)
    page.locator("#search-box").press_sequentially("night")
    expect(page.locator(".answer-count")).to_have_text("13 works found")  # while one types
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert complaints(page, axe) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Filters").click()
    assert complaints(page, axe) == []
    page.keyboard.press("Escape")
    page.locator(".language-menu summary").click()
    # What the open menu covers in part is no target until it is closed.
    assert [found for found in complaints(page, axe) if not found.startswith("target-size")] == []
    context.close()


def test_axe_finds_nothing_where_nothing_is(browser: Browser, address: str, axe: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}nowhere")
    assert complaints(page, axe) == []
    page.close()


def test_axe_would_find_something(browser: Browser, axe: str) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='data:,'><input></body></html>")
    assert {found.partition(":")[0] for found in complaints(page, axe)} >= {"image-alt", "label", "html-has-lang"}
    page.close()

"""A document open in the reader, and what is seen of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page

from tests.browser.waiting import PATIENCE, becomes
from tests.browser.watching import Watch

MEDIATORS = "read?id=night-watch&language=en&page=4&q=mediators"
HERE = ".marks i.here"
FOUND = 6
"""Places where mediators stand: two on each of three pages."""


@contextmanager
def read(
    browser: Browser,
    address: str,
    path: str = MEDIATORS,
    width: int = 1280,
    language: str = "en-GB",
    dark: bool = False,
) -> Iterator[Page]:
    """A document in a fresh session, which must not complain and must not talk to anybody else."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, locale=language, color_scheme="dark" if dark else "light",
        has_touch=width < 500,
    )  # fmt: skip
    page = context.new_page()
    watch = Watch(page, address)
    try:
        page.goto(address + path)
        ready(page)
        yield page
        assert watch.complaints == []
        assert watch.foreign == []
    finally:
        context.close()


def ready(page: Page) -> None:
    """Until the document is open."""
    page.wait_for_selector("html[data-opened]", state="attached", timeout=PATIENCE * 1000)


def place(page: Page) -> Locator:
    """Which of the places found is shown."""
    return page.locator("#hit-place")


def in_view(page: Page, selector: str) -> None:
    """Until the first of these is inside the part of the document that is seen."""
    page.wait_for_function(
        """selector => {
          const seen = (one) => document.querySelector(one)?.getBoundingClientRect();
          const [box, frame] = [seen(selector), seen("#stage")];
          return box && box.top >= frame.top && box.bottom <= frame.bottom && box.left >= frame.left;
        }""",
        arg=selector,
        timeout=PATIENCE * 1000,
    )


def words_are_marked(page: Page, number: int, count: int) -> None:
    """Until so many words are marked on a page."""
    parts = page.locator(f'.page[data-page-number="{number}"] .marks i')
    becomes(page, lambda: int(parts.evaluate_all("all => new Set(all.map((one) => one.dataset.place)).size")), count)


def violations(page: Page, script: str) -> list[str]:
    """What axe finds wrong, with where. It is evaluated, not added to the page: the content policy holds."""
    page.evaluate(script)
    found = page.evaluate(
        "axe.run().then((all) => all.violations.map((one) => [one.id, one.nodes.map((n) => n.html)]))"
    )
    return [f"{name}: {nodes}" for name, nodes in found]

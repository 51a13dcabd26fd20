"""A document open in the reader, and what is seen of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Locator, Page

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
    page.goto(address + path)
    page.wait_for_selector("html[data-opened]", state="attached", timeout=30_000)
    yield page
    assert watch.complaints == []
    assert watch.foreign == []
    context.close()


def place(page: Page) -> Locator:
    """Which of the places found is shown."""
    return page.locator("#hit-place")


def asked(page: Page) -> dict[str, list[str]]:
    """What the address of the page says."""
    return parse_qs(urlsplit(page.url).query)


def in_view(page: Page, selector: str) -> bool:
    """Whether the first of these is inside the part of the document that is seen."""
    return bool(
        page.evaluate(
            """selector => {
              const seen = (one) => document.querySelector(one).getBoundingClientRect();
              const [box, frame] = [seen(selector), seen("#stage")];
              return box.top >= frame.top && box.bottom <= frame.bottom && box.left >= frame.left;
            }""",
            selector,
        )
    )


def marked_words(page: Page, number: int) -> int:
    """How many words are marked on a page."""
    layer = f'.page[data-page-number="{number}"] .marks'
    page.wait_for_selector(layer, state="attached")
    return int(page.evaluate(f"new Set([...document.querySelectorAll('{layer} i')].map((i) => i.dataset.place)).size"))


def violations(page: Page, script: str) -> list[str]:
    """What axe finds wrong, with where. It is evaluated, not added to the page: the content policy holds."""
    page.evaluate(script)
    found = page.evaluate(
        "axe.run().then((all) => all.violations.map((one) => [one.id, one.nodes.map((n) => n.html)]))"
    )
    return [f"{name}: {nodes}" for name, nodes in found]

"""What a page comes to say and to show: looked at again and again, as it follows a moment after what was done."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page

Seen = TypeVar("Seen")
PATIENCE = 30.0
"""Seconds that a page may take on a busy machine, where it needs a fraction of one else."""
DRAWN = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (app?.dataset.testScriptState !== "notRunning") return false;
  if (document.querySelector(".apology")) return true;
  return document.querySelector(".masthead") !== null && document.querySelectorAll(".stHtml").length > 2;
}"""
"""Whether the server has finished a page and it is there: its head, the search box and what it is about."""
LIT = """dark => {
  const colour = getComputedStyle(document.querySelector(".stApp") ?? document.body).backgroundColor;
  const [red, green, blue] = colour.match(/\\d+/g).map(Number);
  const moves = document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === "running");
  return !moves && (red + green + blue < 3 * 128) === dark;
}"""
"""Whether the page has the colours that the browser asks for: Streamlit's own follow by script."""


def becomes(page: Page, read: Callable[[], Seen], wanted: Seen) -> None:
    """Wait until what is read is what is wanted; fail with what it is instead."""
    last = time.monotonic() + PATIENCE
    while (seen := read()) != wanted and time.monotonic() < last:
        page.wait_for_timeout(50)
    assert seen == wanted, f"{seen!r} is not {wanted!r}"


def comes_true(element: Locator, script: str) -> None:
    """Wait until a script says yes of this element."""
    becomes(element.page, lambda: bool(element.evaluate(script)), True)


def settle(page: Page) -> None:
    """Until the page is drawn."""
    page.wait_for_function(DRAWN, timeout=PATIENCE * 1000)


def asked(page: Page) -> dict[str, list[str]]:
    """What the address of the page says."""
    return parse_qs(urlsplit(page.url).query)


def asks(page: Page, wanted: dict[str, list[str]]) -> None:
    """Until the address says this and nothing else."""
    becomes(page, lambda: asked(page), wanted)


def within(page: Page, width: int, selector: str = "html") -> None:
    """Until nothing in this part of the page, or in all of it, runs over so many pixels."""
    comes_true(page.locator(selector), f"one => one.scrollWidth <= {width}")


def lit(page: Page, scheme: str) -> None:
    """Show the page in light or dark, and wait until all of it is."""
    dark = scheme == "dark"
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.wait_for_function(LIT, arg=dark, timeout=PATIENCE * 1000)

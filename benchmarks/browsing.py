"""How long a person waits, in a real Chromium: from the last key or click to the last change of the page.

What is clicked and waited for stands on top, and is all that has to be changed when the pages change.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

WORDS = "youth"
"""What is typed: a word whose last letter changes what is found."""
KEYSTROKE = 90
"""Milliseconds between two keys."""
QUIET = 800
"""Milliseconds without a change after which a page counts as settled; they are not part of any figure."""
PATIENCE = 20_000


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are on the pages of an application."""

    results: str
    """There as soon as the first works are shown."""
    box: str
    enter: bool
    """Whether words count only after Enter."""
    facet: tuple[str, ...]
    """What is clicked, one after the other, to choose a filter."""
    ways: tuple[tuple[str, str], ...] = ()
    """From page to page: what it is called, and what is clicked. Left out where there is no such thing."""


OURS = Places(
    results=".card",
    box="#search-box",
    enter=False,
    facet=('label:has([data-facet="language"]) >> nth=1',),
    ways=(
        ("search to themes", '.stHtml a[href^="./browse"]'),
        ("themes to a theme", '.stHtml a[href*="theme?id="]'),
        ("theme to work", '.stHtml a[href*="work?id="]'),
    ),
)
PLAIN = Places(
    results='[data-testid="stMain"] h3',
    box='[data-testid="stMain"] [data-testid="stTextInput"] input',
    enter=True,
    facet=('[data-testid="stMultiSelect"] >> nth=0', '[role="option"] >> nth=1'),  # the first one takes all
    ways=(
        ("search to themes", '[data-testid="stSidebarNavLink"] >> nth=1'),
        ("themes to search", '[data-testid="stMain"] [data-testid="stPageLink"] a'),
        ("search to work", '[data-testid="stMain"] [data-testid="stPageLink"] a'),
    ),
)

WATCH = """
const parts = '[data-testid="stMain"], [data-testid="stSidebar"]';
const now = () => performance.timeOrigin + performance.now();
window.seen = {results: 0, last: 0};
new MutationObserver((changes) => {
  if (!changes.some(({target}) => (target.nodeType === 1 ? target : target.parentElement)?.closest(parts))) return;
  seen.last = now();
  if (!seen.results && document.querySelector(RESULTS)) seen.results = seen.last;
}).observe(document, {childList: true, subtree: true, characterData: true});
const begin = () => { sessionStorage.begun = now(); seen.last = 0; };
for (const act of ["pointerdown", "keydown"]) addEventListener(act, begin, true);
"""
"""Notes when the page last changed in its main part and its sidebar, and when somebody last did something."""
SETTLED = """(quiet) => window.seen?.last && performance.timeOrigin + performance.now() - seen.last > quiet
&& document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]') !== null"""


@dataclass(frozen=True, slots=True)
class Wait:
    """One measured act."""

    what: str
    seconds: float
    requests: int
    """Over HTTP; what the browser has kept is not asked for."""
    received: int
    """Bytes, over HTTP and the websocket, as they were sent."""


@dataclass  # without slots: Playwright notes on it which of its methods listen
class Traffic:
    """What a browser asks for and receives."""

    requests: int = 0
    received: int = 0
    kept: set[str] = field(default_factory=set)

    def listen(self, client: CDPSession) -> None:
        """Count from now on."""
        client.send("Network.enable")
        client.on("Network.requestServedFromCache", lambda event: self.kept.add(event["requestId"]))
        client.on("Network.responseReceived", self._answered)
        client.on("Network.loadingFinished", self._loaded)
        client.on("Network.webSocketFrameReceived", self._frame)

    def taken(self) -> tuple[int, int]:
        """Requests and bytes since the last time."""
        taken = self.requests, self.received
        self.requests = self.received = 0
        return taken

    def _answered(self, event: dict[str, Any]) -> None:
        kept = event["requestId"] in self.kept or event["response"].get("fromDiskCache")
        self.requests += not kept

    def _loaded(self, event: dict[str, float]) -> None:
        self.received += int(event["encodedDataLength"])

    def _frame(self, event: dict[str, dict[str, str]]) -> None:
        self.received += len(event["response"]["payloadData"]) * 3 // 4  # it is handed over in base64


def journey(url: str, places: Places, first: str) -> Iterator[Wait]:
    """A whole visit in a browser just started: open, open again, filter, type, and from page to page."""
    with _context() as context:
        context.add_init_script(WATCH.replace("RESULTS", json.dumps(places.results)))
        page = context.new_page()
        traffic = Traffic()
        traffic.listen(context.new_cdp_session(page))
        yield from _opened(page, url, traffic, first)
        page.goto("about:blank")
        traffic.taken()
        yield from _opened(page, url, traffic, "again")
        yield _done(page, traffic, "filter", lambda: _choose(page, places))
        page.goto(url)
        _settle(page)
        traffic.taken()
        yield _done(page, traffic, "typing", lambda: _type(page, places))
        page.goto(url)
        _settle(page)
        for what, click in places.ways:
            target = page.locator(click).first
            if not target.count():
                return
            yield _done(page, traffic, what, target.click)


def _choose(page: Page, places: Places) -> None:
    for click in places.facet:
        page.locator(click).first.click()


def _type(page: Page, places: Places) -> None:
    box = page.locator(places.box).first
    box.click()
    box.press_sequentially(WORDS, delay=KEYSTROKE)
    if places.enter:
        box.press("Enter")


def _opened(page: Page, url: str, traffic: Traffic, what: str) -> Iterator[Wait]:
    """Open the page; the first works shown, and everything."""
    page.goto(url)
    _settle(page)
    requests, received = traffic.taken()
    shown, last = page.evaluate("[seen.results - performance.timeOrigin, seen.last - performance.timeOrigin]")
    if shown < 0:
        raise TooLate(f"no works are shown on {url}: look at the selectors in benchmarks/browsing.py")
    yield Wait(f"{what}: first works", shown / 1000, requests, received)
    yield Wait(f"{what}: settled", last / 1000, requests, received)


def _done(page: Page, traffic: Traffic, what: str, act: Callable[[], object]) -> Wait:
    """Do something; from its last key or click to the last change."""
    traffic.taken()
    act()
    _settle(page)
    taken = page.evaluate("seen.last - sessionStorage.begun")
    return Wait(what, taken / 1000, *traffic.taken())


def _settle(page: Page) -> None:
    page.wait_for_function(SETTLED, arg=QUIET, timeout=PATIENCE, polling=50)


@contextmanager
def _context() -> Iterator[BrowserContext]:
    """A new browser of this machine, in which nothing is kept."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.exit(
            "there is no Chromium here: install it with apt-get install chromium, or leave it out with --journeys 0"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        browser.close()

"""The reader where things are otherwise: odd images, dark rooms, refusals, a set-up that brought no PDF engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from library.access import ANYONE
from library.browser_parts import browser_part
from library.library import Library
from library.request import SearchRequest
from library.ui.reader.document import document
from library.web import Opened
from tests.browser.opened import HERE, MEDIATORS, read, violations
from tests.browser.reading_library import BLUE
from tests.browser.watching import Watch


def test_an_image_in_jpeg_2000_is_drawn(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address, "read?id=blue-square&language=en") as page:
        page.wait_for_selector(".page canvas")
        page.wait_for_function(
            """wanted => { const canvas = document.querySelector(".page canvas");
              const copy = new OffscreenCanvas(1, 1).getContext("2d");
              copy.drawImage(canvas, canvas.width / 2, canvas.height / 2, 1, 1, 0, 0, 1, 1);
              const seen = copy.getImageData(0, 0, 1, 1).data;
              return wanted.every((value, at) => Math.abs(seen[at] - value) < 12); }""",
            arg=list(BLUE),
        )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser: Browser, reading_address: str, dark: bool, width: int) -> None:
    axe = browser_part("axe-core")
    assert axe is not None
    script = (axe / "axe.min.js").read_text(encoding="utf-8")
    with read(browser, reading_address, width=width, dark=dark) as page:
        expect(page.locator(HERE).first).to_be_visible()
        if width < 500:
            page.get_by_role("button", name="Show or hide the side panel").tap()
        for tab in ("Contents", "Pages", "Found"):
            page.get_by_role("tab", name=tab).click()
            assert violations(page, script) == []
        page.keyboard.press("?")
        assert violations(page, script) == []


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_not_there_is_refused_with_a_way_on(browser: Browser, reading_address: str, dark: bool) -> None:
    axe = browser_part("axe-core")
    assert axe is not None
    page = browser.new_page(color_scheme="dark" if dark else "light")
    for work in ("missing", "hidden-plan"):
        answer = page.goto(f"{reading_address}read?id={work}")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", name="There is nothing to read here")).to_be_visible()
        expect(page.get_by_role("link", name="Go to the library")).to_have_attribute("href", "./")
    assert violations(page, (axe / "axe.min.js").read_text(encoding="utf-8")) == []
    page.close()


def test_without_the_engine_the_browsers_own_viewer_stands_in(
    browser: Browser, reading_address: str, reading_root: Path
) -> None:
    asked = SearchRequest.build("mediators")
    with Library.open(reading_root) as library:
        work = library.get("night-watch", ANYONE)
        found = library.occurrences("night-watch", "en", asked.query, ANYONE)
        body = document(Opened(library, work, work.editions[0], 4, asked, found, "en"), "0", None)

    def bare(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html")

    context = browser.new_context(viewport={"width": 1280, "height": 844})
    page = context.new_page()
    watch = Watch(page, reading_address)
    page.route(re.compile(r"/read\?"), bare)
    page.goto(reading_address + MEDIATORS)
    expect(page.get_by_text("is not installed")).to_be_visible()
    link = page.get_by_role("link", name="Open the PDF itself")
    expect(link).to_have_attribute("href", "files/night-watch/en.pdf#page=4")
    expect(page.locator("a.hit mark").first).to_have_text("Mediators")
    page.get_by_role("tab", name="Contents").click()
    expect(page.get_by_role("link", name="Chapter 7")).to_be_visible()
    expect(page.locator("iframe")).to_be_visible()
    assert watch.complaints == []
    assert [asked for asked in watch.foreign if not asked.startswith("chrome")] == [], "the viewer's own parts apart"
    context.close()


@pytest.mark.parametrize("lost", ["pdf.min.mjs", "pdf_viewer.mjs"])
def test_when_the_engine_does_not_come_the_file_is_offered(browser: Browser, reading_address: str, lost: str) -> None:
    page = browser.new_page()
    page.route(re.compile(re.escape(lost)), lambda route: route.abort())
    page.goto(reading_address + MEDIATORS)
    told = page.locator("#waiting")
    expect(told).to_contain_text("The document could not be shown here.")
    link = told.get_by_role("link", name="Download the PDF")
    expect(link).to_have_attribute("href", "files/night-watch/en.pdf?download=1")
    expect(page.locator("#said")).to_have_text("The document could not be shown here.")
    page.close()

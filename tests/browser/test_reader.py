"""Reading in a real browser: at the page, with the words marked, by mouse, by keyboard and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from library.access import ANYONE
from library.browser_parts import PDF_ENGINE, browser_part
from library.library import Library
from library.request import SearchRequest
from library.ui.reader.document import document
from library.web import Opened
from tests.browser.conftest import served
from tests.browser.reading_library import BLUE, LEAVES, build
from tests.browser.watching import Watch

MEDIATORS = "read?id=night-watch&language=en&page=4&q=mediators"
HERE = ".marks i.here"
FOUND = 6
"""Places where mediators stand: two on each of three pages."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library to read in."""
    if browser_part(PDF_ENGINE) is None:
        pytest.skip(f"{PDF_ENGINE} is not installed: run `make parts`")
    return build(tmp_path_factory.mktemp("reading"))


@pytest.fixture(scope="module")
def address(browser: Browser, root: Path) -> Iterator[str]:
    """Where that library is served."""
    with served(root) as address:
        yield address


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


def test_it_opens_at_the_page_with_the_words_marked(browser: Browser, address: str) -> None:
    with read(browser, address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        expect(place(page)).to_have_text(f"1 of {FOUND}")
        expect(page.locator("#page")).to_have_value("2")
        expect(page.locator("#page-of")).to_have_text(f"4 of {LEAVES}")
        assert marked_words(page, 4) == 2, "the one broken at the end of a line too"
        assert page.locator('.page[data-page-number="4"] .marks i[data-place="1"]').count() == 2, "on both lines"
        assert in_view(page, HERE)
        assert page.title() == "Night watch – Practice Library"
        over = page.evaluate(
            """() => { const box = document.querySelector(".marks i.here").getBoundingClientRect();
              const under = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              return under.find((one) => one.closest(".textLayer") && one.tagName === "SPAN")?.textContent; }"""
        )
        assert "Mediators" in over, "the mark lies under the word, and the word can still be selected"


def test_steps_from_place_to_place_and_the_address_follows(browser: Browser, address: str) -> None:
    with read(browser, address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        length = page.evaluate("history.length")
        for at, label in ((2, "2"), (3, "5"), (4, "5"), (5, "9"), (6, "9"), (1, "2")):
            page.get_by_role("button", name="Next place found").click()
            expect(place(page)).to_have_text(f"{at} of {FOUND}")
            expect(page.locator("#page")).to_have_value(label)
            expect(page.locator(HERE).first).to_be_in_viewport()
            expect(page.locator("#said")).to_have_text(f"Place {at} of {FOUND}, p. {label}")
        page.get_by_role("button", name="Previous place found").click()
        expect(place(page)).to_have_text(f"{FOUND} of {FOUND}")
        expect(page).to_have_url(re.compile(r"[?&]page=11\b"))
        assert page.evaluate("history.length") == length, "no step is added to the browser's history"
        expect(page.get_by_role("link", name="Français")).to_have_attribute("href", re.compile(r"page=11&q=mediators"))

        page.locator("a.hit").first.click()
        expect(place(page)).to_have_text(f"1 of {FOUND}")
        expect(page.locator("a.hit").first).to_have_attribute("aria-current", "true")
        page.locator("#page").fill("10")
        page.locator("#page").press("Enter")
        expect(page.locator("#page-of")).to_have_text(f"12 of {LEAVES}")
        page.get_by_role("button", name="Next place found").click()
        expect(place(page)).to_have_text(f"1 of {FOUND}")  # from where the reader is, round to the beginning
        page.locator("#page").fill("ii")
        page.locator("#page").press("Enter")
        expect(page.locator("#page-of")).to_have_text(f"2 of {LEAVES}")
        page.locator("#page").fill("nowhere")
        page.locator("#page").press("Enter")
        expect(page.locator("#page")).to_have_value("ii")
        shared = page.url
    with read(browser, address, shared.removeprefix(address)) as page:
        expect(page.locator("#page")).to_have_value("ii")


def test_other_words_are_found_while_one_types(browser: Browser, address: str) -> None:
    with read(browser, address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        box = page.get_by_role("searchbox")
        box.fill("residents")
        expect(page.locator("#hit-count")).to_have_text("Found 3 times, on 3 pages")
        expect(page.locator("#said")).to_have_text("Found 3 times, on 3 pages")
        expect(page.locator("a.hit mark").first).to_have_text("residents")
        expect(place(page)).to_have_text("– of 3")
        assert marked_words(page, 4) == 1
        box.press("Enter")
        expect(place(page)).to_have_text("1 of 3")
        expect(page).to_have_url(re.compile("q=residents"))
        box.fill("zebra")
        expect(page.locator("#hit-count")).to_have_text("The words you look for are not in this text.")
        expect(page.locator("#hit-steps")).to_be_hidden()
        assert page.locator(".marks i").count() == 0
        box.fill("<img src=x onerror=alert(1)>")
        expect(page.locator("#hit-count")).to_have_text("The words you look for are not in this text.")
        box.fill("")
        expect(page.locator("#hit-count")).to_have_text("Type words above to find them in this document.")
        expect(page).not_to_have_url(re.compile("q="))


def test_contents_thumbnails_and_zoom(browser: Browser, address: str) -> None:
    with read(browser, address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        page.get_by_role("tab", name="Contents").click()
        page.get_by_role("link", name="Chapter 7").click()
        expect(page.locator("#page")).to_have_value("7")
        expect(page.get_by_role("link", name="Chapter 7")).to_have_attribute("aria-current", "true")

        page.get_by_role("tab", name="Pages").click()
        leaf = page.locator("#thumb-list a").nth(8)
        expect(leaf).to_have_attribute("aria-current", "page")
        expect(leaf).to_have_attribute("data-drawn", "true")
        page.locator("#thumb-list a").nth(3).click()
        expect(page.locator("#page")).to_have_value("2")
        assert page.locator("#thumb-list .has-hits").count() == 3

        width = page.locator(".page").nth(3).bounding_box()
        page.get_by_role("button", name="Larger").click()
        expect(page.locator("#scale")).to_have_value("custom")
        page.locator("#scale").select_option(label="200 %")
        wide = page.locator(".page").nth(3).bounding_box()
        assert width is not None and wide is not None
        assert wide["width"] > width["width"]
        page.get_by_role("button", name="Next place found").click()
        expect(page.locator(HERE).first).to_be_in_viewport()
        page.locator("#scale").select_option(label="Whole page")
        box, stage = page.locator(".page").nth(3).bounding_box(), page.locator("#stage").bounding_box()
        assert box is not None and stage is not None
        assert box["height"] <= stage["height"]


def test_everything_by_keyboard(browser: Browser, address: str) -> None:
    with read(browser, address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        for key, at in (("n", 2), ("F3", 3), ("p", 2), ("Shift+F3", 1)):
            page.keyboard.press(key)
            expect(place(page)).to_have_text(f"{at} of {FOUND}")
        for key, label in (("j", "3"), ("PageDown", "4"), ("k", "3"), ("PageUp", "2")):
            page.keyboard.press(key)
            expect(page.locator("#page")).to_have_value(label)
        page.keyboard.press("+")
        expect(page.locator("#scale")).to_have_value("custom")
        page.keyboard.press("0")
        expect(page.locator("#scale")).to_have_value("page-width")
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("n")  # a letter in the box is a letter
        expect(page.get_by_role("searchbox")).to_have_value("n")
        page.keyboard.press("Escape")
        expect(page.locator("#stage")).to_be_focused()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
        page.keyboard.press("b")
        expect(page.locator("#panel")).to_be_hidden()
        page.keyboard.press("b")
        page.get_by_role("tab", name="Found").focus()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name="Contents")).to_be_focused()
        expect(page.locator(".contents")).to_be_visible()

        page.get_by_role("searchbox").fill("mediators")
        expect(place(page)).to_be_visible()
        page.evaluate("document.activeElement.blur()")
        names = []
        for _ in range(80):
            page.keyboard.press("Tab")
            names.append(page.evaluate("document.activeElement.id || document.activeElement.className || ''"))
        wanted = {
            "back",
            "panel-button",
            "page-before",
            "page",
            "hit-after",
            "scale",
            "download",
            "print",
            "keys-button",
        }
        assert wanted | {"search", "stage", "record-link"} <= set(names)


def test_a_phone_has_the_panel_as_a_sheet_and_nothing_runs_off_its_edge(browser: Browser, address: str) -> None:
    with read(browser, address, width=390) as page:
        expect(page.locator(HERE).first).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate("document.getElementById('stage').scrollWidth") <= 390, "the page is as wide as the screen"
        expect(page.locator("#panel")).to_be_hidden()
        page.get_by_role("button", name="Show or hide the side panel").tap()
        expect(page.locator("#panel")).to_be_visible()
        page.locator("a.hit").nth(1).tap()
        expect(page.locator("#panel")).to_be_hidden()
        expect(page.locator(HERE).first).to_be_in_viewport()
        for button in page.locator(".bar .tool:visible").all():
            box = button.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390


def test_another_language_opens_at_the_same_page(browser: Browser, address: str) -> None:
    with read(browser, address, language="fr-FR") as page:
        assert page.evaluate("document.documentElement.lang") == "fr"
        page.get_by_role("link", name="Français").click()
        page.wait_for_selector("html[data-opened]", state="attached")
        expect(page.locator("h1")).to_have_attribute("lang", "fr")
        expect(page.locator("#page-of")).to_have_text(f"4 sur {LEAVES}")
        assert asked(page) == {"id": ["night-watch"], "language": ["fr"], "page": ["4"], "q": ["mediators"]}
        page.get_by_role("searchbox").fill("mediateur")
        expect(page.locator("#hit-count")).to_have_text(f"Trouvé {FOUND} fois, sur 3 pages")
        assert marked_words(page, 4) == 2, "without its accent the word is found, and marked with it"


def test_back_leads_to_the_search_one_came_from(browser: Browser, address: str) -> None:
    with read(browser, address) as page:
        page.goto(f"{address}?q=mediators")
        page.wait_for_selector(".card")
        page.evaluate("path => { location.href = path }", MEDIATORS)
        page.wait_for_selector("html[data-opened]", state="attached")
        page.get_by_role("link", name="Back to the search").click()
        expect(page).to_have_url(f"{address}?q=mediators")
        page.wait_for_selector(".card")
        assert page.evaluate("history.length") <= 4
    with read(browser, address) as page:
        page.get_by_role("link", name="Back to the search").click()
        expect(page).to_have_url(f"{address}?q=mediators")
        page.wait_for_selector(".card")


def test_an_image_in_jpeg_2000_is_drawn(browser: Browser, address: str) -> None:
    with read(browser, address, "read?id=blue-square&language=en") as page:
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
def test_axe_finds_nothing(browser: Browser, address: str, dark: bool, width: int) -> None:
    axe = browser_part("axe-core")
    assert axe is not None
    script = (axe / "axe.min.js").read_text(encoding="utf-8")
    with read(browser, address, width=width, dark=dark) as page:
        expect(page.locator(HERE).first).to_be_visible()
        if width < 500:
            page.get_by_role("button", name="Show or hide the side panel").tap()
        for tab in ("Contents", "Pages", "Found"):
            page.get_by_role("tab", name=tab).click()
            assert violations(page, script) == []
        page.keyboard.press("?")
        assert violations(page, script) == []


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_not_there_is_refused_with_a_way_on(browser: Browser, address: str, dark: bool) -> None:
    axe = browser_part("axe-core")
    assert axe is not None
    page = browser.new_page(color_scheme="dark" if dark else "light")
    for work in ("missing", "hidden-plan"):
        answer = page.goto(f"{address}read?id={work}")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", name="There is nothing to read here")).to_be_visible()
        expect(page.get_by_role("link", name="Search the library")).to_have_attribute("href", "./")
    assert violations(page, (axe / "axe.min.js").read_text(encoding="utf-8")) == []
    page.close()


def violations(page: Page, script: str) -> list[str]:
    """What axe finds wrong, with where. It is evaluated, not added to the page: the content policy holds."""
    page.evaluate(script)
    found = page.evaluate(
        "axe.run().then((all) => all.violations.map((one) => [one.id, one.nodes.map((n) => n.html)]))"
    )
    return [f"{name}: {nodes}" for name, nodes in found]


def test_without_the_engine_the_browsers_own_viewer_stands_in(browser: Browser, address: str, root: Path) -> None:
    asked = SearchRequest.build("mediators")
    with Library.open(root) as library:
        work = library.get("night-watch", ANYONE)
        found = library.occurrences("night-watch", "en", asked.query, ANYONE)
        body = document(Opened(library, work, work.editions[0], 4, asked, found, "en"), "0", None)

    def bare(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html")

    context = browser.new_context(viewport={"width": 1280, "height": 844})
    page = context.new_page()
    watch = Watch(page, address)
    page.route(re.compile(r"/read\?"), bare)
    page.goto(address + MEDIATORS)
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

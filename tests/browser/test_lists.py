"""The reader's own list in a real browser: gathered, kept in step, passed on, printed; and sheets side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect
from pypdf import PdfReader

from tests.browser.conftest import served
from tests.browser.test_accessible import axe, complaints
from tests.browser.waiting import asked, asks, becomes, comes_true, lit, settle, within
from tests.web.sheets_library import SHEETS, with_sheets

__all__ = ["axe"]
EVERY = [f"sheet-{number}" for number in range(1, SHEETS + 1)]
COVERED = """() => Promise.all([...document.images].map((cover) => {
  cover.loading = "eager";
  return cover.decode();
}))"""
"""Until every cover is there, also below what is seen of the page."""
A4 = (595, 842)
"""Points."""


@pytest.fixture(scope="module")
def sheets(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a library with practice sheets answers."""
    with served(with_sheets(tmp_path_factory)) as place:
        yield place


@contextmanager
def reading(
    browser: Browser, address: str, kept: str | None = None, language: str = "en-GB"
) -> Iterator[BrowserContext]:
    """Somebody's browser, with what it has kept from before; no page in it may fail."""
    before: StorageState = {"cookies": [], "origins": []}
    if kept is not None:
        before["origins"] = [{"origin": address.rstrip("/"), "localStorage": [{"name": "library-list", "value": kept}]}]
    context = browser.new_context(locale=language, storage_state=before)
    failed: list[str] = []
    context.on("weberror", lambda error: failed.append(str(error.error)))
    try:
        yield context
    finally:
        context.close()
    assert failed == []


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    settle(page)
    return page


def works(page: Page) -> list[str]:
    """The works listed, in their order."""
    found: list[str] = page.locator("[data-listed]").evaluate_all("items => items.map((item) => item.dataset.listed)")
    return found


def kept(page: Page) -> list[str]:
    """What the browser keeps."""
    found: list[str] = page.evaluate("JSON.parse(localStorage.getItem('library-list'))")
    return found


def list_of(*named: str) -> str:
    return "list?" + "&".join(f"work={work}" for work in named)


def says(page: Page, count: str) -> None:
    """Until the link to one's list says this."""
    expect(page.locator(".masthead a[data-list-link]")).to_have_text(count)


def lists(page: Page, *named: str) -> None:
    """Until these works are listed, in this order."""
    becomes(page, lambda: works(page), list(named))


def keeps(page: Page, *named: str) -> None:
    """Until the browser keeps these works, in this order."""
    becomes(page, lambda: kept(page), list(named))


def test_works_are_gathered_counted_and_shown_at_an_address_to_pass_on(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets) as context:
        page = opened(context, f"{sheets}?kind=practice-sheet&sort=title")
        says(page, "My list")
        for title in ("Night sheet 2", "Night sheet 1"):
            button = page.locator("article.card", has_text=title).get_by_role("button", name="Add to my list")
            button.press("Enter")
        pressed = page.get_by_role("button", name="In my list", pressed=True)
        expect(pressed).to_have_count(2)
        expect(page.locator("#announcer")).to_have_text("Added to my list, which holds 2 now.")
        says(page, "My list (2)")

        page.evaluate("window.kept = true")
        page.get_by_role("link", name="My list (2)").click()
        expect(page.get_by_role("heading", level=1, name="My list")).to_be_focused()
        lists(page, "sheet-2", "sheet-1")
        asks(page, {"work": ["sheet-2", "sheet-1"]})
        assert page.evaluate("window.kept") is True, "nothing was loaded anew"
        shared = page.url
        page.go_back()
        expect(pressed).to_have_count(2)
        page.get_by_role("button", name="In my list").first.click()
        expect(pressed).to_have_count(1)

    with reading(browser, sheets) as context:
        page = opened(context, shared)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "A list that was shared with you", use_inner_text=True
        )
        lists(page, "sheet-2", "sheet-1")
        says(page, "My list")
        page.get_by_role("button", name="Keep these in my list").click()
        expect(page.get_by_role("heading", level=1, name="My list")).to_be_focused()
        keeps(page, "sheet-2", "sheet-1")
        page.reload()
        settle(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("My list", use_inner_text=True)


def test_what_is_shared_comes_behind_ones_own(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets, '["volume-1", "sheet-3"]') as context:
        page = opened(context, sheets + list_of("sheet-3", "hidden-plan", "sheet-4"))
        expect(page.get_by_text("1 work of this list is not open to you or no longer there.")).to_be_visible()
        page.get_by_role("button", name="Keep these in my list").click()
        expect(page.locator("[data-listed]")).to_have_count(3)
        asks(page, {"work": ["volume-1", "sheet-3", "hidden-plan", "sheet-4"]})
        page.get_by_role("button", name="Leave them out").click()
        expect(page.get_by_text("1 work of this list")).to_have_count(0)
        keeps(page, "volume-1", "sheet-3", "sheet-4")
        lists(page, "volume-1", "sheet-3", "sheet-4")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("1 work of this list")).to_be_visible()


def test_the_list_is_put_in_order_and_emptied_by_keyboard(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets, '["sheet-1", "sheet-2", "sheet-3"]') as context:
        page = opened(context, f"{sheets}list")
        expect(page.locator("[data-listed]")).to_have_count(3)
        asks(page, {"work": ["sheet-1", "sheet-2", "sheet-3"]})  # the address can be passed on at once
        down = page.get_by_role("button", name="Move down: Night sheet 1")
        down.focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-listed]").first).to_have_attribute("data-listed", "sheet-2")
        expect(page.locator("#announcer")).to_have_text("Now in place 2 of 3.")
        expect(down).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("[data-listed]").last).to_have_attribute("data-listed", "sheet-1")
        expect(down).to_be_focused()
        expect(down).to_have_attribute("aria-disabled", "true")
        page.keyboard.press("Enter")
        keeps(page, "sheet-2", "sheet-3", "sheet-1")

        page.get_by_role("button", name="Remove: Night sheet 3").press("Enter")
        expect(page.locator("[data-listed]")).to_have_count(2)
        expect(page.get_by_role("button", name="Remove: Night sheet 1")).to_be_focused()
        page.get_by_role("button", name="Clear my list").press("Enter")
        expect(page.get_by_text("There is nothing in your list yet.")).to_be_visible()
        undo = page.get_by_role("button", name="Undo")
        expect(undo).to_be_focused()
        keeps(page)
        asks(page, {})
        undo.press("Enter")
        expect(page.locator("[data-listed]")).to_have_count(2)
        keeps(page, "sheet-2", "sheet-1")
        lists(page, "sheet-2", "sheet-1")
        expect(undo).to_be_hidden()


def test_two_tabs_stay_in_step(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets, '["sheet-1"]') as context:
        first = opened(context, f"{sheets}list")
        expect(first.locator("[data-listed]")).to_have_count(1)
        second = opened(context, f"{sheets}?kind=practice-sheet")
        second.locator("article.card", has_text="Night sheet 5").get_by_role("button", name="Add to my list").click()
        expect(first.locator("[data-listed]")).to_have_count(2)
        expect(first.get_by_role("heading", level=1)).to_have_text("My list", use_inner_text=True)
        asks(first, {"work": ["sheet-1", "sheet-5"]})
        first.get_by_role("button", name="Clear my list").click()
        expect(second.get_by_role("button", name="In my list")).to_have_count(0)
        says(second, "My list")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{not json", []),
        ('{"work": "sheet-1"}', []),
        ("null", []),
        ('[1, null, "../../etc", "<b>", "sheet-2", "sheet-2", "SHEET-1", "' + "a" * 300 + '"]', ["sheet-2"]),
    ],
)
def test_a_damaged_list_harms_nothing(browser: Browser, sheets: str, before: str, after: list[str]) -> None:
    with reading(browser, sheets, before) as context:
        page = opened(context, f"{sheets}list")
        expect(page.locator("[data-listed]")).to_have_count(len(after))
        says(page, f"My list ({len(after)})" if after else "My list")
        page.get_by_role("link", name="Search", exact=True).click()
        page.locator("article.card", has_text="Night sheet 8").get_by_role("button", name="Add to my list").click()
        keeps(page, *after, "sheet-8")


def test_a_full_list_takes_no_more_and_says_so(browser: Browser, sheets: str) -> None:
    many = [f"work-{number}" for number in range(250)]
    with reading(browser, sheets, json.dumps(many)) as context:
        page = opened(context, f"{sheets}?kind=practice-sheet")
        says(page, "My list (200)")
        page.get_by_role("button", name="Add to my list").first.click()
        expect(page.locator("#announcer")).to_contain_text("Your list is full: it holds 200 works.")
        expect(page.get_by_role("button", name="In my list")).to_have_count(0)
        keeps(page, *many)


def test_a_browser_that_keeps_nothing_has_a_list_for_the_moment(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets) as context:
        context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
        page = opened(context, f"{sheets}?kind=practice-sheet&sort=title")
        page.get_by_role("button", name="Add to my list").nth(1).click()
        page.get_by_role("link", name="My list (1)").click()
        expect(page.locator("[data-listed]")).to_have_count(1)


def test_going_back_to_what_ones_list_was_shows_what_it_is(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets, '["sheet-1"]') as context:
        page = opened(context, sheets + list_of("sheet-1"))
        page.get_by_role("link", name="Search", exact=True).click()
        page.locator("article.card", has_text="Night sheet 8").get_by_role("button", name="Add to my list").click()
        page.go_back()
        expect(page.locator("[data-listed]")).to_have_count(2)
        expect(page.get_by_role("heading", level=1)).to_have_text("My list", use_inner_text=True)


def test_a_list_is_shared_by_the_browsers_own_means_where_it_has_any(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets) as context:
        context.add_init_script("navigator.share = async (what) => { window.shared = what; }")
        page = opened(context, sheets + list_of("sheet-1"))
        page.get_by_role("button", name="Share…").click()
        becomes(page, lambda: page.evaluate("window.shared?.url"), page.url)


def test_a_list_is_taken_along_as_a_file(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets) as context:
        page = opened(context, sheets + list_of("sheet-2", "hidden-plan", "sheet-1"))
        page.get_by_text("Export", exact=True).click()
        with page.expect_download() as taken:
            page.get_by_role("link", name="RIS").click()
        titles = [line for line in taken.value.path().read_text("utf-8").splitlines() if line.startswith("TI")]
        assert [title.partition("- ")[2][:13] for title in titles] == ["Night sheet 2", "Night sheet 1"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_eight_works_are_printed_on_one_sheet(browser: Browser, sheets: str, scheme: str) -> None:
    with reading(browser, sheets, language="fr-FR") as context:
        page = opened(context, sheets + list_of(*EVERY))
        lit(page, scheme)
        page.evaluate(COVERED)
        paper = PdfReader(BytesIO(page.pdf(format="A4")))
        assert len(paper.pages) == 1
        text = " ".join(paper.pages[0].extract_text().split())
        assert all(f"{sheets}work?id={work}" in text.replace(" ", "") for work in EVERY), "the address of each"
        assert "Une liste de 8 ouvrages" in text
        assert sheets + list_of(*EVERY) in text.replace(" ", "")
        assert "Copier le lien" not in text
        assert len(paper.pages[0].images) == len(EVERY), "a cover for each"


def test_sheets_of_a_list_are_chosen_and_compared(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets) as context:
        page = opened(context, sheets + list_of("sheet-1", "volume-1", "sheet-2", "sheet-3", "sheet-4", "sheet-5"))
        compare = page.get_by_role("button", name="Compare the chosen sheets")
        boxes = page.get_by_role("checkbox", name="Choose to compare")
        expect(boxes).to_have_count(5)
        for place, off in enumerate(("true", "false", "false", "false", "true")):
            boxes.nth(place).focus()
            page.keyboard.press("Space")
            expect(compare).to_have_attribute("aria-disabled", off)
        for place in (4, 3, 2):
            boxes.nth(place).uncheck()
        compare.click()
        expect(page.get_by_role("heading", level=1, name="Practice sheets side by side")).to_be_focused()
        asks(page, {"work": ["sheet-1", "sheet-2"]})
        expect(page.locator(".compare-head")).to_have_count(2)
        expect(page.get_by_role("rowheader", name="Lessons learnt")).to_be_visible()

        field = page.get_by_role("combobox", name="Language of “Night sheet 2”")
        field.select_option("fr")
        expect(page.get_by_text("Une place, 2 bars.")).to_be_visible()
        becomes(page, lambda: asked(page)["edition"], ["sheet-2.fr"])
        page.get_by_role("link", name="Leave out Night sheet 1").click()
        expect(page.get_by_role("heading", name="Sheets like it")).to_be_visible()
        page.go_back()
        expect(page.get_by_text("Une place, 2 bars.")).to_be_visible()


def test_a_phone_has_the_works_below_each_other(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets) as context:
        page = opened(context, f"{sheets}compare?work=sheet-1&work=sheet-2&work=sheet-3&work=sheet-4")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            within(page, width)
            row = page.locator("tr.compare-text").nth(1)
            cells = row.locator("td")
            places = "[...row.querySelectorAll('td')].map((cell) => cell.getBoundingClientRect().y)"
            comes_true(row, f"row => new Set({places}).size === {1 if width == 1280 else 4}")
            expect(cells.first.get_by_text("Night sheet 1")).to_be_visible(visible=width == 390)


def test_the_names_of_the_columns_stay_in_sight(browser: Browser, sheets: str) -> None:
    with reading(browser, sheets) as context:
        page = opened(context, f"{sheets}compare?work=sheet-1&work=sheet-2")
        page.set_viewport_size({"width": 1280, "height": 500})
        page.get_by_role("rowheader", name="Contact").scroll_into_view_if_needed()
        expect(page.get_by_role("columnheader").first).to_be_in_viewport()


@pytest.mark.parametrize(
    "path",
    [
        "list",
        list_of("sheet-1", "volume-1", "hidden-plan", "sheet-2"),
        "compare?work=sheet-1&work=sheet-2&edition=sheet-2.fr",
        "compare?work=sheet-1",
    ],
)
def test_axe_finds_nothing(browser: Browser, sheets: str, axe: str, path: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = opened(context, sheets + path)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            lit(page, scheme)
            assert complaints(page, axe) == []
    context.close()

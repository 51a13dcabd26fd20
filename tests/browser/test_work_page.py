"""The page of a work in a real browser: reached from a search and left again, copied, downloaded, printed."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.test_accessible import axe as axe
from tests.browser.test_accessible import complaints
from tests.browser.test_journey import search, visit
from tests.browser.waiting import asks, becomes, lit, settle, within

WORK = "work?id=square-hosts"


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_from_the_search_to_a_work_and_back_without_loading_anew(browser: Browser, practices: str) -> None:
    with visit(browser, practices) as page:
        page.evaluate("window.still = true")
        search(page, "square hosts")
        page.locator(".card-title a").first.click()
        heading = page.locator("h1")
        expect(heading).to_have_text("Square hosts")
        expect(heading).to_be_focused()
        expect(page).to_have_title("Square hosts – Practice Library")
        page.get_by_role("link", name="Licht langs de gracht").first.click()
        expect(heading).to_have_text("Licht langs de gracht")
        page.go_back()
        expect(heading).to_have_text("Square hosts")
        page.go_back()
        expect(page.locator(".answer-count")).to_contain_text("found")
        asks(page, {"q": ["square hosts"]})
        page.go_forward()
        expect(heading).to_have_text("Square hosts")
        assert page.evaluate("window.still"), "nothing was loaded anew"


def test_another_edition_and_another_interface(browser: Browser, practices: str) -> None:
    with visit(browser, practices, WORK) as page:
        page.locator(".languages").get_by_role("link", name="Français").click()
        expect(page.locator("h1")).to_have_text("Des hôtes de place")
        expect(page.locator("h1")).to_have_attribute("lang", "fr")
        asks(page, {"id": ["square-hosts"], "language": ["fr"]})
        expect(page.get_by_role("heading", name="Record")).to_be_visible()
        page.locator(".masthead details > summary").click()
        page.locator(".masthead").get_by_role("link", name="Français").click()
        expect(page.get_by_role("heading", name="Notice")).to_be_visible()
        expect(page.locator("h1")).to_have_text("Des hôtes de place")


def test_a_part_of_the_sheet_is_one_step_away(browser: Browser, practices: str) -> None:
    with visit(browser, practices, WORK) as page:
        page.locator(".section-nav").get_by_role("link", name="Budget").click()
        expect(page.locator("#section-budget")).to_be_in_viewport()
        settle(page)
        expect(page.locator(".section-table td.figure").first).to_have_text("4 000")


def test_the_file_is_taken_away_under_a_name_that_says_what_it_is(browser: Browser, practices: str) -> None:
    with visit(browser, practices, WORK) as page:
        with page.expect_download() as taken:
            page.get_by_role("link", name="Download PDF", exact=True).click()
        assert taken.value.suggested_filename == "square-hosts.en.pdf"
        assert len(PdfReader(taken.value.path()).pages) == 2
        assert len(page.context.pages) == 1, "nothing else was opened"


def test_the_ways_to_cite_open_by_keyboard(browser: Browser, practices: str) -> None:
    with visit(browser, practices, WORK) as page:
        cite = page.locator(".cite > summary")
        expect(page.get_by_role("link", name="BibTeX")).to_be_hidden()
        cite.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="BibTeX")).to_be_visible()
        reference = page.locator("#reference")
        expect(reference).to_contain_text("Square hosts [Practice sheet]. (2016")
        expect(reference).to_contain_text(f"{practices}work?id=square-hosts")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy the reference").press("Enter")
        expect(page.locator("#announcer")).to_have_text("The reference was copied")
        becomes(page, lambda: page.evaluate("navigator.clipboard.readText()"), reference.inner_text())
        with page.expect_download() as taken:
            page.get_by_role("link", name="BibTeX").click()
        assert taken.value.suggested_filename == "square-hosts.en.bib"


def test_a_long_table_of_contents_unfolds(browser: Browser, practices: str) -> None:
    with visit(browser, practices, "work?id=long-guide") as page:
        section = page.get_by_role("link", name="Section 14", exact=True)
        expect(section).to_be_hidden()
        page.locator(".work-contents summary").click()
        expect(section).to_be_visible()
        expect(section).to_have_attribute("href", re.compile(r"[?&]page=16\b"))


@pytest.mark.parametrize("path", [WORK, "work?id=long-guide", "work?id=odd-sheet"])
def test_nothing_is_wider_than_a_phone(browser: Browser, practices: str, path: str) -> None:
    with visit(browser, practices, path, width=390) as page:
        within(page, 390, "[data-testid=stMain]")


def test_a_hidden_work_gets_the_page_for_what_is_not_there(browser: Browser, practices: str) -> None:
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    answer = page.goto(f"{practices}work?id=members-plan")
    assert answer is not None and answer.status == 404
    settle(page)
    expect(page.locator("h1")).to_have_text("Il n’y a pas d’ouvrage à cette adresse")
    expect(page.locator(".themes a").first).to_be_visible()
    page.locator("#search-box").fill("bars")
    page.locator("#search-box").press("Enter")
    expect(page.locator(".answer-count")).to_contain_text("trouvé")
    context.close()


def test_what_machines_are_told_is_not_run(browser: Browser, practices: str) -> None:
    with visit(browser, practices, "work?id=odd-sheet") as page:  # the policy would complain on the console
        said = page.locator('script[type="application/ld+json"]').evaluate("(block) => JSON.parse(block.textContent)")
        assert said["name"].startswith("</script>")
        becomes(page, lambda: title(page), said["name"])


def test_on_paper_the_page_is_the_work_without_its_buttons(browser: Browser, practices: str) -> None:
    with visit(browser, practices, WORK) as page:
        paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
        text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert "Square hosts" in text and "Forty bars" in text and "4 000" in text
    assert "Download PDF" not in text and "Works like this" not in text
    assert text.count("[Practice sheet]. (2016") == 1, "paper says where it came from"


@pytest.mark.parametrize("path", [WORK, "work?id=long-guide&ui=fr", "work?id=odd-sheet", "work?id=nix"])
def test_axe_finds_nothing_on_the_page_of_a_work(browser: Browser, practices: str, axe: str, path: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(practices + path)
    settle(page)
    for details in page.locator(".work details").all():
        details.evaluate("(element) => { element.open = true; }")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            lit(page, scheme)
            assert complaints(page, axe) == []
    context.close()

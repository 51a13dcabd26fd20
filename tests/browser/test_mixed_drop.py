"""Twelve files of all sorts dropped at once, in a real browser: what becomes of each, and a work in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from library.access import Role
from library.accounts import Accounts
from tests.browser.conftest import served
from tests.browser.test_desk import LONG, PASSWORD, at_the_desk, drop, ready, save, state
from tests.browser.waiting import becomes, settle
from tests.conftest import DOCUMENTS
from tests.formats.office_samples import archive, chapter, docx, epub, odt, par
from tests.formats.samples import encrypted, picture, report
from tests.papers import CONSEIL, COUNCIL, RAT, paper
from tests.web.small_library import small

SHEET = "mentors-after-prison"
"""The demonstration work whose three languages are dropped."""
DRAFTS = frozenset({SHEET, "des-mentors-apres-la-prison", "mentoren-nach-der-haft"})
PROSE = f"{COUNCIL} Volunteers visit people in the weeks before they leave, and meet them at the gate afterwards."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with accounts for a librarian and a member."""
    root = small(tmp_path_factory)
    (root / "library.toml").write_text('[sign_in]\nway = "accounts"\n', encoding="utf-8")
    with Accounts.open(root / "private") as accounts:
        accounts.add("anna@example.org", Role.LIBRARIAN, PASSWORD)
        accounts.add("mona@example.org", Role.MEMBER, PASSWORD)
    return root


@pytest.fixture(scope="module")
def address(browser: Browser, root: Path) -> Iterator[str]:
    """Where it is served."""
    with served(root) as address:
        yield address


def twelve(root: Path, folder: Path) -> dict[str, tuple[bytes, str]]:
    """The files by name, each with how it should end."""
    sheet = {language: (DOCUMENTS / SHEET / f"{language}.pdf").read_bytes() for language in ("en", "fr", "de")}
    packed = archive({"inside.pdf": paper(folder / "inside.pdf", RAT, title="Der Stadtrat am Platz").read_bytes()})
    return {
        "mentors-en.pdf": (sheet["en"], "draft"),
        "mentors-fr.pdf": (sheet["fr"], "draft"),
        "mentors-de.pdf": (sheet["de"], "draft"),
        "same.pdf": ((root / "documents" / "night-watch" / "en.pdf").read_bytes(), "unchanged"),
        "locked.pdf": (encrypted(report(), "secret", "owner"), "rejected"),
        "scan.pdf": (picture(), "draft"),
        "letter.docx": (docx(par("A letter to the council", "Title") + par(PROSE)), "draft"),
        "note.odt": (odt(f"<text:h text:outline-level='1'>Note</text:h><text:p>{CONSEIL}</text:p>"), "draft"),
        "page.html": (f"<title>A page</title><h1>A page</h1><p>{PROSE} On a page.</p>".encode(), "draft"),
        "book.epub": (epub({"one.xhtml": chapter(f"<h1>A book</h1><p>{PROSE} In a book.</p>")}), "draft"),
        "broken.pdf": (b"%PDF-1.7 and nothing more", "rejected"),
        "packed.zip": (packed, "unpacked"),
    }


def signed_in(browser: Browser, address: str, name: str) -> BrowserContext:
    """The browser of somebody who is signed in on the members' pages."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}sign-in")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("form button").click()
    settle(page)
    return context


def taken_first(page: Page, address: str) -> str:
    """The draft that the other languages are offered to be joined to: of two files on their way, either comes first."""
    offered = {}
    for draft in DRAFTS:
        page.goto(f"{address}desk/work?id={draft}")
        ready(page)
        offered[draft] = page.get_by_role("button", name="Join them").count()
    (first,) = (draft for draft, offers in offered.items() if offers == 0)
    assert sum(offered.values()) == 2
    return first


def test_twelve_files_are_sorted_out_and_a_work_lives(
    browser: Browser, address: str, root: Path, tmp_path: Path
) -> None:
    files = twelve(root, tmp_path)
    assert len(files) == 12
    with at_the_desk(browser, address, "anna@example.org") as page:
        page.goto(f"{address}desk/add")
        ready(page)
        drop(page, {name: content for name, (content, _) in files.items()})
        for name, (_, step) in files.items():
            if step != "unpacked":
                becomes(page, lambda name=name: state(page, name), step)  # type: ignore[misc]
        expect(page.locator('.arrival[data-step="draft"]', has=page.get_by_text("inside.pdf"))).to_have_count(1)

        # One work of the three languages: two drafts are joined to the one that arrived first, which is for members.
        first = taken_first(page, address)
        page.goto(f"{address}desk/work?id={first}")
        ready(page)
        page.get_by_label("Who may read it").select_option("members")
        save(page)
        expect(page.locator(".banner.good")).to_contain_text("Saved")
        for draft in DRAFTS - {first}:
            page.goto(f"{address}desk/work?id={draft}")
            ready(page)
            page.get_by_role("button", name="Join them").click()
            page.wait_for_url(f"**/desk/work?*id={first}*")
        save(page, "Publish")
        expect(page.locator(".banner.good")).to_contain_text("Published")

    member, reader = signed_in(browser, address, "mona@example.org"), browser.new_context(locale="en-GB")
    work, file = f"{address}work?id={first}", f"{address}files/{first}/fr.pdf"
    seen = member.new_page()
    seen.goto(f"{address}?q=mentoren+haft")
    settle(seen)
    expect(seen.locator(".answer-count")).to_have_text("1 work found", timeout=LONG)
    assert (member.request.get(work).status, member.request.get(file).status) == (200, 200)
    assert (reader.request.get(work).status, reader.request.get(file).status) == (404, 404)
    stranger = reader.new_page()
    stranger.goto(f"{address}?q=mentoren+haft")
    settle(stranger)
    expect(stranger.locator(f'.card a[href*="{first}"]')).to_have_count(0)

    with at_the_desk(browser, address, "anna@example.org") as page:
        page.goto(f"{address}desk/keep?id={first}")
        page.get_by_label("Reason, for readers").fill("Its figures are looked at again.")
        page.get_by_role("button", name="Withdraw").click()
        expect(page.locator(".banner.good")).to_contain_text("Withdrawn")
        assert (member.request.get(work).status, member.request.get(file).status) == (410, 404)
        assert reader.request.get(work).status == 404
        page.goto(f"{address}desk/keep?id={first}")
        page.get_by_role("button", name="Restore").click()
        expect(page.locator(".banner.good")).to_contain_text("Restored")
        assert (member.request.get(work).status, member.request.get(file).status) == (200, 200)
    member.close()
    reader.close()

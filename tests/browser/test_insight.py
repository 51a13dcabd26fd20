"""Counting in a real browser: a settled search once, half a word never; and the pages that tell staff of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from library.access import Role
from library.accounts import Accounts
from library.insight import Daybook, Search, Use
from library.insight.counting import FILE
from tests.browser.conftest import served
from tests.browser.test_accessible import axe, complaints
from tests.browser.test_signing_in import PASSWORD, sign_in
from tests.browser.waiting import becomes, lit, settle, within
from tests.web.small_library import small

__all__ = ["axe"]
SETTLED = 3_500
"""Milliseconds after which a search that stands has been told."""


@pytest.fixture(scope="module")
def counting_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with a librarian, in which something was searched for before."""
    root = small(tmp_path_factory)
    (root / "library.toml").write_text('[sign_in]\nway = "accounts"\n', encoding="utf-8")
    with Accounts.open(root / "private") as accounts:
        accounts.add("lib@example.org", Role.LIBRARIAN, PASSWORD)
    daybook = Daybook(root / "private" / FILE, 400)
    for words, found in (("streets", 13), ("clubbing", 0)):
        daybook.searched(Search(words, "en", "en", "", found, found))
    daybook.used("night-watch", "en", Use.READ)
    return root


@pytest.fixture(scope="module")
def counting(browser: Browser, counting_root: Path) -> Iterator[str]:
    """Where it is served."""
    with served(counting_root) as address:
        yield address


def counted(root: Path) -> dict[str, int]:
    """How often each words were counted."""
    return {asked.words: asked.times for asked in Daybook(root / "private" / FILE, 400).top(30)}


def desk(page: Page, address: str, name: str) -> None:
    """A page of the desk, as the librarian sees it."""
    page.goto(f"{address}desk/{name}")
    if "sign-in" in page.url:
        sign_in(page, "lib@example.org")
        page.wait_for_url(f"**/desk/{name}*")
    page.wait_for_selector("html[data-desk]")
    expect(page.locator("[data-looking]")).to_have_count(0, timeout=30_000)


def test_a_settled_search_is_counted_once_and_half_a_word_never(
    browser: Browser, counting: str, counting_root: Path
) -> None:
    before = counted(counting_root)
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    told: list[str] = []
    page.on("request", lambda sent: told.append(sent.post_data or "") if sent.url.endswith("/searched") else None)
    page.goto(counting)
    settle(page)
    page.wait_for_timeout(SETTLED)
    page.locator("#search-box").press_sequentially("mediators", delay=350)
    becomes(page, lambda: counted(counting_root).get("mediators", 0), 1)
    page.goto(f"{counting}?q=mediators&page=2&sort=title")
    settle(page)
    page.wait_for_timeout(SETTLED)
    assert told == ["q=mediators", "q=mediators"]
    assert counted(counting_root) == {**before, "mediators": 1}
    context.close()


def test_a_work_that_is_opened_at_once_settles_its_search(browser: Browser, counting: str, counting_root: Path) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{counting}?q=residents")
    settle(page)
    page.locator(".cards .card-title a").first.click()
    page.wait_for_url("**/work?id=*")
    becomes(page, lambda: counted(counting_root).get("residents", 0), 1)
    context.close()


def test_who_asks_not_to_be_followed_tells_nothing(browser: Browser, counting: str, counting_root: Path) -> None:
    context = browser.new_context(locale="en-GB")
    context.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    page = context.new_page()
    told: list[str] = []
    page.on("request", lambda sent: told.append(sent.url) if sent.url.endswith("/searched") else None)
    page.goto(f"{counting}?q=together")
    settle(page)
    page.wait_for_timeout(SETTLED)
    assert told == []
    assert "together" not in counted(counting_root)
    context.close()


def test_words_that_found_nothing_become_a_name_of_a_topic(browser: Browser, counting: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    desk(page, counting, "insight")
    row = page.locator("#unanswered tr", has_text="clubbing")
    expect(row).to_contain_text("still nothing")
    row.get_by_text("Add to a topic…").click()
    row.get_by_label("Topic").fill("Nightlife")
    row.get_by_role("button", name="Add the name").click()
    expect(page.get_by_role("status").first).to_contain_text("“clubbing” is now a name of the topic “Nightlife”.")
    expect(row).to_contain_text("1 work")
    page.get_by_role("button", name="Take it back").click()
    expect(row).to_contain_text("still nothing")
    context.close()


@pytest.mark.parametrize("name", ["insight", "health"])
def test_axe_finds_nothing_and_nothing_runs_over(browser: Browser, counting: str, axe: str, name: str) -> None:
    context = browser.new_context(bypass_csp=True, locale="en-GB")
    page = context.new_page()
    desk(page, counting, name)
    page.evaluate("document.querySelectorAll('.labelling').forEach(form => { form.open = true })")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        within(page, width)
        for scheme in ("light", "dark"):
            lit(page, scheme)
            assert complaints(page, axe) == []
    context.close()

"""The staff desk in a real browser: files dropped, reviewed, corrected, published, found; withdrawn and restored."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from library.access import Role
from library.accounts import Accounts
from tests.browser.conftest import served
from tests.browser.test_accessible import axe, complaints  # noqa: F401 - the fixture
from tests.browser.waiting import becomes, settle, within
from tests.browser.watching import Watch
from tests.papers import paper
from tests.web.small_library import small

PASSWORD = "seven lamps on a square"
LONG = 60_000
"""Milliseconds for a file to be read on a busy machine."""
WORDS = (
    "La ville de Lyon a mis en place une équipe de médiateurs de nuit qui parcourt les rues du centre. Les habitants "
    "les appellent quand il y a du bruit, et la police municipale travaille avec eux."
)
DROP = """files => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    carried.items.add(new File([bytes], name));
  }
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture(scope="module")
def desk_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with accounts."""
    root = small(tmp_path_factory)
    (root / "library.toml").write_text('[sign_in]\nway = "accounts"\n', encoding="utf-8")
    with Accounts.open(root / "private") as accounts:
        accounts.add("carla@example.org", Role.CONTRIBUTOR, PASSWORD)
        accounts.add("anna@example.org", Role.LIBRARIAN, PASSWORD)
        accounts.add("ben@example.org", Role.LIBRARIAN, PASSWORD)
    return root


@pytest.fixture(scope="module")
def desk(browser: Browser, desk_root: Path) -> Iterator[str]:
    """Where it is served."""
    with served(desk_root) as address:
        yield address


@contextmanager
def at_the_desk(
    browser: Browser, address: str, name: str, width: int = 1280, language: str = "en-GB", dark: bool = False
) -> Iterator[Page]:
    """Somebody signed in, on the first page of the desk; nothing may be complained of or come from elsewhere."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale=language,
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(f"{address}desk")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("form button").click()
    page.wait_for_selector("html[data-desk]", state="attached")
    watch = Watch(page, address)
    yield page
    assert watch.complaints == []
    assert watch.foreign == []
    context.close()


def drop(page: Page, files: dict[str, bytes]) -> None:
    """Drop files on the page as from another window."""
    page.evaluate(DROP, [[name, base64.b64encode(content).decode("ascii")] for name, content in files.items()])


def state(page: Page, name: str) -> str:
    """How far a file is."""
    rows = page.locator(".arrival", has=page.get_by_text(name, exact=True))
    steps = rows.evaluate_all("rows => rows.map((row) => row.dataset.step || '')")  # in one look: rows come and go
    return str(steps[0]) if len(steps) == 1 else ""


def ready(page: Page) -> None:
    """Until the page of the desk is there with its scripts."""
    page.wait_for_selector("html[data-desk]", state="attached")


def save(page: Page, words: str = "Save") -> None:
    """Save, and wait for what the page says."""
    page.get_by_role("button", name=words, exact=True).click()


def test_from_a_drop_to_a_reader_and_back(browser: Browser, desk: str, desk_root: Path, tmp_path: Path) -> None:
    new = paper(tmp_path / "lyon.pdf", f"Médiation de nuit à Lyon. Mai 2024. {WORDS}", WORDS, title="Médiation à Lyon")
    known = (desk_root / "documents" / "night-watch" / "en.pdf").read_bytes()
    with at_the_desk(browser, desk, "anna@example.org") as page:
        page.get_by_role("link", name="Add files").click()
        ready(page)
        drop(page, {"lyon-mediation.pdf": new.read_bytes(), "known.pdf": known, "broken.pdf": b"%PDF-1.4 nothing"})
        for name, step in (("lyon-mediation.pdf", "draft"), ("known.pdf", "unchanged"), ("broken.pdf", "rejected")):
            becomes(page, lambda name=name: state(page, name), step)  # type: ignore[misc]
        page.locator('[data-step="draft"] a').click()
        ready(page)
        becomes(page, lambda: page.evaluate("document.getElementById('page-image').naturalWidth > 500"), True)

        # The page beside the form: the next one, and the one that a field rests on, with what was typed still there.
        page.get_by_label("Title", exact=True).fill("Zébulon: night mediation")
        page.get_by_role("button", name="Next page").click()
        expect(page.locator("#page-said")).to_have_text("Page 2 of 2")
        becomes(page, lambda: page.evaluate("document.getElementById('page-image').naturalWidth > 500"), True)
        page.locator(".because button").first.click()
        expect(page.locator("#page-said")).to_have_text("Page 1 of 2")
        expect(page.locator("#page-quote q")).to_be_visible()

        # What is wrong is said while one types, and away with it.
        page.get_by_label("Date of publication").fill("May")
        expect(page.locator("#field-date-problem .problem")).to_contain_text("write a year")
        page.get_by_label("Date of publication").fill("2024-05")
        expect(page.locator("#field-date-problem .problem")).to_have_count(0)

        # Topics by search, with the keyboard alone.
        search = page.get_by_role("searchbox", name="Search all themes")
        search.press_sequentially("NIGHTL")
        search.press("Enter")
        expect(page.locator(".chips").get_by_role("checkbox", name="Nightlife")).to_be_checked()
        page.get_by_label("City 1").fill("Lyon")
        page.get_by_label("Country 1").select_option("FR")
        expect(page.get_by_label("City 2")).to_be_visible()
        save(page, "Publish")
        expect(page.locator(".banner.good")).to_contain_text("Published")
        published = page.url

    reader = browser.new_context(locale="en-GB")
    seen = reader.new_page()
    seen.goto(f"{desk}?q=zebulon")
    settle(seen)
    expect(seen.locator(".answer-count")).to_have_text("1 work found", timeout=LONG)
    seen.get_by_role("link", name="Zébulon: night mediation").click()
    seen.wait_for_url("**/work?id=*")
    public = seen.url
    work = public.partition("id=")[2].partition("&")[0]

    with at_the_desk(browser, desk, "anna@example.org") as page:
        page.goto(f"{desk}desk/keep?id={work}")
        page.get_by_label("Reason, for readers").fill("It was a test of the desk.")
        page.get_by_role("button", name="Withdraw").click()
        expect(page.locator(".banner.good")).to_contain_text("Withdrawn")
        answer = reader.request.get(public)
        assert (answer.status, "It was a test of the desk." in answer.text()) == (410, True)
        seen.goto(public)
        expect(seen.locator(".work-withdrawn")).to_contain_text("It was a test of the desk.", timeout=LONG)
        seen.goto(f"{desk}?q=zebulon")
        settle(seen)
        expect(seen.locator(".card")).to_have_count(0)
        page.goto(f"{desk}desk/keep?id={work}")
        page.get_by_role("button", name="Restore").click()
        expect(page.locator(".banner.good")).to_contain_text("Restored")
        assert reader.request.get(public).status == 200
        page.get_by_role("link", name="History").click()
        ready(page)
        expect(page.locator(".change-head")).to_have_count(4)  # saved, published, withdrawn, restored
    reader.close()
    assert work in published


def test_a_file_has_one_row_whichever_answer_is_here_first(
    browser: Browser, desk: str, desk_root: Path, tmp_path: Path
) -> None:
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        held.append((route, route.fetch()))

    known = (desk_root / "documents" / "night-watch" / "en.pdf").read_bytes()
    new = paper(tmp_path / "late.pdf", f"Une lettre sur les bancs. {WORDS}", title="Les bancs")
    with at_the_desk(browser, desk, "carla@example.org") as page:
        page.goto(f"{desk}desk/add")
        ready(page)
        page.route(lambda url: "/desk/do/receive?name=late.pdf" in url, hold)
        drop(page, {"late.pdf": new.read_bytes(), "known.pdf": known})
        rows = page.locator(".arrival", has=page.get_by_text("late.pdf", exact=True))
        expect(rows.and_(page.locator("[data-done]"))).to_have_count(1)  # told of while its own answer is held back
        ((route, answer),) = held
        route.fulfill(response=answer)
        becomes(page, lambda: state(page, "late.pdf"), "draft")


def test_without_script_the_same_is_done_with_plain_forms(
    browser: Browser, desk: str, desk_root: Path, tmp_path: Path
) -> None:
    context = browser.new_context(locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk}desk/add")
    page.locator("#name").fill("carla@example.org")
    page.locator("#password").fill(PASSWORD)
    page.locator("form button").click()
    new = paper(tmp_path / "plain.pdf", f"Un bilan des lampes. {WORDS} Le bilan est clair.", title="Bilan des lampes")
    page.locator('input[name="files"]').set_input_files(new)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".banner.good")).to_contain_text("The files have arrived.")
    while page.locator('[data-step="draft"]').count() == 0:
        page.wait_for_timeout(300)
        page.get_by_role("link", name="See how far they are").click()
    page.locator('[data-step="draft"] a').click()
    page.get_by_label("Abstract").fill("Written without script.")
    page.locator("button.use").first.click()
    expect(page.get_by_label("Abstract")).to_have_value("Written without script.")
    page.get_by_label("Date of publication").fill("May")
    save(page)
    expect(page.locator("#wrong")).to_contain_text("Date of publication")
    page.get_by_label("Date of publication").fill("2024")
    save(page)
    expect(page.locator(".banner.good")).to_contain_text("Saved.")
    expect(page.get_by_label("Abstract")).to_have_value("Written without script.")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)  # a contributor's desk
    context.close()


def test_of_two_librarians_at_one_record_the_second_is_shown_both(browser: Browser, desk: str) -> None:
    address = f"{desk}desk/work?id=volume-4"
    with at_the_desk(browser, desk, "ben@example.org") as ben:
        ben.goto(address)
        ready(ben)
        other = browser.new_context(locale="en-GB")
        anna = other.new_page()
        anna.goto(f"{desk}sign-in?next=desk/work?id=volume-4")
        anna.locator("#name").fill("anna@example.org")
        anna.locator("#password").fill(PASSWORD)
        anna.locator("form button").click()
        ready(anna)
        anna.get_by_label("Title", exact=True).fill("Volume 4, by Anna")
        anna.get_by_label("Abstract").fill("Words of Anna.")
        ben.get_by_label("Title", exact=True).fill("Volume 4, by Ben")
        save(ben)
        expect(ben.locator(".banner.good")).to_contain_text("Saved.")
        save(anna)
        expect(anna.locator("#clash")).to_be_focused()
        expect(anna.locator("#clash")).to_contain_text("Volume 4, by Ben")
        expect(anna.get_by_label("Title", exact=True)).to_have_value("Volume 4, by Anna")
        expect(anna.get_by_label("Abstract")).to_have_value("Words of Anna.")
        anna.get_by_role("radio", name="Volume 4, by Ben").check()
        save(anna)
        expect(anna.locator(".banner.good")).to_contain_text("Saved.")
        expect(anna.get_by_label("Title", exact=True)).to_have_value("Volume 4, by Ben")
        expect(anna.get_by_label("Abstract")).to_have_value("Words of Anna.")
        other.close()


@pytest.mark.parametrize(("width", "language", "dark"), [(1280, "en-GB", False), (390, "fr-FR", True)])
def test_axe_finds_nothing_at_the_desk(
    browser: Browser,
    desk: str,
    axe: str,  # noqa: F811
    width: int,
    language: str,
    dark: bool,
) -> None:
    pages = (
        "desk?state=published", "desk/add", "desk/work?id=night-watch", "desk/work?id=odd-title",
        "desk/keep?id=night-watch",
        "desk/history?id=volume-4", "desk/journal", "desk/bulk?work=night-watch&work=volume-1",
        "desk/merge?into=night-watch&other=volume-1",
    )  # fmt: skip
    with at_the_desk(browser, desk, "anna@example.org", width, language, dark) as page:
        wrong = {}
        for path in pages:
            page.goto(desk + path)
            ready(page)
            for details in page.locator("main details").all():
                details.evaluate("one => { one.open = true; }")
            wrong[path] = complaints(page, axe)
            within(page, width)
        assert {path: found for path, found in wrong.items() if found} == {}

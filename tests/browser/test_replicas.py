"""Two replicas behind nginx, as documented: one library, and nobody is sent away when one of them is killed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from library.access import Role
from library.accounts import Accounts
from library.web.desk.addresses import MOST_HANDED_IN
from library.web.desk.bounded import LONGEST_FORM
from library.web.desk.receiving import MOST_SENT
from tests.browser.conftest import CHECKOUT
from tests.browser.proxied import DOCUMENTED, MARKS, Proxied, proxied
from tests.browser.test_desk import drop, ready
from tests.browser.test_journey import search
from tests.browser.waiting import settle
from tests.papers import COUNCIL, paper
from tests.web.small_library import build

WHO = "anna@example.org"
WAY = "next=%2F%3Fq%3Dnight"
PASSWORD = "seven lamps on a square"
FOUND = 14
"""Works of the small library that have the word night in them, for staff."""
COMES_FROM = "127.0.0.7"
"""As nginx sees a visitor; the replicas see nginx come from 127.0.0.1."""
TOKEN = re.compile(r'name="token" value="([^"]+)"')
PRETENDED = "203.0.113.9"
LONG = 120_000
"""Milliseconds for a file to be read on a busy machine, by a replica that has just taken this over."""
LEFT = "net::ERR_ABORTED"
"""What Chromium says of a request that nobody waits for, as the page was left meanwhile."""


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    """Two replicas over a small library with an account, behind nginx."""
    root = build(tmp_path_factory.mktemp("replicas"))
    settings = '[sign_in]\nway = "accounts"\nproxies = ["127.0.0.1"]\n'
    (root / "library.toml").write_text(settings, encoding="utf-8")
    with Accounts.open(root / "private") as accounts:
        accounts.add(WHO, Role.LIBRARIAN, PASSWORD)
    with proxied(root, tmp_path_factory.mktemp("nginx")) as running:
        yield running


def test_the_limits_of_the_proxy_let_through_what_the_program_takes() -> None:
    text = DOCUMENTED.read_text(encoding="utf-8")
    sizes = [int(size) * 1024 * 1024 for size in re.findall(r"client_max_body_size (\d+)m;", text)]
    forms, files = sizes
    assert forms >= LONGEST_FORM
    assert files >= max(MOST_SENT, MOST_HANDED_IN)


def test_the_page_on_scaling_speaks_of_this_configuration() -> None:
    page = (CHECKOUT / "docs" / "scaling.md").read_text(encoding="utf-8")
    assert "(nginx.conf)" in page


def sign_in(page: Page, address: str) -> None:
    """Fill in the form for signing in, on the way to a search."""
    page.goto(f"{address}sign-in?{WAY}")
    page.get_by_label("Name or e-mail address").fill(WHO)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def added(page: Page, name: str, content: bytes) -> None:
    """Drop a file at the desk, and wait until it is a draft."""
    page.get_by_role("link", name="Add files").click()
    ready(page)
    drop(page, {name: content})
    draft = page.locator(".arrival[data-step=draft]", has=page.get_by_text(name, exact=True))
    expect(draft).to_have_count(1, timeout=LONG)


def cookies_of(context: BrowserContext) -> str:
    """The cookies of a browser, as it sends them."""
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in context.cookies())


def found(page: Page, words: str, count: int) -> None:
    """Search on the page that is open: without loading anything anew."""
    search(page, words)
    expect(page.locator(".answer-count")).to_have_text(f"{count} works found" if count > 1 else "1 work found")
    expect(page.locator(".person")).to_contain_text(WHO)


def test_one_replica_is_killed_and_everybody_goes_on(browser: Browser, replicas: Proxied, tmp_path: Path) -> None:
    first, second = replicas.replicas
    context = browser.new_context(locale="en-GB", ignore_https_errors=True)
    mark = replicas.mark_of(first)  # the one that works through arrivals, so that this changes hands too
    context.add_cookies([{"name": "replica", "value": mark, "url": replicas.address, "secure": True}])
    page = context.new_page()
    refused: list[str] = []
    page.on("response", lambda one: refused.append(f"{one.status} {one.url}") if one.status >= 500 else None)
    page.on("requestfailed", lambda one: refused.append(f"{one.failure} {one.url}") if one.failure != LEFT else None)

    sign_in(page, replicas.address)
    page.wait_for_url(f"{replicas.address}?q=night")
    settle(page)
    found(page, "night", FOUND)
    assert replicas.asked(f"/sign-in?{WAY}") == [([first], 200)], "a mark leads to one replica"

    # What comes in through one is found through the other, by the same session.
    page.get_by_role("link", name="Desk").click()
    ready(page)
    added(page, "one.pdf", paper(tmp_path / "one.pdf", f"{COUNCIL} Zebulon speaks.").read_bytes())
    everywhere = f"/export?q=zebulon&format=csv&of={second}"
    other = f"{cookies_of(context)}; replica={replicas.mark_of(second)}"
    other = re.sub(rf"replica={mark}; |; replica={mark}(?=;|$)", "", other, count=1)
    answer = replicas.get(everywhere, Cookie=other)
    assert (answer.status_code, len(answer.text.splitlines())) == (200, 2), answer.text
    assert replicas.asked(everywhere) == [([second], 200)]
    assert len(replicas.get("/export?q=zebulon&format=csv").text.splitlines()) == 1, "not for anybody"

    # The page is open on the one that is killed: it goes on with the other, still signed in.
    page.goto(f"{replicas.address}?q=night")
    settle(page)
    refused.clear()
    with page.expect_websocket(timeout=60_000):
        replicas.kill(first)
    found(page, "zebulon", 1)
    found(page, "night", FOUND)
    page.get_by_role("link", name="Desk").click()
    ready(page)
    # Files are worked through as well: the other has taken that over.
    added(page, "two.pdf", paper(tmp_path / "two.pdf", f"{COUNCIL} Pumuckl replies.").read_bytes())
    assert len(refused) <= 1, refused  # what the one that was killed had begun to answer; none as a rule
    context.close()

    # Whatever mark a browser has, it is answered.
    answers = {replicas.get("/robots.txt", Cookie=f"replica={number:02x}").status_code for number in range(MARKS)}
    assert answers == {200}


def test_failures_are_counted_for_where_a_visitor_comes_from(replicas: Proxied) -> None:
    form = replicas.get("/sign-in")
    token = TOKEN.search(form.text)
    assert token is not None
    before = form.headers["Set-Cookie"].partition(";")[0]
    answer = replicas.send(
        "/sign-in",
        {"token": token[1], "name": WHO, "password": "not the password"},
        COMES_FROM,
        **{"Cookie": before, "X-Forwarded-For": PRETENDED},
    )
    assert answer.status_code == 403
    said = "".join((replicas.folder / log).read_text(encoding="utf-8") for log in ("first.log", "second.log"))
    assert f"a sign-in from {COMES_FROM} failed" in said
    assert PRETENDED not in said


def test_a_browser_is_marked_once_and_only_with_a_page(replicas: Proxied) -> None:
    given = replicas.get("/").headers["Set-Cookie"]
    assert re.fullmatch(r"replica=[0-9a-f]{2}; Path=/; Secure; HttpOnly; SameSite=Lax", given)
    assert "Set-Cookie" not in replicas.get("/", Cookie="replica=a7").headers
    assert "Set-Cookie" in replicas.get("/", Cookie="replica=<b>").headers
    assert "Set-Cookie" not in replicas.get("/robots.txt").headers


def test_a_file_comes_in_ranges_and_whole(replicas: Proxied) -> None:
    part = replicas.get("/files/night-watch/en.pdf", Range="bytes=1-3")
    assert (part.status_code, part.content) == (206, b"PDF")
    whole = replicas.get("/files/night-watch/en.pdf")
    assert (whole.status_code, len(whole.content)) == (200, int(whole.headers["Content-Length"]))


def test_without_tls_one_is_sent_to_where_it_is(replicas: Proxied) -> None:
    answer = httpx.get(f"{replicas.plain}work?id=night-watch", timeout=60)
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://localhost/work?id=night-watch")

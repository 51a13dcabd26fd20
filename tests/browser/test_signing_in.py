"""Signing in, in a real browser: with an account, and over a provider; what opens then, and what shuts when it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from library.access import Role
from library.accounts import Accounts
from library.web.signing_in import NEXT
from library.web.visitor import SESSION
from tests.browser.conftest import served
from tests.browser.test_accessible import axe as axe
from tests.browser.test_accessible import complaints
from tests.browser.test_journey import search
from tests.browser.waiting import lit, settle, within
from tests.ports import free_port
from tests.web.small_library import small

PASSWORD = "seven lamps on a square"
HIDDEN = "files/hidden-plan/en.pdf"
OPEN = (13, 14)
"""Works that have the word night in them: for readers, for members."""


@pytest.fixture(scope="module")
def local_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with accounts."""
    root = small(tmp_path_factory)
    (root / "library.toml").write_text('[sign_in]\nway = "accounts"\n', encoding="utf-8")
    with Accounts.open(root / "private") as accounts:
        accounts.add("mem@example.org", Role.MEMBER, PASSWORD)
        accounts.add("lib@example.org", Role.LIBRARIAN, PASSWORD)
    return root


@pytest.fixture(scope="module")
def local(browser: Browser, local_root: Path) -> Iterator[str]:
    """Where it is served."""
    with served(local_root) as address:
        yield address


@contextmanager
def fresh(browser: Browser, width: int = 1280) -> Iterator[tuple[BrowserContext, Page]]:
    """A browser that has never been here."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
    yield context, context.new_page()
    context.close()


def may_read(context: BrowserContext, address: str) -> bool:
    """Whether the file of the members' work comes to this browser."""
    answer = context.request.get(address + HIDDEN)
    assert answer.status in (200, 404)
    assert answer.body().startswith(b"%PDF") == (answer.status == 200)
    return answer.status == 200


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill in the form and send it."""
    page.get_by_label("Name or e-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def written(cookies: Mapping[str, str]) -> str:
    """Cookies as a browser sends them."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def found(page: Page, count: int) -> None:
    """The answer counts so many works."""
    expect(page.locator(".answer-count")).to_have_text(f"{count} works found", timeout=30_000)


def test_an_account_opens_what_is_for_members_until_it_is_signed_out_elsewhere(
    browser: Browser, local: str, local_root: Path
) -> None:
    with fresh(browser) as (context, page):
        page.goto(f"{local}?q=night")
        settle(page)
        found(page, OPEN[0])
        assert not may_read(context, local)

        page.get_by_role("link", name="Sign in").click()
        sign_in(page, "mem@example.org", "not the password")
        expect(page.get_by_role("alert")).to_have_text("The name or the password is not right.")
        sign_in(page, "Mem@Example.org")
        page.wait_for_url(f"{local}?q=night")  # back where the way in was taken
        settle(page)
        found(page, OPEN[1])
        expect(page.locator(".person")).to_contain_text("mem@example.org")
        expect(page.get_by_role("link", name="Desk")).to_have_count(0)
        assert may_read(context, local)
        page.goto(f"{local}work?id=hidden-plan")
        settle(page)
        expect(page.locator("h1")).to_have_text("Hidden plan")
        page.goto(f"{local}?q=night")
        settle(page)
        found(page, OPEN[1])

        with Accounts.open(local_root / "private") as accounts:  # another process, as the command line is
            assert accounts.sessions.end_all("mem@example.org") == 1
        assert not may_read(context, local)
        search(page, "night mediators")  # the page stays open: it is not loaded anew
        expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=30_000)
        search(page, "night")
        found(page, OPEN[0])


def test_whoever_signs_out_is_out_at_once_and_a_copy_of_the_cookie_is_worth_nothing(
    browser: Browser, local: str
) -> None:
    with fresh(browser, width=390) as (context, page):
        page.goto(f"{local}sign-in?next=%2Fwork%3Fid%3Dhidden-plan")
        sign_in(page, "lib@example.org")
        page.wait_for_url(f"{local}work?id=hidden-plan")
        settle(page)
        expect(page.get_by_role("link", name="Desk")).to_be_visible()
        within(page, 390)
        kept = [cookie for cookie in context.cookies() if cookie["name"] == SESSION]
        assert [(c["httpOnly"], c["secure"], c["sameSite"], c["path"]) for c in kept] == [(True, True, "Lax", "/")]
        assert page.evaluate("document.cookie").find("Host-") == -1
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=30_000)
    copy = urllib.request.Request(local + HIDDEN, headers={"Cookie": written({SESSION: kept[0]["value"]})})
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(copy, timeout=30)


def test_where_somebody_says_to_come_from_is_not_believed(browser: Browser, local: str, local_root: Path) -> None:
    with fresh(browser) as (_, page):
        page.set_extra_http_headers({"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9"})
        page.goto(f"{local}sign-in")
        sign_in(page, "somebody", "not the password")
        expect(page.get_by_role("alert")).to_be_visible()
    log = (local_root / "server.log").read_text(encoding="utf-8")
    assert re.search(r"a sign-in from (127\.0\.0\.1|::1) failed", log)
    assert "203.0.113.9" not in log


def test_another_role_counts_in_the_page_that_is_open(browser: Browser, local: str, local_root: Path) -> None:
    with fresh(browser) as (context, page):
        page.goto(f"{local}sign-in")
        sign_in(page, "lib@example.org")
        page.wait_for_url(local)
        settle(page)
        expect(page.get_by_role("link", name="Desk")).to_be_visible(timeout=30_000)
        with Accounts.open(local_root / "private") as accounts:
            accounts.set_role("lib@example.org", Role.READER)
            search(page, "night")
            found(page, OPEN[0])
            expect(page.get_by_role("link", name="Desk")).to_have_count(0)
            assert not may_read(context, local)
            accounts.set_role("lib@example.org", Role.LIBRARIAN)
        assert may_read(context, local)


def test_axe_finds_nothing_in_the_form_and_at_the_head_of_a_page(browser: Browser, local: str, axe: str) -> None:
    context = browser.new_context(bypass_csp=True, locale="fr-FR")
    page = context.new_page()
    for failed in (False, True):
        page.goto(f"{local}sign-in")
        if failed:
            page.locator("#name").fill("nobody")
            page.locator("#password").fill("nobody has this one")
            page.locator("main button").click()
            page.locator("#failed").wait_for()
        for width, scheme in ((1280, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            lit(page, scheme)
            assert complaints(page, axe) == []
            within(page, width)
    page.locator("#name").fill("lib@example.org")
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    settle(page)
    page.locator(".person-name").wait_for()
    for width, scheme in ((1280, "light"), (390, "dark"), (320, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        lit(page, scheme)
        assert complaints(page, axe) == []
        within(page, width)
    page.goto(f"{local}sign-in")
    assert complaints(page, axe) == []
    context.close()


RULES = """
[sign_in]
way = "oidc"
[[sign_in.roles]]
role = "librarian"
claim = "groups"
value = "library"
[[sign_in.roles]]
role = "member"
domain = "City.Example"
"""
SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "a text that only this test knows, long enough"
client_id = "library"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Where a provider answers."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert server.poll() is None
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def knows(provider: str, subject: str, **claims: object) -> None:
    """Tell the provider about somebody."""
    request = urllib.request.Request(
        f"{provider}/users/{quote(subject)}",
        json.dumps(claims).encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.urlopen(request, timeout=30).close()


@pytest.fixture(scope="module")
def vouched(browser: Browser, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Where a library is served to which people sign in over that provider, and its folder."""
    root, port = small(tmp_path_factory), free_port()
    (root / "library.toml").write_text(RULES, encoding="utf-8")
    (root / ".streamlit").mkdir()
    (root / ".streamlit" / "secrets.toml").write_text(SECRETS.format(port=port, provider=provider), encoding="utf-8")
    with served(root, port) as address:
        yield address, root


def come_over_the_provider(page: Page, address: str, subject: str) -> None:
    """From the page of the library to the provider, and back as somebody."""
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Sign in with your organisation").click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url(f"{address}**")


def test_a_provider_vouches_for_a_member_until_the_session_is_ended(
    browser: Browser, vouched: tuple[str, Path], provider: str
) -> None:
    address, root = vouched
    knows(provider, "mem", email="Mem@City.example", email_verified=True)
    with fresh(browser) as (context, page):
        page.goto(f"{address}?q=night")
        settle(page)
        assert not may_read(context, address)
        come_over_the_provider(page, address, "mem")
        page.wait_for_url(f"{address}?q=night")
        settle(page)
        found(page, OPEN[1])
        expect(page.locator(".person")).to_contain_text("mem@city.example")
        assert may_read(context, address)
        # What Streamlit keeps of a sign-in is exchanged and gone: it could not be taken back.
        assert {c["name"] for c in context.cookies(address) if c["name"].startswith("_streamlit_user")} == set()

        with Accounts.open(root / "private") as accounts:
            assert accounts.sessions.end_all("mem@city.example") == 1
        assert not may_read(context, address)
        search(page, "night mediators")
        expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=30_000)


def test_the_groups_of_a_provider_give_a_role_and_an_address_that_is_not_verified_gives_none(
    browser: Browser, vouched: tuple[str, Path], provider: str
) -> None:
    address, _ = vouched
    knows(provider, "lib", email="lib@elsewhere.example", groups=["staff", "Library"])
    knows(provider, "guest", email="boss@city.example", email_verified=False)
    with fresh(browser) as (context, page):
        page.goto(address)
        settle(page)
        come_over_the_provider(page, address, "lib")
        settle(page)
        expect(page.get_by_role("link", name="Desk")).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=30_000)
        assert not may_read(context, address)

        come_over_the_provider(page, address, "guest")
        settle(page)
        expect(page.locator(".person")).to_contain_text("guest", timeout=30_000)
        assert not may_read(context, address)


def test_what_the_provider_said_counts_once_and_only_where_the_way_was_begun(
    browser: Browser, vouched: tuple[str, Path], provider: str
) -> None:
    address, _ = vouched
    knows(provider, "mem2", email="mem2@city.example")
    copied: list[str] = []
    with fresh(browser) as (context, page):
        page.on("request", lambda asked: copied.append(asked.all_headers().get("cookie", "")))
        page.goto(address)
        settle(page)
        come_over_the_provider(page, address, "mem2")
        settle(page)
        assert may_read(context, address)
    seen = {
        name: value
        for line in copied
        for name, _, value in (part.strip().partition("=") for part in line.split(";"))
        if name.startswith("_streamlit_user")
    }
    assert "_streamlit_user" in seen
    for cookies in (seen, {**seen, NEXT: "x"}):  # in another browser; in one that came from the form
        request = urllib.request.Request(address, headers={"Cookie": written(cookies)})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert (answer.status, answer.headers.get_all("set-cookie")) == (200, None)

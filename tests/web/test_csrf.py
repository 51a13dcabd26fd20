"""No other site acts in the name of somebody who is signed in, and none signs anybody in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.access import User
from library.web.csrf import BEFORE, HEADER
from library.web.visitor import SESSION
from tests.web.people import HOST, LOCAL, PASSWORD, Served, form_token, serving

FILE = "/files/hidden-plan/en.pdf"
OWN = {"Origin": HOST, "Sec-Fetch-Site": "same-origin"}
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "https://library.example.evil.example"},
    {"Origin": "https://sub.library.example"},
    {"Origin": "https://library.example:8443"},
    {"Origin": "https://[broken"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": HOST, "Sec-Fetch-Site": "cross-site"},
]


@pytest.fixture
def served(root: Path, tmp_path: Path) -> Iterator[Served]:
    """The small library, with people who have accounts."""
    with serving(root, tmp_path / "private") as opened:
        yield opened


def signs_out(browser: TestClient, token: object, headers: dict[str, str], field: str = "token") -> bool:
    """Whether a form with this token ends the session."""
    code: int = browser.post("/sign-out", data={field: token}, headers=headers).status_code
    assert code in (303, 403)
    return code == 303


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_of_another_site_does_nothing_even_with_the_token(served: Served, headers: dict[str, str]) -> None:
    browser = served.signed_in("mem")
    assert not signs_out(browser, form_token(browser), headers)
    assert browser.get(FILE).status_code == 200
    assert signs_out(browser, form_token(browser), OWN)


@pytest.mark.parametrize("headers", [{}, {"Origin": HOST}, {"Sec-Fetch-Site": "same-origin"}], ids=str)
def test_an_old_browser_is_held_by_the_token(served: Served, headers: dict[str, str]) -> None:
    browser = served.signed_in("mem")
    assert not signs_out(browser, "", headers)
    assert signs_out(browser, form_token(browser), headers)


def test_a_token_is_for_one_session(served: Served) -> None:
    mallory, victim = served.signed_in("rea"), served.signed_in("mem")
    own = form_token(victim)
    salt, mark = own.split(".")
    for token in ("", "x", own[:-1], own + "a", f"{salt}.{'0' * 64}", f"{salt[::-1]}.{mark}", own.upper(), f" {own}",
                  form_token(mallory), form_token(served.browser()), "é" * 87):  # fmt: skip
        assert not signs_out(victim, token, OWN)
    assert not signs_out(victim, own, OWN, field="other")
    again = served.signed_in("mem")
    assert not signs_out(again, own, OWN)  # another session of the same person
    assert signs_out(victim, own, OWN)


def test_the_token_may_come_in_a_header(served: Served) -> None:
    browser = served.signed_in("mem")
    assert not signs_out(browser, "x", {**OWN, HEADER: form_token(browser)})  # a wrong field is not made good
    assert signs_out(browser, "", {**OWN, HEADER: form_token(browser)})


def test_tokens_in_answers_differ_each_time_and_never_hold_the_session(served: Served) -> None:
    browser = served.signed_in("mem")
    tokens = {form_token(browser) for _ in range(5)}
    assert len(tokens) == 5
    assert browser.cookies[SESSION] not in browser.get("/sign-in").text


def test_who_was_signed_out_elsewhere_is_sent_to_the_start(served: Served) -> None:
    ended, stays = served.signed_in("mem"), served.signed_in("lib")
    token = form_token(ended)
    served.accounts.sessions.end_all("mem")
    assert signs_out(ended, token, OWN)
    assert SESSION not in ended.cookies
    assert stays.get(FILE).status_code == 200


def sign_in_with(browser: TestClient, token: str, headers: dict[str, str]) -> bool:
    """Whether a form signs a browser in."""
    fields = {"token": token, "name": "rea", "password": PASSWORD}
    answer = browser.post("/sign-in", data=fields, headers=headers)
    assert answer.status_code in (303, 403)
    return SESSION in browser.cookies


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_no_other_site_signs_anybody_in(served: Served, headers: dict[str, str]) -> None:
    browser = served.browser()
    assert not sign_in_with(browser, form_token(browser), headers)
    assert sign_in_with(browser, form_token(browser), OWN)


def test_the_form_for_signing_in_is_bound_to_the_browser_that_was_shown_it(served: Served) -> None:
    mallory, victim = served.browser(), served.browser()
    token = form_token(mallory)
    assert not sign_in_with(victim, token, {})  # no cookie of its own
    form_token(victim)
    assert not sign_in_with(victim, token, {})  # another one's
    assert not sign_in_with(victim, "", {})
    victim.cookies.set(BEFORE, "", domain="library.example", path="/")
    fresh = served.browser()
    assert not sign_in_with(fresh, form_token(served.signed_in("mem")), {})


def test_the_one_place_where_cookies_become_a_person(served: Served) -> None:
    session = served.signed_in("lib").cookies[SESSION]
    found = served.accounts.user(session, LOCAL)
    assert found is not None
    assert found == User(found.role, "lib")

"""Signing in and out: cookies, what the form tells, where it leads, and what a provider's word is worth."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from library.accounts.accounts import WORKING
from library.accounts.waiting import BY_NAME
from library.sign_in import SignIn
from library.web import Word
from library.web.forms import local_address
from library.web.signing_in import KNOWN, NEXT
from library.web.visitor import SESSION
from tests.web.people import HOST, PASSWORD, VOUCHED, WRONG, Served, form_token, send, serving

FILE = "/files/hidden-plan/en.pdf"
PIECES = st.sampled_from(["/", "\\", ".", ":", "//", "evil.example", "?", "#", "@", "%2f", "\t"])
HOSTILE = "<script>alert(1)</script>\"'"


@pytest.fixture
def served(root: Path, tmp_path: Path) -> Iterator[Served]:
    """The small library, with people who have accounts."""
    with serving(root, tmp_path / "private") as opened:
        yield opened


def cookies_set(browser: TestClient, name: str = "mem") -> dict[str, str]:
    """The cookies that signing in sets, each with its attributes, as they are sent."""
    lines = send(browser, name).headers.get_list("set-cookie")
    return {line.partition("=")[0]: line for line in lines}


def test_the_cookie_of_a_session_is_for_this_host_only_and_for_no_script(served: Served) -> None:
    for name, line in cookies_set(served.browser()).items():
        attributes = {part.strip().casefold() for part in line.split(";")[1:]}
        assert name.startswith("__Host-")
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= attributes
        assert not any(part.startswith("domain") for part in attributes)


def test_the_form_works_without_script_and_is_kept_by_nobody(served: Served) -> None:
    answer = served.browser().get("/sign-in", headers={"Accept-Language": "fr"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "<script" not in answer.text
    assert '<html lang="fr">' in answer.text
    assert 'autocomplete="current-password"' in answer.text


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(served: Served) -> None:
    answers = [send(served.browser(), name, password) for name, password in
               (("mem", WRONG), ("nobody", PASSWORD), ("nobody", ""), ("", PASSWORD))]  # fmt: skip
    assert {answer.status_code for answer in answers} == {403}
    said = {answer.text.split('class="sign-in-failed"')[1].split("</p>")[0] for answer in answers}
    assert len(said) == 1
    assert all(SESSION not in line for answer in answers for line in answer.headers.get_list("set-cookie"))


def test_what_was_typed_comes_back_as_text_and_never_the_password(served: Served) -> None:
    answer = send(served.browser(), HOSTILE, WRONG, next=f"/work?id={HOSTILE}")
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert WRONG not in answer.text


def test_too_many_tries_have_to_wait_and_the_answer_says_how_long(served: Served) -> None:
    browser = served.browser()
    for _ in range(BY_NAME.free):
        assert send(browser, "mem", WRONG).status_code == 403
    answer = send(browser, "mem", PASSWORD)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= BY_NAME.longest + 1
    assert "Try again in" in answer.text


def test_each_sign_in_is_a_new_session_and_ends_the_one_before(served: Served) -> None:
    browser = served.browser()
    token = form_token(browser)
    browser.cookies.set(SESSION, "A" * 43, domain="library.example", path="/")  # planted by somebody
    sessions = []
    for name in ("mem", "mem", "lib"):
        fields = {"token": token, "name": name, "password": PASSWORD}
        answer = browser.post("/sign-in", data=fields, headers={"Origin": HOST})
        sessions.append(answer.cookies[SESSION])
    assert len({*sessions, "A" * 43}) == 4
    opened = [served.browser().get(FILE, headers={"Cookie": f"{SESSION}={one}"}).status_code for one in sessions]
    assert opened == [404, 404, 200]


def test_signing_out_ends_the_session_on_the_server(served: Served) -> None:
    browser = served.signed_in("mem")
    kept = browser.cookies[SESSION]
    assert browser.get("/sign-out").status_code == 200  # a link does nothing
    assert browser.get(FILE).status_code == 200
    answer = browser.post("/sign-out", data={"token": form_token(browser)}, headers={"Origin": HOST})
    assert (answer.status_code, answer.headers["location"]) == (303, "./")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert SESSION not in browser.cookies
    assert KNOWN in browser.cookies
    assert served.browser().get(FILE, headers={"Cookie": f"{SESSION}={kept}"}).status_code == 404


@pytest.mark.parametrize("forged", ["", "A" * 43, "x", "%00", "A" * 5000, '"' + "A" * 43 + '"', "é"])
def test_a_forged_cookie_is_nobody(served: Served, forged: str) -> None:
    header = {"Cookie": f"{SESSION}={forged}; session={forged}".encode()}
    assert served.browser().get(FILE, headers=header).status_code == 404
    assert served.browser().get("/", headers=header).status_code == 200


def test_a_cookie_of_another_library_is_nobody(served: Served, root: Path, tmp_path: Path) -> None:
    with serving(root, tmp_path / "other") as other:
        foreign = other.signed_in("mem").cookies[SESSION]
    browser = served.browser()
    assert browser.get(FILE, headers={"Cookie": f"{SESSION}={foreign}"}).status_code == 404


def test_a_session_that_ran_out_opens_nothing(root: Path, tmp_path: Path) -> None:
    now = [time.time()]
    with serving(root, tmp_path / "private", clock=lambda: now[0]) as served:
        browser = served.signed_in("lib")
        assert browser.get(FILE).status_code == 200
        now[0] += WORKING[1]
        assert browser.get(FILE).status_code == 404


def test_where_nobody_signs_in_there_is_no_way_in(root: Path, tmp_path: Path) -> None:
    with serving(root, tmp_path / "private", SignIn()) as served:
        browser = served.browser()
        assert browser.get("/sign-in").status_code == 404
        assert browser.post("/sign-in", data={"name": "lib", "password": PASSWORD}).status_code == 404
        session = served.accounts.sign_in("lib", PASSWORD, "192.0.2.1")
        header = {"Cookie": f"{SESSION}={getattr(session, 'session', '')}"}
        assert browser.get(FILE, headers=header).status_code == 404


@pytest.mark.parametrize(
    ("given", "leads"),
    [("/work?id=night-watch", "./work?id=night-watch"), ("./?q=a+b", "./?q=a+b"),
     ("desk/work?id=x", "./desk/work?id=x"),
     ("", "./"), ("/", "./"), ("//evil.example/x", "./evil.example/x"), ("https://evil.example", "./"),
     ("/\\evil.example", "./"), ("\\\\evil.example", "./"), ("/work\r\nSet-Cookie: a=b", "./"), ("/a//b", "./"),
     ("javascript:alert(1)", "./javascript:alert(1)"), ("/../../x", "./"), ("/sign-out", "./"), ("/auth/logout", "./"),
     ("x" * 3000, "./"), ("/é", "./")],
)  # fmt: skip
def test_after_signing_in_one_stays_in_the_library(served: Served, given: str, leads: str) -> None:
    answer = send(served.browser(), "mem", next=given)
    assert (answer.status_code, answer.headers["location"]) == (303, leads)
    assert urlsplit(urljoin(f"{HOST}/sign-in", leads)).netloc == "library.example"


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["/", "\\", ".", ":", "//", "evil.example", "?", "#", "@", "%2f", "\t"]), max_size=8
    ).map("".join)
)
def test_no_address_leads_to_another_host(address: str) -> None:
    for page in (f"{HOST}/sign-in", f"{HOST}/below/sign-in?x=y"):
        leads = urljoin(page, local_address(address))
        assert (urlsplit(leads).scheme, urlsplit(leads).netloc) == ("https", "library.example")
        assert leads.startswith(page.rpartition("/")[0].partition("?")[0])


def test_the_way_back_is_the_page_where_the_link_was(served: Served) -> None:
    def then(referer: str) -> str:
        text: str = served.browser(Referer=referer).get("/sign-in").text
        return text.split('name="next" value="')[1].split('"')[0]

    assert then(f"{HOST}/work?id=night-watch") == "./work?id=night-watch"
    assert then("https://evil.example/work?id=x") == "./"
    assert then("https://[broken") == "./"
    assert then(f"{HOST}/") == "./"


def test_nothing_but_a_small_form_is_read(served: Served) -> None:
    browser = served.browser()
    token = form_token(browser)
    head = {"Origin": HOST}
    fields = {"token": token, "name": "mem", "password": PASSWORD}
    assert browser.post("/sign-in", json=fields, headers=head).status_code == 415
    assert browser.post("/sign-in", files={"name": b"mem"}, headers=head).status_code == 415
    assert browser.post("/sign-in", data={**fields, "more": "x" * 70_000}, headers=head).status_code == 413
    many = "&".join(f"a{number}=1" for number in range(500))
    form = {**head, "Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/sign-in", content=many, headers=form).status_code == 400
    assert browser.post("/sign-in", content="é".encode("latin-1"), headers=form).status_code == 400
    assert browser.post("/sign-in", data=fields, headers=head).status_code == 303


@pytest.fixture
def vouched(root: Path, tmp_path: Path) -> Iterator[Served]:
    """The small library, to which people sign in over a provider: it vouches for whoever comes with a cookie."""
    word = Word({"sub": "s", "email": "ann@city.example"}, "ticket", time.time() + 300)
    with serving(root, tmp_path / "private", VOUCHED, word=lambda cookies: word if cookies else None) as opened:
        yield opened


def test_a_providers_word_is_exchanged_for_a_session_once(vouched: Served) -> None:
    browser = vouched.browser()
    away = browser.get("/sign-in?with=provider&next=/work?id=hidden-plan")
    assert (away.status_code, away.headers["location"]) == (303, "./auth/login?provider=default")
    browser.cookies.set("_streamlit_user", "x", domain="library.example", path="/")
    arrived = browser.get("/")
    assert (arrived.status_code, arrived.headers["location"]) == (303, "./work?id=hidden-plan")
    assert browser.get(FILE).status_code == 200
    assert "_streamlit_user" not in browser.cookies

    again = vouched.browser()
    again.get("/sign-in?with=provider")
    again.cookies.set("_streamlit_user", "x", domain="library.example", path="/")
    assert again.get("/").status_code == 200
    assert again.get(FILE).status_code == 404


def test_a_providers_word_counts_only_where_the_way_was_begun(vouched: Served) -> None:
    browser = vouched.browser()
    browser.cookies.set("_streamlit_user", "x", domain="library.example", path="/")  # planted by a neighbouring host
    assert browser.get("/").status_code == 200
    # Another site cannot begin the way in somebody's browser either.
    begun = browser.get("/sign-in?with=provider", headers={"Sec-Fetch-Site": "cross-site"})
    assert begun.status_code == 200
    assert NEXT not in browser.cookies
    assert browser.get("/").status_code == 200
    assert browser.get(FILE).status_code == 404


def test_the_form_for_accounts_is_shut_where_a_provider_vouches(vouched: Served) -> None:
    browser = vouched.browser()
    assert 'type="password"' not in browser.get("/sign-in").text
    token = form_token(vouched.browser()) if "token" in browser.get("/sign-in").text else "x"
    answer = browser.post(
        "/sign-in", data={"token": token, "name": "lib", "password": PASSWORD}, headers={"Origin": HOST}
    )
    assert answer.status_code == 404
    link = browser.get(f"/sign-in?next={quote('/work?id=x')}").text
    assert "with=provider" in link

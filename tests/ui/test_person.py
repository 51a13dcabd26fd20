"""Who is signed in, at the head of a page, and the document for signing in: markup that a browser and a person read."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from library.access import ANYONE, Role, User
from library.library import Library
from library.locales import load_texts
from library.settings import Settings
from library.sign_in import Way
from library.ui.masthead import masthead
from library.ui.person import person
from library.ui.signing_in import sign_in_document
from library.ui.visit import Visit
from library.web import Asked

T = load_texts("en")
HOSTILE = "<img src=x onerror=alert(1)>&\"'"


def text(markup: str) -> str:
    """What is read."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_where_nobody_signs_in_nothing_is_said() -> None:
    assert person(T, ANYONE, Way.NONE, "") == ""
    assert person(T, User(Role.LIBRARIAN, "ada"), Way.NONE, "x") == ""


def test_the_way_in_keeps_the_language() -> None:
    assert 'href="./sign-in"' in person(T, ANYONE, Way.ACCOUNTS, "")
    assert 'href="./sign-in?ui=fr"' in person(load_texts("fr"), ANYONE, Way.OIDC, "", "fr")


@pytest.mark.parametrize(
    ("role", "desk"),
    [(Role.READER, False), (Role.MEMBER, False), (Role.CONTRIBUTOR, True), (Role.LIBRARIAN, True)],
)
def test_staff_are_led_to_the_desk(role: Role, desk: bool) -> None:
    markup = person(T, User(role, HOSTILE), Way.ACCOUNTS, "the-token")
    assert ('href="./desk"' in markup) == desk
    assert "<img" not in markup
    assert f"Signed in as {HOSTILE}" in text(markup)
    assert 'method="post" action="./sign-out"' in markup
    assert 'name="token" value="the-token"' in markup


def test_the_head_of_a_page_is_the_same_each_time(root: Path) -> None:
    (root / "library.toml").write_text('[sign_in]\nway = "accounts"\n', encoding="utf-8")
    try:
        with Library.open(root) as library:
            user = User(Role.MEMBER, "ada@example.org")
            heads = {masthead(Visit(library, user, T, {"q": (words,)}, "", "steady"), "") for words in ("a", "b")}
            assert len(heads) == 1
            assert "ada@example.org" in heads.pop()
            assert "Sign in" in text(masthead(Visit(library, ANYONE, T, {}), ""))
    finally:
        (root / "library.toml").unlink()


def asked(**given: object) -> Asked:
    """What the document is asked for."""
    values = {"way": Way.ACCOUNTS, "user": ANYONE, "language": "en", "token": "the-token", "then": "./", **given}
    return Asked(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("failed", ["", "wrong", "wait", "stale", "provider"])
@pytest.mark.parametrize("user", [ANYONE, User(Role.MEMBER, HOSTILE)])
def test_whatever_is_said_the_document_is_whole(way: Way, failed: str, user: User) -> None:
    given = asked(way=way, failed=failed, user=user, wait=61, name=HOSTILE, then=f"./work?id={HOSTILE}")
    document = sign_in_document(given, T, Settings(name=HOSTILE, contact=HOSTILE, access_help=HOSTILE))
    assert "<img" not in document
    assert "onerror=alert(1)>" not in document
    assert "<script" not in document
    assert document.count("<h1>") == 1
    for opened in re.findall(r"<(form|main|header|p|div|label|button)\b", document):
        assert document.count(f"<{opened} ") + document.count(f"<{opened}>") == document.count(f"</{opened}>")
    ids = re.findall(r'\bid="([^"]+)"', document)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label for="([^"]+)"', document)) <= set(ids)


def test_what_failed_is_said_first_and_tied_to_the_fields() -> None:
    document = sign_in_document(asked(failed="wrong", name="ada"), T, Settings())
    assert '<p id="failed" class="sign-in-failed" role="alert">' in document
    assert document.count('aria-describedby="failed" aria-invalid="true"') == 2
    assert 'value="ada"' in document
    assert "<title>Not signed in: Sign in" in document
    assert "61 seconds" in sign_in_document(asked(failed="wait", wait=61), T, Settings())
    assert "1 second." in sign_in_document(asked(failed="wait", wait=1), T, Settings())


@pytest.mark.parametrize(
    ("contact", "leads"),
    [("desk@example.org", 'href="mailto:desk@example.org"'), ("https://example.org/ask", 'href="https://example.org/ask"'),
     ("javascript:alert(1)", "Ask: javascript:alert(1)")],
)  # fmt: skip
def test_whom_to_ask_is_a_link_only_when_it_can_be_one(contact: str, leads: str) -> None:
    document = sign_in_document(asked(), T, Settings(contact=contact))
    assert leads in document
    assert 'href="javascript' not in document

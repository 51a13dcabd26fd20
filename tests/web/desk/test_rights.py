"""Who gets in at the desk: every route, for every role; and no form but our own, from the person it was shown to."""

from __future__ import annotations

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from library.access import Right, Role, rights_of
from library.accounts import Accounts
from library.library import Library
from library.model import Status
from library.web.csrf import HEADER
from library.web.desk import desk_routes
from tests.papers import everything_under
from tests.web.desk.conftest import Come, Person

ROUTES = [route for route in desk_routes(lambda: None) if isinstance(route, Route)]  # type: ignore[arg-type, return-value]
PAGES = [route.path for route in ROUTES if "GET" in (route.methods or set())]
ACTIONS = [route.path for route in ROUTES if "POST" in (route.methods or set())]
CONTRIBUTED = {"/desk", "/desk/add", "/desk/arrivals", "/desk/work", "/desk/page-image", "/desk/history"}
CONTRIBUTED |= {"/desk/do/receive", "/desk/do/add", "/desk/do/dismiss", "/desk/do/save", "/desk/check", "/desk/do/ocr"}
"""What contributors get to; the rest is for librarians."""


def test_the_routes_are_known() -> None:
    assert len(PAGES) >= 10 and len(ACTIONS) >= 15
    assert set(PAGES) & set(ACTIONS) == set()
    assert {Right.PUBLISH, Right.KEEP} & rights_of(Role.CONTRIBUTOR) == set()


def test_strangers_are_asked_to_sign_in_and_members_are_told_nothing(come: Come) -> None:
    reader, member = come(Role.READER), come(Role.MEMBER)
    for path in PAGES:
        answer = reader.get(path, id="patrol")
        assert answer.status_code == 303
        assert answer.headers["location"].lstrip("./").startswith("sign-in?next=desk"), path
        refused = member.get(path, id="patrol")
        assert refused.status_code == 404, path
        assert "patrol en" not in refused.text
        assert refused.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("role", [Role.READER, Role.MEMBER])
def test_nobody_without_a_right_does_anything(come: Come, shelf: Library, role: Role) -> None:
    before = everything_under(shelf.root / "documents")
    person, other = come(role), come(Role.LIBRARIAN)
    fields = {"token": other.token(), "id": "patrol", "why": "because", "into": "lamps", "other": "inside"}
    for path in ACTIONS:
        answer = person.client.post(path, data=fields, headers=person.head, follow_redirects=False)
        assert answer.status_code == (401 if role is Role.READER else 404), path
    assert everything_under(shelf.root / "documents") == before


def test_contributors_do_not_get_to_what_is_for_librarians(come: Come, shelf: Library) -> None:
    before = everything_under(shelf.root / "documents")
    carla = come(Role.CONTRIBUTOR)
    for path in {*PAGES, *ACTIONS} - CONTRIBUTED:
        if path in PAGES:
            answer = carla.get(path, id="patrol")
        else:
            answer = carla.post(path, {"id": "patrol", "why": "x", "into": "lamps", "other": "patrol"})
        assert answer.status_code == 404, path
    assert everything_under(shelf.root / "documents") == before


@pytest.mark.parametrize("forged", ["", "nothing", "A" * 22 + "." + "0" * 64])
def test_no_form_is_taken_without_the_token_of_the_session(librarian: Person, shelf: Library, forged: str) -> None:
    before = everything_under(shelf.root / "documents")
    fields = {"token": forged, "id": "patrol", "why": "because", "into": "lamps", "other": "inside", "number": "1"}
    for path in ACTIONS:
        answer = librarian.client.post(path, data=fields, headers=librarian.head, follow_redirects=False)
        assert answer.status_code == 403, path
    assert everything_under(shelf.root / "documents") == before


def test_the_token_of_another_session_and_forms_of_other_sites_are_not_taken(come: Come, librarian: Person) -> None:
    token = come(Role.LIBRARIAN, "other@example.org").token()
    fields = {"token": token, "id": "lamps", "why": "because"}
    answer = librarian.client.post("/desk/do/withdraw", data=fields, headers=librarian.head)
    assert answer.status_code == 403
    own = {"token": librarian.token(), "id": "lamps", "why": "because"}
    for head in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = librarian.client.post("/desk/do/withdraw", data=own, headers={**librarian.head, **head})
        assert answer.status_code == 403


def test_a_file_is_not_taken_without_the_token_in_the_head(librarian: Person, shelf: Library) -> None:
    for head in ({}, {HEADER: "nothing"}):
        answer = librarian.client.post(
            "/desk/do/receive?name=a.pdf&batch=b", content=b"%PDF-1.4", headers={**librarian.head, **head}
        )
        assert answer.status_code == 403
    assert not (shelf.root / "arrivals").exists()


def test_a_session_that_ended_and_one_that_never_was_open_nothing(
    client: TestClient, librarian: Person, accounts: Accounts
) -> None:
    token = librarian.token()
    forged = Person(client, librarian.session[:-1] + ("A" if librarian.session[-1] != "A" else "B"))
    assert forged.get("/desk").status_code == 303
    assert librarian.get("/desk").status_code == 200
    accounts.remove("librarian@example.org")
    assert librarian.get("/desk").status_code == 303
    fields = {"token": token, "id": "lamps", "why": "because"}
    answer = client.post("/desk/do/withdraw", data=fields, headers=librarian.head)
    assert (answer.status_code, "no longer signed in" in answer.text) == (401, True)


def test_contributors_see_and_edit_drafts_only_and_cannot_publish(come: Come, shelf: Library) -> None:
    carla = come(Role.CONTRIBUTOR)
    assert 'value="publish"' not in carla.get("/desk/work", id="patrol").text
    assert carla.get("/desk/work", id="lamps").status_code == 404
    assert carla.get("/desk/history", id="lamps").status_code == 404
    assert "lamps en" not in carla.get("/desk", state="published").text
    form = {**carla.form("patrol"), "editions.en.title": "A patrol, corrected"}
    assert carla.post("/desk/do/save", {**form, "then": "save"}).status_code == 303
    assert shelf.catalogue.get("patrol").editions[0].title == "A patrol, corrected"  # type: ignore[union-attr]
    form = {**carla.form("patrol"), "then": "publish"}
    assert carla.post("/desk/do/save", form).status_code == 404
    assert shelf.catalogue.get("patrol").status is Status.DRAFT  # type: ignore[union-attr]


def test_no_name_leads_anywhere_else(librarian: Person) -> None:
    for name in ("..", "../lamps", "LAMPS", "a" * 5_000, "lamps\0", "%2e%2e", "", "missing"):
        _nowhere(librarian, name)


def _nowhere(librarian: Person, name: str) -> None:
    for path in ("/desk/work", "/desk/history", "/desk/keep"):
        assert librarian.get(path, id=name).status_code == 404
    assert librarian.get("/desk/page-image", work=name, language="en", page="1").status_code == 404
    assert librarian.get("/desk/page-image", work="patrol", language=name, page="1").status_code == 404


def test_an_answer_of_the_desk_is_for_one_person_and_under_the_policy(librarian: Person) -> None:
    answer = librarian.get("/desk")
    assert answer.headers["cache-control"] == "private, no-store"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "onclick" not in answer.text and "javascript:" not in answer.text

"""What the search box asks for while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.library import Library
from library.web import Front, middleware, routes
from library.web.front import Document
from library.web.headers import HEADERS


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[TestClient]:
    """The routes over the small library, with their middleware."""
    with Library.open(root) as library:
        front = Front((), lambda *_: Document(""), str, {})
        yield TestClient(Starlette(routes=routes(lambda: library, front), middleware=middleware()))


def test_suggestions_are_json_for_nobody_else(client: TestClient) -> None:
    answer = client.get("/suggest", params={"q": "nightl", "reader": "fr"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert all(answer.headers[name] == value for name, value in HEADERS.items())
    (topic,) = (one for one in answer.json()["suggestions"] if one["kind"] == "topic")
    assert topic == {
        "kind": "topic", "label": "Vie nocturne", "count": 1, "matched": "Nightlife", "query": "",
        "facet": "topic", "value": "nightlife", "work": "",
    }  # fmt: skip


def test_what_is_hidden_is_not_suggested(client: TestClient) -> None:
    assert client.get("/suggest?q=hidden").json() == {"suggestions": []}


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=" + "x" * 5000, "?q=~~~&reader=../..", "?q=%00%ff", "?q=a&q=b", "?reader=fr"]
)
def test_odd_questions_have_short_answers(client: TestClient, query: str) -> None:
    answer = client.get(f"/suggest{query}")
    assert answer.status_code == 200
    assert len(answer.json()["suggestions"]) <= 8


def test_only_reading_is_offered(client: TestClient) -> None:
    assert client.post("/suggest?q=night").status_code == 405


def test_a_library_without_an_index_says_so_and_no_more(empty_root: Path) -> None:
    with Library.open(empty_root) as library:
        front = Front((), lambda *_: Document(""), str, {})
        client = TestClient(Starlette(routes=routes(lambda: library, front), middleware=middleware()))
        answer = client.get("/suggest?q=night")
    assert (answer.status_code, answer.json()) == (503, {"error": "The library cannot answer just now."})
    assert answer.headers["cache-control"] == "no-store"
    assert str(empty_root) not in answer.text

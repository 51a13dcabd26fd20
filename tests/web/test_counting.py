"""Settled searches and opened files are counted, once, by the day; and nobody is recognised by it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.insight import Used
from library.insight.turnstile import MOST_A_MINUTE
from library.library import Library
from library.web import Front, middleware, routes
from library.web.counting import LONGEST
from library.web.front import Document

FILE = "/files/night-watch/fr.pdf"
HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin", "Accept-Language": "de"}


@dataclass(frozen=True)
class Counted:
    """A library that counts, and its routes."""

    library: Library
    client: TestClient

    def tell(self, search: str, **headers: str) -> int:
        """Tell of a search as the page does; the status of the answer."""
        return int(self.client.post("/searched", content=search.encode(), headers={**HERE, **headers}).status_code)

    def searches(self) -> dict[str, tuple[int, int]]:
        """Words, how often, and how many works."""
        return {asked.words: (asked.times, asked.found) for asked in self.library.insight.daybook.top(30)}

    def uses(self) -> tuple[Used, ...]:
        """What was opened."""
        return self.library.insight.daybook.uses(30)


@pytest.fixture
def counted(root: Path, tmp_path: Path) -> Iterator[Counted]:
    """A copy of the small library, and its routes."""
    copy = shutil.copytree(root, tmp_path / "library", ignore=shutil.ignore_patterns("private"))
    with Library.open(copy) as library:
        front = Front((), lambda *_: Document(""), str, {})
        with TestClient(Starlette(routes=routes(lambda: library, front), middleware=middleware())) as client:
            yield Counted(library, client)


def test_a_search_is_counted_with_the_works_that_the_library_finds(counted: Counted) -> None:
    assert counted.tell("q=Mediators&found=999999&ui=fr") == 204
    assert counted.tell("q=xyzzy") == 204
    assert counted.searches() == {"mediators": (1, 13), "xyzzy": (1, 0)}
    (without,) = counted.library.insight.daybook.without_answer(30)
    assert (without.words, without.languages) == ("xyzzy", ("de",))


def test_the_same_search_by_the_same_person_counts_once(counted: Counted) -> None:
    for page in ("", "&page=2", "&sort=title", "&utm_source=x"):
        counted.tell(f"q=night{page}")
    assert counted.searches()["night"][0] == 1


def test_nobody_counts_without_end(counted: Counted) -> None:
    for number in range(MOST_A_MINUTE + 20):
        counted.tell(f"q=words{number % 26}{'abcdefghij'[number % 10]}")
    assert len(counted.searches()) <= MOST_A_MINUTE


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "1"},
        {"Sec-GPC": "1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"User-Agent": "Googlebot/2.1"},
        {"Sec-Purpose": "prefetch"},
    ],
)
def test_whom_it_does_not_count(counted: Counted, headers: dict[str, str]) -> None:
    assert counted.tell("q=night", **headers) == 204
    assert counted.client.get(FILE, headers=headers).status_code == 200 or "Origin" in headers
    assert counted.searches() == {}
    assert counted.uses() == () or set(headers) <= {"Sec-Fetch-Site", "Origin"}


@pytest.mark.parametrize(
    "told",
    ["", "?", "q=", "page=3", "q=marie%40example.org", "q=0612345678", "ui=fr", "topic=no-such", "x" * 9_000,
     "q=" + "a" * LONGEST, "q=%ff%fe", "&&&=&=", "place=06%2012%2034%2056%2078"],
)  # fmt: skip
def test_what_is_no_search_or_may_not_be_kept(counted: Counted, told: str) -> None:
    assert counted.tell(told) == 204
    kept = counted.searches()
    assert not kept or told == "q=%ff%fe"
    assert not {"marie", "06", "no-such"} & set(" ".join(kept))


@given(st.binary(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_the_answer_is_the_same(counted: Counted, body: bytes) -> None:
    answer = counted.client.post("/searched", content=body, headers=HERE)
    assert (answer.status_code, answer.content) == (204, b"")


def test_only_posting_tells(counted: Counted) -> None:
    assert counted.client.get("/searched?q=night", headers=HERE).status_code == 404
    assert counted.searches() == {}


def test_opening_is_reading_and_taking_is_downloading(counted: Counted) -> None:
    opened = counted.client.get(FILE)
    assert opened.headers["content-disposition"].startswith("inline")
    taken = counted.client.get(f"{FILE}?download=1")
    assert taken.headers["content-disposition"] == 'attachment; filename="night-watch.fr.pdf"'
    assert counted.uses() == (Used("night-watch", "fr", 1, 1),)


def test_a_file_read_in_pieces_is_read_once(counted: Counted) -> None:
    for piece in ("bytes=0-99", "bytes=100-199", "bytes=-50", "bytes=0-"):
        assert counted.client.get(FILE, headers={"Range": piece}).status_code == 206
    assert counted.uses() == (Used("night-watch", "fr", 1, 0),)


def test_the_end_of_a_file_a_head_and_nothing_new_are_no_reading(counted: Counted) -> None:
    counted.client.get(FILE, headers={"Range": "bytes=100-199"})
    tag = counted.client.head(FILE).headers["etag"]
    assert counted.client.get(FILE, headers={"If-None-Match": tag}).status_code == 304
    assert counted.client.get("/files/hidden-plan/en.pdf").status_code == 404
    assert counted.uses() == ()


def test_what_cannot_be_counted_stops_nothing(counted: Counted) -> None:
    (counted.library.root / "private").write_text("a file where a folder belongs", encoding="utf-8")
    assert counted.tell("q=night") == 204
    assert counted.client.get(FILE).status_code == 200
    (finding,) = (one for one in counted.library.check() if one.check == "counts")
    assert finding.fix is None


def test_switched_off_nothing_is_kept(root: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(root, tmp_path / "library", ignore=shutil.ignore_patterns("private"))
    (copy / "library.toml").write_text('insight = "off"\n', encoding="utf-8")
    with Library.open(copy) as library:
        front = Front((), lambda *_: Document(""), str, {})
        with TestClient(Starlette(routes=routes(lambda: library, front), middleware=middleware())) as client:
            client.post("/searched", content=b"q=night", headers=HERE)
            client.get(FILE)
    assert not (copy / "private").exists()

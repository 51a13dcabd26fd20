"""The insight page: for librarians alone; what it counts, its tables, and labels that make a search find something."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from library.desk.insight_tables import TABLES
from library.insight import Daybook, Search, Use
from library.insight.counting import FILE
from tests.web.people import HOST, Served, form_token, serving

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the small library in which something was searched for and read."""
    folder = shutil.copytree(root, tmp_path / "library", ignore=shutil.ignore_patterns("private"))
    daybook = Daybook(folder / "private" / FILE, 400)
    for words, found in (("night", 13), ("night", 13), ("clubbing", 0), (HOSTILE, 0), ("=1+2", 0)):
        assert daybook.searched(Search(words, "fr", "fr", "", found, found))
    daybook.used("night-watch", "fr", Use.READ)
    daybook.used("night-watch", "en", Use.DOWNLOAD)
    daybook.used("gone-since", "en", Use.READ)
    return folder


@pytest.fixture
def people(copy: Path) -> Iterator[Served]:
    """It, with people who sign in."""
    with serving(copy, copy / "private") as served:
        yield served


@pytest.fixture
def librarian(people: Served) -> TestClient:
    """A librarian's browser."""
    return people.signed_in("lib")


def send(browser: TestClient, verb: str, **fields: str) -> Response:
    """Send a form of the page."""
    given = {"token": form_token(browser, "/desk/insight"), **fields}
    answer: Response = browser.post(
        f"/desk/do/{verb}", data=given, headers={"Origin": HOST, "Sec-Fetch-Site": "same-origin"}
    )
    return answer


@pytest.mark.parametrize("address", ["/desk/insight", "/desk/insight/searches.csv", "/desk/health"])
def test_pages_are_for_librarians_alone(people: Served, address: str) -> None:
    assert people.browser().get(address).status_code == 303
    for name in ("rea", "mem", "con"):
        answer = people.signed_in(name).get(address)
        assert answer.status_code == 404
        assert "clubbing" not in answer.text
    assert people.signed_in("lib").get(address).status_code == 200


@pytest.mark.parametrize("verb", ["label", "label-back", "look", "fix"])
def test_nothing_is_done_for_others_or_by_other_sites(people: Served, copy: Path, verb: str) -> None:
    before = (copy / "documents" / "topics.ttl").read_bytes()
    fields = {"topic": "nightlife", "language": "en", "label": "clubbing", "number": "1"}
    assert people.browser().post(f"/desk/do/{verb}", data=fields).status_code == 401
    for name in ("rea", "mem", "con"):
        assert people.signed_in(name).post(f"/desk/do/{verb}", data=fields).status_code == 404
    librarian = people.signed_in("lib")
    assert librarian.post(f"/desk/do/{verb}", data=fields).status_code == 403
    foreign = {**fields, "token": form_token(librarian, "/desk/insight")}
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert librarian.post(f"/desk/do/{verb}", data=foreign, headers=elsewhere).status_code == 403
    assert (copy / "documents" / "topics.ttl").read_bytes() == before


def test_the_page_tells_what_was_counted(librarian: TestClient) -> None:
    page = librarian.get("/desk/insight").text
    assert "<title>Insight – " in page
    assert "5 searches in this period, 3 of them" in page
    assert '<a href="../?q=night" dir="auto">night</a>' in page
    assert HOSTILE not in page
    assert HOSTILE in unescape(page)
    assert "Veille de nuit" in librarian.get("/desk/insight?ui=fr").text
    assert "<code>gone-since</code>" in page
    assert ">none</td>" in page


def test_every_table_is_a_file_without_formulas(librarian: TestClient) -> None:
    for name in TABLES:
        answer = librarian.get(f"/desk/insight/{name}.csv")
        assert answer.headers["content-type"].startswith("text/csv")
        assert answer.headers["content-disposition"] == f'attachment; filename="insight-{name}.csv"'
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert librarian.get("/desk/insight/accounts.csv").status_code == 404
    assert "'=1+2" in librarian.get("/desk/insight/searches.csv").text


@pytest.mark.parametrize("query", ["days=0", "days=x", "days=99999", "days=²", "language=xx", "language=", "done=7"])
def test_odd_addresses_are_no_trouble(librarian: TestClient, query: str) -> None:
    assert librarian.get(f"/desk/insight?{query}").status_code == 200


def test_languages_are_chosen(librarian: TestClient) -> None:
    page = librarian.get("/desk/insight?language=fr").text
    assert "published works are not to be had in all of these languages: French." in page
    rows = librarian.get("/desk/insight/missing.csv?language=fr").text
    assert '"volume-3","en","fr"' in rows
    assert "night-watch" not in rows


def test_a_label_makes_the_search_find_and_is_taken_back(librarian: TestClient, copy: Path) -> None:
    before = (copy / "documents" / "topics.ttl").read_text(encoding="utf-8")
    answer = send(librarian, "label", topic="Nightlife", language="en", label="clubbing", days="30")
    assert (answer.status_code, answer.headers["location"]) == (303, "../../desk/insight?days=30&done=1")
    page = librarian.get("/desk/insight?done=1").text
    assert "“clubbing” is now a name of the topic “Nightlife”." in page
    assert '"clubbing","","1","0","1"' in librarian.get("/desk/insight/unanswered.csv").text
    suggested = librarian.get("/suggest?q=clubb").json()["suggestions"]
    assert [one["value"] for one in suggested if one["kind"] == "topic"] == ["nightlife"]
    journal = (copy / "documents" / "journal.jsonl").read_text(encoding="utf-8")
    assert '"who": "lib"' in journal
    assert "label “clubbing” (en) of nightlife added" in journal
    assert send(librarian, "label-back", number="1").status_code == 303
    assert (copy / "documents" / "topics.ttl").read_text(encoding="utf-8") == before
    assert '"clubbing","","1","0","0"' in librarian.get("/desk/insight/unanswered.csv").text
    assert send(librarian, "label-back", number="1").status_code == 409


@pytest.mark.parametrize(
    "fields",
    [
        {"topic": "no such topic", "language": "en", "label": "clubbing"},
        {"topic": "nightlife", "language": "xx", "label": "clubbing"},
        {"topic": "nightlife", "language": "en", "label": "Sport"},
        {"topic": "nightlife", "language": "en", "label": ""},
        {},
    ],
)
def test_what_is_no_label_is_refused_in_words(librarian: TestClient, copy: Path, fields: dict[str, str]) -> None:
    before = (copy / "documents" / "topics.ttl").read_bytes()
    answer = send(librarian, "label", **fields)
    assert answer.status_code == 409
    assert "This could not be done" in answer.text
    assert (copy / "documents" / "topics.ttl").read_bytes() == before


def test_counts_that_cannot_be_read_are_told(people: Served, copy: Path) -> None:
    librarian = people.signed_in("lib")
    for ending in ("-wal", "-shm"):
        (copy / "private" / f"{FILE}{ending}").unlink(missing_ok=True)
    (copy / "private" / FILE).write_bytes(b"this is no file of counts " * 400)
    answer = librarian.get("/desk/insight")
    assert answer.status_code == 409
    assert "what was counted cannot be read" in answer.text

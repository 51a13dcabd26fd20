"""Works taken away as files: whole answers and lists, for this person alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import rispy
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.citing import Format
from library.library import MOST_GATHERED, Library
from library.request import SearchRequest, Sort
from library.ui.links import export_link, works_export_link
from library.web import Front, middleware, routes
from library.web.front import Document
from library.web.headers import HEADERS
from tests.web.small_library import HOSTILE, OTHERS

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "bibtex": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json",
}
ENDINGS = {"csv": "csv", "bibtex": "bib", "ris": "ris", "csl": "json"}


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[TestClient]:
    """The routes over the small library, with their middleware."""
    with Library.open(root) as library:
        front = Front((), lambda *_: Document(""), str, {})
        yield TestClient(Starlette(routes=routes(lambda: library, front), middleware=middleware()))


def ids(client: TestClient, query: str) -> list[str]:
    """The editions in an export, in its order."""
    return [item["id"] for item in client.get(f"/export?format=csl&{query}").json()]


@pytest.mark.parametrize("form", Format)
def test_a_search_is_taken_away_as_a_file_that_nobody_keeps(client: TestClient, form: Format) -> None:
    answer = client.get(f"/export?format={form}&q=night")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPES[form]
    assert answer.headers["content-disposition"] == f'attachment; filename="works.{ENDINGS[form]}"'
    assert answer.headers["cache-control"] == "no-store"
    assert all(answer.headers[name] == value for name, value in HEADERS.items())
    assert "night-watch" in answer.content.decode("utf-8")


def test_every_work_that_answers_is_there_whatever_the_page(client: TestClient) -> None:
    every = ids(client, "")
    assert len(every) == len(set(every)) == OTHERS + 2
    assert ids(client, "page=2&per_page=1") == every
    assert ids(client, "kind=guide&sort=title") == sorted(f"volume-{n}.en" for n in range(1, OTHERS + 1))
    assert ids(client, "q=xyzzyxyzzy") == []


def test_what_is_hidden_is_in_no_export(client: TestClient) -> None:
    for query in ("q=hidden", "", "work=night-watch&work=hidden-plan", "work=hidden-plan&work=odd-title"):
        assert "idden" not in client.get(f"/export?format=csv&{query}").text


def test_hidden_and_missing_works_are_refused_in_the_same_words(client: TestClient) -> None:
    hidden, missing = (client.get(f"/export?format=ris&work={name}") for name in ("hidden-plan", "no-such-plan"))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.text == missing.text
    assert dict(hidden.headers) == dict(missing.headers)


def test_the_edition_is_the_one_asked_for_or_the_readers(client: TestClient) -> None:
    assert ids(client, "work=night-watch") == ["night-watch.en"]
    assert ids(client, "work=night-watch&ui=fr") == ["night-watch.fr"]
    assert ids(client, "work=night-watch&ui=en&edition=fr") == ["night-watch.fr"]
    assert ids(client, "work=night-watch&ui=fr&edition=pl") == ["night-watch.fr"]
    assert ids(client, "work=night-watch&work=odd-title&edition=fr") == ["night-watch.en", "odd-title.en"]
    assert ids(client, "q=nightlife&ui=fr") == ids(client, "q=nightlife&language=fr&ui=en") == ["night-watch.fr"]
    french = client.get("/export?format=csl&work=night-watch", headers={"Accept-Language": "fr"}).json()
    assert (french[0]["id"], french[0]["keyword"]) == ("night-watch.fr", "Vie nocturne")


def test_one_work_gives_the_file_its_name(client: TestClient) -> None:
    answer = client.get("/export?format=bibtex&work=night-watch&edition=fr")
    assert answer.headers["content-disposition"] == 'attachment; filename="night-watch.fr.bib"'


def test_a_list_keeps_its_order_each_work_once(client: TestClient) -> None:
    query = "work=volume-3&work=night-watch&work=volume-3&work=../etc&work=volume-1"
    assert ids(client, query) == ["volume-3.en", "night-watch.en", "volume-1.en"]


def test_a_list_has_an_end(client: TestClient) -> None:
    unknown = "&".join(f"work=unknown-{number}" for number in range(MOST_GATHERED - 1))
    assert ids(client, f"{unknown}&work=volume-2&work=volume-1") == ["volume-2.en"]


def test_the_address_in_an_export_leads_back(client: TestClient) -> None:
    (record,) = rispy.loads(client.get("/export?format=ris&work=volume-1").text)
    assert record["urls"] == ["http://testserver/work?id=volume-1"]
    behind = {"Host": "library.example.org", "X-Forwarded-Proto": "https, http"}
    (item,) = client.get("/export?format=csl&work=volume-1", headers=behind).json()
    assert item["URL"] == "https://library.example.org/work?id=volume-1"


@pytest.mark.parametrize("host", ["x{y}\\", "[", "a b", '"><script>', "host:99999", ""])
@pytest.mark.parametrize("proto", ["", "https", "javascript"])
def test_an_odd_host_breaks_nothing(client: TestClient, host: str, proto: str) -> None:
    headers = {"Host": host, "X-Forwarded-Proto": proto}
    answer = client.get("/export?format=bibtex&work=volume-1", headers=headers)
    assert answer.status_code == 200
    (line,) = (line for line in answer.text.splitlines() if line.startswith("  url = "))
    assert line.count("{") == line.count("}") == 1
    assert line.endswith("/work?id=volume-1},")


def test_an_unknown_format_is_said_to_be_one(client: TestClient) -> None:
    for query in ("", "?format=", "?format=pdf", "?format=<b>", "?q=night"):
        answer = client.get(f"/export{query}")
        assert (answer.status_code, answer.headers["cache-control"]) == (400, "no-store")
        assert answer.text == "There is no such format; there are csv, bibtex, ris, csl."


@pytest.mark.parametrize(
    "query", ["q=" + "x" * 5000, "q=~~~&ui=../..", "q=%00%ff", "year=..&page=x", "ui=zz&edition=%0d"]
)
def test_odd_questions_have_an_answer(client: TestClient, query: str) -> None:
    assert client.get(f"/export?format=csv&{query}").status_code == 200


def test_a_hostile_title_is_only_a_title(client: TestClient) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/export?format=csv&work=odd-title").content.decode("utf-8-sig")))
    assert [row["title"] for row in rows] == [HOSTILE]
    assert json.loads(client.get("/export?format=csl&work=odd-title").content)[0]["title"] == HOSTILE


def test_links_lead_to_what_they_say(client: TestClient) -> None:
    asked = SearchRequest.build("night", {"kind": ["guide"]}, sort=Sort.TITLE, page=2, reader="fr")
    link = export_link(asked, Format.CSL)
    assert link == "export?format=csl&q=night&kind=guide&sort=title&ui=fr"
    assert [item["id"] for item in client.get(f"/{link}").json()] == ids(client, "q=night&kind=guide&sort=title")
    link = works_export_link(["night-watch"], Format.CSL, edition="fr", ui="en")
    assert [item["id"] for item in client.get(f"/{link}").json()] == ["night-watch.fr"]
    link = works_export_link(["volume-2", "volume-1"], Format.CSL)
    assert [item["id"] for item in client.get(f"/{link}").json()] == ["volume-2.en", "volume-1.en"]
    assert quote("&x=1") in works_export_link(["a&x=1"], Format.CSV)


def test_only_reading_is_offered(client: TestClient) -> None:
    assert client.post("/export?format=csv").status_code == 405


@pytest.mark.parametrize("query", ["q=night", ""])
def test_a_library_without_an_index_says_so_and_no_more(empty_root: Path, query: str) -> None:
    with Library.open(empty_root) as library:
        front = Front((), lambda *_: Document(""), str, {})
        client = TestClient(Starlette(routes=routes(lambda: library, front), middleware=middleware()))
        answer = client.get(f"/export?format=csv&{query}")
    assert (answer.status_code, answer.text) == (503, "The library cannot answer just now.")
    assert answer.headers["cache-control"] == "no-store"
    assert str(empty_root) not in answer.text

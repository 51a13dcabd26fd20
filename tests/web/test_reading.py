"""The reader's document, what it loads, and where words stand: for those who may read, and safe with hostile words."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.browser_parts import PDF_ENGINE, browser_part, part_version
from library.library import Library
from library.ui.reader import reading
from library.web import Front, middleware, routes
from library.web.front import Document
from library.web.headers import POLICY
from library.web.parts import WORKER, WORKER_POLICY
from tests.web.small_library import HOSTILE

READ = "/read?id=night-watch&language=en"
FRONT = Front((), lambda *_: Document(""), str, {})


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[TestClient]:
    """The routes over the small library, with their middleware."""
    with Library.open(root) as library:
        yield TestClient(Starlette(routes=routes(lambda: library, FRONT, reading()), middleware=middleware()))


@pytest.fixture
def engine() -> Path:
    """The PDF engine; without it these tests mean nothing."""
    folder = browser_part(PDF_ENGINE)
    if folder is None:
        pytest.skip(f"{PDF_ENGINE} is not installed: run `make parts`")
    return folder


def told(document: str) -> dict[str, object]:
    """What the script is told."""
    found = re.search(r'<script type="application/json" id="opened">(.*?)</script>', document, re.DOTALL)
    assert found is not None
    data: dict[str, object] = json.loads(found[1])
    return data


def test_the_document_shows_the_record_and_what_was_found(client: TestClient) -> None:
    answer = client.get(READ + "&page=2&q=mediator")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["content-security-policy"] == POLICY
    page = answer.text
    assert '<html lang="en">' in page
    assert "<title>Night watch – Practice Library</title>" in page
    assert "Publication · 2022 · Rotterdam" in page
    assert "Found 1 time, on 1 page" in page
    assert "<mark>mediators</mark>" in page
    assert 'href="./?q=mediator"' in page
    assert 'href="read?id=night-watch&amp;language=fr&amp;page=2&amp;q=mediator" lang="fr"' in page
    assert 'href="./work?id=night-watch"' in page
    data = told(page)
    assert (data["page"], data["query"], data["labels"], data["file"]) == (
        2, "mediator", ["1", "2", "3"], "files/night-watch/en.pdf",
    )  # fmt: skip


def test_it_opens_without_words_and_without_a_language(client: TestClient) -> None:
    page = client.get("/read?id=night-watch", headers={"Accept-Language": "fr-FR"}).text
    assert '<html lang="fr">' in page
    assert '<h1 lang="fr" dir="auto">Veille de nuit</h1>' in page
    assert "hidden><" in page
    assert told(page)["query"] == ""


@pytest.mark.parametrize(("given", "opened"), [("0", 1), ("99", 3), ("-1", 1), ("x", 1), ("²", 1), ("9" * 400, 1)])
def test_a_page_that_is_not_there_is_brought_within_the_document(client: TestClient, given: str, opened: int) -> None:
    assert told(client.get(READ, params={"id": "night-watch", "page": given}).text)["page"] == opened


def test_hidden_and_missing_are_refused_in_exactly_the_same_way(client: TestClient) -> None:
    asked = ["id=hidden-plan&language=en", "id=missing", "id=night-watch&language=de", "id=night-watch&language=../x"]
    asked += ["", "id=..%2F..", "id=" + "a" * 5000, "id=night-watch&language=" + "a" * 5000, "id=NIGHT-WATCH"]
    for path in ("/read", "/occurrences"):
        answers = [client.get(f"{path}?{query}&q=night") for query in asked]
        assert {answer.status_code for answer in answers} == {404}
        assert len({(answer.content, tuple(sorted(answer.headers.items()))) for answer in answers}) == 1
    assert "There is nothing to read here" in client.get("/read?id=missing").text


def test_words_of_records_and_addresses_are_text(client: TestClient) -> None:
    odd = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)>'
    page = client.get("/read", params={"id": "odd-title", "q": odd, "narrow": odd, "ui": odd}).text
    assert "<img" not in page
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert HOSTILE in unescape(page)
    assert told(page)["query"] == odd


def test_where_words_stand_is_told_as_json(client: TestClient) -> None:
    answer = client.get("/occurrences?id=night-watch&language=fr&q=mediateur&ui=fr")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"
    found = answer.json()
    assert (found["forms"], found["total"], found["said"]) == (["médiateurs"], 1, "Trouvé 1 fois, sur 1 page")
    (page,) = found["pages"]
    assert (page["number"], page["label"], page["count"]) == (2, "2", 1)
    narrow = client.get("/occurrences?id=night-watch&language=fr&q=nightlife&narrow=nightlife").json()
    assert narrow["total"] == 0


@pytest.mark.parametrize("query", ["", "x" * 5000, "~~~", "\x00\ud7ff", "*", "(((", "AND OR", "title:night"])
def test_odd_words_are_answered(client: TestClient, query: str) -> None:
    asked = {"id": "night-watch", "language": "en", "q": query}
    assert client.get("/occurrences", params=asked).status_code == 200
    assert client.get("/read", params=asked).status_code == 200


def test_only_reading_is_offered(client: TestClient) -> None:
    assert {client.post(path).status_code for path in (READ, "/occurrences", "/parts/x")} == {405}


def test_parts_are_served_for_good_under_their_version(client: TestClient, engine: Path) -> None:
    base = f"/parts/{PDF_ENGINE}/{part_version(engine)}"
    kinds = {
        "legacy/build/pdf.min.mjs": "text/javascript; charset=utf-8",
        WORKER: "text/javascript; charset=utf-8",
        "legacy/web/pdf_viewer.css": "text/css; charset=utf-8",
        "cmaps/UniJIS-UTF16-H.bcmap": "application/octet-stream",
        "standard_fonts/LiberationSans-Regular.ttf": "font/ttf",
        "wasm/openjpeg.wasm": "application/wasm",
    }
    for name, kind in kinds.items():
        answer = client.get(f"{base}/{name}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind), name
        assert answer.content == (engine / name).read_bytes()
        assert "immutable" in answer.headers["cache-control"]
        policy = WORKER_POLICY if name == WORKER else POLICY
        assert answer.headers["content-security-policy"] == policy, name
    page = client.get(READ).text
    assert f'href="{base[1:]}/legacy/web/pdf_viewer.css"' in page


@pytest.mark.parametrize(
    "name",
    ["package.json", "legacy/build/pdf.mjs", "../axe-core/axe.js", "%2e%2e/axe-core/axe.js", "..%2F..%2Fpyvenv.cfg",
     "legacy/build/../../package.json", "", "cmaps", "cmaps/", "legacy/build/pdf.min.mjs/", "LICENSE"],
)  # fmt: skip
def test_no_other_file_of_a_part_is_served(client: TestClient, engine: Path, name: str) -> None:
    assert client.get(f"/parts/{PDF_ENGINE}/{part_version(engine)}/{name}").status_code == 404
    assert client.get(f"/parts/{PDF_ENGINE}/0.0.1/legacy/build/pdf.min.mjs").status_code == 404
    assert client.get("/parts/world-atlas/2.0.2/countries-50m.json").status_code == 404


def test_without_the_engine_the_page_says_so_and_opens_the_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    with Library.open(root) as library:
        bare = TestClient(Starlette(routes=routes(lambda: library, FRONT, reading()), middleware=middleware()))
        page = bare.get(READ + "&page=2&q=mediator").text
        assert bare.get(f"/parts/{PDF_ENGINE}/1.0.0/legacy/build/pdf.min.mjs").status_code == 404
    assert "make parts" in page
    assert '<a href="files/night-watch/en.pdf#page=2">Open the PDF itself</a>' in page
    assert '<iframe src="files/night-watch/en.pdf#page=2" title="Night watch">' in page
    assert "<mark>mediators</mark>" in page
    assert "parts/" not in page.replace("make parts", "")


def test_a_library_that_is_not_right_says_so_and_no_more(client: TestClient, tmp_path: Path) -> None:
    def broken() -> Library:
        return Library.open(tmp_path / "nowhere")

    bare = TestClient(Starlette(routes=routes(broken, FRONT, reading()), middleware=middleware()))
    for path in ("/read?id=night-watch", "/occurrences?id=night-watch&language=en&q=night"):
        answer = bare.get(path)
        assert answer.status_code == 503
        assert str(tmp_path) not in answer.text

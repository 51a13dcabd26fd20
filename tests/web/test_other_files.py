"""Works whose files are no PDFs: added by content, shown as text, and given out only to be taken away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.access import ANYONE
from library.formats.kinds import FileFormat
from library.ingest import Stated
from library.library import Library
from library.request import SearchRequest
from library.ui.reader.document import reading
from library.web import Front, middleware, routes
from library.web.front import Document
from tests.formats.office_samples import BODY, chapter, docx, epub, odt, par
from tests.papers import paper

HOSTILE = (
    "<!doctype html><html lang='en'><title>Night &lt;b&gt;watch</title><h1>Night watch</h1><p>Mediators "
    "walk. &lt;script&gt;alert(1)&lt;/script&gt;<script>alert(document.cookie)</script></p>"
    f"<h2>Lamps</h2><p>{BODY}</p><h2>Lamps</h2><p>{BODY} mediators again</p>"
)
FILES = {
    "word": ("word.docx", docx(par("Night watch", "Titre") + par("Mediators walk the streets. " + BODY)), "docx"),
    "open": ("open.odt", odt(f"<text:p>Mediators walk the streets. {BODY}</text:p>"), "odt"),
    "book": ("book.epub", epub({"a.xhtml": chapter(f"<h1>One</h1><p>Mediators walk. {BODY}</p>")}), "epub"),
    "page": ("page.htm", HOSTILE.encode(), "html"),
    "liar": ("liar.pdf", docx(par("Mediators are in this one too. " + BODY)), "docx"),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of one work in each format, and of one whose name is a lie."""
    root, received = tmp_path_factory.mktemp("formats-library"), tmp_path_factory.mktemp("received")
    paper(received / "sheet.docx", "A sheet of paper that calls itself a Word document.")
    with Library.open(root) as opened:
        for work, (name, data, _) in FILES.items():
            (received / name).write_bytes(data)
            assert opened.add([received / name], Stated(language="en", work=work)).rejected == ()
        assert opened.add([received / "sheet.docx"], Stated(language="en", work="sheet")).rejected == ()
        yield opened


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    """Its routes, with their middleware."""
    front = Front((), lambda *_: Document(""), str, {})
    app = Starlette(routes=routes(lambda: library, front, reading()), middleware=middleware())
    with TestClient(app, follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize("work", FILES)
def test_the_original_is_kept_under_its_own_ending(library: Library, work: str) -> None:
    _, data, ending = FILES[work]
    assert (library.root / "documents" / work / f"en.{ending}").read_bytes() == data


def test_a_pdf_called_otherwise_is_a_pdf(client: TestClient, library: Library) -> None:
    assert (library.root / "documents" / "sheet" / "en.pdf").is_file()
    assert client.get("/files/sheet/en.pdf").headers["content-disposition"].startswith("inline")


@pytest.mark.parametrize("work", FILES)
def test_a_file_is_only_ever_taken_away(client: TestClient, work: str) -> None:
    _, data, ending = FILES[work]
    answer = client.get(f"/files/{work}/en.{ending}")
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["content-type"] == FileFormat(ending).media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="{work}.en.{ending}"'
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_address_under_another_ending_leads_to_the_file(client: TestClient) -> None:
    answer = client.get("/files/page/en.pdf")
    assert (answer.status_code, answer.headers["location"]) == (302, "en.html")
    assert client.get("/files/page/fr.html").status_code == 404
    assert client.get("/files/page/en.exe").status_code == 404
    assert client.get("/files/page/en.webp").status_code == 404


def test_it_is_read_as_text_with_the_words_marked_and_nothing_runs(client: TestClient) -> None:
    answer = client.get("/read?id=page&language=en&q=mediator")
    shown = answer.text
    assert answer.status_code == 200
    assert "alert(document.cookie)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<mark>Mediators</mark> walk" in shown and "<mark>mediators</mark> again" in shown
    assert "<h2>Night watch</h2>" in shown and '<section id="page-2"><h3>Lamps</h3>' in shown
    assert 'href="files/page/en.html" download="page.en.html"' in shown
    assert "pdf.min.mjs" not in shown and "<iframe" not in shown and 'id="scale"' not in shown


def test_it_is_found_in_every_format(client: TestClient, library: Library) -> None:
    hits = library.search(SearchRequest.build("mediators"), ANYONE).hits
    assert {(hit.work, hit.format) for hit in hits} == {(work, form) for work, (_, _, form) in FILES.items()}
    assert all(client.get(f"/covers/{hit.work}/en.webp").status_code == 200 for hit in hits)


def test_an_index_that_is_lost_is_built_from_the_originals(library: Library, tmp_path: Path) -> None:
    shutil.copytree(library.root / "documents", tmp_path / "documents")
    with Library.open(tmp_path) as again:
        assert again.index().failed == ()
        assert again.search(SearchRequest.build("mediators"), ANYONE).total == len(FILES)
        assert again.check() == ()

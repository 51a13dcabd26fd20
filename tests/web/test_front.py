"""The first document, the headers of every answer, and what machines ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from library.library import Library
from library.locales import load_texts
from library.ui.heads import Head
from library.ui.shell import ASSETS, front, shell
from library.web import middleware, routes
from library.web.headers import HEADERS


@contextmanager
def serving(folder: Path) -> Iterator[TestClient]:
    """The routes over a library, which is closed at the end."""
    with Library.open(folder) as library:
        served = routes(lambda: library, front(lambda: library))
        yield TestClient(Starlette(routes=served, middleware=middleware()), follow_redirects=False)


@pytest.fixture
def client(root: Path) -> Iterator[TestClient]:
    """The routes over the small library."""
    with serving(root) as opened:
        yield opened


@pytest.mark.parametrize(
    ("address", "header", "language"),
    [
        ("/", "fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("/", "de-AT,de;q=0.9", "de"),
        ("/", "pt-BR", "pt"),
        ("/", "nb,no;q=0.9", "en"),
        ("/", "ca,es;q=0.8,en;q=0.5", "es"),
        ("/", "", "en"),
        ("/", ";;;,,,q=q\x00", "en"),
        ("/?ui=fr", "en-GB", "fr"),
        ("/?ui=pl", "fr-FR", "pl"),
        ("/?ui=sv", "fr-FR", "fr"),
        ("/?ui=klingon", "fr-FR", "fr"),
    ],
)
def test_the_first_document_speaks_the_readers_language(
    client: TestClient, address: str, header: str, language: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": header})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_of_streamlits_own_document_is_left_that_would_be_wrong_here(language: str) -> None:
    head = Head('Cities & "co" <x>', "All <of> it", metadata=(("og:title", '"x"'),), canonical='./work?id="')
    document = shell(head, load_texts(language), "7")
    assert f'<html lang="{language}">' in document
    assert "<title>Cities &amp; &quot;co&quot; &lt;x&gt;</title>" in document
    assert '<meta name="description" content="All &lt;of&gt; it" />' in document
    assert '<meta property="og:title" content="&quot;x&quot;" />' in document
    assert '<link rel="canonical" href="./work?id=&quot;" />' in document
    assert "<script>" not in document, "the content policy refuses scripts in the page"
    assert 'as="font"' not in document, "a font that is never used would be loaded"
    assert "https://" not in document and "http://" not in document
    assert 'type="module" crossorigin src="./static/js/index.' in document, "Streamlit itself"
    assert document.count("<noscript>") == document.count('id="announcer"') == document.count('id="root"') == 1


def test_the_files_of_the_first_document_are_kept_for_long(client: TestClient) -> None:
    named = re.findall(r'"\./(assets/[^"?]+\?v=[^"]+)"', client.get("/").text)
    assert {address.partition("?")[0].removeprefix("assets/") for address in named} >= ASSETS.keys() - {"icon.svg"}
    for address in named:
        answer = client.get(f"/{address}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/assets/page.js").headers["content-type"].startswith("text/javascript")


def test_what_another_version_of_the_program_names_is_not_kept(client: TestClient) -> None:
    """While replicas are brought up to date one after the other, one may be asked for what the other named."""
    for name in ASSETS:
        answer = client.get(f"/assets/{name}?v=0123456789ab")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/robots.txt", "/files/night-watch/fr.pdf", "/files/no", "/nowhere", "/no/where/at/all"]
)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_header_that_an_answer_sets_itself_is_left() -> None:
    async def own(_: object) -> PlainTextResponse:
        return PlainTextResponse("", headers={"Referrer-Policy": "no-referrer"})

    client = TestClient(Starlette(routes=[Route("/", own)], middleware=middleware()))
    assert client.get("/").headers["referrer-policy"] == "no-referrer"


def test_the_pages_own_connection_passes_untouched() -> None:
    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(await socket.receive_text())
        await socket.close()

    client = TestClient(Starlette(routes=[WebSocketRoute("/_stcore/stream", echo)], middleware=middleware()))
    with client.websocket_connect("/_stcore/stream") as socket:
        socket.send_text("hello")
        assert socket.receive_text() == "hello"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/"])
def test_streamlits_own_figures_are_nobodys_business(path: str) -> None:
    async def figures(_: object) -> PlainTextResponse:
        return PlainTextResponse("cache names")

    app = Starlette(routes=[Route("/_stcore/metrics", figures)], middleware=middleware())
    assert TestClient(app).get(path).status_code == 404


def test_health_says_whether_searches_are_answered_and_no_more(client: TestClient, tmp_path: Path) -> None:
    well = client.get("/healthz")
    assert (well.status_code, well.json()) == (200, {"status": "ok"})
    with serving(tmp_path) as empty:
        ill = empty.get("/healthz")
    assert (ill.status_code, ill.json()) == (503, {"status": "unavailable", "error": "IndexOutOfDate"})
    assert str(tmp_path) not in ill.text


def test_crawlers_are_kept_from_the_endless_searches(client: TestClient) -> None:
    rules = client.get("/robots.txt").text
    assert "Disallow: /*?" in rules
    assert "Allow: /" in rules


@pytest.mark.parametrize(
    "path", ["/nowhere", "/no/where/at/all", "/index.php", "/..%2f", "/work/", "/Work", "/static", "/_stcore"]
)
def test_where_nothing_is_the_answer_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert "Il n’y a rien à cette adresse" in answer.text
    assert '<html lang="fr">' in answer.text


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/index.js", "/media/x", "/component/x"])
def test_streamlits_own_addresses_are_left_to_it(client: TestClient, path: str) -> None:
    assert client.get(path).text == "Not Found", "no route of ours"


def test_the_short_address_of_a_work_leads_to_its_page(client: TestClient) -> None:
    answer = client.get("/work/night-watch?ui=fr")
    assert (answer.status_code, answer.headers["location"]) == (308, "../work?id=night-watch&ui=fr")
    assert client.get("/work/no%20work").status_code == 404


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/theme?id=nightlife", 200, "<title>Nightlife – Practice Library</title>"),
        ("/theme?id=nightlife&ui=fr", 200, '<link rel="canonical" href="./theme?id=nightlife&amp;ui=fr" />'),
        ("/theme?id=no-such", 404, "<title>There is no such theme – Practice Library</title>"),
        ("/theme?id=%3Cscript%3E", 404, '<meta name="robots" content="noindex" />'),
        ("/theme", 404, "noindex"),
        ("/browse", 200, "<title>Browse by theme – Practice Library</title>"),
        ("/browse?by=place&ui=fr", 200, "<title>Parcourir par lieu – Practice Library</title>"),
        ("/browse?by=nothing", 200, '<link rel="canonical" href="./browse?by=theme" />'),
    ],
)
def test_a_page_to_browse_says_what_it_is(client: TestClient, address: str, status: int, says: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert says in answer.text
    assert "%3Cscript" not in answer.text and "<script>" not in answer.text


def test_an_address_of_very_many_parameters_is_answered_all_the_same(client: TestClient) -> None:
    address = "/?" + "&".join(f"p{number}=x" for number in range(5_000))
    assert client.get(address).status_code == 200


def test_the_first_document_of_a_work_is_in_the_language_its_page_will_be_in(client: TestClient) -> None:
    answer = client.get("/work?id=night-watch", headers={"Accept-Language": "fr, de"})
    assert "<title>Veille de nuit" in answer.text

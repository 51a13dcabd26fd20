"""What the first document of a work says, and that it says nothing of what is hidden."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.access import Role, User
from library.library import Library
from library.ui.heads import head_markup
from library.ui.shell import front
from library.ui.visit import Visit
from library.ui.work_announced import MOST_DESCRIBED, cut, head_of_work
from library.web import middleware, routes
from tests.practices import ABSTRACT, NASTY, practices_library


@pytest.fixture(scope="module")
def practices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of practices, open, which knows where the world finds it."""
    root = practices_library(tmp_path_factory)
    (root / "library.toml").write_text('name = "Our library"\naddress = "https://example.org/lib/"\n', encoding="utf-8")
    with Library.open(root) as library:
        yield library


@pytest.fixture
def client(practices: Library) -> TestClient:
    """The routes over it."""
    served = routes(lambda: practices, front(lambda: practices))
    return TestClient(Starlette(routes=served, middleware=middleware()), follow_redirects=False)


def named(document: str) -> dict[str, list[str]]:
    """What the elements `meta` of a document say, by name."""
    found: dict[str, list[str]] = {}
    for name, says in re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)"', document):
        found.setdefault(name, []).append(unescape(says))
    return found


def described(document: str) -> dict[str, object]:
    """The JSON-LD of a document."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', document, flags=re.DOTALL)
    assert len(blocks) == 1
    said = json.loads(blocks[0])
    assert isinstance(said, dict)
    return said


def test_the_document_names_the_work_in_the_readers_language(client: TestClient) -> None:
    answer = client.get("/work?id=square-hosts", headers={"Accept-Language": "fr"})
    assert answer.status_code == 200
    assert '<html lang="fr">' in answer.text
    assert "<title>Des hôtes de place – Our library</title>" in answer.text
    says = named(answer.text)
    assert says["citation_title"] == says["og:title"] == ["Des hôtes de place"]
    assert says["citation_publication_date"] == ["2016/05"]
    assert says["citation_language"] == ["fr"]
    assert says["citation_keywords"] == ["Vie nocturne"]
    assert len(says["description"][0]) <= MOST_DESCRIBED
    assert ABSTRACT.startswith(says["description"][0].removesuffix("…"))
    assert ABSTRACT.strip() in answer.text.partition("<noscript>")[2], "for readers without JavaScript"


def test_whole_addresses_are_those_of_the_settings_never_those_of_a_request(client: TestClient) -> None:
    answer = client.get("/work?id=square-hosts&language=en", headers={"Host": "evil.example"})
    says = named(answer.text)
    assert says["citation_pdf_url"] == ["https://example.org/lib/files/square-hosts/en.pdf"]
    assert says["og:image"][0].startswith("https://example.org/lib/covers/square-hosts/en.webp?v=")
    assert says["og:url"] == ["https://example.org/lib/work?id=square-hosts&language=en"]
    assert "evil" not in answer.text


def test_without_a_set_address_no_address_is_made_up(practices: Library, tmp_path: Path) -> None:
    for folder in ("documents", "index"):
        (tmp_path / folder).symlink_to(practices.root / folder)
    with Library.open(tmp_path) as library:
        head = head_markup(head_of_work(Visit(library, User(), library.texts("en"), {"id": ("square-hosts",)})))
    assert not {"citation_pdf_url", "og:image", "og:url"} & named(head).keys()
    assert set(re.findall(r"https?://[^\"]*", head)) == {"https://schema.org"}


def test_every_edition_has_a_page_and_each_page_one_address(client: TestClient) -> None:
    def links(address: str) -> list[str]:
        return re.findall(r'<link rel="(?:canonical|alternate)" [^>]*>', client.get(address).text)

    alternates = [
        '<link rel="alternate" hreflang="en" href="./work?id=square-hosts&amp;language=en" />',
        '<link rel="alternate" hreflang="fr" href="./work?id=square-hosts&amp;language=fr" />',
        '<link rel="alternate" hreflang="x-default" href="./work?id=square-hosts" />',
    ]
    assert links("/work?id=square-hosts&ui=fr") == [
        '<link rel="canonical" href="./work?id=square-hosts" />',
        *alternates,
    ]
    assert links("/work?id=square-hosts&language=fr&x=1")[0] == (
        '<link rel="canonical" href="./work?id=square-hosts&amp;language=fr" />'
    )
    assert links("/work?id=square-hosts&language=xx")[0] == '<link rel="canonical" href="./work?id=square-hosts" />'


def test_the_work_is_described_for_machines(client: TestClient) -> None:
    said = described(client.get("/work?id=square-hosts").text)
    assert (said["@context"], said["@type"], said["name"]) == ("https://schema.org", "Report", "Square hosts")
    assert said["inLanguage"] == ["en", "fr"]
    assert said["datePublished"] == "2016-05"
    assert said["about"] == [{"@type": "DefinedTerm", "name": "Nightlife"}]
    examples = said["workExample"]
    assert isinstance(examples, list)
    assert [(one["inLanguage"], one["name"]) for one in examples] == [
        ("en", "Square hosts"),
        ("fr", "Des hôtes de place"),
    ]
    assert examples[1]["encoding"]["contentUrl"] == "https://example.org/lib/files/square-hosts/fr.pdf"


def test_a_hostile_title_stays_a_title(client: TestClient) -> None:
    document = client.get("/work?id=odd-sheet").text
    assert described(document)["name"] == NASTY
    assert named(document)["citation_title"] == [NASTY]
    assert "<img" not in document
    assert document.count("</script>") == document.count("<script")


@pytest.mark.parametrize("address", ["id=members-plan", "id=old-draft", "id=nix", "", "id=../x", "id=%00", "id=a&id=b"])
def test_what_is_hidden_is_a_404_like_what_is_not_there(client: TestClient, address: str) -> None:
    answer, missing = client.get(f"/work?{address}"), client.get("/work?id=no-such-work")
    assert answer.status_code == missing.status_code == 404
    assert answer.text == missing.text
    assert '<meta name="robots" content="noindex" />' in answer.text
    assert "There is no such work here" in answer.text


def test_what_is_for_members_is_not_for_search_engines(practices: Library) -> None:
    visit = Visit(practices, User(Role.MEMBER), practices.texts("en"), {"id": ("members-plan",)})
    head = head_of_work(visit)
    says = named(head_markup(head))
    assert head.found
    assert says["robots"] == ["noindex"]
    assert not {"citation_pdf_url", "og:image"} & says.keys()
    assert "contentUrl" not in head.data


def test_the_short_address_leads_there(client: TestClient) -> None:
    answer = client.get("/work/square-hosts?language=fr")
    assert (answer.status_code, answer.headers["location"]) == (308, "../work?id=square-hosts&language=fr")


def test_crawlers_may_see_works(client: TestClient) -> None:
    assert "Allow: /work?id=" in client.get("/robots.txt").text


@given(text=st.text(alphabet="ab ,–é", max_size=80), most=st.integers(2, 40))
def test_a_text_is_cut_between_words(text: str, most: int) -> None:
    short = cut(text, most)
    assert len(short) <= most
    if short == text:
        return
    kept = short.removesuffix("…")
    assert short.endswith("…") and text.startswith(kept)
    assert len(text) > most

"""Files and covers: in pieces, only to those who may read them, and the same refusal for everything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.library import Library
from library.web import Front, middleware, routes
from library.web.front import Document

FILE = "/files/night-watch/fr.pdf"
COVER = "/covers/night-watch/fr.webp"


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[TestClient]:
    """The routes over the small library, with their middleware."""
    with Library.open(root) as library:
        front = Front((), lambda *_: Document(""), str, {})
        app = Starlette(routes=routes(lambda: library, front), middleware=middleware())
        with TestClient(app, follow_redirects=False) as opened:
            yield opened


def test_a_file_comes_whole_and_opens_in_the_browser(client: TestClient, root: Path) -> None:
    answer = client.get(FILE)
    assert answer.status_code == 200
    assert answer.content == (root / "documents/night-watch/fr.pdf").read_bytes()
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="night-watch.fr.pdf"'
    assert answer.headers["accept-ranges"] == "bytes"


def test_a_range_is_answered_with_206_and_never_compressed(client: TestClient, root: Path) -> None:
    answer = client.get(FILE, headers={"Range": "bytes=10-99", "Accept-Encoding": "gzip, br"})
    assert answer.status_code == 206
    assert answer.content == (root / "documents/night-watch/fr.pdf").read_bytes()[10:100]
    assert answer.headers["content-range"].startswith("bytes 10-99/")
    assert answer.headers["content-encoding"] == "identity"


def test_a_range_beyond_the_end_is_416(client: TestClient) -> None:
    assert client.get(FILE, headers={"Range": "bytes=99999999-"}).status_code == 416


@pytest.mark.parametrize("path", [FILE, COVER])
def test_what_the_browser_already_has_is_304_without_a_body(client: TestClient, path: str) -> None:
    first = client.get(path)
    for sent in ({"If-None-Match": first.headers["etag"]}, {"If-Modified-Since": first.headers["last-modified"]}):
        again = client.get(path, headers=sent)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    other = {"If-None-Match": '"other"', "If-Modified-Since": first.headers["last-modified"]}
    assert client.get(path, headers=other).status_code == 200


def test_a_corrected_file_has_another_tag(client: TestClient, root: Path) -> None:
    path = root / "documents/volume-1/en.pdf"
    before = client.get("/files/volume-1/en.pdf").headers["etag"]
    path.write_bytes(path.read_bytes() + b"\n")
    assert client.get("/files/volume-1/en.pdf", headers={"If-None-Match": before}).status_code == 200


def test_head_tells_as_much_without_the_body(client: TestClient) -> None:
    answer = client.head(FILE)
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["content-length"]) > 500


def test_hidden_and_missing_are_refused_in_exactly_the_same_way(client: TestClient) -> None:
    addresses = ["/files/hidden-plan/en.pdf", "/files/no-such-work/en.pdf", "/files/night-watch/de.pdf"]
    addresses += ["/covers/hidden-plan/en.webp", "/covers/no-such-work/en.webp", "/covers/night-watch/de.webp"]
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.content, tuple(sorted(answer.headers.items()))) for answer in answers}) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/files/../documents/night-watch/fr.pdf",
        "/files/%2e%2e/night-watch/fr.pdf",
        "/files/night-watch/..%2F..%2Ftopics.ttl",
        "/files/night-watch/../hidden-plan/en.pdf",
        "/files/night-watch/record.toml",
        "/files/night-watch/history/1.toml",
        "/files/night-watch/fr.pdf%00.pdf",
        "/files/night-watch/fr.pdf/",
        "/files/NIGHT-WATCH/FR.PDF",
        "/files/night%0Awatch/fr.pdf",
        "/files/" + "a" * 5000 + "/fr.pdf",
        "/files/",
        "/covers/" + "0" * 64 + ".webp",
        "/covers/night-watch/fr.pdf",
        "/assets/../routes.py",
        "/assets/record.toml",
    ],
)
def test_no_odd_name_leads_to_anything(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"%PDF" not in answer.content


def test_a_cover_is_kept_for_long_under_the_address_that_names_its_content(client: TestClient, root: Path) -> None:
    with Library.open(root) as library:
        edition = library.catalogue.get("night-watch")
    assert edition is not None
    sha256 = edition.editions[1].sha256
    fixed = client.get(f"{COVER}?v={sha256[:12]}")
    assert fixed.headers["content-type"] == "image/webp"
    assert "immutable" in fixed.headers["cache-control"]
    assert "no-cache" in client.get(f"{COVER}?v=somethingelse").headers["cache-control"]


def test_only_reading_is_offered(client: TestClient) -> None:
    assert client.post(FILE).status_code == 405
    assert client.delete(FILE).status_code == 405

"""Scripts and styles compressed on their way, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from library.web import middleware

SCRIPT = "console.log('on and on');\n" * 2_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "index.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(SCRIPT.encode())
    return tmp_path


@pytest.fixture
def client(folder: Path) -> TestClient:
    return TestClient(Starlette(routes=[Mount("/static", StaticFiles(directory=folder))], middleware=middleware()))


def test_a_script_comes_compressed_and_is_read_from_the_disk_once(client: TestClient, folder: Path) -> None:
    for _ in range(2):
        answer = client.get("/static/js/index.js", headers={"Accept-Encoding": "gzip, br"})
        assert answer.text == SCRIPT
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < len(SCRIPT) / 20
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["etag"].startswith('W/"')
        assert answer.headers.get_list("content-security-policy") == [answer.headers["content-security-policy"]]
        (folder / "js" / "index.js").unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/index.js", {"Accept-Encoding": "identity"}),
        ("/static/js/index.js", {"Accept-Encoding": "gzip", "Range": "bytes=0-9"}),
        ("/static/picture.png", {"Accept-Encoding": "gzip"}),
    ],
)
def test_what_cannot_be_compressed_comes_as_it_is(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers=headers)
    assert answer.text == (SCRIPT[:10] if "Range" in headers else SCRIPT)
    assert "content-encoding" not in answer.headers


def test_what_the_browser_has_and_what_is_missing_is_said_as_before(client: TestClient) -> None:
    tag = client.get("/static/js/index.js", headers={"Accept-Encoding": "identity"}).headers["etag"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": tag}
    assert client.get("/static/js/index.js", headers=known).status_code == 304
    for _ in range(2):
        assert client.get("/static/js/none.js", headers={"Accept-Encoding": "gzip"}).status_code == 404

"""The routes while the search server does not answer: what needs it is 503, without a word on where it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from library.library import Library
from library.settings import FILE
from library.ui.shell import front
from library.web import middleware, routes
from tests.engines.opensearch.odd_servers import closed


@pytest.fixture
def client(root: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The routes over the small library, whose search server is away."""
    folder = tmp_path / "away"
    shutil.copytree(root, folder)
    (folder / FILE).write_text(f'engine = "opensearch+http://127.0.0.1:{closed().port}/ours"\n', encoding="utf-8")
    with Library.open(folder) as library:
        served = routes(lambda: library, front(lambda: library))
        yield TestClient(Starlette(routes=served, middleware=middleware()), follow_redirects=False)


@pytest.mark.parametrize("path", ["/healthz", "/suggest?q=night", "/export?format=ris&q=night"])
def test_what_needs_the_server_is_unavailable(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 503
    assert "127.0.0.1" not in answer.text


def test_monitors_are_told_the_kind(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "unavailable", "error": "EngineUnavailable"}


@pytest.mark.parametrize(
    "path",
    ["/", "/work?id=night-watch", "/files/night-watch/en.pdf", "/export?format=ris&work=night-watch", "/robots.txt"],
)
def test_what_does_not_need_it_is_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200

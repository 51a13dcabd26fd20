"""A real OpenSearch behind a proxy that wants TLS and a password, as one stands on another machine."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from library.access import ANYONE
from library.engines.opensearch.place import AUTHORITY_FILE, PASSWORD, PASSWORD_FILE, Place
from library.engines.opensearch.server import Server
from library.errors import EngineUnavailable
from library.library import Library
from library.request import SearchRequest
from library.settings import FILE
from tests.engines.opensearch.odd_servers import HERE, certificate, closed
from tests.papers import shelve

USER, SECRET = "ada@example.org", "open sésame €"
QUICK = (0.05, 0.05)
CONFIG = """
{user}daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen {here}:{port} ssl;
    ssl_certificate {with_key}; ssl_certificate_key {with_key};
    auth_basic "search"; auth_basic_user_file {folder}/users;
    location / {{ proxy_pass http://{behind}; client_max_body_size 1m; }}
  }}
}}
"""


@pytest.fixture(scope="module")
def nginx() -> str:
    """The program; without it the tests are skipped, unless LIBRARY_REQUIRE asks for it."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        lacking = "nginx is not installed here: `apt-get install nginx-light`"
        if "nginx" in os.environ.get("LIBRARY_REQUIRE", "").split(","):
            pytest.fail(f"LIBRARY_REQUIRE asks for nginx: {lacking}")
        pytest.skip(lacking)
    return found


@pytest.fixture(scope="module")
def proxy(nginx: str, opensearch: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the server behind nginx, and the certificate of its authority."""
    folder = tmp_path_factory.mktemp("nginx")
    authority, with_key = certificate(folder)
    mark = base64.b64encode(hashlib.sha1(SECRET.encode(), usedforsecurity=False).digest()).decode()
    (folder / "users").write_text(f"{USER}:{{SHA}}{mark}\n", encoding="utf-8")
    port = closed().port
    behind = urlsplit(opensearch).netloc
    config = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its workers could not read what is ours
    config.write_text(CONFIG.format(user=user, folder=folder, here=HERE, port=port, with_key=with_key, behind=behind))
    with subprocess.Popen([nginx, "-p", folder, "-c", config, "-e", folder / "error.log"]) as process:
        try:
            wait_for(port)
            prefix = f"proxied-{uuid.uuid4().hex[:12]}"
            yield f"opensearch+https://{USER.replace('@', '%40')}@{HERE}:{port}/{prefix}", authority
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    """Until somebody listens at a port."""
    last = time.monotonic() + 30
    while time.monotonic() < last:
        with suppress(OSError), socket.create_connection((HERE, port), 1):
            return
        time.sleep(0.05)
    pytest.fail("nginx did not start")


@pytest.fixture
def root(empty_root: Path, proxy: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a library that knows the password and the authority."""
    monkeypatch.delenv(PASSWORD, raising=False)
    (empty_root / "private").mkdir()
    shutil.copy(proxy[1], empty_root / AUTHORITY_FILE)
    write_password(empty_root, SECRET)
    return empty_root


def write_password(root: Path, password: str) -> None:
    (root / PASSWORD_FILE).write_text(f"{password}\n", encoding="utf-8")
    (root / PASSWORD_FILE).chmod(0o600)


def opened(address: str, root: Path) -> Server:
    return Server(Place.read(address, root), pauses=QUICK)


def test_with_the_password_everything_goes(proxy: tuple[str, Path], root: Path) -> None:
    with closing(opened(proxy[0], root)) as server:
        index = server.place.prefix
        server.create(index)
        assert server.bulk({"_index": index, "_id": str(number), "number": number} for number in range(700)) == 700
        server.refresh(index)
        found = server.search(index, {"query": {"range": {"number": {"lt": 5}}}})
        assert found["hits"]["total"]["value"] == 5
        server.delete(index)


def test_a_library_is_indexed_and_searched_over_it(proxy: tuple[str, Path], root: Path) -> None:
    (root / FILE).write_text(f'engine = "{proxy[0]}"\n', encoding="utf-8")
    shelve(root, "lamps", {"en": ("Lamps in the square.",), "fr": ("Des réverbères sur la place.",)})
    with Library.open(root) as library, closing(opened(proxy[0], root)) as server:
        try:
            assert library.index().put == 2
            found = library.search(SearchRequest.build(filters={"language": ("fr",)}), ANYONE)
            assert [hit.edition for hit in found.hits] == ["lamps.fr"]
        finally:
            for index in server.named(f"{server.place.prefix}*"):
                server.delete(index)


def test_with_another_password_nothing_goes(proxy: tuple[str, Path], root: Path) -> None:
    write_password(root, "hush")
    with (
        closing(opened(proxy[0], root)) as server,
        pytest.raises(EngineUnavailable, match=f"does not know the user “{USER}” with this password") as caught,
    ):
        server.behind("any")
    assert PASSWORD_FILE in caught.value.remedy
    assert "hush" not in f"{caught.value.message} {caught.value.remedy}"


def test_without_a_user_it_asks_who_we_are(proxy: tuple[str, Path], root: Path) -> None:
    before, _, after = proxy[0].partition("//")
    address = f"{before}//{after.partition('@')[2]}"
    with closing(opened(address, root)) as server, pytest.raises(EngineUnavailable, match="asks who we are"):
        server.behind("any")


def test_without_its_authority_it_is_not_trusted(proxy: tuple[str, Path], root: Path) -> None:
    (root / AUTHORITY_FILE).unlink()
    with closing(opened(proxy[0], root)) as server, pytest.raises(EngineUnavailable, match="is not trusted") as caught:
        server.behind("any")
    assert AUTHORITY_FILE in caught.value.remedy


def test_what_the_proxy_finds_too_long_is_told_with_what_to_set(proxy: tuple[str, Path], root: Path) -> None:
    noise = random.Random(5).randbytes(2_000_000).hex()
    with closing(opened(proxy[0], root)) as server:
        index = server.place.prefix
        server.create(index)
        with pytest.raises(EngineUnavailable, match="does not take so much at once") as caught:
            server.bulk([{"_index": index, "_id": "long", "text": noise}])
        assert "client_max_body_size" in caught.value.remedy
        server.delete(index)

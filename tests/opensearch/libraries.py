"""Libraries of the tests on one OpenSearch server, each apart from the others, and none left behind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from library.engines.opensearch.place import Place
from library.engines.opensearch_engine import OpenSearchEngine


@contextmanager
def kept_apart(address: str) -> Iterator[Callable[[Path], OpenSearchEngine]]:
    """Opens engines on folders as an embedded one is opened: one folder, one library. All are deleted afterwards."""
    prefixes: set[str] = set()

    def opened(folder: Path) -> OpenSearchEngine:
        prefix = "t" + hashlib.sha256(bytes(folder)).hexdigest()[:16]
        prefixes.add(prefix)
        return OpenSearchEngine(Place.read(f"opensearch+{address}/{prefix}", folder))

    try:
        yield opened
    finally:
        for prefix in prefixes:
            _empty(address, prefix)


@contextmanager
def room_for_one(address: str) -> Iterator[str]:
    """What a `library.toml` says of its engine to have a room of its own on a server. It is emptied afterwards."""
    prefix = f"t{uuid4().hex}"
    try:
        yield f"opensearch+{address}/{prefix}"
    finally:
        _empty(address, prefix)


def moved(root: Path, folder: Path, engine: str) -> Path:
    """A new folder for a library that has its works and the texts that were read in another, and searches elsewhere."""
    folder.mkdir()
    for name in ("documents", "index"):
        (folder / name).symlink_to(root / name, target_is_directory=True)
    (folder / "library.toml").write_text(f'engine = "{engine}"\n', encoding="utf-8")
    return folder


def _empty(address: str, prefix: str) -> None:
    delete(f"{address}/{prefix}-*")
    delete(f"{address}/_index_template/{prefix}-*")


def delete(what: str) -> None:
    """Delete indices or templates on a server; nothing happens where there are none."""
    with suppress(HTTPError), urlopen(Request(what, method="DELETE"), timeout=60):
        pass

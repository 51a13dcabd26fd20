"""One OpenSearch server for a whole run of the tests, whichever of its processes asks for it first."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.opensearch.node import Node, launch, missing

RUNNING = "LIBRARY_TEST_OPENSEARCH"
"""The address of a server that runs already, to be used instead of one that the tests start."""

MEMORY, ROOM = Path("/dev/shm"), 2**30
"""Where files are kept in memory, and how many bytes should be free there. An index is then made in half the time: a
server waits for the disk with every change, and a test makes two indices."""


def required() -> None:
    """Skip the test when no node can be started here; fail it when LIBRARY_REQUIRE asks for OpenSearch."""
    if lacking := missing():
        if "opensearch" in os.environ.get("LIBRARY_REQUIRE", "").split(","):
            pytest.fail(f"LIBRARY_REQUIRE asks for OpenSearch: {lacking}")
        pytest.skip(lacking)


@contextmanager
def shared_server(folder: Path) -> Iterator[str]:
    """The address of the server that all users of a folder share.

    The first user starts it as its own child, and stops it when no other uses it any more. That a process uses it is
    known by a lock, which goes with the process however that ends; and a server whose user is gone ends by itself.
    """
    with (folder / "opensearch.users").open("a") as users:
        with _alone(folder):
            fcntl.flock(users, fcntl.LOCK_SH)
            started = _start(folder) if not _address(folder).exists() else None
        try:
            yield _address(folder).read_text(encoding="utf-8")
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            while started and not _stopped(started, folder, users):
                time.sleep(0.2)


def _stopped(node: Node, folder: Path, users: IO[str]) -> bool:
    """Stop the server unless somebody uses it; who comes meanwhile waits, and then starts another one."""
    with _alone(folder):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _address(folder).unlink()
        node.stop()
        shutil.rmtree(node.log.parent)
        return True


def kept_in(folder: Path) -> Path:
    """Where the server of a folder keeps what it holds: in memory, where there is room."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY / f"library-opensearch-{hashlib.sha256(bytes(folder)).hexdigest()[:16]}"
    return folder / "opensearch"


def _address(folder: Path) -> Path:
    """The file that says where the server answers, as long as it does."""
    return folder / "opensearch.address"


def _start(folder: Path) -> Node:
    node = launch(kept_in(folder))
    node.wait()
    _address(folder).write_text(node.address, encoding="utf-8")
    return node


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other process starts or stops the server meanwhile."""
    with (folder / "opensearch.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

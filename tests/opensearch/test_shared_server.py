"""The server of a run: one for all of its processes, gone when the last of them is, however that ends."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.opensearch.node import STARTING
from tests.opensearch.shared_server import kept_in, required

CHECKOUT = Path(__file__).resolve().parents[2]
USER = """
import sys
from pathlib import Path
from tests.opensearch.shared_server import shared_server

with shared_server(Path(sys.argv[1])) as address:
    print(address, flush=True)
    sys.stdin.read()
"""

User = subprocess.Popen[str]


def user(folder: Path) -> User:
    """A process that uses the server until it is told to go."""
    command = [sys.executable, "-c", USER, str(folder)]
    return subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def address(of: User) -> str:
    """Where the server answers to this user."""
    assert of.stdout is not None
    return of.stdout.readline().strip()


def go(one: User) -> None:
    """Tell it to go."""
    assert one.stdin is not None
    one.stdin.close()


def answers(where: str) -> bool:
    """Whether a server answers there."""
    try:
        with urllib.request.urlopen(where, timeout=30) as answer:
            return b"opensearch" in answer.read()
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.fixture(autouse=True)
def _possible() -> None:
    required()


def test_all_share_one_server_until_the_last_of_them_goes(tmp_path: Path) -> None:
    with user(tmp_path) as first, user(tmp_path) as second:
        where = address(first)
        assert where == address(second)
        go(first)
        assert answers(where)
        with user(tmp_path) as late:
            assert answers(address(late))
            go(second)
            go(late)
    assert not answers(where)
    assert not kept_in(tmp_path).exists()


def test_a_server_does_not_outlive_a_user_that_was_killed(tmp_path: Path) -> None:
    with user(tmp_path) as only:
        where = address(only)
        assert answers(where)
        only.send_signal(signal.SIGKILL)
    last = time.monotonic() + STARTING
    while answers(where) and time.monotonic() < last:
        time.sleep(0.2)
    assert not answers(where)
    shutil.rmtree(kept_in(tmp_path))  # as nobody was left to do it

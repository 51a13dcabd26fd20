"""A real server over a small library, and a real browser before it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from library.browser_parts import PDF_ENGINE, browser_part
from tests.browser.reading_library import build as build_reading
from tests.browser.waiting import PATIENCE
from tests.ports import free_port
from tests.practices import practices_library
from tests.web.small_library import small

CHECKOUT = Path(__file__).resolve().parents[2]
STARTING = 300.0
"""Seconds that a server may take to start on a busy machine."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the tests are skipped, unless LIBRARY_REQUIRE asks for it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        message = "there is no Chromium here: install it with `apt-get install chromium`"
        if "browser" in os.environ.get("LIBRARY_REQUIRE", "").split(","):
            pytest.fail(message)
        pytest.skip(message)
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `library serve` answers, over a small library."""
    with served(small(tmp_path_factory)) as address:
        yield address


@pytest.fixture(scope="session")
def practices(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `library serve` answers, over a library of practices."""
    with served(practices_library(tmp_path_factory)) as address:
        yield address


@pytest.fixture(scope="session")
def reading_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library to read in."""
    if browser_part(PDF_ENGINE) is None:
        pytest.skip(f"{PDF_ENGINE} is not installed: run `make parts`")
    return build_reading(tmp_path_factory.mktemp("reading"))


@pytest.fixture(scope="session")
def reading_address(browser: Browser, reading_root: Path) -> Iterator[str]:
    """Where that library is served."""
    with served(reading_root) as address:
        yield address


@contextmanager
def served(root: Path, port: int = 0) -> Iterator[str]:
    """Where `library serve` answers, over the library in a folder, until it is done with."""
    port = port or free_port()
    server = started(root, port, root / "server.log")
    try:
        answers(port, server, root / "server.log")
        yield f"http://localhost:{port}/"
    finally:
        server.terminate()
        server.wait(STARTING)


def started(root: Path, port: int, log: Path) -> subprocess.Popen[bytes]:
    """`library serve` over the library in a folder, which begins to answer a little later; what it says is in a log."""
    command = [sys.executable, "-c", "from library.cli import main; main()"]
    with log.open("wb") as said:
        return subprocess.Popen(
            [*command, "--root", str(root), "serve", "--port", str(port)], cwd=CHECKOUT, stdout=said, stderr=said
        )


def answers(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server on a port answers searches."""
    health = f"http://localhost:{port}/healthz"
    last = time.monotonic() + STARTING
    while time.monotonic() < last:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(health, timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the server does not answer:\n{log.read_text(encoding='utf-8')}")

"""A server in a process of its own, and what the operating system says of it (Linux: from /proc)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread

CHECKOUT = Path(__file__).resolve().parents[1]
PLAIN = Path(__file__).with_name("plain_streamlit.py")
PATIENCE = 300.0
"""Seconds that a server may take to start on a busy machine."""
TICKS = os.sysconf("SC_CLK_TCK")
GC_SETTING = "STREAMLIT_RUNNER_POST_SCRIPT_GC"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a process has taken until a moment."""

    at: float
    """On the monotonic clock."""
    cpu: float
    """Seconds."""
    resident: int
    """Bytes in memory."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    name: str
    url: str
    process: int
    started: float
    """Seconds from its start to its first answer."""

    def read(self) -> Reading:
        """What it has taken until now."""
        stat = Path(f"/proc/{self.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        pages = int(Path(f"/proc/{self.process}/statm").read_text(encoding="ascii").split()[1])
        return Reading(time.monotonic(), (int(stat[11]) + int(stat[12])) / TICKS, pages * os.sysconf("SC_PAGE_SIZE"))


@contextmanager
def ours(root: Path, port: int = 0, **settings: str) -> Iterator[Server]:
    """`library serve` over the library in a folder; the settings go to its environment."""
    port = port or free_port()
    command = (sys.executable, "-c", "from library.cli import main; main()", "--root", str(root))
    with _running("ours", (*command, "serve", "--port", str(port)), "healthz", port, settings) as server:
        yield server


@contextmanager
def plain(root: Path, port: int = 0, **settings: str) -> Iterator[Server]:
    """`benchmarks/plain_streamlit.py` over the same library, with Streamlit's own settings."""
    port = port or free_port()
    options = ("--server.headless=true", f"--server.port={port}", "--browser.gatherUsageStats=false")
    command = (sys.executable, "-m", "streamlit", "run", str(PLAIN), *options, "--browser.serverAddress=localhost")
    environment = {"LIBRARY_ROOT": str(root.resolve()), **settings}
    with _running("plain", command, "_stcore/health", port, environment) as server:
        yield server


@contextmanager
def watched(server: Server, every: float = 1.0) -> Iterator[list[Reading]]:
    """Readings of a server, one a second, while the block runs; complete when it has ended."""
    readings = [server.read()]
    enough = Event()

    def watch() -> None:
        while not enough.wait(every):
            readings.append(server.read())

    watching = Thread(target=watch)
    watching.start()
    try:
        yield readings
    finally:
        enough.set()
        watching.join()
        readings.append(server.read())


def free_port() -> int:
    """A port on which nothing answers now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(
    name: str, command: tuple[str, ...], health: str, port: int, settings: Mapping[str, str]
) -> Iterator[Server]:
    environment = {name: value for name, value in os.environ.items() if name != GC_SETTING}
    environment |= {"PYTHONPATH": str(CHECKOUT), **settings}
    url = f"http://localhost:{port}/"
    # The plain application must not read the settings in the checkout: it runs where there are none.
    place = CHECKOUT if name == "ours" else Path(PLAIN.anchor)
    begun = time.monotonic()
    with TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=place, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            if not _answers(url + health, process, begun + PATIENCE):
                log.seek(0)
                sys.exit(f"the server does not start: {' '.join(command)}\n{log.read().decode('utf-8', 'replace')}")
            yield Server(name, url, process.pid, time.monotonic() - begun)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def _answers(health: str, process: subprocess.Popen[bytes], until: float) -> bool:
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    return False

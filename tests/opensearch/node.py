"""A real OpenSearch node as a process of its own, on this machine only. `make opensearch` runs this file."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

HERE = Path(__file__).resolve().parent
JARS = HERE.parent.parent / "build" / "opensearch" / "jars"
JAVA = 17
"""The oldest that will do; `jdk.compiler` is the part that runs Node.java as it stands."""
PACKAGES = "`apt-get install default-jdk-headless maven`"
LEAN = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms64m", "-Xmx512m")
"""How Java runs it: half the work to start and half the memory; the simpler compiler does for small indexes."""
STARTING = 180.0
"""Seconds that a node may take to start on a busy machine."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node that was started: where it answers, where other nodes find it, and its process."""

    address: str
    transport: str
    process: subprocess.Popen[bytes]
    log: Path

    def wait(self) -> None:
        """Until it is up. Raises RuntimeError with what it wrote last when it ends before that, or takes too long."""
        last = time.monotonic() + STARTING
        while self.process.poll() is None and time.monotonic() < last:
            if f"up: {self.address}\n" in self._said():
                return
            time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"OpenSearch did not start at {self.address}:\n{self._said()[-3000:]}")

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Let it end in order."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(STARTING)

    def kill(self) -> None:
        """End it at once, as a machine that loses its power."""
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
        self.stop()


def launch(
    folder: Path,
    name: str = "alone",
    port: int = 0,
    transport: str = "",
    seeds: Sequence[str] = (),
    options: Sequence[str] = LEAN,
) -> Node:
    """A node that begins to start, with its data in a folder; without a port, on a free one.

    `transport` is the address for other nodes, `seeds` those of all nodes of its cluster, itself among them;
    `options` are those of Java.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port, transport = port or free_port(), transport or f"127.0.0.1:{free_port()}"
    arguments = {
        "--folder": str(folder), "--http-port": str(port), "--transport-port": transport.rpartition(":")[2],
        "--node": name, "--cluster": "library",
    }  # fmt: skip
    command = ["java", *options, "-cp", f"{JARS}/*", str(HERE / "Node.java")]
    command += [part for pair in arguments.items() for part in pair]
    command += [part for seed in seeds for part in ("--seed", seed)]
    with (folder / "node.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
    return Node(f"http://127.0.0.1:{port}", transport, process, folder / "node.log")


def missing() -> str:
    """What a node lacks here, and how to get it; nothing when it lacks nothing."""
    java = shutil.which("java")
    said = subprocess.run([java, "--list-modules"], capture_output=True, text=True).stdout if java else ""
    modules = dict(line.partition("@")[::2] for line in said.split())
    version = modules.get("java.base", "0").partition(".")[0]
    if not version.isdecimal() or int(version) < JAVA or "jdk.compiler" not in modules:
        return f"there is no Java development kit {JAVA} or newer here: {PACKAGES}, then run `make opensearch-jars`"
    if not (JARS / ".ready").exists():
        return f"OpenSearch is not in {JARS}: run `make opensearch-jars` (it needs Maven: {PACKAGES})"
    return ""


def main() -> None:
    """One node to try things out with, until it is interrupted."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument("--folder", type=Path, default=JARS.parent / "data")
    chosen = parser.parse_args()
    if lacking := missing():
        raise SystemExit(lacking)
    node = launch(chosen.folder, port=chosen.port, options=("-Xms1g", "-Xmx1g"))
    try:
        print(f"OpenSearch starts at {node.address}, with its data in {chosen.folder} …", flush=True)
        node.wait()
        engine = f"opensearch+{node.address}/library"
        print(f'It is up until Ctrl-C. The line for library.toml:\n\n    engine = "{engine}"\n', flush=True)
        node.process.wait()
        raise SystemExit(f"OpenSearch ended; see {node.log}")
    except RuntimeError as wrong:
        raise SystemExit(str(wrong)) from None
    except KeyboardInterrupt:
        node.stop()


if __name__ == "__main__":
    main()

"""Commands of the library that are killed in the middle: a process that has loaded everything forks one child for each.

The child is killed with SIGKILL after some time, or right before it touches the disk for the n-th time.
"""

from __future__ import annotations

import io
import json
import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path
from typing import NoReturn

from library.cli import main
from library.formats.reader_process import silence
from tests.arrivals.handing_in import arrive, prepared

TOUCHES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.link"})
"""Events of the interpreter (PEP 578) that change a folder; opening a file for writing is one more."""
PROGRAMS: dict[str, Callable[[], object]] = {"library": main, "arrive": arrive}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    killed: bool
    code: int
    seconds: float
    touches: int
    """How often it changed something on disk, the last time not counted when it was killed before that."""


class Doomed:
    """The process that forks; used as a context manager."""

    def __enter__(self) -> Doomed:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.doomed"], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(
        self, *arguments: str | Path, after: float | None = None, touches: int | None = None, program: str = "library"
    ) -> Ended:
        """Run a program with these arguments; kill it after so many seconds, or before it touches the disk again."""
        assert self._process.stdin is not None and self._process.stdout is not None
        order = {"arguments": [str(one) for one in arguments], "after": after, "touches": touches, "program": program}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


def obey(arguments: list[str], after: float | None, touches: int | None, program: str) -> Ended:
    """Fork, run, kill, and tell how it ended."""
    shared = mmap(-1, 8)
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        live([program, *arguments], shared, touches)
    if after is not None:
        reaped, status = os.waitpid(child, os.WNOHANG)
        while not reaped and time.monotonic() - started < after:
            time.sleep(0.001)
            reaped, status = os.waitpid(child, os.WNOHANG)
        if not reaped:  # it is not waited for yet, so its number is still its own
            os.kill(child, signal.SIGKILL)
    if after is None or not reaped:
        _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - started
    code = os.waitstatus_to_exitcode(status)
    return Ended(code == -signal.SIGKILL, code, seconds, struct.unpack_from("<q", shared)[0])


def live(arguments: list[str], shared: mmap, touches: int | None) -> NoReturn:
    """The life of the child."""
    count = 0

    def touched(event: str, details: tuple[object, ...]) -> None:
        nonlocal count
        writes = event == "open" and isinstance(details[2], int) and details[2] & WRITING and details[0] != os.devnull
        if event in TOUCHES or writes:
            if count == touches:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1
            struct.pack_into("<q", shared, 0, count)

    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    sys.addaudithook(touched)
    sys.argv = arguments
    code: object = 1
    try:
        PROGRAMS[arguments[0]]()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    finally:
        os._exit(code if isinstance(code, int) else 1)


def rehearse() -> None:
    """Index an empty library, so that whatever is loaded late is loaded before the first child is forked."""
    silence()
    prepared()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), suppress(SystemExit):
        sys.argv = ["library", "--root", folder, "index"]
        main()


if __name__ == "__main__":
    rehearse()
    for line in sys.stdin:
        print(json.dumps(obey(**json.loads(line)).__dict__), flush=True)

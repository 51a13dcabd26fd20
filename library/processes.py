"""Programs of the library that run beside it: how they are started, and how they keep their pipes to themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def start(module: str, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Run a module of the library as a program, with a pipe to it and one from it; it ends when its input closes.

    Never a fork of this process: one with threads does not survive that.
    """
    environment = dict(os.environ)
    # Threads of a numerical library do not survive a fork; processes side by side are the parallelism here.
    environment["OMP_NUM_THREADS"] = environment["OPENBLAS_NUM_THREADS"] = "1"
    # The program finds the same modules as this process, and (-P) none from whatever folder is current by then.
    environment["PYTHONPATH"] = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env=environment,
        # Ctrl-C in a terminal goes to the whole group; the program ends when its input closes, in good order.
        start_new_session=True,
    )


def pipes() -> tuple[int, int]:
    """In such a program: where requests come from, and where answers go.

    Whatever else reads or prints there meets nothing, and so never gets between the messages.
    """
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return requests, answers


def end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Close the pipes of a program and wait until it has ended; after so many seconds it is killed."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

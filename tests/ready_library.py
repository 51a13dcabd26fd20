"""The command `library` for a shell, without the second that it takes to load: a process that has loaded it forks.

A small program stands in for the command. It hands its arguments, folder, environment and standard streams to the
process that waits, and ends with the exit code that comes back.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from library.cli import main

CLIENT = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as asking:
    asking.connect({place!r})
    order = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(asking, [len(order).to_bytes(4, "big")], [0, 1, 2])
    asking.sendall(order)
    code = asking.recv(1)
sys.exit(code[0] if code else "library was killed")
"""


@contextmanager
def ready(folder: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """A folder for the shell's PATH, made in this one, in which `library` stands."""
    place, program = folder / "waits", folder / "library"
    program.write_text(CLIENT.format(python=sys.executable, place=str(place)), encoding="utf-8")
    program.chmod(0o755)
    threads = {"OPENBLAS_NUM_THREADS": "1"}  # a process with threads does not fork well
    command = [sys.executable, "-m", "tests.ready_library", str(place)]
    with subprocess.Popen(command, env={**environment, **threads}, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == b"ready\n"
            yield folder
        finally:
            process.terminate()


def wait_for_orders(place: str) -> None:
    """Fork a child for each order, until this process is ended."""
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind(place)
        waiting.listen()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for
        print("ready", flush=True)
        while True:
            asked, _ = waiting.accept()
            if os.fork() == 0:
                waiting.close()
                obey(asked)
            asked.close()


def obey(asked: socket.socket) -> NoReturn:
    """Be the command that was ordered, and tell how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code: object = 1
    try:
        length, streams, _, _ = socket.recv_fds(asked, 4, 3)
        with asked.makefile("rb") as orders:
            arguments, folder, environment = json.loads(orders.read(int.from_bytes(length, "big")))
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["library", *arguments]
        main()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        asked.sendall(bytes([code if isinstance(code, int) else 1]))
        os._exit(0)


if __name__ == "__main__":
    wait_for_orders(sys.argv[1])

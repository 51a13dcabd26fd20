"""The helper process of a nursery: for every file it forks a child, sets its limits, waits, and answers.

Only this process and its children ever run the code that parses files. It has one thread, so forking is safe.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from library.errors import UnreadableFile
from library.formats.reading import Errand, Limits
from library.frames import BrokenFrame, HugeFrame, LateFrame, decoded, encoded, receive, send
from library.processes import pipes

Task = Callable[[Path, Limits, Errand], dict[str, object]]

OUT_OF_MEMORY_EXIT = 77
"""How a child says that it had no memory left even to say so."""
MAX_DETAIL = 4_000
STAGE = b'{"stage": '
"""How a message begins that is no answer yet: it says which stage of the work begins."""
MOST_STAGES = 100
"""More of them from one file are not passed on."""
GRACE_SECONDS = 5


def serve(task: Task) -> None:
    """Answer requests on standard input until it closes: the loop of a helper process.

    Used as `if __name__ == "__main__": serve(read_file)` in the module that a `Nursery` names.
    """
    requests, answers = pipes()  # whatever prints, here or in a child, must not get between the answers
    # Children share the memory of what is loaded as long as nobody writes to it; a collection would.
    gc.collect()
    gc.freeze()
    with contextlib.suppress(BrokenFrame, InterruptedError):
        send(answers, encoded({"ready": True}))
        while True:
            request = decoded(receive(requests))
            send(answers, _answer(task, request, requests, answers))


def _answer(task: Task, request: dict[str, object], requests: int, answers: int) -> bytes:
    """What became of one file: the child's own answer as it came, or how the child ended."""
    limits = limits_from(request["limits"])
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        for pipe in (requests, answers, reading_end):
            os.close(pipe)
        path = Path(str(request["path"]))
        _child(task, path, limits, str(request.get("name") or path.name), writing_end)
    os.close(writing_end)
    ended = ""
    body = b""
    try:
        body = _passed_on(reading_end, time.monotonic() + limits.wall_seconds, requests, answers)
    except LateFrame:
        ended = "late"
    except HugeFrame:
        ended = "huge"
    except BrokenFrame:
        ended = "silent"
    finally:
        os.close(reading_end)
        status, seconds = _end(child)
    if ended:
        body = encoded({"ended": ended, "status": status, "cpu": seconds})[4:]
    return len(body).to_bytes(4, "big") + body


def _passed_on(child: int, deadline: float, requests: int, answers: int) -> bytes:
    """The child's answer; the stages that it tells of on the way are passed on at once."""
    told = 0
    while (body := receive(child, deadline, watched=requests)).startswith(STAGE):
        told += 1
        if told <= MOST_STAGES:
            send(answers, len(body).to_bytes(4, "big") + body)
    return body


def _end(child: int) -> tuple[int, float]:
    """End the child and all that it started; its wait status and the processor seconds it used."""
    # A child that has already met its end keeps its own status: killing it then changes nothing.
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    return status, used.ru_utime + used.ru_stime


def _child(task: Task, path: Path, limits: Limits, name: str, answers: int) -> NoReturn:
    """The life of the child: limits, task, answer, exit; no exception and no clean-up of the parent's gets past it."""
    try:
        os.setsid()
        os.dup2(0, 2)
        _confine(limits)
        errand = Errand(name, lambda stage: send(answers, encoded({"stage": stage})))
        send(answers, _outcome(task, path, limits, errand))
    except MemoryError:
        os._exit(OUT_OF_MEMORY_EXIT)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _outcome(task: Task, path: Path, limits: Limits, errand: Errand) -> bytes:
    try:
        return encoded({"done": task(path, limits, errand)})
    except UnreadableFile as error:
        return encoded({"refused": [error.reason.value, error.message, error.remedy]})
    except HugeFrame:
        return encoded({"ended": "huge", "status": 0, "cpu": 0.0})
    except MemoryError:
        raise
    except Exception:
        # The outermost boundary of the child. What files do to their readers is met further in: this is our own fault.
        return encoded({"failed": traceback.format_exc()[-MAX_DETAIL:]})


def _confine(limits: Limits) -> None:
    """Tell the kernel what this process may use."""
    # Should the helper itself be killed, the child still ends: the alarm is not caught.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.wall_seconds + GRACE_SECONDS)
    _limit(resource.RLIMIT_CORE, 0, 0)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + GRACE_SECONDS)
    held = _address_space()
    if held:
        _limit(resource.RLIMIT_AS, held + limits.memory, held + limits.memory)


def _limit(what: int, soft: int, hard: int) -> None:
    _, allowed = resource.getrlimit(what)
    if allowed != resource.RLIM_INFINITY:
        soft, hard = min(soft, allowed), min(hard, allowed)
    resource.setrlimit(what, (soft, hard))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say, and memory then stays unlimited."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def limits_from(values: object) -> Limits:
    """The limits of a request."""
    if not isinstance(values, dict):
        raise BrokenFrame("a request without limits")
    return Limits(**{str(name): int(value) for name, value in values.items()})

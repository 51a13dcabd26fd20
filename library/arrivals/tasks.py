"""Work that was asked for and is done in the background, such as OCR: on the disk until it is done, so none is lost."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from library.access import Right, User, demand
from library.arrivals.bell import Bell
from library.durable import write_bytes
from library.errors import LibraryError, UsageError
from library.library import Library

FOLDER = ".tasks"
REQUEST = re.compile(r"[a-z]{1,20}(?::[A-Za-z0-9-]{1,80}){0,4}")
"""Such as `ocr:night-watch:fr`: the kind of work, and the names it is about."""
MOST_TRIES = 3
MOST_WAITING = 1_000
KEPT_SECONDS = 24 * 3600
"""For which what is done is still told of."""
_ID = re.compile(r"[0-9a-f]{32}")


class State(StrEnum):
    """How far a task is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Task:
    """Something that was asked for."""

    id: str
    request: str
    who: str
    asked: int
    """When, in nanoseconds since 1970: what was asked for first is done first."""
    state: State = State.WAITING
    tries: int = 0
    right: Right = Right.KEEP
    """By which it was asked for, and may be done."""
    done: int = 0
    total: int = 0
    """How many parts of it are done, and how many there are; 0 when that is not known."""
    message: str = ""
    """What came of it, or why it failed."""


Tell = Callable[[int, int], None]
"""Told how many parts of a task are done, and how many there are. It may break the task off, to be gone on with."""
Handler = Callable[[Library, Task, Tell], str]
"""Does a task, twice if it must: a crash may come right after it was done. What it returns is told to who asked."""


class _CalledAway(Exception):
    """There is something more urgent to do, or the program ends."""


class Tasks:
    """The tasks of a library, in `<root>/arrivals/.tasks`, a file for each."""

    def __init__(self, arrivals: Path) -> None:
        self._folder = arrivals / FOLDER
        self._bell = Bell(arrivals)

    def ask(self, user: User, right: Right, request: str) -> Task:
        """Ask for a task; one that waits already is given back instead. Raises NotAllowed, UsageError."""
        demand(user, right)
        if not REQUEST.fullmatch(request):
            raise UsageError(f"“{request[:80]}” is no task", "ask for one like ocr:night-watch:fr")
        open_ones = [task for task in self.every() if task.state in {State.WAITING, State.WORKING}]
        for task in open_ones:
            if (task.request, task.right) == (request, right):
                return task
        if len(open_ones) >= MOST_WAITING:
            raise UsageError("too many tasks wait already", "try again when some are done")
        task = Task(secrets.token_hex(16), request, user.name or user.role.value, time.time_ns(), right=right)
        self._write(task)
        self._bell.ring()
        return task

    def every(self) -> tuple[Task, ...]:
        """All tasks that are told of, the one that was asked for first at the head."""
        return tuple(sorted(self._read(), key=lambda task: (task.asked, task.id)))

    def through(self, library: Library, handlers: Mapping[str, Handler], stopped: Callable[[], bool]) -> None:
        """Do what waits, one after the other; what fails says why. Raises OSError.

        When it is `stopped` a task that tells of its parts is broken off, and goes on the next time.
        """
        for task in self.every():
            if stopped():
                return
            if task.state in {State.WAITING, State.WORKING}:
                self._do(task, library, handlers, stopped)
            elif time.time_ns() - task.asked > KEPT_SECONDS * 1_000_000_000:
                self._path(task).unlink(missing_ok=True)

    def _do(self, task: Task, library: Library, handlers: Mapping[str, Handler], stopped: Callable[[], bool]) -> None:
        handler = handlers.get(task.request.partition(":")[0])
        if handler is None:
            self._write(replace(task, state=State.FAILED, message="nobody here knows how to do this"))
            return
        if task.tries >= MOST_TRIES:
            self._write(replace(task, state=State.FAILED, message="the program ended each time while it was at work"))
            return
        begun = replace(task, state=State.WORKING, tries=task.tries + 1)
        self._write(begun)

        def tell(done: int, total: int) -> None:
            self._write(replace(begun, done=done, total=total))
            if done < total and stopped():
                raise _CalledAway

        try:
            message = handler(library, begun, tell)
        except _CalledAway:
            self._write(replace(task, state=State.WAITING))
            return
        except LibraryError as error:
            self._write(replace(begun, state=State.FAILED, message=f"{error.message}; {error.remedy}".rstrip("; ")))
            return
        self._write(replace(begun, state=State.DONE, message=message))

    def _read(self) -> Iterator[Task]:
        for path in self._folder.glob("*.json"):
            if _ID.fullmatch(path.stem):
                with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
                    value = json.loads(path.read_bytes())
                    yield Task(
                        path.stem, str(value["request"]), str(value["who"]), int(value["asked"]),
                        State(value["state"]), int(value["tries"]), Right(value["right"]), int(value["done"]),
                        int(value["total"]), str(value["message"]),
                    )  # fmt: skip

    def _write(self, task: Task) -> None:
        write_bytes(self._path(task), json.dumps(asdict(task), ensure_ascii=False).encode("utf-8", "replace"))

    def _path(self, task: Task) -> Path:
        return self._folder / f"{task.id}.json"

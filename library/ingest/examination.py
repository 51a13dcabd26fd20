"""Files examined side by side, each in a process that may die, the outcomes in the order of the files."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self, cast

from library.describe.proposal import Description
from library.errors import UnreadableFile
from library.formats import Errand, Limits, Nursery, Reading, from_json

AHEAD = 3
"""Files examined ahead of the one that is waited for, for each job: bounds what is held in memory."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file, read, with the record that is proposed for it."""

    path: Path
    reading: Reading
    description: Description
    stages: tuple[tuple[str, float], ...] = ()
    """How long each stage took, in seconds."""


class Examiner:
    """Reads and describes one file at a time in a process that may die; used as a context manager."""

    def __init__(self, topics: Path) -> None:
        self._nursery = Nursery("library.ingest.examine", (str(topics),))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Load what reading needs now, so that the first file need not wait for it. Raises LibraryError."""
        self._nursery.warm()

    def examine(
        self,
        path: Path,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        errand: Errand | None = None,
    ) -> Examined | UnreadableFile:
        """What was found in a file, or why it cannot be read."""
        try:
            return _examined(path, self._nursery.run(path, limits, errand))
        except UnreadableFile as refusal:
            return refusal

    def close(self) -> None:
        """End the process, and with it a file that is still being read."""
        self._nursery.close()


def examine(
    paths: Iterable[Path],
    topics: Path,
    jobs: int = 1,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Iterator[tuple[Path, Examined | UnreadableFile]]:
    """Each file with what was found in it, or why it cannot be read; `jobs` files are read at a time."""
    idle: SimpleQueue[Examiner] = SimpleQueue()
    every = [Examiner(topics) for _ in range(max(jobs, 1))]
    for examiner in every:
        idle.put(examiner)

    def one(path: Path) -> Examined | UnreadableFile:
        examiner = idle.get()
        try:
            return examiner.examine(path, limits)
        finally:
            idle.put(examiner)

    waiting: deque[tuple[Path, Future[Examined | UnreadableFile]]] = deque()
    pool = ThreadPoolExecutor(max_workers=len(every), thread_name_prefix="examine")
    try:
        for path in paths:
            waiting.append((path, pool.submit(one, path)))
            if len(waiting) > AHEAD * len(every):
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        pool.shutdown(cancel_futures=True)
        for examiner in every:
            examiner.close()


def _examined(path: Path, answer: dict[str, object]) -> Examined:
    reading = from_json(cast("dict[str, Any]", answer["reading"]))
    stages = tuple((str(stage), float(seconds)) for stage, seconds in cast("list[Any]", answer["stages"]))
    return Examined(path, reading, Description.from_json(cast("dict[str, Any]", answer["description"])), stages)

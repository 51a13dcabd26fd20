"""Files examined side by side, each in a process that may die, the outcomes in the order of the files."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, cast

from library.describe.proposal import Description
from library.errors import UnreadableFile
from library.formats import Limits, Nursery, Reading, from_json

AHEAD = 3
"""Files examined ahead of the one that is waited for, for each job: bounds what is held in memory."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file, read, with the record that is proposed for it."""

    path: Path
    reading: Reading
    description: Description


def examine(
    paths: Iterable[Path],
    topics: Path,
    jobs: int = 1,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Iterator[tuple[Path, Examined | UnreadableFile]]:
    """Each file with what was found in it, or why it cannot be read; `jobs` files are read at a time."""
    nurseries: SimpleQueue[Nursery] = SimpleQueue()
    every = [Nursery("library.ingest.examine", (str(topics),)) for _ in range(max(jobs, 1))]
    for nursery in every:
        nurseries.put(nursery)

    def one(path: Path) -> Examined | UnreadableFile:
        nursery = nurseries.get()
        try:
            return _examined(path, nursery.run(path, limits))
        except UnreadableFile as refusal:
            return refusal
        finally:
            nurseries.put(nursery)

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
        for nursery in every:
            nursery.close()


def _examined(path: Path, answer: dict[str, object]) -> Examined:
    reading = from_json(cast("dict[str, Any]", answer["reading"]))
    return Examined(path, reading, Description.from_json(cast("dict[str, Any]", answer["description"])))

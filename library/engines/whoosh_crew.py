"""Several processes that each write a part of the index (`whoosh_worker.py`), and the parts brought together.

Postings never pass between processes: a part is a file of arrays, and those are put together term by term.
"""

from __future__ import annotations

import shutil
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from subprocess import Popen
from types import TracebackType
from typing import Self

from whoosh.writing import SegmentWriter

from library.engines import Entry
from library.engines.whoosh_part import take_part
from library.engines.whoosh_worker import as_message
from library.errors import EngineUnavailable
from library.frames import BrokenFrame, decoded, encoded, receive, send
from library.processes import end, start

AHEAD = 3
"""Editions that wait, for each worker: bounds what is held in memory."""
PROCESS_MB = 32
"""What a process takes by itself, counted as Whoosh counts postings: at a little more than half."""
GRACE_SECONDS = 5
"""For a worker that has nothing more to do."""


class Crew:
    """So many workers, each with a folder in `place`, which is taken away at the end; used as a context manager.

    `megabytes` is what all of them together hold before they write it.
    """

    def __init__(self, place: Path, writer: SegmentWriter, megabytes: int, many: int) -> None:
        self._place = place
        self._writer = writer
        self._folders = [place / str(number) for number in range(many)]
        self._megabytes = max(megabytes // many - PROCESS_MB, 1)
        self._workers: list[Popen[bytes]] = []
        self._idle: SimpleQueue[Popen[bytes]] = SimpleQueue()
        self._threads = ThreadPoolExecutor(many, thread_name_prefix="crew")
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        try:
            for folder in self._folders:
                folder.mkdir(parents=True)
                worker = start("library.engines.whoosh_worker", (str(folder.absolute()), str(self._megabytes)))
                self._workers.append(worker)
                self._idle.put(worker)
        except BaseException:
            self._end(at_once=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(at_once=error is not None)

    def add(self, entry: Entry) -> None:
        """Give an edition to the next worker that is idle. Raises EngineUnavailable when one has failed."""
        self._waiting.append(self._threads.submit(self._give, entry))
        self._wait(AHEAD * len(self._workers))

    def finish(self) -> None:
        """Have all parts written, and put them into what the writer will commit. Raises EngineUnavailable."""
        self._wait(0)
        self._waiting.extend(self._threads.submit(_ask, worker, {}) for worker in self._workers)
        self._wait(0)
        for folder in self._folders:
            take_part(folder, self._writer)

    def _give(self, entry: Entry) -> None:
        worker = self._idle.get()
        try:
            _ask(worker, as_message(entry))
        finally:
            self._idle.put(worker)

    def _wait(self, most: int) -> None:
        """Wait until no more than so many requests are under way; the first that failed is raised."""
        while len(self._waiting) > most:
            self._waiting.popleft().result()

    def _end(self, *, at_once: bool) -> None:
        if at_once:
            for worker in self._workers:
                worker.kill()  # what a thread waits for then comes to an end
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            end(worker, GRACE_SECONDS)
        shutil.rmtree(self._place, ignore_errors=True)


def _ask(worker: Popen[bytes], message: dict[str, object]) -> None:
    """Send a request and wait for its answer. Raises EngineUnavailable when there is none, or a bad one."""
    assert worker.stdin is not None and worker.stdout is not None
    try:
        send(worker.stdin.fileno(), encoded(message))
        answer = decoded(receive(worker.stdout.fileno()))
    except BrokenFrame as error:
        raise EngineUnavailable(
            "one of the processes that write the index ended before it was done; the index is as it was before",
            "run it again with --jobs 1, which takes less memory",
        ) from error
    if "failed" in answer:
        detail = str(answer["failed"])
        kind = detail.rstrip().rpartition("\n")[2].partition(":")[0]  # what follows the colon may be text of a file
        failure = EngineUnavailable(
            f"one of the processes that write the index failed ({kind:.80}); the index is as it was before",
            "see that the disk is not full, then run it again with --jobs 1",
        )
        failure.add_note(f"In the process that wrote a part of the index:\n{detail}")
        raise failure

"""A crowd of readers beside two writers: every answer is exactly that of one committed state, and of no stale one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from library.access import Role, User, visible_to
from library.analysis import Analysers
from library.engines import Answer
from library.engines.whoosh_engine import WhooshEngine
from library.query import parse
from library.request import MAX_PER_PAGE, SearchRequest, Sort
from tests.contract.oracle import Oracle
from tests.engines.conftest import LEFT_OPEN
from tests.engines.crowd import Clock, fill, keep_writing, number_held, state
from tests.thorough import rounds

pytestmark = [pytest.mark.usefixtures("left_open"), *LEFT_OPEN]

READERS = 16
SECONDS = rounds(5, 60)
QUERIES: tuple[tuple[str, dict[str, list[str]]], ...] = (
    ("", {}), ("zebra", {}), ("harm", {"language": ["en", "fr"]}), ("police OR version1", {"year": ["2019..2020"]}),
    ('"zebra police"', {}), ("guest* AND police", {"kind": ["guide", "audit"]}), ("=2020", {}),
    ("harm NOT version2", {"year": ["2020"]}),
)  # fmt: skip
"""Every one is answered by the marker too, before anything is filtered."""
REQUESTS = tuple(
    (SearchRequest.build(query, chosen, sort=Sort.NEWEST, per_page=MAX_PER_PAGE), role)
    for query, chosen in QUERIES
    for role in (Role.READER, Role.MEMBER)
)


@dataclass(frozen=True)
class Seen:
    """What an answer said, in a form that can be compared with what it should have said."""

    request: int
    number: int
    total: int
    editions: int
    works: tuple[str, ...]
    counts: tuple[tuple[str, str, int], ...]

    @classmethod
    def of(cls, request: int, answer: Answer) -> Seen:
        (project,) = answer.counts["project"]
        counts = sorted((name, value, count) for name, some in answer.counts.items() for value, count in some.items())
        works = tuple(hit.work for hit in answer.hits)
        return cls(
            request, int(project.removeprefix("state-")), answer.total, answer.editions, works, tuple(counts)
        )  # fmt: skip


def right(request: int, number: int, analysers: Analysers) -> Seen:
    """What must be said of this state."""
    asked, role = REQUESTS[request]
    oracle = Oracle(state(number), analysers)
    found = oracle.judge(parse(asked.query).node, asked, visible_to(User(role)))
    counts = sorted((name, value, count) for name, some in found.counts.items() for value, count in some.items())
    works = tuple(oracle.order(found, asked, {}))
    return Seen(request, number, len(found.works), len(found.editions), works, tuple(counts))


class Crowd:
    """Threads that search the same engine, and what they saw and stumbled over."""

    def __init__(self, engine: WhooshEngine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.failed: list[BaseException] = []
        self.seen: list[set[Seen]] = [set() for _ in range(READERS)]
        self.searches = [0] * READERS

    def read(self, thread: int) -> None:
        """Ask one request after another, each thread beginning at another one."""
        last = 0
        while not self.clock.over:
            request = (thread + self.searches[thread]) % len(REQUESTS)
            asked, role = REQUESTS[request]
            told = max(self.clock.told(), last)
            answer = self.engine.search(parse(asked.query).node, asked, visible_to(User(role)))
            seen = Seen.of(request, answer)
            assert seen.number >= told, f"state {seen.number} was shown after {told} had been committed or shown"
            last = seen.number
            self.seen[thread].add(seen)
            self.searches[thread] += 1

    def start(self, work: Callable[[], object]) -> threading.Thread:
        """A thread that ends everything when it fails."""

        def guarded() -> None:
            try:
                work()
            except BaseException as error:
                self.failed.append(error)
                self.clock.end()

        thread = threading.Thread(target=guarded)
        thread.start()
        return thread


def other_writer(folder: Path, clock: Path) -> subprocess.Popen[str]:
    """A process that writes to the same index, as `library add` does beside the running pages."""
    command = [sys.executable, "-m", "tests.engines.crowd", str(folder), str(clock)]
    return subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_every_answer_is_that_of_one_committed_state(folder: Path, tmp_path: Path) -> None:
    """16 threads search through one engine while this process and another one commit, some commits being rebuilds.

    Of every answer total, editions, works in their order and all counts are compared with the oracle's for the state
    that the answer itself names; no thread may be shown a state older than one committed before it asked.
    """
    engine, clock = WhooshEngine(folder), Clock(tmp_path / "clock")
    engine.rebuild(fill(0))
    crowd = Crowd(engine, clock)
    beside = other_writer(folder, tmp_path / "clock")
    threads = [crowd.start(lambda number=number: crowd.read(number)) for number in range(READERS)]  # type: ignore[misc]
    threads.append(crowd.start(lambda: keep_writing(engine, clock, writer=0)))
    ending = time.monotonic() + SECONDS
    while not clock.over and beside.poll() is None:
        if time.monotonic() >= ending and clock.both_told and all(crowd.searches):
            break
        time.sleep(0.1)
    clock.end()
    for thread in threads:
        thread.join()
    commits, complaints = beside.communicate()
    if crowd.failed:
        raise BaseExceptionGroup(f"{len(crowd.failed)} threads failed", crowd.failed)
    assert (beside.returncode, complaints) == (0, "")
    assert int(commits) > 0
    assert all(crowd.searches)

    analysers = Analysers()
    every = set().union(*crowd.seen)
    assert len({seen.number for seen in every}) > 2
    wrong = [(seen, must) for seen in every if seen != (must := right(seen.request, seen.number, analysers))]
    assert wrong == []

    last = number_held(engine)
    assert last == clock.told()
    fresh = WhooshEngine(tmp_path / "fresh")
    fresh.rebuild(fill(last))
    assert dict(engine.held()) == dict(fresh.held())
    for number, (asked, role) in enumerate(REQUESTS):
        answers = [Seen.of(number, one.search(parse(asked.query).node, asked, visible_to(User(role))))
                   for one in (engine, fresh)]  # fmt: skip
        assert answers[0] == answers[1]
    fresh.close()
    engine.close()

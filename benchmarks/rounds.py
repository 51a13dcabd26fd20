"""The measurements, each to be run in a process of its own, so that no engine inherits another's memory."""

from __future__ import annotations

import gc
import os
import resource
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from contenders import Ask, Contender, contender
from corpus import Corpus
from distributed import Distributed
from ours import AGAIN, EVERYBODY, Ours, node, request
from queries import NOTHING, Asked, Question, by_kind

from library.engines import Entry
from library.engines.whoosh_engine import WhooshEngine

REPETITIONS = 3
"""How often a question is asked of a warm engine; the first time does not count."""
ADDED = 30
"""Editions that are added one at a time."""
CROWD = 4
"""How often each question is asked by all threads together."""
STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Built:
    """What indexing cost."""

    name: str
    pages: int
    wall: float
    cpu: float
    """Seconds, without those in which the editions were made up; what tantivy's thread did meanwhile costs no wall."""
    size: int
    before: int
    peak: int
    """Bytes in memory before indexing, and at most."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One question, answered."""

    way: str
    warm: bool
    kind: Asked
    wall: float
    cpu: float
    """Milliseconds."""


@dataclass(frozen=True, slots=True)
class Asking:
    """All answers in one process, the engines taking turns kind by kind."""

    samples: tuple[Sample, ...]
    openings: Mapping[str, tuple[float, ...]]
    """Way to the milliseconds of opening the index and answering when nothing is asked."""
    agreeing: Mapping[str, Mapping[Asked, tuple[int, int]]]
    """Way to the questions for which it finds as many editions as ours, and those it answers."""


@dataclass(frozen=True, slots=True)
class Added:
    """Editions added one at a time to an index that is open and searched: milliseconds of each."""

    put: tuple[float, ...]
    """Put and committed."""
    first: tuple[float, ...]
    """The first answer after it, the index being read anew."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Many threads at once on one open engine."""

    name: str
    threads: int
    per_second: float
    walls: tuple[float, ...]
    """Milliseconds of each answer, waiting included."""
    peak: int


def build(name: str, scratch: Path, corpus: Corpus, editions: int) -> Built:
    """Index the library, and tell what it cost."""
    made = _Made(corpus.entries(editions))
    engine = contender(name, scratch, corpus)
    assert corpus.thesaurus
    before = memory()[0]
    with clock() as (wall, cpu):
        if isinstance(engine, Ours | Distributed) and corpus.copies > 1:
            engine.build_copies(scratch.parent / str(editions // corpus.copies) / name)
        else:
            engine.build(made)
    return Built(name, made.pages, wall() - made.wall, cpu() - made.cpu, engine.size(), before, memory()[1])


def ask(names: Sequence[str], scratch: Path, corpus: Corpus, questions: Sequence[Question], editions: int) -> Asking:
    """Ask everything, cold and warm."""
    engines = {name: contender(name, scratch, corpus) for name in names}
    openings: dict[str, list[float]] = {}
    samples: list[Sample] = []
    for engine in engines.values():
        engine.open()
        if isinstance(engine, Ours):
            engine.write_what_is_met(questions, editions)
    kinds = by_kind(questions)
    for kind, asked in kinds.items():
        if kind is not Asked.NOTHING:
            for engine in engines.values():
                way, answer = next(iter(engine.ways().items()))
                for question in asked:
                    openings.setdefault(way, []).append(_opening(engine.open, answer))
                    samples.extend(_timed(way, False, answer, [question]))
    for asked in kinds.values():
        for repetition in range(REPETITIONS):
            for engine in engines.values():
                for way, answer in engine.ways().items():
                    timed = _timed(way, True, answer, asked)
                    samples.extend(timed if repetition else ())
    agreeing = _agreeing(engines, kinds)
    for engine in engines.values():
        engine.close()
    return Asking(tuple(samples), {way: tuple(taken) for way, taken in openings.items()}, agreeing)


def add(scratch: Path, corpus: Corpus, question: Question) -> Added:
    """Add editions to a copy of our index, one at a time, and search after each."""
    put: list[float] = []
    first: list[float] = []
    with TemporaryDirectory(dir=scratch) as copy:
        shutil.copytree(scratch / "ours" / "index" / "whoosh", copy, dirs_exist_ok=True)
        engine = WhooshEngine(Path(copy))

        def answer() -> None:
            engine.search(node(question), request(question), EVERYBODY)

        answer()
        for number, entry in enumerate(corpus.entries(ADDED)):
            begun = time.perf_counter()
            with engine.batch() as batch:
                batch.put(replace(entry, work=f"added-{number}", edition=f"added-{number}.{entry.language}"))
            committed = time.perf_counter()
            answer()
            put.append((committed - begun) * 1000)
            first.append((time.perf_counter() - committed) * 1000)
        engine.close()
    return Added(tuple(put), tuple(first))


def crowd(name: str, scratch: Path, corpus: Corpus, questions: Sequence[Question], threads: int) -> Crowd:
    """Everything asked several times by so many threads, of one engine that is warm."""
    engine = contender(name, scratch, corpus)
    engine.open()
    ways = engine.ways()
    answer = ways.get(AGAIN) or next(iter(ways.values()))  # ours behind its lock, as threads must ask it
    every = [question for question in questions for _ in range(CROWD)]
    Random(threads).shuffle(every)

    def one(question: Question) -> float:
        begun = time.perf_counter()
        answer(question)
        return (time.perf_counter() - begun) * 1000

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, every))
        begun = time.perf_counter()
        walls = tuple(pool.map(one, every))
        taken = time.perf_counter() - begun
    engine.close()
    return Crowd(name, threads, len(every) / taken, walls, memory()[1])


def memory() -> tuple[int, int]:
    """Bytes of this process, not of its children, in memory, now and at most; not on Linux: twice the most."""
    if not STATUS.exists():
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return most, most
    told = dict(line.split(":", 1) for line in STATUS.read_text(encoding="utf-8").splitlines())
    return int(told["VmRSS"].split()[0]) * 1024, int(told["VmHWM"].split()[0]) * 1024


@contextmanager
def clock() -> Iterator[tuple[Callable[[], float], Callable[[], float]]]:
    """Wall and CPU seconds of a block, children that were waited for included, to be asked for after it."""
    begun = time.perf_counter(), sum(os.times()[:4])
    ended: list[float] = []
    yield (lambda: ended[0] - begun[0]), (lambda: ended[1] - begun[1])
    ended.extend((time.perf_counter(), sum(os.times()[:4])))


class _Made:
    """Editions, with the time it took to make them up and how many pages they have."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = iter(entries)
        self.wall = self.cpu = 0.0
        self.pages = 0

    def __iter__(self) -> Iterator[Entry]:
        while True:
            wall, cpu = time.perf_counter(), time.thread_time()
            entry = next(self._entries, None)
            self.wall += time.perf_counter() - wall
            self.cpu += time.thread_time() - cpu
            if entry is None:
                return
            self.pages += len(entry.pages)
            yield entry


def _opening(opened: Callable[[], None], answer: Ask) -> float:
    begun = time.perf_counter()
    opened()
    answer(NOTHING)
    taken = (time.perf_counter() - begun) * 1000
    gc.collect()
    return taken


def _timed(way: str, warm: bool, answer: Ask, questions: Iterable[Question]) -> list[Sample]:
    found: list[Sample] = []
    for question in questions:
        wall, cpu = time.perf_counter(), time.process_time()
        answered = answer(question)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        if answered is not None:
            found.append(Sample(way, warm, question.kind, wall * 1000, cpu * 1000))
    return found


def _agreeing(
    engines: Mapping[str, Contender], kinds: Mapping[Asked, Sequence[Question]]
) -> Mapping[str, Mapping[Asked, tuple[int, int]]]:
    """How often a peer finds as many editions as ours when everybody may find everything."""
    found: dict[str, dict[Asked, tuple[int, int]]] = {}
    ours = engines.get("ours")
    if isinstance(ours, Ours):
        for kind, asked in kinds.items():
            totals = [ours.total(question, EVERYBODY)[1] for question in asked]
            for name in engines.keys() - {"ours"}:
                way, answer = next(iter(engines[name].ways().items()))
                pairs = [(total, theirs) for total, theirs in zip(totals, map(answer, asked), strict=True)
                         if theirs is not None]  # fmt: skip
                found.setdefault(way, {})[kind] = sum(a == b for a, b in pairs), len(pairs)
    return found

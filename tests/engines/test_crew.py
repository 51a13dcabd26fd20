"""An index that several processes write: the same as from one, and whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from library import processes
from library.engines import Answer, Batch, Entry, whoosh_engine, whoosh_part
from library.engines.whoosh_engine import WhooshEngine
from library.engines.whoosh_worker import as_message, entry_from
from library.errors import EngineUnavailable
from library.frames import decoded, encoded
from library.model import Access
from library.query import parse
from library.request import SearchRequest
from tests.contract.made_up import WORDS, made_up
from tests.contract.toy import ALL, TOY, entry
from tests.engines.conftest import put_toy

ROOT = Path(__file__).parents[2]
Worker = subprocess.Popen[bytes]
MADE = {one.edition: one for change in made_up("crew", 30) for one in change.editions or ()}
QUESTIONS = (*WORDS, "", '"harm city"', "cit*", "polise~", "harm OR ville", "city -night", "topic:a city")

KILLED = """
import sys, time
from pathlib import Path
from library.engines.whoosh_engine import WhooshEngine
from tests.contract.toy import TOY

def fill(batch):
    for entry in TOY:
        batch.put(entry)
    print("put", flush=True)
    time.sleep(600)

WhooshEngine(Path(sys.argv[1])).rebuild(fill, 2)
"""


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Worker]]:
    """The processes that are started; none may be left at the end."""
    started: list[Worker] = []

    def start(module: str, arguments: tuple[str, ...]) -> Worker:
        started.append(processes.start(module, arguments))
        return started[-1]

    monkeypatch.setattr("library.engines.whoosh_crew.start", start)
    yield started
    assert [worker.args for worker in started if worker.poll() is None] == []


def answers(engine: WhooshEngine) -> dict[str, tuple[Answer, dict[str, float]]]:
    """What an engine answers; the scores by themselves, for sums differ a little with the order of the editions."""
    found = {}
    for question in QUESTIONS:
        answer = engine.search(parse(question).node, SearchRequest.build(question, per_page=100), ALL)
        scores = {hit.work: hit.score for hit in answer.hits}
        found[question] = replace(answer, hits=tuple(replace(hit, score=0.0) for hit in answer.hits)), scores
    return found


def assert_alike(engine: WhooshEngine, other: WhooshEngine) -> None:
    """Both hold the same and answer the same."""
    assert dict(engine.held()) == dict(other.held())
    one, two = answers(engine), answers(other)
    assert {question: found[0] for question, found in one.items()} == {q: found[0] for q, found in two.items()}
    for question, (_, scores) in one.items():
        assert scores == pytest.approx(two[question][1], rel=1e-4)


def put(*entries: Entry) -> Callable[[Batch], None]:
    """What puts these."""

    def fill(batch: Batch) -> None:
        for one in entries:
            batch.put(one)

    return fill


def test_two_processes_make_the_index_that_one_makes(tmp_path: Path, workers: list[Worker]) -> None:
    alone, together = WhooshEngine(tmp_path / "alone"), WhooshEngine(tmp_path / "together")
    alone.rebuild(put(*MADE.values()))
    together.rebuild(put(*MADE.values()), 2)
    assert len(workers) == 2
    assert_alike(alone, together)
    dropped, *changed = (one.edition for one in Random(0).sample(list(MADE.values()), 8))
    for engine, jobs in ((alone, 1), (together, 2)):
        with engine.batch(jobs) as batch:
            batch.drop(dropped)
            put(*(replace(MADE[name], pages=("police harm",), fingerprint="new") for name in changed))(batch)
            batch.put(entry("another", "fr", "villes"))
    assert len(workers) == 4
    assert list(together.held().values()).count("new") == len(changed)
    assert_alike(alone, together)
    alone.close()
    together.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_memory_that_is_full_again_and_again_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    ample, scarce = WhooshEngine(tmp_path / "ample"), WhooshEngine(tmp_path / "scarce")
    ample.rebuild(put(*MADE.values()))
    monkeypatch.setattr(whoosh_engine, "MEMORY_MB", 0)
    monkeypatch.setattr(whoosh_part, "MEGABYTE", 1_000)
    scarce.rebuild(put(*MADE.values()), jobs)
    assert_alike(ample, scarce)
    assert len(list((tmp_path / "scarce").rglob("*.arrays"))) == 1
    with pytest.raises(ZeroDivisionError):
        scarce.rebuild(lambda batch: fail(batch, []), jobs)
    assert_alike(ample, scarce)
    assert len(list((tmp_path / "scarce").glob("generation-*"))) == 1
    ample.close()
    scarce.close()


def test_a_crew_may_have_nothing_to_do(engine: WhooshEngine, folder: Path, workers: list[Worker]) -> None:
    with engine.batch(2) as batch:
        batch.drop(TOY[0].edition)
    assert len(engine.held()) == len(TOY) - 1
    engine.rebuild(put(TOY[0]), 99)
    assert set(engine.held()) == {TOY[0].edition}
    engine.rebuild(put(), 2)
    assert engine.held() == {}
    assert len(workers) == 2 + 4 + 2  # never more than so many
    assert len(list(folder.glob("generation-*"))) == 1


def kill_one(batch: Batch, workers: list[Worker]) -> None:
    put_toy(batch)
    workers[0].kill()
    put(*MADE.values())(batch)


def kill_all(batch: Batch, workers: list[Worker]) -> None:
    put_toy(batch)
    for worker in workers:
        worker.kill()


def put_twice(batch: Batch, workers: list[Worker]) -> None:
    del workers
    put(TOY[0], TOY[0])(batch)


def put_what_cannot_be_written(batch: Batch, workers: list[Worker]) -> None:
    del workers
    put(*TOY, replace(TOY[0], edition="\ud800"))(batch)


def fail(batch: Batch, workers: list[Worker]) -> None:
    del workers
    put_toy(batch)
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (kill_one, EngineUnavailable),
        (kill_all, EngineUnavailable),
        (put_twice, ValueError),
        (put_what_cannot_be_written, EngineUnavailable),
        (fail, ZeroDivisionError),
    ],
)
@pytest.mark.parametrize("anew", [True, False], ids=["rebuild", "batch"])
def test_what_goes_wrong_leaves_the_old_index_and_nothing_else(
    engine: WhooshEngine,
    folder: Path,
    workers: list[Worker],
    harm: Callable[[Batch, list[Worker]], None],
    told: type[Exception],
    anew: bool,
) -> None:
    with engine.batch() as batch:
        batch.put(entry("before", "en", "before"))
    before, held = sorted(path.name for path in folder.rglob("*")), dict(engine.held())
    with pytest.raises(told):
        if anew:
            engine.rebuild(lambda batch: harm(batch, workers), 2)
        else:
            with engine.batch(2) as batch:
                harm(batch, workers)
    assert dict(engine.held()) == held
    left = {path.name for path in folder.rglob("*")} - set(before)
    # Whoosh leaves the empty files of a segment that was given up; the next commit takes them away.
    assert [name for name in left if not name.startswith("MAIN_")] == []
    with engine.batch() as batch:
        batch.put(entry("before", "en", "after"))
    assert len(list(folder.rglob("*.arrays"))) == 3


def test_a_failure_is_told_with_where_it_was_and_without_the_text_of_the_file(engine: WhooshEngine) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        engine.rebuild(put(replace(TOY[0], edition="hostile \ud800")), 2)
    assert "UnicodeEncodeError" in caught.value.message
    assert "hostile" not in caught.value.message
    assert "--jobs 1" in caught.value.remedy
    assert "in add" in "\n".join(caught.value.__notes__)


def test_workers_end_with_the_process_that_started_them(engine: WhooshEngine, folder: Path) -> None:
    held = dict(engine.held())
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"put\n"
        parent.kill()
        # The workers write to the same pipe for errors: it ends when the last of them has.
        assert parent.communicate(timeout=60)[1] == b""
    assert dict(engine.held()) == held
    with engine.batch() as batch:
        batch.put(entry("after", "en", "after"))
    assert len(list(folder.glob("generation-*"))) == 1


texts = some.text(max_size=20)
several = some.lists(texts, max_size=3).map(tuple)


@given(
    some.builds(
        Entry,
        edition=texts, work=texts, language=texts, lanes=several, access=some.sampled_from(Access), fingerprint=texts,
        title=texts, abstract=texts, subject=several, pages=several, values=some.dictionaries(texts, several),
        date=some.integers(0, 99999999),
    )
)  # fmt: skip
def test_an_entry_is_received_as_it_was_sent(sent: Entry) -> None:
    message = decoded(encoded(as_message(sent))[4:])
    assert entry_from(message["entry"]) == sent  # type: ignore[arg-type]

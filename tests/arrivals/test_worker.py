"""The worker of the web application: files become drafts, tasks are done, drafts are published on their day."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from library.access import Right, Role, User
from library.arrivals import Arrivals, ArrivalsWorker, Stage, State, Task, Tasks, Working
from library.arrivals.bell import Bell
from library.arrivals.tasks import Tell
from library.errors import LibraryError, NotAllowed, RecordError, UsageError
from library.ingest.report import read_report
from library.library import Library
from library.model import Status
from library.request import SearchRequest
from tests.arrivals.handing_in import ANA, BATCH, Here, pieces
from tests.conftest import DOCUMENTS
from tests.papers import COUNCIL, RAT, leave, paper, shelve

LIBRARIAN = User(Role.LIBRARIAN, "lea")
PATIENCE = 120.0


@contextmanager
def opened(root: Path) -> Iterator[Library]:
    with Library.open(root) as library:
        library.index()
        yield library


def wait_until(done: Callable[[], bool]) -> None:
    """Wait for something that the worker does; a test that waits in vain fails."""
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until, "nothing came of it"
        time.sleep(0.05)


def test_what_is_handed_in_becomes_a_draft_with_its_report(empty_root: Path, tmp_path: Path) -> None:
    said: list[str] = []

    def greet(library: Library, task: Task, tell: Tell) -> str:
        said.append(task.request)
        return "greeted"

    shelve(empty_root, "due", {"en": ("A day came.",)}, status=Status.DRAFT, publish_on="2020-01-01")
    with opened(empty_root) as library:
        arrivals = Arrivals(empty_root)
        early = arrivals.receive(ANA, "early.pdf", pieces(paper(tmp_path / "a.pdf", COUNCIL)), BATCH)
        with ArrivalsWorker(lambda: library, {"greet": greet}):
            wait_until(lambda: arrivals.status(ANA, BATCH).done)
            late = arrivals.receive(ANA, "late.pdf", pieces(paper(tmp_path / "b.pdf", RAT)), BATCH)
            Tasks(arrivals.folder.folder).ask(LIBRARIAN, Right.KEEP, "greet:late")
            wait_until(lambda: arrivals.status(ANA, BATCH).done and said != [])
            wait_until(lambda: library.catalogue.sound("due") is not None and _status(library, "due") != "draft")
        done = {one.id: one for one in arrivals.status(ANA, BATCH).arrivals}
        assert [done[one.id].stage for one in (early, late)] == [Stage.DRAFT, Stage.DRAFT]
        work = library.get(done[early.id].work, ANA)
        report = read_report(library.catalogue.folder / work.id, work.editions[0].sha256)
        assert (report.damaged, report.who, report.arrival) == ("", ANA.name, early.label)
        assert [stage for stage, _ in report.stages] == ["reading", "language", "describing", "near-duplicates"]
        assert [hit.work for hit in library.search(SearchRequest.build("litter"), ANA).hits] == [work.id]
        assert library.search(SearchRequest.build("litter"), User(Role.MEMBER)).hits == ()
        assert said == ["greet:late"]


def _status(library: Library, work: str) -> str:
    found = library.catalogue.sound(work)
    return "" if found is None else found.status.value


def test_only_one_process_works(tmp_path: Path) -> None:
    with Bell(tmp_path).alone() as first, Bell(tmp_path).alone() as second:
        assert (first, second) == (True, False)
    with Bell(tmp_path).alone() as again:
        assert again


@pytest.fixture
def working(empty_root: Path) -> Iterator[Working]:
    with opened(empty_root) as library, Working(library, Arrivals(empty_root), Here()) as made:
        yield made


def test_a_file_that_ends_the_program_again_and_again_is_given_up(empty_root: Path, working: Working) -> None:
    arrivals = Arrivals(empty_root)
    arrival = arrivals.receive(ANA, "bad.pdf", [b"%PDF-1.7"], BATCH)
    arrivals.folder.write(replace(arrival, tries=5, stage=Stage.READING))
    working.through()
    (found,) = arrivals.status(ANA, BATCH).arrivals
    assert found.reason.startswith("crashed: ")
    arrivals.again(ANA, BATCH, arrival.id)
    working.through()
    (found,) = arrivals.status(ANA, BATCH).arrivals
    assert found.reason.startswith("damaged: ")
    arrivals.dismiss(ANA, BATCH, arrival.id)
    assert arrivals.status(ANA, BATCH).arrivals == ()


def test_versions_that_come_one_by_one_are_proposed_for_the_first(empty_root: Path, working: Working) -> None:
    arrivals = Arrivals(empty_root)
    for language in ("en", "fr", "nl"):
        file = DOCUMENTS / "rembrandt-square" / f"{language}.pdf"
        arrivals.receive(ANA, f"{hashlib.sha256(language.encode()).hexdigest()}.pdf", pieces(file), BATCH)
    working.through()
    english, *others = arrivals.status(ANA, BATCH).arrivals
    for other in others:
        version = read_report(empty_root / "documents" / other.work, other.sha256).version
        assert version is not None
        assert version.work == english.work


def test_old_batches_of_which_all_was_taken_are_forgotten(empty_root: Path, working: Working, tmp_path: Path) -> None:
    arrivals = Arrivals(empty_root)
    good = arrivals.receive(ANA, "good.pdf", pieces(paper(tmp_path / "a.pdf", COUNCIL)), "good")
    bad = arrivals.receive(ANA, "bad.pdf", [b"x"], "bad")
    working.through()
    for arrival in (good, bad):
        leave(arrivals.folder.place(arrival) / "state.json")
    arrivals.folder.tidy()
    assert arrivals.folder.batches() == ("bad", "good"), "two days are not long ago"
    for arrival in (good, bad):
        long_ago = time.time() - 8 * 24 * 3600
        os.utime(arrivals.folder.place(arrival) / "state.json", (long_ago, long_ago))
    arrivals.folder.tidy()
    assert arrivals.folder.batches() == ("bad",)
    assert [status.batch for status in arrivals.open_batches(ANA)] == ["bad"]


def test_tasks_are_asked_for_once_done_once_and_told(empty_root: Path) -> None:
    tasks = Tasks(empty_root / "arrivals")
    first = tasks.ask(LIBRARIAN, Right.KEEP, "ocr:night-watch:fr")
    assert tasks.ask(LIBRARIAN, Right.KEEP, "ocr:night-watch:fr") == first
    tasks.ask(LIBRARIAN, Right.KEEP, "ocr:other:fr")
    tasks.ask(LIBRARIAN, Right.KEEP, "unknown")
    with pytest.raises(NotAllowed):
        tasks.ask(ANA, Right.KEEP, "ocr:a:b")
    for odd in ("", "ocr:../x:fr", "ocr:" + "a" * 100, "OCR:a", "ocr\n"):
        with pytest.raises(UsageError):
            tasks.ask(LIBRARIAN, Right.KEEP, odd)
    done: list[str] = []

    def ocr(library: Library, task: Task, tell: Tell) -> str:
        if "other" in task.request:
            raise LibraryError("tesseract is missing", "install it")
        done.append(task.who)
        return "3 pages"

    with opened(empty_root) as library:
        tasks.through(library, {"ocr": ocr}, lambda: False)
        tasks.through(library, {"ocr": ocr}, lambda: False)
    told = {task.request: (task.state, task.message) for task in tasks.every()}
    assert done == ["lea"]
    assert told["ocr:night-watch:fr"] == (State.DONE, "3 pages")
    assert told["ocr:other:fr"] == (State.FAILED, "tesseract is missing; install it")
    assert told["unknown"][0] is State.FAILED


def test_a_task_that_ends_the_program_each_time_is_given_up(empty_root: Path) -> None:
    tasks = Tasks(empty_root / "arrivals")
    tasks.ask(LIBRARIAN, Right.KEEP, "ocr:a:fr")

    def ends(library: Library, task: Task, tell: Tell) -> str:
        raise KeyboardInterrupt

    with opened(empty_root) as library:
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                tasks.through(library, {"ocr": ends}, lambda: False)
        tasks.through(library, {"ocr": ends}, lambda: False)
    assert [task.state for task in tasks.every()] == [State.FAILED]


def test_a_task_that_is_called_away_goes_on_the_next_time(empty_root: Path) -> None:
    tasks = Tasks(empty_root / "arrivals")
    tasks.ask(LIBRARIAN, Right.KEEP, "ocr:a:fr")
    seen: list[tuple[int, int, State]] = []
    away = iter((False, True))

    def parts(library: Library, task: Task, tell: Tell) -> str:
        for part in range(len(seen), 3):
            (now,) = tasks.every()
            seen.append((part, task.tries, now.state))
            tell(part + 1, 3)
        return "all"

    with opened(empty_root) as library:
        tasks.through(library, {"ocr": parts}, lambda: next(away))
        assert [(task.state, task.tries) for task in tasks.every()] == [(State.WAITING, 0)]
        tasks.through(library, {"ocr": parts}, lambda: False)
    assert seen == [(part, 1, State.WORKING) for part in range(3)]
    assert [(task.state, task.message) for task in tasks.every()] == [(State.DONE, "all")]


def test_a_library_that_is_mended_later_is_worked_for(empty_root: Path, tmp_path: Path) -> None:
    settings = empty_root / "library.toml"
    settings.write_text("[sign_in\n", encoding="utf-8")
    arrivals = Arrivals(empty_root)
    arrivals.receive(ANA, "early.pdf", pieces(paper(tmp_path / "a.pdf", COUNCIL)), BATCH)
    failed: list[bool] = []

    def open_library() -> Library:
        try:
            return Library.open(empty_root)
        except RecordError:
            failed.append(True)
            raise

    with ArrivalsWorker(open_library):
        wait_until(lambda: bool(failed))
        settings.unlink()
        wait_until(lambda: arrivals.status(ANA, BATCH).done)
    (found,) = arrivals.status(ANA, BATCH).arrivals
    assert found.stage is Stage.DRAFT


def test_one_kind_of_work_that_fails_does_not_stop_the_others(
    empty_root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(library: Library, task: Task, tell: Tell) -> str:
        raise RuntimeError("the handler is broken")

    shelve(empty_root, "due", {"en": ("A day came.",)}, status=Status.DRAFT, publish_on="2020-01-01")
    Tasks(empty_root / "arrivals").ask(LIBRARIAN, Right.KEEP, "greet:late")
    with opened(empty_root) as library:
        # The journal cannot be written, so publishing fails; then it can, and is tried again at the next round.
        journal = empty_root / "documents" / "journal.jsonl"
        journal.unlink(missing_ok=True)
        journal.mkdir()
        with ArrivalsWorker(lambda: library, {"greet": breaks}):
            wait_until(lambda: "the handler is broken" in caplog.text)
            wait_until(lambda: "publishing what is due" in caplog.text)
            journal.rmdir()
            wait_until(lambda: _status(library, "due") == "published")
    assert "Traceback" in caplog.text

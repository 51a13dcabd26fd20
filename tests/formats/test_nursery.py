"""A file that kills its reader kills nothing else, and what became of it is said."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from library.errors import LibraryError, Reason, UnreadableFile
from library.formats import Errand, Limits, Nursery
from library.formats.serving import MOST_STAGES

ROUGH = "tests.formats.rough_tasks"
BRIEF = Limits(wall_seconds=2)
ROOMY = Limits()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery(ROUGH) as opened:
        yield opened


@pytest.mark.parametrize(
    ("behaviour", "limits", "reason"),
    [
        ("sleep", BRIEF, Reason.TOO_SLOW),
        ("burn", Limits(cpu_seconds=1, wall_seconds=60), Reason.TOO_SLOW),
        ("eat", Limits(memory=200 * 1024 * 1024), Reason.TOO_MUCH_MEMORY),
        ("nibble", Limits(memory=200 * 1024 * 1024), Reason.TOO_MUCH_MEMORY),
        ("abort", ROOMY, Reason.TOO_MUCH_MEMORY),
        ("kill", ROOMY, Reason.CRASHED),
        ("segfault", ROOMY, Reason.CRASHED),
        ("exit", ROOMY, Reason.CRASHED),
        ("stop", ROOMY, Reason.CRASHED),
        ("stumble", ROOMY, Reason.FAULT),
        ("odd", ROOMY, Reason.FAULT),
        ("refuse", ROOMY, Reason.ENCRYPTED),
    ],
)
def test_a_file_that_goes_wrong_is_refused_with_its_reason(
    nursery: Nursery, behaviour: str, limits: Limits, reason: Reason
) -> None:
    before = nursery.run(Path("good"), ROOMY)
    with pytest.raises(UnreadableFile) as caught:
        nursery.run(Path(behaviour), limits)
    assert caught.value.reason is reason
    assert f"“{behaviour}”" in caught.value.message
    assert caught.value.remedy
    after = nursery.run(Path("good"), ROOMY)
    assert after["helper"] == before["helper"], "the helper outlives the file"


def test_a_refusal_comes_across_in_its_own_words(nursery: Nursery) -> None:
    with pytest.raises(UnreadableFile) as caught:
        nursery.run(Path("refuse"), ROOMY)
    assert (caught.value.message, caught.value.remedy) == ("“refuse” is locked", "unlock it")


def test_an_unforeseen_exception_keeps_its_trace_for_whoever_debugs(nursery: Nursery) -> None:
    with pytest.raises(UnreadableFile) as caught:
        nursery.run(Path("stumble"), ROOMY)
    assert "an oddity on page 3" in caught.value.__notes__[0]
    assert "oddity" not in caught.value.message


def test_what_a_reader_prints_does_not_disturb_the_answers(nursery: Nursery) -> None:
    assert nursery.run(Path("print"), ROOMY)["name"] == "print"
    assert nursery.run(Path("good"), ROOMY)["name"] == "good"


def test_every_file_has_a_process_of_its_own_and_its_own_limits(nursery: Nursery) -> None:
    first, second = nursery.run(Path("a"), Limits(pages=7)), nursery.run(Path("b"), Limits(pages=8))
    assert first["child"] != second["child"]
    assert (first["pages"], second["pages"]) == (7, 8)


@pytest.mark.parametrize("name", ["è ü – 📄.pdf", "line\nbreak", os.fsdecode(b"not-utf8-\xff")])
def test_any_file_name_comes_across(nursery: Nursery, name: str) -> None:
    assert nursery.run(Path(name), ROOMY)["name"] == name


def test_a_helper_that_dies_costs_one_file() -> None:
    with Nursery(ROUGH) as nursery:
        first = nursery.run(Path("good"), ROOMY)
        with pytest.raises(UnreadableFile) as caught:
            nursery.run(Path("murder"), ROOMY)
        assert caught.value.reason is Reason.CRASHED
        second = nursery.run(Path("good"), ROOMY)
        assert second["helper"] != first["helper"]


def test_closing_leaves_no_process_behind() -> None:
    nursery = Nursery(ROUGH)
    helper = nursery.run(Path("good"), ROOMY)["helper"]
    assert isinstance(helper, int)
    assert _alive(helper)
    nursery.close()
    nursery.close()
    with pytest.raises(ProcessLookupError):
        os.kill(helper, 0)
    assert nursery.run(Path("good"), ROOMY)["helper"] != helper, "a closed nursery opens again when asked"
    nursery.close()


def test_what_a_child_started_ends_with_it(nursery: Nursery) -> None:
    grandchild = nursery.run(Path("breed"), ROOMY)["grandchild"]
    assert isinstance(grandchild, int)
    patience = time.monotonic() + 30
    while _alive(grandchild) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not _alive(grandchild)


def test_threads_have_a_nursery_each() -> None:
    def work(number: int) -> list[object]:
        with Nursery(ROUGH) as nursery:
            return [nursery.run(Path(f"{number}-{index}"), ROOMY)["name"] for index in range(5)]

    with ThreadPoolExecutor(2) as pool:
        names = list(pool.map(work, range(2)))
    assert names == [[f"{number}-{index}" for index in range(5)] for number in range(2)]


def test_a_helper_that_cannot_start_is_a_failing_program_not_a_bad_file(capfd: pytest.CaptureFixture[str]) -> None:
    with Nursery("library.formats.no_such_module") as nursery, pytest.raises(LibraryError) as caught:
        nursery.run(Path("good"), ROOMY)
    assert not isinstance(caught.value, UnreadableFile)
    assert "no_such_module" in caught.value.message
    assert "no_such_module" in capfd.readouterr().err


def _alive(process: int) -> bool:
    """Whether it runs; a process that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_file_is_called_as_people_call_it(nursery: Nursery) -> None:
    errand = Errand("feuille d'été.pdf")
    assert nursery.run(Path("good"), ROOMY, errand)["name"] == errand.name
    with pytest.raises(UnreadableFile) as caught:
        nursery.run(Path("refuse"), ROOMY, errand)
    assert caught.value.message == f"“{errand.name}” is locked"


def test_stages_are_told_of_in_their_order_and_only_so_many(nursery: Nursery) -> None:
    told: list[str] = []
    assert nursery.run(Path("tell"), ROOMY, Errand("tell", told.append))["pages"] == ROOMY.pages
    assert told == ["first", "second"]
    told.clear()
    nursery.run(Path("chatter"), ROOMY, Errand("chatter", told.append))
    assert told == [str(number) for number in range(MOST_STAGES)]
    assert nursery.run(Path("good"), ROOMY)["name"] == "good", "nothing is left in the pipe"

"""Files side by side: outcomes in the order of the files, and a file that kills its reader kills nothing else."""

from __future__ import annotations

from pathlib import Path

from library.errors import Reason, UnreadableFile
from library.formats import Limits
from library.ingest.examination import Examined, examine
from tests.formats.samples import endless_text
from tests.papers import COUNCIL, paper

QUICK = Limits(cpu_seconds=2, wall_seconds=60)


def test_a_file_that_kills_its_reader_kills_nothing_else(tmp_path: Path) -> None:
    endless = tmp_path / "endless.pdf"
    endless.write_bytes(endless_text(3_000_000))
    good = [paper(tmp_path / f"{number}.pdf", f"{COUNCIL} Number {number}.") for number in range(5)]
    asked = [good[0], endless, *good[1:], tmp_path / "none.pdf"]
    found = list(examine(asked, tmp_path / "topics.ttl", jobs=2, limits=QUICK))
    assert [path for path, _ in found] == asked
    outcomes = [result.reason if isinstance(result, UnreadableFile) else None for _, result in found]
    assert outcomes == [None, Reason.TOO_SLOW, None, None, None, None, Reason.NOT_FOUND]
    for number, (_, result) in enumerate(pair for pair in found if isinstance(pair[1], Examined)):
        assert isinstance(result, Examined)
        assert f"Number {number}." in result.reading.pages[0].text


def test_nobody_has_to_wait_for_all_of_them(tmp_path: Path) -> None:
    files = [paper(tmp_path / f"{number}.pdf", COUNCIL) for number in range(6)]
    found = examine(files, tmp_path / "topics.ttl", jobs=1)
    assert next(found)[0] == files[0]
    found.close()  # type: ignore[attr-defined]


def test_no_files_are_no_work(tmp_path: Path) -> None:
    assert list(examine([], tmp_path / "topics.ttl", jobs=2)) == []

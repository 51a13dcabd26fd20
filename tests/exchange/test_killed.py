"""An import that is killed (SIGKILL) and begun again: nothing twice, nothing half-there, and it can be taken back."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from library.access import Role, User
from library.catalogue import Catalogue
from library.exchange import State, Wanted, import_records, undo_batch
from library.exchange.undoing import Undoing
from library.library import Library
from tests.exchange.made_up import document, guide, stock
from tests.papers import everything_under

LIBRARIAN = User(Role.LIBRARIAN, "ada")
NEW = 6


def given(folder: Path) -> Path:
    """A table that changes one work, gives it a new file, and makes several."""
    rows = [{"work": "night-watch", "language": "en", "title": "Anew", "file": "watch.pdf"}]
    rows += [{"work": f"new-{n}", "language": "en", "title": f"New {n}", "file": f"{n}.pdf"} for n in range(NEW)]
    for row in rows:
        document(folder / row["file"], row["file"])
    with (folder / "records.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder / "records.csv"


@pytest.mark.parametrize("lines", range(0, NEW + 1, 3))
def test_what_was_killed_is_finished_and_taken_back(empty_root: Path, tmp_path: Path, lines: int) -> None:
    """Killed as soon as the journal has so many lines of the import."""
    stock(empty_root, [guide("night-watch", {"en": "Night watch"})])
    before = Catalogue(empty_root / "documents").census()
    table = given(tmp_path / "given")
    command = [
        sys.executable,
        "-c",
        "from library.cli import main; main()",
        "--root",
        str(empty_root),
        "import",
        str(table),
    ]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = Catalogue(empty_root / "documents").journal
    while running.poll() is None and sum(line.action == "import" for line in journal.lines()) <= lines:
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
    with Library.open(empty_root) as library:
        report = import_records(library, LIBRARIAN, Wanted(table))
        assert not report.of(State.REJECTED)
        works = {work.id: work for work in library.works(LIBRARIAN)}
        assert set(works) == {"night-watch", *(f"new-{n}" for n in range(NEW))}
        assert works["night-watch"].editions[0].title == "Anew"
        for work in works.values():
            for edition in work.editions:
                assert library.file(work.id, edition.language, LIBRARIAN).stat().st_size == edition.bytes
        assert {row.state for row in import_records(library, LIBRARIAN, Wanted(table)).rows} == {State.UNCHANGED}
        undone = {one.work: one.how for one in undo_batch(library, LIBRARIAN, report.batch).works}
    assert undone == {"night-watch": Undoing.RESTORED, **{f"new-{n}": Undoing.PUT_ASIDE for n in range(NEW)}}
    assert Catalogue(empty_root / "documents").census() == before
    aside = everything_under(empty_root / "documents" / ".trash" / report.batch)
    assert sum(name.endswith("/record.toml") for name in aside) == NEW

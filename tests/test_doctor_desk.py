"""The checks of what staff rely on: stray files, the journal, arrivals, publication, counts, room; the line to mend."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.arrivals.arrival import Arrival, Stage
from library.catalogue import Deed
from library.doctor import Checksums, Finding, Severity, taken
from library.doctor.records import line_of
from library.insight import Search
from library.library import Library
from library.model import Status
from tests.papers import shelve


@pytest.fixture
def sound(empty_root: Path) -> Iterator[Library]:
    """A small library in which nothing is wrong."""
    shelve(empty_root, "lamps", {"en": ("Lamps in the square.",), "fr": ("Des lampes.",)})
    shelve(empty_root, "watch", {"en": ("The night watch.",)})
    with Library.open(empty_root) as library:
        library.index()
        yield library


def only(library: Library) -> Finding:
    (finding,) = library.check()
    assert finding.remedy
    return finding


def test_a_file_that_no_record_names(sound: Library, tmp_path: Path) -> None:
    folder = sound.root / "documents" / "watch"
    work = sound.catalogue.get("watch")
    assert work is not None
    other = tmp_path / "other.pdf"
    other.write_bytes(b"another file")
    edition = replace(work.editions[0], sha256="9" * 64)
    sound.catalogue.add_edition(replace(work, editions=(edition,)), "en", other, Deed("anna"))
    assert "strays" not in {finding.check for finding in sound.check()}, "the history names the file before"
    (folder / "reports").mkdir()
    (folder / "reports" / "x.json").write_text("{}")
    (folder / "ocr").mkdir()
    (folder / "en-7.pdf").write_bytes(b"left behind")
    (stray,) = (finding for finding in sound.check() if finding.check == "strays")
    assert (stray.subject, stray.severity, stray.fix) == ("watch/en-7.pdf", Severity.WARNING, None)


def test_a_line_of_the_journal_that_cannot_be_read(sound: Library) -> None:
    sound.catalogue.journal.note(Deed("anna"), "lamps")
    path = sound.root / "documents" / "journal.jsonl"
    lines = path.read_bytes().count(b"\n")
    path.write_bytes(path.read_bytes() + b'{"when": "2026\n[1]\n\n')
    found = sound.check()
    assert {(f.check, f.line) for f in found} == {("journal", lines + 1), ("journal", lines + 2)}
    assert found[0].written == '{"when": "2026'


@pytest.mark.parametrize(
    ("arrival", "said"),
    [
        (Arrival("a", "b", "paper.pdf", stage=Stage.REJECTED, reason="encrypted: it has a password", remedy="ask"),
         "was rejected: encrypted: it has a password"),
        (Arrival("a", "b", "paper.pdf", when="2026-01-01T00:00:00Z"), "hours"),
    ],
)  # fmt: skip
def test_arrivals_that_were_rejected_or_wait(sound: Library, arrival: Arrival, said: str) -> None:
    state(sound, arrival.as_bytes())
    finding = only(sound)
    assert (finding.check, finding.subject) == ("arrivals", "paper.pdf")
    assert said in finding.message


@pytest.mark.parametrize("stage", list(Stage))
def test_arrivals_that_are_done_or_have_just_come_are_left_in_peace(sound: Library, stage: Stage) -> None:
    when = "2026-01-01T00:00:00Z" if stage.done else (datetime.now(UTC) - timedelta(minutes=2)).isoformat()
    state(sound, Arrival("a", "b", "paper.pdf", when=when, stage=stage).as_bytes())
    assert [finding.check for finding in sound.check()] == ["arrivals"] * (stage is Stage.REJECTED)


@pytest.mark.parametrize("written", [b"", b"[]", b"\xff", b"{}"])
def test_the_state_of_an_arrival_that_cannot_be_read(sound: Library, written: bytes) -> None:
    state(sound, written)
    assert (only(sound).check, only(sound).subject) == ("arrivals", "b/a")


def test_a_draft_whose_day_has_passed(sound: Library) -> None:
    work = sound.catalogue.get("watch")
    assert work is not None
    today = datetime.now(UTC).date()
    for day, checks in ((today + timedelta(days=1), []), (today - timedelta(days=1), ["publication"])):
        sound.catalogue.save(replace(work, status=Status.DRAFT, publish_on=day.isoformat()), Deed("anna"))
        sound.index()
        assert [finding.check for finding in sound.check()] == checks


def test_counts_that_are_damaged_are_put_aside(sound: Library) -> None:
    daybook = sound.insight.daybook
    daybook.searched(Search("night", "en", "en", "", 1, 1))
    with sqlite3.connect(daybook.file) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    daybook.file.write_bytes(b"no database" * 1_000)
    finding = only(sound)
    assert (finding.check, finding.severity) == ("counts", Severity.WARNING)
    assert finding.fix is not None
    finding.fix()
    assert sound.check() == ()
    assert daybook.searched(Search("night", "en", "en", "", 1, 1))


@pytest.mark.parametrize(("free", "severity"), [(50_000_000, Severity.ERROR), (500_000_000, Severity.WARNING)])
def test_little_room_is_told(sound: Library, monkeypatch: pytest.MonkeyPatch, free: int, severity: Severity) -> None:
    assert sound.check() == ()
    monkeypatch.setattr(import_module("library.doctor.room"), "left", lambda _: free)
    finding = only(sound)
    assert (finding.check, finding.severity) == ("room", severity)


def test_what_each_folder_takes(sound: Library) -> None:
    found = {one.folder: (one.files, one.bytes) for one in taken(sound.root)}
    assert set(found) == {"documents", "index", "private", "arrivals"}
    every = [path for path in (sound.root / "documents").rglob("*") if path.is_file()]
    assert found["documents"] == (len(every), sum(path.stat().st_size for path in every))
    assert found["arrivals"] == (0, 0)


def test_checksums_are_remembered_until_a_file_changes_or_they_are_forgotten(tmp_path: Path) -> None:
    path, sums = tmp_path / "file", Checksums()
    path.write_bytes(b"one")
    first, stat = sums.of(path), path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert sums.of(path) == first
    sums.forget()
    second = sums.of(path)
    assert second != first
    path.write_bytes(b"three")
    assert sums.of(path) not in (first, second)


RECORD = """kind = "guide"
topics = ["a"]

[editions.en]
title = "Lamps"
'pages' = 3

[editions.en.sections]
context = "x"

[editions."fr"]
# title = "no"
title= "Des lampes"
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [("kind", 1), ("topics", 2), ("editions.en.title", 5), ("editions.en.pages", 6), ("editions.en", 4),
     ("editions.en.sections.context", 9), ("editions.fr.title", 13), ("editions.fr.sha256", 11), ("date", 0),
     ("editions.de.title", 0), ("topics[0]", 2)],
)  # fmt: skip
def test_the_line_of_a_key(key: str, line: int) -> None:
    assert line_of(RECORD, key) == line


@given(st.text(max_size=200), st.text(max_size=60))
def test_whatever_stands_in_a_record_the_line_is_one_of_its_lines(record: str, key: str) -> None:
    assert 0 <= line_of(record, key) <= len(record.splitlines())


def test_the_line_to_mend_is_told(sound: Library) -> None:
    path = sound.root / "documents" / "watch" / "record.toml"
    path.write_text(path.read_text().replace('title = "watch en"', "title = 7"))
    finding = next(one for one in sound.check() if one.check == "records")
    assert path.read_text().splitlines()[finding.line - 1] == finding.written == "title = 7"
    path.write_text("kind = \n")
    finding = next(one for one in sound.check() if one.check == "records")
    assert (finding.line, finding.written) == (1, "kind =")


def state(library: Library, written: bytes) -> None:
    """An arrival as its room leaves it."""
    folder = library.root / "arrivals" / "b" / "a"
    folder.mkdir(parents=True)
    (folder / "state.json").write_bytes(written)

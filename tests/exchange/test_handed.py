"""What was handed in at the desk: however it ends, its page says so; one thing at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.access import Role, User
from library.errors import UsageError
from library.exchange import handed as handed_module
from library.exchange.handed import HandedIn, Stage
from library.exchange.importing import import_records
from library.library import Library
from tests.exchange.test_packages import ill_named

LIBRARIAN = User(Role.LIBRARIAN, "ada")
TABLE = b"work,language,title\nnight-watch,en,Anew\n"


@pytest.fixture
def library(empty_root: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(empty_root) as opened:
        yield opened


def test_a_crafted_zip_is_refused_and_no_longer_at_work(library: Library, tmp_path: Path) -> None:
    handed_in = HandedIn(library)
    handed = handed_in.receive(LIBRARIAN, "a.zip", [ill_named(tmp_path / "a.zip").read_bytes()])
    worked = handed_in.work(LIBRARIAN, handed.id, dry_run=True)
    assert worked is not None and worked == handed_in.get(handed.id)
    assert (worked.stage, worked.error != "", worked.remedy != "") == (Stage.REFUSED, True, True)
    assert not handed_in.at_work


def test_what_nobody_foresaw_is_refused_with_a_reason(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def odd(*_: object) -> None:
        raise AssertionError("never seen before")

    monkeypatch.setattr(handed_module, "import_records", odd)
    handed_in = HandedIn(library)
    handed = handed_in.receive(LIBRARIAN, "a.csv", [TABLE])
    handed_in.work(LIBRARIAN, handed.id, dry_run=False)
    found = handed_in.get(handed.id)
    assert found is not None
    assert (found.stage, "AssertionError" in found.error) == (Stage.REFUSED, True)
    assert "never seen before" in caplog.text


def test_nothing_is_taken_back_while_an_import_is_at_work(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work, go_on = threading.Event(), threading.Event()

    def slow(*given: object) -> object:
        at_work.set()
        assert go_on.wait(60)
        return import_records(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(handed_module, "import_records", slow)
    handed_in = HandedIn(library)
    handed = handed_in.receive(LIBRARIAN, "a.csv", [TABLE])
    working = threading.Thread(target=handed_in.work, args=(LIBRARIAN, handed.id), kwargs={"dry_run": True})
    working.start()
    try:
        assert at_work.wait(60)
        elsewhere = HandedIn(library)  # as another process has one
        for one in (handed_in, elsewhere):
            with pytest.raises(UsageError, match="at work"):
                one.undo(LIBRARIAN, "any")
            assert one.at_work
        left = elsewhere.work(LIBRARIAN, handed.id, dry_run=False)
        assert left is not None and left.stage is Stage.REHEARSING, "it is not begun twice"
    finally:
        go_on.set()
        working.join()
    assert not elsewhere.at_work
    with pytest.raises(UsageError, match="there is no import"):
        handed_in.undo(LIBRARIAN, "any")

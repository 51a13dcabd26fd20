"""Importing: every row has an outcome, a rehearsal tells the truth, nothing is done twice, all can be taken back."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from library.access import ANYONE, Role, User
from library.catalogue import Action, Catalogue, Deed
from library.errors import NotAllowed, UsageError
from library.exchange import ImportReport, State, Wanted, batches, import_records, undo_batch
from library.exchange.undoing import REASON, Undoing
from library.library import Library
from library.model import Kind, Status
from tests.exchange.made_up import document, guide, stock
from tests.papers import CONSEIL, everything_under, paper

LIBRARIAN = User(Role.LIBRARIAN, "ada")
Table = Callable[..., Path]


@pytest.fixture
def root(empty_root: Path) -> Path:
    """A library of one published work in two languages and one draft."""
    stock(empty_root, [
        guide("night-watch", {"en": "Night watch", "fr": "Veille de nuit"}),
        guide("first-draft", {"en": "A first draft"}, Status.DRAFT),
    ])  # fmt: skip
    with Library.open(empty_root) as library:
        library.index()
    return empty_root


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Writes a table of these rows, in a folder of its own."""

    def write(*rows: dict[str, str], name: str = "records.csv") -> Path:
        path = tmp_path / "given" / name
        path.parent.mkdir(exist_ok=True)
        names = list(dict.fromkeys(column for row in rows for column in row))
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def run(root: Path, path: Path, dry_run: bool = False, batch: str = "") -> ImportReport:
    with Library.open(root) as library:
        return import_records(library, LIBRARIAN, Wanted(path, dry_run, batch))


def undo(root: Path, batch: str, dry_run: bool = False) -> dict[str, Undoing]:
    with Library.open(root) as library:
        return {one.work: one.how for one in undo_batch(library, LIBRARIAN, batch, dry_run=dry_run).works}


def states(report: ImportReport) -> dict[int, str]:
    return {row.row: row.state.value for row in report.rows}


def test_every_row_is_told_of_and_one_that_fails_stops_no_other(root: Path, table: Table, tmp_path: Path) -> None:
    paper(tmp_path / "given" / "files" / "conseil.pdf", CONSEIL, title="Le conseil")
    document(tmp_path / "given" / "new.en.pdf", "new")
    (tmp_path / "given" / "bad.pdf").write_bytes(b"no document")
    path = table(
        {"work": "night-watch", "language": "en", "title": "Night watch, revised", "topics": "nightlife"},
        {"work": "night-watch", "language": "Français", "title": "Veille de nuit", "topics": "nightlife"},
        {"work": "brand-new", "language": "en", "title": "=New", "file": "new.en.pdf", "topics": ""},
        {"file": "files\\conseil.pdf"},
        {"work": "brand-new", "language": "fr", "title": "", "file": "bad.pdf"},
        {"work": "night-watch", "language": "xx", "title": "?"},
        {"work": "night-watch", "language": "de", "title": "Nachtwache", "topics": "nightlife"},
        {"work": "No Such!", "language": "de", "title": "x"},
        {"work": "night-watch", "language": "en", "title": "Twice", "topics": "nightlife"},
        {"work": "night-watch", "language": "fr", "title": "y", "topics": "not a topic at all"},
        {"work": "brand-new", "language": "de", "file": "../../etc/passwd"},
        {},
        {"title": "nowhere"},
    )
    rehearsed = run(root, path, dry_run=True)
    before = everything_under(root / "documents")
    report = run(root, path)
    assert before != everything_under(root / "documents")
    assert rehearsed.rows == report.rows
    assert rehearsed.batch == report.batch
    assert states(report) == {
        2: "changed", 3: "unchanged", 4: "added", 5: "added", 6: "rejected", 7: "rejected", 8: "rejected",
        9: "rejected", 10: "rejected", 11: "rejected", 12: "rejected", 14: "rejected",
    }  # fmt: skip
    fields = {row.row: [fault.field for fault in row.faults] for row in report.of(State.REJECTED)}
    assert fields == {
        6: ["file"], 7: ["language"], 8: ["file"], 9: ["work"], 10: ["language"], 11: ["language"], 12: ["file"],
        14: ["work"],
    }  # fmt: skip
    assert all(fault.reason and fault.remedy for row in report.rows for fault in row.faults)
    assert report.of(State.CHANGED)[0].fields == ("title",)
    with Library.open(root) as library:
        new = library.get("brand-new", LIBRARIAN)
        assert (new.status, new.editions[0].title, new.languages) == (Status.DRAFT, "=New", ("en",))
        conseil = next(row for row in report.rows if row.row == 5)
        assert conseil.language == "fr"
        assert any("taken from the file" in notice for notice in conseil.notices)
        assert library.file(conseil.work, "fr", LIBRARIAN).read_bytes().startswith(b"%PDF")
        with pytest.raises(NotAllowed):
            library.get("brand-new", ANYONE)


def test_a_second_run_finds_everything_done(root: Path, table: Table, tmp_path: Path) -> None:
    document(tmp_path / "given" / "a.pdf", "a")
    path = table(
        {"work": "", "language": "en", "title": "Nameless", "file": "a.pdf", "kind": "Guide"},
        {"work": "night-watch", "language": "en", "title": "Night watch 2", "kind": "audit"},
    )
    run(root, path)
    before = everything_under(root)
    assert states(run(root, path)) == {2: "unchanged", 3: "unchanged"}
    assert everything_under(root) == before


def test_an_import_that_was_ended_goes_on_where_it_was(
    root: Path, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(*({"work": name, "language": "en", "title": f"{name} anew", "file": f"{name}.pdf"}
                   for name in ("night-watch", "one", "two")))  # fmt: skip
    for name in ("night-watch", "one", "two"):
        document(path.parent / f"{name}.pdf", name)
    writing = Catalogue.create

    def ended(*given: object, **named: object) -> object:
        monkeypatch.setattr(Catalogue, "create", writing)
        raise KeyboardInterrupt

    monkeypatch.setattr(Catalogue, "create", ended)
    with pytest.raises(KeyboardInterrupt):
        run(root, path)
    report = run(root, path)
    assert states(report) == {2: "unchanged", 3: "added", 4: "added"}
    assert undo(root, report.batch) == dict.fromkeys(("one", "two"), Undoing.PUT_ASIDE) | {
        "night-watch": Undoing.RESTORED
    }


def test_what_an_import_did_is_taken_back(root: Path, table: Table) -> None:
    before = {w.id: w for w in Catalogue(root / "documents").census().works}
    files = {name: content for name, content in everything_under(root / "documents").items() if name.endswith(".pdf")}
    for name in ("fr", "draft", "published"):
        document(root.parent / "given" / f"{name}.pdf", name)
    path = table(
        {"work": "night-watch", "language": "fr", "title": "Autre", "file": "fr.pdf", "status": ""},
        {"work": "a-draft", "language": "en", "title": "Draft", "file": "draft.pdf", "status": ""},
        {"work": "out-there", "language": "en", "title": "Out", "file": "published.pdf", "status": "published"},
    )
    report = run(root, path)
    assert states(report) == {2: "changed", 3: "added", 4: "added"}
    whole = everything_under(root / "documents" / "a-draft")
    expected = {"night-watch": Undoing.RESTORED, "a-draft": Undoing.PUT_ASIDE, "out-there": Undoing.WITHDRAWN}
    assert undo(root, report.batch, dry_run=True) == expected
    assert undo(root, report.batch) == expected
    after = {w.id: w for w in Catalogue(root / "documents").census().works}
    assert {name: after[name] for name in before} == before
    assert (after["out-there"].status, after["out-there"].reason) == (Status.WITHDRAWN, REASON)
    assert set(after) == {*before, "out-there"}
    assert everything_under(root / "documents" / ".trash" / report.batch / "a-draft") == whole
    left = everything_under(root / "documents")
    assert {name: left[name] for name in files} == files
    assert (root / "documents" / "night-watch" / "fr-2.pdf").is_file()
    with Library.open(root) as library:
        assert library.check() == () or all("trash" not in finding.message for finding in library.check())
        (batch,) = batches(library)
        assert (batch.name, batch.who, batch.works, batch.undone) == (report.batch, "ada", 3, True)
    assert set(undo(root, report.batch).values()) == {Undoing.NOTHING}
    again = run(root, path)
    assert states(again) == {2: "changed", 3: "added", 4: "changed"}
    assert set(undo(root, report.batch).values()) == {Undoing.RESTORED, Undoing.PUT_ASIDE}
    assert (root / "documents" / ".trash" / report.batch / "a-draft-2").is_dir()


def test_what_somebody_changed_since_is_left_to_a_person(root: Path, table: Table) -> None:
    document(root.parent / "given" / "new.pdf", "new")
    report = run(root, table(
        {"work": "night-watch", "language": "en", "title": "Imported", "file": ""},
        {"work": "new", "language": "en", "title": "New", "file": "new.pdf"},
    ))  # fmt: skip
    catalogue = Catalogue(root / "documents")
    for name in ("night-watch", "new"):
        work = catalogue.get(name)
        assert work is not None
        changed = type(work)(work.id, Kind.AUDIT, work.editions, status=work.status)
        catalogue.save(changed, Deed("eve", "by hand", Action.EDIT))
    assert undo(root, report.batch) == {"night-watch": Undoing.LEFT, "new": Undoing.LEFT}
    assert {w.kind for w in catalogue.census().works if w.id != "first-draft"} == {Kind.AUDIT}


def test_a_draft_that_is_published_while_it_is_taken_back_stays(
    root: Path, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    document(root.parent / "given" / "new.pdf", "new")
    report = run(root, table({"work": "new", "language": "en", "title": "New", "file": "new.pdf"}))
    putting = Catalogue.put_aside

    def published_first(catalogue: Catalogue, work: str, *given: Any) -> Path:
        found = catalogue.get(work)
        assert found is not None
        catalogue.save(replace(found, status=Status.PUBLISHED), Deed("eve", "", Action.PUBLISH))
        return putting(catalogue, work, *given)

    monkeypatch.setattr(Catalogue, "put_aside", published_first)
    assert undo(root, report.batch) == {"new": Undoing.LEFT}
    found = Catalogue(root / "documents").get("new")
    assert found is not None and found.status is Status.PUBLISHED


def test_two_rows_of_one_work_agree_or_the_second_is_not_taken(root: Path, table: Table) -> None:
    report = run(root, table(
        {"work": "night-watch", "language": "en", "kind": "audit"},
        {"work": "night-watch", "language": "fr", "kind": "guide"},
    ))  # fmt: skip
    assert states(report) == {2: "changed", 3: "rejected"}
    assert "row 2" in report.rows[1].faults[0].reason


def test_a_file_that_the_library_has_is_not_taken_again(root: Path, table: Table) -> None:
    folder = root.parent / "given"
    folder.mkdir()
    shutil.copy(root / "documents" / "night-watch" / "en.pdf", folder / "copy.pdf")
    report = run(root, table(
        {"work": "another", "language": "en", "title": "Same", "file": "copy.pdf"},
        {"work": "", "language": "en", "title": "Night watch, again", "file": "copy.pdf"},
        {"work": "night-watch", "language": "de", "title": "Same", "file": "copy.pdf"},
    ))  # fmt: skip
    assert states(report) == {2: "rejected", 3: "rejected", 4: "rejected"}
    assert "night-watch.en" in report.rows[0].faults[0].reason
    named = run(root, table({"work": "", "title": "Night watch, again", "file": "copy.pdf"}, name="b.csv"))
    assert [(row.state, row.work, row.language) for row in named.rows] == [(State.CHANGED, "night-watch", "en")]


def test_a_checksum_guards_the_file(root: Path, table: Table) -> None:
    document(root.parent / "given" / "a.pdf", "a")
    report = run(root, table({"work": "a", "language": "en", "title": "A", "file": "a.pdf", "sha256": "0" * 64}))
    assert [fault.field for fault in report.rows[0].faults] == ["sha256"]
    report = run(root, table({"work": "night-watch", "language": "en", "sha256": "0" * 64}, name="b.csv"))
    assert [fault.field for fault in report.rows[0].faults] == ["sha256"]


def test_a_link_is_never_followed(root: Path, table: Table) -> None:
    document(root.parent / "secret" / "a.pdf", "a")
    given = root.parent / "given"
    given.mkdir()
    (given / "link.pdf").symlink_to(root.parent / "secret" / "a.pdf")
    (given / "folder").symlink_to(root.parent / "secret")
    report = run(root, table(
        {"work": "one", "language": "en", "title": "A", "file": "link.pdf"},
        {"work": "two", "language": "en", "title": "A", "file": "folder/a.pdf"},
        {"work": "three", "language": "en", "title": "A", "file": str(root.parent / "secret" / "a.pdf")},
    ))  # fmt: skip
    assert [[fault.field for fault in row.faults] for row in report.rows] == [["file"]] * 3


def test_who_has_no_right_imports_nothing(root: Path, table: Table) -> None:
    path = table({"work": "night-watch", "language": "en", "title": "x"})
    before = everything_under(root)
    with Library.open(root) as library:
        for role in (Role.READER, Role.MEMBER, Role.CONTRIBUTOR):
            with pytest.raises(NotAllowed):
                import_records(library, User(role, "eve"), Wanted(path))
            with pytest.raises(NotAllowed):
                undo_batch(library, User(role, "eve"), "any")
    assert everything_under(root) == before


@pytest.mark.parametrize("batch", ["../x", "A", "", "no-such", "a/b"])
def test_a_batch_has_a_plain_name_and_is_there(root: Path, batch: str) -> None:
    with Library.open(root) as library, pytest.raises(UsageError, match="there is no import"):
        undo_batch(library, LIBRARIAN, batch)


def test_a_batch_may_be_named(root: Path, table: Table) -> None:
    path = table({"work": "night-watch", "language": "en", "title": "x"})
    with pytest.raises(UsageError, match="no name for a batch"):
        run(root, path, batch="../evil")
    assert run(root, path, batch="autumn").batch == "autumn"
    lines = [line for line in Catalogue(root / "documents").journal.lines() if line.batch == "autumn"]
    assert [(line.who, line.action, line.work) for line in lines] == [("ada", "import", "night-watch")]


def test_the_report_is_one_object(root: Path, table: Table) -> None:
    report = run(root, table({"work": "night-watch", "language": "en", "title": "x"}, {"work": "?"}), dry_run=True)
    value = json.loads(json.dumps(report.as_json()))
    assert list(value) == ["batch", "dry_run", "added", "changed", "unchanged", "rejected", "notices"]
    assert value["changed"] == [{"row": 2, "work": "night-watch", "edition": "night-watch.en", "fields": ["title"]}]
    assert [set(problem) for problem in value["rejected"][0]["problems"]] == [{"field", "reason", "remedy"}]

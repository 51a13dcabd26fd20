"""What a person states wins; one more language finds its work; a rehearsal leaves no trace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from library.access import ANYONE, Role, User
from library.errors import NotAllowed
from library.ingest import AddReport, Stated
from library.ingest.files import offered
from library.library import Library
from library.model import Kind, Status
from library.request import SearchRequest
from tests.papers import CONSEIL, COUNCIL, RAT, everything_under, paper, shelve

STAFF = User(Role.LIBRARIAN)


@dataclass(frozen=True)
class Desk:
    """A library in which things were stated, and what came of each."""

    root: Path
    reports: dict[str, AddReport]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root, files = tmp_path_factory.mktemp("desk"), tmp_path_factory.mktemp("desk-files")
    english, french = paper(files / "en.pdf", COUNCIL), paper(files / "fr.pdf", CONSEIL)
    german, more = paper(files / "de.pdf", RAT), paper(files / "more.pdf", CONSEIL, "Et plus encore.")
    shelve(root, "published", {"en": ("A published page.",)})
    shelve(root, "broken", {"en": ("A broken page.",)})
    (root / "documents" / "broken" / "record.toml").write_text("kind = ")
    stated = Stated("en", Kind.AUDIT, ("nightlife",), "council", True)
    with Library.open(root) as library:
        steps = {
            "first": library.add([english], stated),
            "second language": library.add([french, more], Stated(work="council")),
            "stated otherwise": library.add([german], Stated(language="pl", work="rat", kind=Kind.RESEARCH)),
            "onto a broken record": library.add([more], Stated(work="broken")),
            "a draft onto what is published": library.add([more], Stated(work="published", draft=True)),
            "kind of what is there": library.add([more], Stated(work="published", kind=Kind.AUDIT)),
        }
    return Desk(root, steps)


def test_what_is_stated_is_in_the_record(desk: Desk) -> None:
    (added,) = desk.reports["first"].added
    assert (added.edition, added.confidence) == ("council.en", 1.0)
    with Library.open(desk.root) as library:
        work = library.get("council", STAFF)
    assert (work.kind, work.topics, work.status) == (Kind.AUDIT, ("nightlife",), Status.DRAFT)


def test_a_second_language_comes_to_its_work_and_a_third_file_in_it_does_not(desk: Desk) -> None:
    report = desk.reports["second language"]
    assert [added.edition for added in report.added] == ["council.fr"]
    (rejected,) = report.rejected
    assert rejected.reason.startswith("language-taken: ")
    with Library.open(desk.root) as library:
        work = library.get("council", STAFF)
        assert work.languages == ("en", "fr")
        assert [change.who for change in library.catalogue.history("council")] == ["library add"]
        assert library.search(SearchRequest.build("bruit déchets"), STAFF).hits[0].edition == "council.fr"


def test_a_stated_language_wins_and_the_doubt_is_told(desk: Desk) -> None:
    report = desk.reports["stated otherwise"]
    assert [(added.edition, added.work.kind) for added in report.added] == [("rat.pl", Kind.RESEARCH)]
    assert any("stated as pl" in warned.message and "de" in warned.message for warned in report.warnings)


def test_a_draft_is_for_staff_alone(desk: Desk) -> None:
    with Library.open(desk.root) as library:
        for user in (ANYONE, User(Role.MEMBER)):
            assert library.search(SearchRequest.build("council residents"), user).total == 0
            with pytest.raises(NotAllowed):
                library.get("council", user)
            with pytest.raises(NotAllowed):
                library.file("council", "en", user)
        assert library.search(SearchRequest.build("council residents"), STAFF).total == 1


def test_a_draft_is_not_published_by_way_of_its_work(desk: Desk) -> None:
    (rejected,) = desk.reports["a draft onto what is published"].rejected
    assert rejected.reason.startswith("not-a-draft: ")


def test_a_work_whose_record_is_not_right_is_left_alone(desk: Desk) -> None:
    (rejected,) = desk.reports["onto a broken record"].rejected
    assert rejected.reason.startswith("bad-record: ")
    assert {path.name for path in (desk.root / "documents" / "broken").iterdir()} == {"en.pdf", "record.toml"}


def test_what_is_stated_of_a_work_that_is_there_is_left_aside_and_said(desk: Desk) -> None:
    report = desk.reports["kind of what is there"]
    assert [added.edition for added in report.added] == ["published.fr"]
    assert any("left aside" in warned.message for warned in report.warnings)
    with Library.open(desk.root) as library:
        assert library.get("published", ANYONE).kind is Kind.GUIDE


def test_a_rehearsal_writes_nothing_at_all(empty_root: Path) -> None:
    shelve(empty_root, "night", {"en": ("A page.",)})  # waits to be indexed, which a rehearsal does not do either
    file = paper(empty_root.parent / "council.pdf", COUNCIL)
    twin = empty_root.parent / "twin.pdf"
    twin.write_bytes(file.read_bytes())
    before, folders = everything_under(empty_root), sorted(empty_root.rglob("*"))
    with Library.open(empty_root) as library:
        report = library.add([file, twin, empty_root / "none.pdf"], Stated(draft=True), dry_run=True)
    assert [len(some) for some in (report.added, report.unchanged, report.rejected)] == [1, 1, 1]
    assert (everything_under(empty_root), sorted(empty_root.rglob("*"))) == (before, folders)


def test_a_file_that_changes_while_it_is_read_is_not_taken(empty_root: Path) -> None:
    growing = paper(empty_root.parent / "growing.pdf", COUNCIL)
    settled = paper(empty_root.parent / "settled.pdf", CONSEIL)
    with Library.open(empty_root) as library:
        ingest = library.ingest(Stated())
        outcomes = ingest.run([settled, growing])
        next(outcomes)  # both were measured by now, one was taken
        growing.write_bytes(growing.read_bytes() + b"% and more")
        reasons = [str(getattr(outcome, "reason", "")) for outcome in outcomes]
        assert any(reason.startswith("changed: ") for reason in reasons)
        assert len(library.catalogue.census().works) == 1


def test_folders_are_searched_to_the_bottom_and_hidden_files_left_out(tmp_path: Path) -> None:
    wanted = [tmp_path / "a.pdf", tmp_path / "b" / "c" / "d.PDF"]
    for path in (*wanted, tmp_path / "b" / "notes.txt", tmp_path / ".hidden" / "e.pdf", tmp_path / "b" / ".f.pdf"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    found = offered([tmp_path, wanted[0], tmp_path / "none.pdf", Path("x" * 5_000)])
    assert list(found.files) == wanted
    assert found.missing == (tmp_path / "none.pdf", Path("x" * 5_000))
    assert [path.name for path in found.left_alone] == ["notes.txt"]


def test_a_folder_with_a_hidden_name_may_be_asked_for(tmp_path: Path) -> None:
    inside = tmp_path / ".inbox" / "a.pdf"
    inside.parent.mkdir()
    inside.write_bytes(b"x")
    assert offered([inside.parent]).files == (inside,)

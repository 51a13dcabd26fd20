"""The folder of works: what is put there is there whole, what is changed is remembered, what is wrong is told."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from library.catalogue import Action, Catalogue, Deed
from library.errors import Conflict, RecordError
from library.model import Access, Edition, Kind, Section, Status, Work
from tests.papers import everything_under

SHA = "ab" * 32
WORK = Work("night-watch", Kind.GUIDE, (Edition("en", "Night watch", SHA, 2),), date="2020")
FRENCH = Edition("fr", "Veille de nuit", "cd" * 32, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "received.pdf"
    path.write_bytes(b"%PDF of the night")
    return path


@pytest.fixture
def catalogue(folder: Path, source: Path) -> Catalogue:
    """A catalogue that holds one work."""
    made = Catalogue(folder)
    made.create(WORK, {"en": source})
    return made


def change_record(folder: Path, before: str, after: str, work: str = "night-watch") -> None:
    path = folder / work / "record.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_work_is_there_with_its_file_for_everybody_to_read(catalogue: Catalogue, folder: Path) -> None:
    assert catalogue.get("night-watch") == WORK
    assert catalogue.census().works == (WORK,)
    assert set(everything_under(folder)) == {"night-watch/record.toml", "night-watch/en.pdf", "journal.jsonl"}
    assert catalogue.file("night-watch", WORK.editions[0]).read_bytes() == b"%PDF of the night"
    assert (folder / "night-watch").stat().st_mode & 0o755 == 0o755


def test_there_is_nothing_where_there_is_nothing(folder: Path) -> None:
    catalogue = Catalogue(folder)
    assert (catalogue.identifiers(), catalogue.census().works, catalogue.get("night-watch")) == ((), (), None)


def test_a_work_that_cannot_be_put_whole_is_not_put_at_all(catalogue: Catalogue, folder: Path, source: Path) -> None:
    before = everything_under(folder)
    other = replace(WORK, id="other", editions=(*WORK.editions, FRENCH))
    with pytest.raises(OSError):
        catalogue.create(other, {"en": source, "fr": source.parent / "not-there.pdf"})
    assert everything_under(folder) == before
    assert sorted(path.name for path in folder.iterdir()) == ["journal.jsonl", "night-watch"]


def test_an_identifier_that_is_taken_stays_whose_it_is(catalogue: Catalogue, folder: Path, source: Path) -> None:
    before = everything_under(folder)
    with pytest.raises(FileExistsError):
        catalogue.create(replace(WORK, date="2021"), {"en": source})
    assert everything_under(folder) == before


@pytest.mark.parametrize("name", ["../escape", "a/b", "", ".", "..", "/etc", "Night", ".hidden", "a" * 300])
def test_names_like_paths_are_refused_and_nothing_is_found_under_them(
    catalogue: Catalogue, folder: Path, source: Path, name: str
) -> None:
    before = everything_under(folder.parent)
    assert catalogue.get(name) is None
    with pytest.raises((ValueError, OSError)):
        catalogue.create(replace(WORK, id=name), {"en": source})
    assert everything_under(folder.parent) == before


def test_every_change_is_remembered_with_who_when_and_why(catalogue: Catalogue, folder: Path) -> None:
    first = (folder / "night-watch" / "record.toml").read_text(encoding="utf-8")
    for number, date in enumerate(("2021", "2022", "2023"), 1):
        catalogue.save(replace(WORK, date=date), Deed(f"editor {number}", f"it is of {date}: “sure”"))
    assert [(change.number, change.who, change.why) for change in catalogue.history("night-watch")] == [
        (number, f"editor {number}", f"it is of {2020 + number}: “sure”") for number in (1, 2, 3)
    ]
    assert all(change.when.endswith("Z") for change in catalogue.history("night-watch"))
    kept = (folder / "night-watch" / "history" / "1.toml").read_text(encoding="utf-8")
    assert kept.startswith(first)
    assert "2022" in (folder / "night-watch" / "history" / "3.toml").read_text(encoding="utf-8")
    found = catalogue.get("night-watch")
    assert found is not None
    assert found.date == "2023"


def test_saving_what_is_there_is_no_change(catalogue: Catalogue, folder: Path) -> None:
    before = everything_under(folder)
    catalogue.save(WORK, Deed("editor", "no reason"))
    assert everything_under(folder) == before


def test_the_tenth_change_comes_after_the_ninth_whatever_else_lies_there(catalogue: Catalogue, folder: Path) -> None:
    for number in range(1, 12):
        catalogue.save(replace(WORK, date=str(2000 + number)), Deed("editor", str(number)))
    (folder / "night-watch" / "history" / "notes.toml").write_text("not a version", encoding="utf-8")
    assert [change.why for change in catalogue.history("night-watch")] == [str(number) for number in range(1, 12)]


def test_a_damaged_version_is_told_and_does_not_stop_the_next(catalogue: Catalogue, folder: Path) -> None:
    catalogue.save(replace(WORK, date="2021"), Deed("editor", "one"))
    (folder / "night-watch" / "history" / "1.toml").write_text("who = ", encoding="utf-8")
    catalogue.save(replace(WORK, date="2022"), Deed("editor", "two"))
    assert (folder / "night-watch" / "history" / "2.toml").is_file()
    with pytest.raises(RecordError, match=r"history/1\.toml"):
        catalogue.history("night-watch")


def test_one_more_edition_comes_with_its_file(catalogue: Catalogue, source: Path) -> None:
    grown = replace(WORK, editions=(*WORK.editions, FRENCH))
    catalogue.add_edition(grown, "fr", source, Deed("editor", "translated"))
    assert catalogue.get("night-watch") == grown
    assert catalogue.file("night-watch", FRENCH).is_file()
    assert [change.why for change in catalogue.history("night-watch")] == ["translated"]


def test_a_change_on_disk_is_seen(catalogue: Catalogue, folder: Path) -> None:
    assert catalogue.get("night-watch") == WORK
    change_record(folder, '"Night watch"', '"Day watch"')
    found = catalogue.get("night-watch")
    assert found is not None
    assert found.editions[0].title == "Day watch"
    (folder / "night-watch" / "record.toml").unlink()
    assert catalogue.get("night-watch") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"kind = ", "is not readable as TOML"),
        (b"title = \"caf\xe9\"", "is not UTF-8 text"),
        (b"", "is missing"),
        (b"\x00" * 50, "is not readable as TOML"),
    ],
)  # fmt: skip
def test_a_damaged_record_is_told_and_hides_no_other_work(
    catalogue: Catalogue, folder: Path, source: Path, content: bytes, message: str
) -> None:
    catalogue.create(replace(WORK, id="other"), {"en": source})
    (folder / "night-watch" / "record.toml").write_bytes(content)
    with pytest.raises(RecordError, match=message):
        catalogue.get("night-watch")
    census = catalogue.census()
    assert [work.id for work in census.works] == ["other"]
    assert {problem.file for problem in census.problems} == {"night-watch/record.toml"}


def test_a_record_that_is_not_readable_is_not_written_over(catalogue: Catalogue, folder: Path) -> None:
    (folder / "night-watch" / "record.toml").write_text("kind = ")
    before = everything_under(folder)
    with pytest.raises(RecordError):
        catalogue.save(replace(WORK, date="2021"), Deed("editor", "blindly"))
    assert everything_under(folder) == before


def test_a_record_that_is_a_folder_is_told(catalogue: Catalogue, folder: Path) -> None:
    record = folder / "night-watch" / "record.toml"
    record.unlink()
    record.mkdir()
    assert [problem.message for problem in catalogue.census().problems] == ["cannot be read: Is a directory"]


def test_what_lies_in_documents_and_is_no_work_is_told_for_what_it_is(catalogue: Catalogue, folder: Path) -> None:
    (folder / "empty-folder").mkdir()
    (folder / "Night Watch (copy)").mkdir()
    (folder / ".arriving-x").mkdir()
    (folder / "topics.ttl").write_text("")
    told = {problem.file: problem.message for problem in catalogue.census().problems}
    assert told == {"empty-folder/record.toml": "is missing", "Night Watch (copy)": "is no identifier"}


def test_a_mark_that_some_editors_put_first_does_no_harm(catalogue: Catalogue, folder: Path) -> None:
    path = folder / "night-watch" / "record.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert catalogue.get("night-watch") == WORK
    catalogue.save(replace(WORK, date="2021"), Deed("editor", "after Notepad"))
    found = catalogue.get("night-watch")
    assert found is not None
    assert found.date == "2021"


def test_readers_beside_a_writer_see_the_old_record_or_the_new_one(catalogue: Catalogue, folder: Path) -> None:
    seen: set[str] = set()
    failed: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                found = Catalogue(folder).get("night-watch")
                seen.add(found.date if found else "gone")
        except BaseException as error:
            failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(30):
        catalogue.save(replace(WORK, date=str(2021 + number % 2)), Deed("editor", "back and forth"))
    done.set()
    for reader in readers:
        reader.join()
    assert failed == []
    assert seen <= {"2020", "2021", "2022"}


def test_a_change_is_only_written_over_the_record_that_was_seen(catalogue: Catalogue, folder: Path) -> None:
    seen = catalogue.version("night-watch")
    catalogue.save(replace(WORK, date="2021"), Deed("anna", "first"), seen)
    before = everything_under(folder)
    with pytest.raises(Conflict):
        catalogue.save(replace(WORK, date="2022"), Deed("ben", "second"), seen)
    assert everything_under(folder) == before
    catalogue.save(replace(WORK, date="2022"), Deed("ben", "second"), catalogue.version("night-watch"))
    assert [change.who for change in catalogue.history("night-watch")] == ["anna", "ben"]


def test_of_two_who_save_at_once_one_is_told(catalogue: Catalogue) -> None:
    seen, told = catalogue.version("night-watch"), []

    def save(date: str) -> None:
        try:
            Catalogue(catalogue.folder).save(replace(WORK, date=date), Deed(date), seen)
        except Conflict:
            told.append(date)

    threads = [threading.Thread(target=save, args=(str(2001 + n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (change,) = catalogue.history("night-watch")
    work = catalogue.get("night-watch")
    assert work is not None and work.date == change.who
    assert len(told) == 7 and change.who not in told


def test_a_replaced_file_stays_and_the_record_names_the_new_one(catalogue: Catalogue, tmp_path: Path) -> None:
    (newer := tmp_path / "newer.pdf").write_bytes(b"%PDF of the next night")
    new = replace(WORK.editions[0], sha256="ef" * 32)
    saved = catalogue.add_edition(replace(WORK, editions=(new,)), "en", newer, Deed("editor", "corrected"))
    assert saved == catalogue.get("night-watch")
    assert saved.editions[0].file_name == "en-2.pdf"
    assert catalogue.file("night-watch", saved.editions[0]).read_bytes() == b"%PDF of the next night"
    assert catalogue.before("night-watch", 1) == WORK
    assert catalogue.file("night-watch", catalogue.before("night-watch", 1).editions[0]).read_bytes() == (
        b"%PDF of the night"
    )


def test_there_is_nothing_before_a_change_that_was_not_made(catalogue: Catalogue) -> None:
    with pytest.raises(RecordError):
        catalogue.before("night-watch", 1)


def test_everything_done_stands_in_the_journal(catalogue: Catalogue) -> None:
    catalogue.save(replace(WORK, date="2021"), Deed("editor", "a “reason”\nof two lines", Action.EDIT, "batch-1"))
    edit, add = catalogue.journal.latest(10)
    assert (add.action, add.work, add.number) == ("add", "night-watch", 0)
    assert (edit.who, edit.why, edit.batch, edit.number) == ("editor", "a “reason”\nof two lines", "batch-1", 1)


def test_half_a_line_that_a_power_cut_left_spoils_no_other(catalogue: Catalogue, folder: Path) -> None:
    with (folder / "journal.jsonl").open("a") as file:
        file.write('{"when": "2026-')
    catalogue.save(replace(WORK, date="2021"), Deed("editor", "after"))
    assert [line.action for line in catalogue.journal.lines()] == ["add", "edit"]


@pytest.mark.parametrize(
    "table",
    [
        '[editions]\nen = { title = "Night watch", sha256 = "%s", pages = 2 }',
        'editions.en.title = "Night watch"\neditions.en.sha256 = "%s"\neditions.en.pages = 2',
    ],
)
def test_a_record_written_in_an_odd_way_takes_every_change(catalogue: Catalogue, folder: Path, table: str) -> None:
    path = folder / "night-watch" / "record.toml"
    path.write_text('kind = "guide"\ndate = "2020"\n' + table % SHA)
    assert catalogue.get("night-watch") == WORK
    said = replace(WORK.editions[0], sections=((Section.CONTEXT, "A square.\nAt night."),))
    changed = replace(WORK, editions=(said,), access=Access.MEMBERS, status=Status.WITHDRAWN, reason="wrong")
    catalogue.save(changed, Deed("editor", "all at once"))
    assert catalogue.get("night-watch") == changed


def test_a_file_that_a_crash_left_is_taken_up_again(catalogue: Catalogue, folder: Path, source: Path) -> None:
    content = source.read_bytes()
    (folder / "night-watch" / "fr.pdf").write_bytes(content)
    french = replace(FRENCH, sha256=hashlib.sha256(content).hexdigest())
    saved = catalogue.add_edition(replace(WORK, editions=(*WORK.editions, french)), "fr", source, Deed("editor"))
    assert saved.editions[1].file_name == "fr.pdf"
    assert sorted(path.name for path in (folder / "night-watch").glob("*.pdf")) == ["en.pdf", "fr.pdf"]

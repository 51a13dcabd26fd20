"""Who may do what at the desk, and that whatever is done is found, kept and told."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from library.access import ANYONE, Role, User
from library.desk import Desk, Edits
from library.errors import Conflict, NotAllowed, RecordError, UsageError
from library.library import Library
from library.model import Access, Kind, Status
from library.request import SearchRequest
from tests.desk.conftest import ANNA, BEN
from tests.papers import everything_under

VERBS: dict[str, Callable[[Desk], object]] = {
    "drafts": lambda desk: desk.drafts(),
    "withdrawn": lambda desk: desk.withdrawn(),
    "work": lambda desk: desk.work("patrol"),
    "version": lambda desk: desk.version("patrol"),
    "history": lambda desk: desk.history("patrol"),
    "before": lambda desk: desk.before("patrol", 1),
    "journal": lambda desk: desk.journal(),
    "problems": lambda desk: desk.problems(desk.library.catalogue.census().works[0]),
    "save": lambda desk: desk.save(desk.library.catalogue.census().works[0], "x"),
    "change_all": lambda desk: desk.change_all(["patrol"], Edits(kind=Kind.AUDIT)),
    "publish": lambda desk: desk.publish("patrol"),
    "unpublish": lambda desk: desk.unpublish("lamps"),
    "replace": lambda desk: desk.replace("lamps", "en", Path("x.pdf"), "x.pdf"),
    "add_language": lambda desk: desk.add_language("lamps", "es", Path("x.pdf"), "x.pdf"),
    "withdraw": lambda desk: desk.withdraw("lamps", "because"),
    "restore": lambda desk: desk.restore("lamps"),
    "merge": lambda desk: desk.merge("lamps", "lanterns"),
    "join": lambda desk: desk.join("patrol", "lamps"),
    "take_place": lambda desk: desk.take_place("patrol", "en", "lamps", "en"),
    "discard": lambda desk: desk.discard("patrol", "lamps"),
    "read_scans": lambda desk: desk.read_scans("patrol", "en"),
    "undo": lambda desk: desk.undo("lamps", 1),
    "undo_batch": lambda desk: desk.undo_batch("bulk-1"),
}
"""Every verb of the desk, as somebody without a right to it would call it."""
LIBRARIANS = {
    "publish",
    "unpublish",
    "replace",
    "add_language",
    "withdraw",
    "restore",
    "merge",
    "join",
    "take_place",
    "discard",
    "undo",
    "undo_batch",
}
"""What contributors may not do."""


def found(library: Library, words: str, user: User = ANYONE) -> set[str]:
    return {hit.work for hit in library.search(SearchRequest.build(words), user).hits}


def test_every_verb_is_tried_without_a_right() -> None:
    public = {name for name, _ in inspect.getmembers(Desk, inspect.isfunction) if not name.startswith("_")}
    assert public == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", [Role.READER, Role.MEMBER])
def test_who_is_no_staff_does_nothing(shelf: Library, role: Role, verb: str) -> None:
    before = everything_under(shelf.root)
    with pytest.raises(NotAllowed):
        VERBS[verb](Desk(shelf, User(role, "mallory")))
    assert everything_under(shelf.root) == before


@pytest.mark.parametrize("verb", sorted(LIBRARIANS))
def test_a_contributor_neither_publishes_nor_keeps(carla: Desk, verb: str) -> None:
    before = everything_under(carla.library.root)
    with pytest.raises(NotAllowed):
        VERBS[verb](carla)
    assert everything_under(carla.library.root) == before


def test_a_contributor_edits_drafts_only(carla: Desk) -> None:
    draft, work = carla.work("patrol"), carla.work("lamps")
    carla.save(replace(draft, date="2024"), carla.version("patrol"))
    assert carla.work("patrol").date == "2024"
    for hidden in (
        replace(work, date="2024"),
        replace(draft, status=Status.PUBLISHED),
        replace(draft, publish_on="2026"),
    ):
        with pytest.raises(NotAllowed):
            carla.save(hidden, carla.version(hidden.id))
    report = carla.change_all(["patrol", "lamps"], Edits(kind=Kind.AUDIT))
    assert (report.changed, [refused.work for refused in report.refused]) == (("patrol",), ["lamps"])


def test_what_is_published_is_found_at_once_and_what_is_withdrawn_is_not(anna: Desk) -> None:
    library = anna.library
    assert found(library, "patrol") == set()
    anna.publish("patrol")
    assert found(library, "patrol") == {"patrol"}
    anna.withdraw("patrol", "it was wrong")
    assert found(library, "patrol") == set()
    anna.restore("patrol")
    assert found(library, "patrol") == {"patrol"}
    assert [line.action for line in anna.journal(3)] == ["restore", "withdraw", "publish"]
    assert {line.who for line in anna.journal(3)} == {"anna"}


def test_a_withdrawn_work_leaves_a_stone_for_those_who_could_read_it(anna: Desk) -> None:
    library, member = anna.library, User(Role.MEMBER)
    anna.withdraw("inside", "its figures were wrong")
    anna.withdraw("patrol", "never meant")
    stone = library.tombstone("inside", member)
    assert stone is not None and stone.reason == "its figures were wrong" and stone.when
    assert library.tombstone("inside", ANYONE) is None
    assert library.tombstone("patrol", member) is None
    assert library.tombstone("lamps", ANYONE) is None
    assert library.tombstone("no-such", ANYONE) is None


def test_withdrawing_needs_a_reason(anna: Desk) -> None:
    with pytest.raises(UsageError):
        anna.withdraw("lamps", "  ")
    assert anna.work("lamps").status is Status.PUBLISHED


def test_a_discarded_draft_comes_back_as_a_draft(anna: Desk) -> None:
    anna.withdraw("patrol", "a duplicate")
    assert anna.work("patrol").access is Access.STAFF
    anna.restore("patrol")
    assert (anna.work("patrol").status, anna.work("patrol").access) == (Status.DRAFT, Access.PUBLIC)


def test_the_second_of_two_is_told(anna: Desk) -> None:
    ben = Desk(anna.library, BEN)
    seen = ben.version("lamps")
    anna.save(replace(anna.work("lamps"), date="2020"), anna.version("lamps"))
    with pytest.raises(Conflict):
        ben.save(replace(ben.work("lamps"), date="2021"), seen)
    assert ben.work("lamps").date == "2020"
    ben.save(replace(ben.work("lamps"), date="2021"), ben.version("lamps"))
    assert [change.who for change in ben.history("lamps")] == ["anna", "ben"]


def test_a_record_that_would_not_be_right_is_not_written(anna: Desk) -> None:
    work = anna.work("lamps")
    wrong = replace(work, date="2019-02-31", topics=("no-such-topic",))
    before = everything_under(anna.library.root)
    with pytest.raises(RecordError) as told:
        anna.save(wrong, anna.version("lamps"))
    assert {problem.key for problem in told.value.problems} == {"date", "topics"}
    twice = replace(work, editions=(work.editions[0], replace(work.editions[1], language="en")))
    assert [problem.key for problem in anna.problems(twice)] == ["editions.en"]
    assert everything_under(anna.library.root) == before


def test_a_corrected_language_keeps_its_file(anna: Desk) -> None:
    work = anna.work("lamps")
    file = anna.library.file("lamps", "fr", ANYONE)
    editions = (work.editions[0], replace(work.editions[1], language="ca"))
    anna.save(replace(work, editions=editions), anna.version("lamps"))
    assert anna.library.file("lamps", "ca", ANYONE) == file
    assert "lamps.fr" not in anna.library.engine.held()
    assert "lamps.ca" in anna.library.engine.held()


def test_editing_changes_no_files(anna: Desk) -> None:
    work = anna.work("lamps")
    for editions in (work.editions[:1], (work.editions[0], replace(work.editions[1], sha256="0" * 64))):
        with pytest.raises(NotAllowed):
            anna.save(replace(work, editions=editions), anna.version("lamps"))


def test_a_selection_is_changed_and_taken_back_as_one(anna: Desk) -> None:
    report = anna.change_all(["lamps", "patrol", "no-such"], Edits(add_projects=("Light",), access=Access.MEMBERS))
    assert report.changed == ("lamps", "patrol")
    assert [refused.work for refused in report.refused] == ["no-such"]
    assert found(anna.library, "lamps") == set()
    anna.save(replace(anna.work("patrol"), date="2024"), anna.version("patrol"))
    back = anna.undo_batch(report.batch)
    assert (back.changed, [refused.work for refused in back.refused]) == (("lamps",), ["patrol"])
    assert (anna.work("lamps").projects, anna.work("patrol").date) == ((), "2024")
    assert found(anna.library, "lamps") == {"lamps"}


def test_a_change_is_taken_back_from_the_history(anna: Desk) -> None:
    old = anna.work("lamps")
    anna.save(replace(old, date="2020"), anna.version("lamps"))
    anna.save(replace(old, date="2021"), anna.version("lamps"))
    anna.undo("lamps", 2)
    assert anna.work("lamps").date == "2020"
    anna.undo("lamps", 3)  # the undoing is a change as well
    assert anna.work("lamps").date == "2021"
    with pytest.raises(RecordError):
        anna.undo("lamps", 99)


def test_two_works_become_one_and_two_again(anna: Desk) -> None:
    lamps, lanterns = anna.work("lamps"), anna.work("lanterns")
    report = anna.merge("lamps", "lanterns")
    one = anna.work("lamps")
    assert (one.languages, one.projects) == (("en", "fr", "de"), ("Light",))
    assert [refused.reason for refused in report.refused] == ["“lamps” has an edition in en already"]
    assert found(anna.library, "Laternen") == {"lamps"}
    stone = anna.library.tombstone("lanterns", ANYONE)
    assert stone is not None and stone.merged_into == "lamps"
    back = anna.undo_batch(report.batch)
    assert set(back.changed) == {"lamps", "lanterns"} and not back.refused
    assert (anna.work("lamps"), anna.work("lanterns")) == (lamps, lanterns)
    assert found(anna.library, "Laternen") == {"lanterns"}


def test_a_work_is_not_put_together_with_itself(anna: Desk) -> None:
    with pytest.raises(UsageError):
        anna.merge("lamps", "lamps")


def test_what_is_not_there_is_refused(anna: Desk) -> None:
    for verb in (anna.work, anna.version, anna.history, anna.publish, anna.restore, anna.unpublish):
        with pytest.raises(NotAllowed):
            verb("no-such")
    assert ANNA.name == "anna"


def test_files_do_not_come_before_more_eyes_by_merging(anna: Desk) -> None:
    before = everything_under(anna.library.root)
    with pytest.raises(UsageError):
        anna.merge("lamps", "inside")
    assert everything_under(anna.library.root) == before
    anna.merge("inside", "lamps")
    assert found(anna.library, "place") == set()


def test_why_two_works_were_put_together_is_for_colleagues(anna: Desk) -> None:
    anna.merge("lamps", "lanterns", "Ben found it twice")
    stone = anna.library.tombstone("lanterns", ANYONE)
    assert stone is not None and stone.reason == ""
    assert anna.history("lanterns")[-1].why == "Ben found it twice"


def test_without_an_index_a_record_is_saved_all_the_same(anna: Desk) -> None:
    shutil.rmtree(anna.library.root / "index" / "whoosh")
    with Library.open(anna.library.root) as library:
        desk = Desk(library, ANNA)
        assert desk.publish("patrol").status is Status.PUBLISHED
        assert library.indexing.owes
        library.index()
        assert found(library, "patrol") == {"patrol"}


def test_a_damaged_history_takes_no_stone_away(anna: Desk) -> None:
    anna.withdraw("lamps", "wrong figures")
    (anna.library.root / "documents" / "lamps" / "history" / "9.toml").write_text("half = ")
    stone = anna.library.tombstone("lamps", ANYONE)
    assert stone is not None and (stone.reason, stone.when) == ("wrong figures", "")

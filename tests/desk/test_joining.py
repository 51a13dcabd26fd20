"""Drafts that belong to a known work: made from real files at the desk, then joined, put in place, or put away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from library.access import ANYONE, Role, User
from library.desk import Desk
from library.errors import NotAllowed, UsageError
from library.ingest import Stated
from library.ingest.report import read_report
from library.library import Library
from library.model import Status, Work
from library.request import SearchRequest
from tests.papers import CONSEIL, COUNCIL, RAT, everything_under, paper


def found(library: Library, words: str, user: User = ANYONE) -> list[tuple[str, str]]:
    return [(hit.work, hit.language) for hit in library.search(SearchRequest.build(words), user).hits]


def drafted(desk: Desk, folder: Path, text: str) -> Work:
    """A draft made from a file."""
    (added,) = desk.library.add([paper(folder / "draft.pdf", text)], Stated(draft=True)).added
    return added.work


def test_a_draft_becomes_another_language_of_a_published_work(anna: Desk, tmp_path: Path) -> None:
    draft = drafted(anna, tmp_path, RAT)
    digest = draft.editions[0].sha256
    assert found(anna.library, "Stadtrat") == []
    joined = anna.join(draft.id, "lamps")
    assert (joined.languages, joined.topics) == (("en", "fr", "de"), ())
    assert found(anna.library, "Stadtrat") == [("lamps", "de")]
    assert anna.library.file("lamps", "de", ANYONE).read_bytes() == (tmp_path / "draft.pdf").read_bytes()
    folder = anna.library.catalogue.folder
    assert read_report(folder / "lamps", digest) == read_report(folder / draft.id, digest)
    gone = anna.work(draft.id)
    assert (gone.status, gone.merged_into) == (Status.WITHDRAWN, "lamps")
    assert found(anna.library, "Stadtrat", User(Role.LIBRARIAN)) == [("lamps", "de"), (draft.id, "de")]


def test_joining_can_be_taken_back_as_one(anna: Desk, tmp_path: Path) -> None:
    draft = drafted(anna, tmp_path, RAT)
    before = anna.work("lamps"), anna.work(draft.id)
    anna.join(draft.id, "lamps")
    batch = anna.journal(1)[0].batch
    assert anna.undo_batch(batch).refused == ()
    assert (anna.work("lamps"), anna.work(draft.id)) == before
    assert found(anna.library, "Stadtrat") == []


def test_a_join_that_broke_off_is_done_again(anna: Desk, tmp_path: Path) -> None:
    draft = drafted(anna, tmp_path, RAT)
    joined = anna.join(draft.id, "lamps")
    anna.restore(draft.id)  # as if the program had been ended before the draft was put away
    assert anna.join(draft.id, "lamps") == joined
    assert anna.work(draft.id).merged_into == "lamps"


def test_a_language_that_is_taken_is_not_joined(anna: Desk, tmp_path: Path) -> None:
    draft = drafted(anna, tmp_path, CONSEIL)
    before = everything_under(anna.library.root / "documents")
    for other in ("lamps", draft.id):
        with pytest.raises(UsageError):
            anna.join(draft.id, other)
    with pytest.raises(UsageError):
        anna.join("lamps", "lanterns")
    assert everything_under(anna.library.root / "documents") == before


def test_a_draft_takes_the_place_of_a_file(anna: Desk, tmp_path: Path) -> None:
    reviewed = anna.work("lamps")
    reviewed = anna.save(
        replace(reviewed, editions=(replace(reviewed.editions[0], abstract="Reviewed."), reviewed.editions[1])),
        anna.version("lamps"),
    )
    old = anna.library.file("lamps", "en", ANYONE).read_bytes()
    draft = drafted(anna, tmp_path, COUNCIL)
    after = anna.take_place(draft.id, "en", "lamps", "en")
    edition = after.editions[0]
    assert (edition.title, edition.abstract, edition.file_name) == ("lamps en", "Reviewed.", "en-2.pdf")
    assert edition.sha256 == draft.editions[0].sha256
    assert (anna.library.catalogue.folder / "lamps" / "en.pdf").read_bytes() == old
    assert found(anna.library, "litter noise lighting") == [("lamps", "en")]
    assert anna.work(draft.id).merged_into == "lamps"
    with pytest.raises(UsageError):
        anna.take_place(drafted(anna, tmp_path, RAT).id, "de", "lamps", "de")


def test_a_draft_that_says_the_same_is_put_away(anna: Desk, tmp_path: Path) -> None:
    draft = drafted(anna, tmp_path, COUNCIL)
    before = anna.work("lamps")
    gone = anna.discard(draft.id, "lamps")
    assert (gone.status, gone.merged_into) == (Status.WITHDRAWN, "lamps")
    assert anna.work("lamps") == before
    assert anna.restore(draft.id) == draft


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LIBRARIAN])
def test_only_who_may_publish_joins(anna: Desk, tmp_path: Path, role: Role) -> None:
    draft = drafted(anna, tmp_path, RAT)
    desk = Desk(anna.library, User(role, "somebody"))
    with pytest.raises(NotAllowed):
        desk.join(draft.id, "lamps")
    with pytest.raises(NotAllowed):
        desk.take_place(draft.id, "de", "lamps", "fr")
    with pytest.raises(NotAllowed):
        desk.discard(draft.id, "lamps")
    assert anna.work(draft.id) == draft

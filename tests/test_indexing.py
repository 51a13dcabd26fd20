"""The index follows the records: in whatever order changes come to it, and after another program was writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from library.access import ANYONE, Role, User, visible_to
from library.arrivals import Arrivals, Stage, Working
from library.arrivals.catching_up import CatchingUp
from library.catalogue import Deed
from library.desk import Desk
from library.engines import Batch, whoosh_engine
from library.engines.whoosh_engine import WhooshEngine
from library.errors import EngineUnavailable
from library.indexing import Indexing
from library.library import Library
from library.model import Access, Work
from library.request import SearchRequest
from library.wording import Wording
from tests.arrivals.handing_in import ANA, BATCH, Here, pieces
from tests.papers import COUNCIL, paper, shelve

LIBRARIAN = User(Role.LIBRARIAN, "lea")


@pytest.fixture
def library(empty_root: Path) -> Iterator[Library]:
    shelve(empty_root, "lamps", {"fr": ("Une lanterne rouge et un fumé.",)})
    shelve(empty_root, "bells", {"en": ("Bells.",)})
    with Library.open(empty_root) as library:
        library.index()
        yield library


def counted(library: Library, words: str = "lanterne") -> int:
    return library.search(SearchRequest.build(words), ANYONE).total


def closed(library: Library) -> Work:
    """The work as it was, after its record has closed it to readers."""
    before = library.catalogue.get("lamps")
    assert before is not None
    library.catalogue.save(replace(before, access=Access.MEMBERS), Deed("lea"))
    return before


class Meanwhile(WhooshEngine):
    """An engine before whose next batch, or next building anew, somebody else does something."""

    def __init__(self, folder: Path, happens: Callable[[], object]) -> None:
        super().__init__(folder)
        self._happens = happens

    @contextmanager
    def batch(self, jobs: int = 1) -> Iterator[Batch]:
        self._happens()
        with super().batch(jobs) as batch:
            yield batch

    def rebuild(self, fill: Callable[[Batch], None], jobs: int = 1) -> None:
        self._happens()
        super().rebuild(fill, jobs)


def test_what_comes_late_is_indexed_as_its_record_says_by_then(library: Library) -> None:
    before = closed(library)
    library.indexing.follow(None, before)
    assert counted(library) == 0
    library.catalogue.put_aside("lamps", Deed("lea"))
    library.indexing.follow(None, before)
    assert library.indexing.behind() == ()
    assert set(library.engine.held()) == {"bells.en"}


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_sync_puts_nothing_that_was_changed_since_its_census(library: Library, rebuild: bool) -> None:
    work = library.catalogue.get("lamps")
    assert work is not None
    library.catalogue.save(replace(work, date="2020"), Deed("lea"))
    happened: list[Work] = []
    engine = Meanwhile(library.root / "index" / "whoosh", lambda: happened.append(closed(library)))
    parts = library.catalogue, engine, library.pages, library.covers, library.topics_file, library.thesaurus
    Indexing(*parts).sync(rebuild=rebuild)
    engine.close()
    assert len(happened) == 1
    assert counted(library) == 0
    assert library.indexing.behind() == ()


@contextmanager
def written_by_another(library: Library) -> Iterator[None]:
    other = WhooshEngine(library.root / "index" / "whoosh")
    with other.batch():
        yield
    other.close()


def test_what_was_left_behind_is_caught_up(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 0.01)
    monkeypatch.setattr("library.arrivals.catching_up.OWED_SECONDS", 0.0)
    catching_up = CatchingUp(library)
    catching_up.round()
    desk = Desk(library, LIBRARIAN)
    with written_by_another(library):
        desk.save(replace(desk.work("lamps"), access=Access.MEMBERS), desk.version("lamps"))
        assert library.indexing.owes
        catching_up.round()
        assert library.indexing.owes, "another program writes still"
    assert counted(library) == 1, "nothing has caught up yet"
    catching_up.round()
    assert counted(library) == 0
    assert not library.indexing.owes


def test_what_was_changed_by_hand_is_caught_up_at_the_first_look(library: Library) -> None:
    closed(library)
    CatchingUp(library).round()
    assert counted(library) == 0


def test_words_of_a_work_that_was_closed_are_not_proposed_before_the_index_follows(library: Library) -> None:
    wording = Wording(library.engine, library.catalogue, library.pages, library.thesaurus)
    assert wording.written("fume", visible_to(ANYONE)) == "fumé"
    closed(library)
    assert wording.written("fume", visible_to(ANYONE)) == ""
    assert wording.written("fume", visible_to(LIBRARIAN)) == "fumé"


def test_a_draft_that_was_made_is_a_draft_though_there_is_no_index_and_another_program_writes(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 0.01)
    arrivals = Arrivals(library.root)
    arrival = arrivals.receive(ANA, "new.pdf", pieces(paper(tmp_path / "a.pdf", COUNCIL)), BATCH)
    with Working(library, arrivals, Here()) as working, written_by_another(library):
        stamp = library.root / "index" / "whoosh" / "stamp.json"
        kept = stamp.read_bytes()
        stamp.unlink()
        with pytest.raises(EngineUnavailable):
            library.index()
        assert working.one(arrival).stage is Stage.DRAFT
        stamp.write_bytes(kept)
    CatchingUp(library).round()
    assert library.indexing.behind() == ()

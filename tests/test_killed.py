"""kill -9 at any moment of `library index` or `library add`: the old state or the new, and `index` mends the rest."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from library.catalogue import Deed
from library.engines.whoosh_engine import WhooshEngine
from library.indexing import PAGES_FOR_PROCESSES
from library.library import Library
from library.model import Access, Work
from library.query import parse
from library.request import SearchRequest
from tests.doomed import Doomed, Ended
from tests.papers import CONSEIL, COUNCIL, RAT, everything_under, leave, paper, shelve
from tests.thorough import rounds

KILLS = rounds(6, 44)
"""Of `library index`, of a rebuild and of one by two processes: half at a time, half right before touching the disk."""
KILLS_OF_ADD = rounds(2, 6)
"""Half of them of new works, half of an edition that is added to a work; all right before touching the disk."""
COMMANDS = {"index": ("index",), "rebuild": ("index", "--rebuild"), "jobs": ("index", "--rebuild", "--jobs", "2")}
WORKS = 12
UNCHANGED = 2
EVERYBODY = frozenset(Access)


@dataclass(frozen=True)
class State:
    """What an index answers: the editions it holds, and how many works are found."""

    held: dict[str, str]
    old: int
    new: int
    everything: int


@dataclass(frozen=True)
class Before:
    """A library whose index is one change behind its documents, and what becomes of it when nobody kills anything."""

    root: Path
    old: State
    new: State
    whole: dict[str, Ended]
    """How each command ends when it is left alone."""
    settled: dict[str, Counter[str]]
    """The files of the index by their endings, after each command and one more change that was indexed."""


@pytest.fixture(scope="module")
def doomed() -> Iterator[Doomed]:
    with Doomed() as process:
        yield process


@pytest.fixture(scope="module")
def before(doomed: Doomed, tmp_path_factory: pytest.TempPathFactory) -> Before:
    root = tmp_path_factory.mktemp("before") / "library"
    root.mkdir()
    chance = Random(0)
    for number in range(1, WORKS):
        shelve(root, f"work-{number:02}", {language: pages(chance) for language in ("en", "fr")})
    shelve(root, "work-00", {"en": ("short",) * PAGES_FOR_PROCESSES})
    with Library.open(root) as library:
        for work in library.catalogue.census().works[UNCHANGED:]:
            library.catalogue.save(retitled(library, work.id, "oldmark"), Deed("a test", "old"))
        library.index()
        old = answered(root)
        for work in library.catalogue.census().works[UNCHANGED:]:
            library.catalogue.save(retitled(library, work.id, "newmark"), Deed("a test", "new"))
    shutil.rmtree(root / "documents" / "work-05")
    shelve(root, "work-99", {"de": pages(chance)})
    whole, settled, new = {}, {}, old
    for name, command in COMMANDS.items():
        copy = copied(root, tmp_path_factory.mktemp("control"))
        whole[name] = doomed.run("--root", copy, *command)
        assert whole[name].code == 0
        new = answered(copy)
        settled[name] = changed_once_more(copy, name)
    assert (old.old, old.new, new.old, new.new) == (WORKS - UNCHANGED, 0, 0, WORKS - UNCHANGED - 1)
    return Before(root, old, new, whole, settled)


def pages(chance: Random) -> tuple[str, ...]:
    return tuple(" ".join(f"word{chance.randrange(500)}" for _ in range(100)) for _ in range(3))


def retitled(library: Library, name: str, mark: str) -> Work:
    """The work with the mark in all its titles."""
    work = library.catalogue.get(name)
    assert work is not None
    return replace(work, editions=tuple(replace(e, title=f"{work.id} {mark}") for e in work.editions))


def copied(root: Path, folder: Path) -> Path:
    """A copy of the library. What is never changed in its place is linked."""
    copy = folder / "library"
    shutil.copytree(root, copy, copy_function=os.link, ignore=shutil.ignore_patterns("whoosh"))
    shutil.copytree(root / "index" / "whoosh", copy / "index" / "whoosh", dirs_exist_ok=True)
    return copy


def answered(root: Path) -> State:
    """What the index says now, opened afresh."""
    engine = WhooshEngine(root / "index" / "whoosh")
    old, new, every = (
        engine.search(parse(query).node, SearchRequest(), EVERYBODY).total for query in ("oldmark", "newmark", "")
    )
    held = dict(engine.held())
    engine.close()
    return State(held, old, new, every)


def changed_once_more(root: Path, command: str) -> Counter[str]:
    """Index one more change, and count what lies in the index's folder by the endings of the names.

    A column is there for each language of a segment, and which process writes which edition is left to chance.
    """
    with Library.open(root) as library:
        library.catalogue.save(retitled(library, "work-07", "newmark again"), Deed("a test", "once more"))
        report = library.index()
        assert (report.put, report.failed, report.problems) == (2, (), ())
        assert library.check() == ()
    left = Counter(path.suffix for path in (root / "index" / "whoosh").rglob("*"))
    if command == "jobs":
        del left[".col"]
    return left


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("number", range(KILLS // 2))
def test_an_index_killed_at_any_moment(
    doomed: Doomed, before: Before, tmp_path: Path, command: str, number: int
) -> None:
    root = copied(before.root, tmp_path)
    whole = before.whole[command]
    moment = (number + Random(number).random()) / (KILLS // 2)
    if number % 2:
        ended = doomed.run("--root", root, *COMMANDS[command], touches=int(moment * whole.touches))
        assert ended.killed
    else:
        ended = doomed.run("--root", root, *COMMANDS[command], after=moment * whole.seconds)
        assert ended.killed or ended.code == 0
    state = answered(root)
    assert state in (before.old, before.new)
    assert doomed.run("--root", root, "index").code == 0
    assert answered(root) == before.new
    last = "index" if state == before.old else command
    assert changed_once_more(root, last) == before.settled[last], "something was left behind, or lost"


@dataclass(frozen=True)
class Received:
    """A library, and files that are added to it; what comes of it when nobody kills anything."""

    root: Path
    commands: dict[str, tuple[str | Path, ...]]
    touches: dict[str, int]
    whole: dict[str, State]
    works: dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def received(doomed: Doomed, tmp_path_factory: pytest.TempPathFactory) -> Received:
    root, files = tmp_path_factory.mktemp("received") / "library", tmp_path_factory.mktemp("files")
    root.mkdir()
    shelve(root, "known", {"en": ("Lamps in the square.",)})
    with Library.open(root) as library:
        library.index()
    papers = [
        paper(files / f"{number}.pdf", text, title=f"Work newmark {number}")
        for number, text in enumerate((COUNCIL, RAT, COUNCIL + " Again."))
    ]
    commands: dict[str, tuple[str | Path, ...]] = {
        "works": ("add", *papers),
        "edition": ("add", paper(files / "fr.pdf", CONSEIL, title="newmark"), "--work", "known"),
    }
    touches, whole, works = {}, {}, {}
    for name, command in commands.items():
        copy = copied(root, tmp_path_factory.mktemp("control"))
        ended = doomed.run("--root", copy, *command)
        assert ended.code == 0
        touches[name], whole[name], works[name] = ended.touches, answered(copy), catalogued(copy)
    return Received(root, commands, touches, whole, works)


def catalogued(root: Path) -> tuple[str, ...]:
    """Every edition of the catalogue: its work, its language and the sha256 of its file. No record may be broken."""
    with Library.open(root) as library:
        census = library.catalogue.census()
    assert census.problems == ()
    return tuple(f"{work.id}.{edition.language} {edition.sha256}" for work in census.works for edition in work.editions)


@pytest.mark.parametrize("name", ["works", "edition"])
@pytest.mark.parametrize("number", range(KILLS_OF_ADD // 2))
def test_an_addition_killed_before_it_touches_the_disk_again(
    doomed: Doomed, received: Received, tmp_path: Path, name: str, number: int
) -> None:
    root, command = copied(received.root, tmp_path), received.commands[name]
    moment = (number + Random(number).random()) / (KILLS_OF_ADD // 2)
    assert doomed.run("--root", root, *command, touches=int(moment * received.touches[name])).killed
    there, held = catalogued(root), answered(root).held
    assert set(there) <= set(received.works[name])
    assert set(held) in ({"known.en"}, {one.partition(" ")[0] for one in there})
    assert doomed.run("--root", root, "index").code == 0
    assert set(answered(root).held) == {one.partition(" ")[0] for one in there}
    assert doomed.run("--root", root, *command).code == 0
    assert catalogued(root) == received.works[name]
    assert comparable(answered(root)) == comparable(received.whole[name])
    for path in root.rglob(".*"):
        leave(path)
    assert doomed.run("--root", root, "check", "--fix").code == 0
    assert [path for path in everything_under(root) if "/." in path] == []
    with Library.open(root) as library:
        assert library.check() == ()


def comparable(state: State) -> State:
    """A state without the fingerprints: a file added at another second has another one."""
    return replace(state, held=dict.fromkeys(state.held, ""))

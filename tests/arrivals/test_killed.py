"""kill -9 at any step of adding at the desk: every file that was received becomes one draft or one rejection."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from library.arrivals import Arrivals, Stage, Working
from library.library import Library
from library.model import Status
from tests.arrivals.handing_in import ANA, BATCH, Here, pieces
from tests.doomed import Doomed
from tests.papers import CONSEIL, COUNCIL, RAT, everything_under, leave, paper, shelve

KILLS = 32
"""Spread evenly over the moments at which something is about to be changed on the disk."""


@dataclass(frozen=True)
class HandedIn:
    """A library, what is handed in to it, and what comes of it when nobody kills anything."""

    root: Path
    files: tuple[Path, ...]
    touches: int
    drafts: frozenset[str]
    """By the sha256 of their files."""
    outcomes: dict[str, Stage]
    """What becomes of each file, those in the ZIP included, by its name."""


@pytest.fixture(scope="module")
def doomed() -> Iterator[Doomed]:
    with Doomed() as process:
        yield process


@pytest.fixture(scope="module")
def handed_in(doomed: Doomed, tmp_path_factory: pytest.TempPathFactory) -> HandedIn:
    root, folder = tmp_path_factory.mktemp("before") / "library", tmp_path_factory.mktemp("files")
    root.mkdir()
    shelve(root, "known", {"en": ("Lamps in the square.",)})
    with Library.open(root) as library:
        library.index()
    council, conseil = paper(folder / "council.pdf", COUNCIL), paper(folder / "conseil.pdf", CONSEIL)
    rat = paper(folder / "rat.pdf", RAT)
    cut = folder / "cut.pdf"
    cut.write_bytes(council.read_bytes()[:300])
    known = folder / "known.pdf"
    known.write_bytes((root / "documents" / "known" / "en.pdf").read_bytes())
    pack = folder / "pack.zip"
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(rat, "sheets/rat.pdf")
        packed.write(council, "sheets/again.pdf")
        packed.writestr("../out.pdf", b"nothing good")
    files = (council, cut, pack, known, conseil)
    ended = doomed.run(copied(root, folder / "control"), folder / "said", *files, program="arrive")
    assert ended.code == 0
    drafts = frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in (council, conseil, rat))
    outcomes = {
        "council.pdf": Stage.DRAFT, "conseil.pdf": Stage.DRAFT, "sheets/rat.pdf": Stage.DRAFT,
        "cut.pdf": Stage.REJECTED, "../out.pdf": Stage.REJECTED, "pack.zip": Stage.UNPACKED,
        "known.pdf": Stage.UNCHANGED, "sheets/again.pdf": Stage.UNCHANGED,
    }  # fmt: skip
    made = HandedIn(root, files, ended.touches, drafts, outcomes)
    found = all_is_well(folder / "control", made)
    assert found == Counter(outcomes.keys())
    return made


def copied(root: Path, copy: Path) -> Path:
    shutil.copytree(root, copy)
    return copy


def all_is_well(root: Path, made: HandedIn) -> Counter[str]:
    """Every draft is there once and whole, nothing waits; how often a file of each name is there, as what it should."""
    with Library.open(root) as library:
        census = library.catalogue.census()
        assert census.problems == ()
        drafts = [work for work in census.works if work.id != "known"]
        assert Counter(work.editions[0].sha256 for work in drafts) == Counter(made.drafts)
        assert {work.status for work in drafts} == {Status.DRAFT}
        added = [line.work for line in library.catalogue.journal.lines() if line.action == "add"]
        assert Counter(added) == Counter(work.id for work in census.works)
        for work in drafts:
            assert [path.stem for path in (root / "documents" / work.id / "reports").iterdir()] == [
                work.editions[0].sha256
            ]
        told = Counter((finding.check, finding.subject) for finding in library.check() if finding.check != "leftovers")
        status = Arrivals(root).status(ANA, BATCH)
    assert status.done
    for name, stage in made.outcomes.items():  # one that was handed in once more is there already
        assert {one.stage for one in status.arrivals if one.name == name} - {stage} <= {Stage.UNCHANGED}
        assert stage in {one.stage for one in status.arrivals if one.name == name}
    rejected = Counter(("arrivals", one.name) for one in status.arrivals if one.stage is Stage.REJECTED)
    assert told == rejected, "the doctor tells of what was rejected, and of nothing else"
    assert {name for _, name in told} == {name for name, stage in made.outcomes.items() if stage is Stage.REJECTED}
    assert {one.work for one in status.arrivals if one.stage is Stage.DRAFT} == {work.id for work in drafts}
    return Counter(arrival.name for arrival in status.arrivals)


@pytest.mark.parametrize("number", range(KILLS))
def test_an_arrival_killed_at_any_step(doomed: Doomed, handed_in: HandedIn, tmp_path: Path, number: int) -> None:
    root, said = copied(handed_in.root, tmp_path / "library"), tmp_path / "said"
    moment = (number + Random(number).random()) / KILLS
    arguments = (root, said, *handed_in.files)
    assert doomed.run(*arguments, touches=int(moment * handed_in.touches), program="arrive").killed
    received = said.read_text().splitlines() if said.exists() else []
    with Library.open(root) as library:
        assert library.catalogue.census().problems == ()
        arrivals = Arrivals(root)
        assert {arrival.name for arrival in arrivals.status(ANA, BATCH).arrivals} >= set(received)
        for path in handed_in.files:  # as a person does who saw that the rest did not get through
            if path.name not in received:
                arrivals.receive(ANA, path.name, pieces(path), BATCH)
        with Working(library, arrivals, Here()) as working:
            working.through()
    found = all_is_well(root, handed_in)
    assert found.keys() == handed_in.outcomes.keys()
    assert all(found[name] == 1 for name in received)
    for path in root.rglob(".*"):
        leave(path)
    for arrival in Arrivals(root).status(ANA, BATCH).arrivals:  # as a person does who has read why
        if arrival.stage is Stage.REJECTED:
            Arrivals(root).dismiss(ANA, BATCH, arrival.id)
    with Library.open(root) as library:
        for finding in library.check():
            assert finding.check == "leftovers" and finding.fix is not None
            finding.fix()
        assert library.check() == ()
    names = {path.rpartition("/")[2] for path in everything_under(root / "arrivals")}
    assert names <= {"state.json", "received", ".rung"}

"""The versions of a work are brought together, by what is in them: within a batch, and with what the library has."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from library.ingest import AddReport, Stated
from library.library import Library
from library.model import Edition, Kind, Work
from tests.conftest import DEMO_WORKS, DOCUMENTS


def renamed(folder: Path, *editions: str) -> dict[str, str]:
    """Copies of demonstration PDFs under names that say nothing: which edition each is, by its name."""
    folder.mkdir()
    made = {}
    for edition in editions:
        work, _, language = edition.rpartition(".")
        name = f"{hashlib.sha256(edition.encode()).hexdigest()[:12]}.pdf"
        shutil.copy(DOCUMENTS / work / f"{language}.pdf", folder / name)
        made[name] = edition
    return made


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], AddReport]:
    """A rehearsal over all editions of four works, in an empty library."""
    folder = tmp_path_factory.mktemp("versions")
    every = [f"{work}.{path.stem}" for work in DEMO_WORKS for path in (DOCUMENTS / work).glob("*.pdf")]
    names = renamed(folder / "files", *every)
    (folder / "library").mkdir()
    with Library.open(folder / "library") as library:
        return names, library.add([folder / "files"], Stated(), dry_run=True, jobs=2)


def test_the_versions_in_a_batch_are_paired(batch: tuple[dict[str, str], AddReport]) -> None:
    names, report = batch
    truth = {added.work.id: names[added.path.name].rpartition(".")[0] for added in report.added}
    assert len(report.added) == len(names)
    alone = [added for added in report.added if added.version is None]
    assert sorted(truth[added.work.id] for added in alone) == sorted(DEMO_WORKS)
    for added in report.added:
        if added.version is not None:
            assert truth[added.version.work] == truth[added.work.id]
            assert added.version.reasons


def test_a_rehearsal_says_where_to_put_it(batch: tuple[dict[str, str], AddReport]) -> None:
    _, report = batch
    added = next(added for added in report.added if added.version is not None and added.language == "nl")
    assert added.version is not None
    (said,) = [w.message for w in report.warnings if w.path == added.path and w.message.startswith("version:")]
    assert said.startswith(f"version: it may be the Dutch version of “{added.version.work}” (")
    assert "of the numbers are the same in the same order" in said
    assert said.endswith(f"if it is, add the file with --work {added.version.work}")


def test_a_version_of_a_work_of_the_library_is_told(demo_copy: Path, tmp_path: Path) -> None:
    with Library.open(demo_copy) as library:
        known = library.catalogue.get("football-without-hate")
        assert known is not None
        shutil.rmtree(demo_copy / "documents" / "football-without-hate")
        kept = tuple(edition for edition in known.editions if edition.language != "pl")
        files = {edition.language: DOCUMENTS / known.id / f"{edition.language}.pdf" for edition in kept}
        library.catalogue.create(Work(known.id, Kind.PRACTICE_SHEET, kept), files)
        (name,) = renamed(tmp_path / "files", "football-without-hate.pl")
        report = library.add([tmp_path / "files"], Stated())
        (added,) = report.added
        assert added.path.name == name
        assert added.version is not None and added.version.work == "football-without-hate"
        (said,) = [warned.message for warned in report.warnings if warned.message.startswith("version:")]
        assert said.endswith(f"take out “{added.work.id}” and add the file with --work football-without-hate")
        shutil.rmtree(demo_copy / "documents" / added.work.id)
        again = library.add([tmp_path / "files"], Stated(work="football-without-hate"))
        assert [each.edition for each in again.added] == ["football-without-hate.pl"]
        assert not [warned for warned in again.warnings if warned.message.startswith("version:")]


def test_a_work_that_has_the_language_already_is_not_named(demo_copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "changed.pdf"
    path.write_bytes((DOCUMENTS / "rembrandt-square" / "fr.pdf").read_bytes() + b"\n% received twice\n")
    with Library.open(demo_copy) as library:
        (added,) = library.add([path], Stated(), dry_run=True).added
    assert (added.language, added.version) == ("fr", None)


def test_a_work_whose_text_is_not_kept_is_passed_over(empty_root: Path, tmp_path: Path) -> None:
    renamed(tmp_path / "files", "rembrandt-square.fr")
    with Library.open(empty_root) as library:
        work = Work("square", Kind.GUIDE, (Edition("en", "Square hosts", "0" * 64, 2),))
        library.catalogue.create(work, {"en": DOCUMENTS / "rembrandt-square" / "en.pdf"})
        (added,) = library.add([tmp_path / "files"], Stated(), dry_run=True).added
    assert added.version is None

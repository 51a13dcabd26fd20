"""Every check finds its own thing, and what can be put right without a person is."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from library.catalogue import Deed
from library.doctor import CHECKS, Finding, Severity
from library.formats.page_store import PageStore
from library.library import Library
from library.model import Page, TextSource
from tests.papers import everything_under, leave, shelve


@pytest.fixture
def sound(empty_root: Path) -> Iterator[Library]:
    """A small library in which nothing is wrong."""
    shelve(empty_root, "lamps", {"en": ("Lamps in the square.",), "fr": ("Des lampes.",)})
    shelve(empty_root, "watch", {"en": ("The night watch.",)})
    for path in (empty_root / "documents").glob("*/*.pdf"):
        assert hashlib.sha256(path.read_bytes()).hexdigest()
    with Library.open(empty_root) as library:
        library.index()
        yield library


def file_of(library: Library, work: str, language: str) -> Path:
    found = library.catalogue.get(work)
    edition = found.edition(language) if found else None
    assert edition
    return library.catalogue.file(work, edition)


def only(library: Library) -> Finding:
    (finding,) = library.check()
    assert finding.remedy
    return finding


def test_all_is_well_when_nothing_is_wrong(sound: Library) -> None:
    before = everything_under(sound.root)
    assert sound.check() == ()
    assert everything_under(sound.root) == before


def test_records_that_are_not_right(sound: Library) -> None:
    path = sound.root / "documents" / "watch" / "record.toml"
    path.write_text(path.read_text().replace('"guide"', '"leaflet"') + 'colour = "red"\n')
    found = [finding for finding in sound.check() if finding.check == "records"]
    assert {finding.subject for finding in found} == {"watch/record.toml: kind",
                                                      "watch/record.toml: editions.en.colour"}  # fmt: skip
    assert {(finding.severity, finding.fix) for finding in found} == {(Severity.ERROR, None)}


def test_topics_that_nobody_knows(sound: Library) -> None:
    shelve(sound.root, "themed", {"en": ("A theme.",)}, topics=("no-such-topic",))
    sound.index()
    finding = only(sound)
    assert (finding.check, finding.subject, finding.fix) == ("topics", "themed", None)
    assert "no-such-topic" in finding.message


def test_files_that_are_missing_or_not_the_same(sound: Library) -> None:
    file_of(sound, "lamps", "fr").unlink()
    file_of(sound, "watch", "en").write_bytes(b"another file")
    found = {finding.subject: finding for finding in sound.check()}
    assert set(found) == {"lamps.fr", "watch.en"}
    assert {finding.check for finding in found.values()} == {"files"}
    assert "missing" in found["lamps.fr"].message


def test_leftovers_of_an_arrival_are_cleared_away(sound: Library) -> None:
    left = sound.root / "documents" / ".arriving-x1"
    left.mkdir()
    (left / "en.pdf").write_bytes(b"half")
    leave(left)
    finding = only(sound)
    assert (finding.check, finding.severity, finding.subject) == ("leftovers", Severity.WARNING, ".arriving-x1")
    assert finding.fix is not None
    finding.fix()
    assert not left.exists()
    assert sound.check() == ()


@pytest.mark.parametrize("place", ["documents/watch", "index/pages", "index/covers", "index/whoosh"])
def test_half_a_file_is_cleared_away_wherever_it_lies(sound: Library, place: str) -> None:
    half = sound.root / place / ".en.pdf.abc123.tmp"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    leave(half)
    finding = only(sound)
    assert (finding.check, finding.subject) == ("leftovers", half.name)
    assert finding.fix is not None
    finding.fix()
    assert not half.exists()


def test_what_somebody_is_at_work_on_is_left_alone(sound: Library) -> None:
    arriving = sound.root / "documents" / ".arriving-x1"
    arriving.mkdir()
    for half in (arriving / ".en.pdf.abc.tmp", sound.root / "index" / "pages" / ".x.abc.tmp"):
        half.write_bytes(b"half")
    assert sound.check() == ()


@pytest.mark.parametrize("harm", ["none", "behind", "stamp", "postings"])
def test_an_index_that_is_missing_behind_or_damaged_is_mended(sound: Library, harm: str) -> None:
    whoosh = sound.root / "index" / "whoosh"
    sound.close()
    match harm:
        case "none":
            shutil.rmtree(whoosh)
        case "behind":
            shelve(sound.root, "late", {"en": ("Late.",)})
        case "stamp":
            (whoosh / "stamp.json").write_text(json.dumps({"engine": "whoosh", "schema": "0"}))
        case "postings":
            (path,) = whoosh.glob("generation-*/*.arrays")
            path.write_bytes(b"")
    finding = only(sound)
    assert (finding.check, finding.severity) == ("index", Severity.ERROR)
    assert finding.fix is not None
    finding.fix()
    assert sound.check() == ()


def test_pages_that_hold_no_text(sound: Library) -> None:
    digest = hashlib.sha256(file_of(sound, "watch", "en").read_bytes()).hexdigest()
    pages = [Page(1, "1", "Words."), *(Page(n, str(n), "", TextSource.NONE) for n in range(2, 30))]
    PageStore(sound.root / "index" / "pages").put(digest, pages)
    finding = only(sound)
    assert (finding.check, finding.severity, finding.subject) == ("text", Severity.WARNING, "watch.en")
    assert finding.message.startswith("no text on pages 2, 3, ")
    assert finding.message.endswith("21 …")


def test_pages_that_are_known_to_hold_no_text_are_left_in_peace(sound: Library) -> None:
    work = sound.catalogue.get("watch")
    assert work is not None
    (edition,) = work.editions
    PageStore(sound.root / "index" / "pages").put(
        edition.sha256, [Page(1, "1", "", TextSource.NONE), Page(2, "2", "", TextSource.NONE)]
    )
    known = replace(edition, pages=2, without_text=(1,))
    sound.catalogue.save(replace(work, editions=(known,)), Deed("somebody", "the cover is a photograph"))
    sound.index()
    assert [finding.message for finding in sound.check()] == ["no text on pages 2"]


def test_every_check_says_what_it_looks_for() -> None:
    assert all(check.__doc__ for check in CHECKS)
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)

"""Files that take the place of others, and one more language: real PDFs, read by the real readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.access import ANYONE
from library.desk import Desk
from library.errors import UnreadableFile, UsageError
from library.ingest.report import read_report
from library.request import SearchRequest
from tests.papers import CONSEIL, COUNCIL, RAT, everything_under, paper


def found(desk: Desk, words: str) -> list[tuple[str, str]]:
    return [(hit.work, hit.language) for hit in desk.library.search(SearchRequest.build(words), ANYONE).hits]


def test_a_replaced_file_is_read_and_found_and_the_old_one_stays(anna: Desk, tmp_path: Path) -> None:
    before = anna.work("lamps")
    old = anna.library.file("lamps", "en", ANYONE).read_bytes()
    newer = paper(tmp_path / "newer.pdf", COUNCIL)
    after = anna.replace("lamps", "en", newer, "the newer one.pdf", "a page was missing")
    assert after == anna.work("lamps")
    edition = after.editions[0]
    assert (edition.file_name, edition.title, edition.source) == ("en-2.pdf", "lamps en", "the newer one.pdf")
    assert anna.library.file("lamps", "en", ANYONE).read_bytes() == newer.read_bytes()
    assert found(anna, "litter noise lighting") == [("lamps", "en")]
    report = read_report(anna.library.catalogue.folder / "lamps", edition.sha256)
    assert (report.damaged, report.source, report.who, report.pages) == ("", "the newer one.pdf", "anna", 1)
    assert report.description.language.value == "en"
    anna.undo("lamps", 1)
    assert anna.work("lamps") == before
    assert anna.library.file("lamps", "en", ANYONE).read_bytes() == old
    assert found(anna, "litter noise lighting") == []


def test_a_language_is_told_from_the_text_and_found(anna: Desk, tmp_path: Path) -> None:
    anna.add_language("lamps", "", paper(tmp_path / "rat.pdf", RAT), "rat.pdf")
    assert anna.work("lamps").languages == ("en", "fr", "de")
    assert found(anna, "Stadtrat Abfall") == [("lamps", "de")]
    sha256 = anna.work("lamps").editions[2].sha256
    assert read_report(anna.library.catalogue.folder / "lamps", sha256).description.language.value == "de"
    with pytest.raises(UsageError):
        anna.add_language("lamps", "fr", paper(tmp_path / "conseil.pdf", CONSEIL), "conseil.pdf")


def test_what_cannot_be_taken_changes_nothing(anna: Desk, tmp_path: Path) -> None:
    (broken := tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    good = paper(tmp_path / "good.pdf", COUNCIL)
    anna.replace("lamps", "en", good, "good.pdf")
    before = everything_under(anna.library.root / "documents")
    with pytest.raises(UnreadableFile):
        anna.replace("lamps", "fr", broken, "broken.pdf")
    with pytest.raises(UsageError, match=r"lamps\.en"):
        anna.replace("lamps", "fr", good, "good.pdf")
    with pytest.raises(UsageError):
        anna.replace("lamps", "es", good, "good.pdf")
    assert everything_under(anna.library.root / "documents") == before

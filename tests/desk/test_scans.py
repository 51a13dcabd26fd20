"""Scans read by OCR: the record names the pages, the text outlives the index, everything can be taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from library.access import Role, User
from library.desk import Desk
from library.errors import NotAllowed, UsageError
from library.formats.ocr_pages import kept
from library.ingest import Stated
from library.library import Library
from library.request import SearchRequest
from tests.formats.samples import report
from tests.scanner import scan, tesseract
from tests.shared_folders import copy_of

LIBRARIAN = User(Role.LIBRARIAN, "ana")
SEEN = "The night mediators walk the streets and speak with the residents of the square."


def add_scan(root: Path) -> None:
    file = root / "old.pdf"
    file.write_bytes(scan(SEEN, "", "A second page of the old report about lighting."))
    with Library.open(root) as library:
        library.add([file], Stated(language="en", work="old-report"))


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open(copy_of(tmp_path_factory, "one-scan", add_scan))


def found(library: Library, query: str) -> list[tuple[int, bool]]:
    hits = library.search(SearchRequest.build(query), LIBRARIAN).hits
    return [(page.number, page.by_ocr) for hit in hits for page in hit.pages]


def test_what_is_read_is_found_and_marked_and_outlives_the_index(library: Library) -> None:
    tesseract("en")
    assert found(library, "mediators") == []
    told: list[tuple[int, int]] = []
    read = Desk(library, LIBRARIAN).read_scans("old-report", "en", progress=lambda *at: told.append(at))
    assert (read.read, read.nothing, read.failed) == ((1, 3), (2,), ())
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert found(library, "mediators") == [(1, True)]
    work = library.get("old-report", LIBRARIAN)
    assert work.editions[0].ocr == (1, 3)
    marked = library.occurrences("old-report", "en", "lighting", LIBRARIAN)
    assert [(page.number, page.by_ocr) for page in marked.pages] == [(3, True)]
    change = library.catalogue.history("old-report")[-1]
    assert (change.who, change.action) == ("ana", "ocr")
    assert kept(library.root / "documents" / "old-report", work.editions[0].sha256) is not None
    library.close()
    shutil.rmtree(library.root / "index")
    with Library.open(library.root) as again:
        again.index()
        assert found(again, "mediators") == [(1, True)]


def test_read_again_takes_what_is_there_and_undoing_takes_the_text_away(library: Library) -> None:
    tesseract("en")
    desk = Desk(library, LIBRARIAN)
    desk.read_scans("old-report", "en")
    told: list[tuple[int, int]] = []
    assert desk.read_scans("old-report", "en", progress=lambda *at: told.append(at)).read == (1, 3)
    assert told == []
    desk.undo("old-report", desk.history("old-report")[-1].number)
    assert found(library, "mediators") == []
    assert desk.read_scans("old-report", "en").read == (1, 3)
    assert found(library, "mediators") == [(1, True)]


def test_it_is_asked_for_by_staff_and_only_where_there_is_something_to_read(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        Desk(library, User(Role.MEMBER)).read_scans("old-report", "en")
    with pytest.raises(UsageError, match="no edition in fr"):
        Desk(library, LIBRARIAN).read_scans("old-report", "fr")
    (tmp_path / "text.pdf").write_bytes(report())
    library.add([tmp_path / "text.pdf"], Stated(language="de", work="with-text"))
    with pytest.raises(UsageError, match="every page"):
        Desk(library, LIBRARIAN).read_scans("with-text", "de")


def test_who_may_change_drafts_only_has_no_published_work_read(library: Library) -> None:
    carla, before = Desk(library, User(Role.CONTRIBUTOR, "carla")), library.catalogue.version("old-report")
    with pytest.raises(NotAllowed):
        carla.read_scans("old-report", "en")
    assert library.catalogue.version("old-report") == before
    tesseract("en")
    Desk(library, LIBRARIAN).unpublish("old-report")
    assert carla.read_scans("old-report", "en").read == (1, 3)

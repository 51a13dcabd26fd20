"""Pages without text at the desk: who may have them read by OCR, and what the page says of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from library.access import Role
from library.arrivals import OCR, State, Tasks, read_scans
from library.ingest import Stated
from library.library import Library
from library.locales import load_texts
from tests.scanner import scan, tesseract
from tests.shared_folders import made_once
from tests.web.desk.conftest import Come, Person

T = load_texts("en")
SCANS = {"old-draft": True, "old-report": False}
"""Works, and whether each is a draft."""


def add_scans(root: Path) -> None:
    """A draft and a published work that are pictures of pages, added to an empty library."""
    with Library.open(root) as library:
        for name, draft in SCANS.items():
            file = root / f"{name}.pdf"
            file.write_bytes(scan(f"The night mediators walk the streets of the {name} and speak with residents."))
            library.add([file], Stated(language="en", work=name, draft=draft))


@pytest.fixture
def scanned(shelf: Library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library with both of them, as they were read once."""
    made = made_once(tmp_path_factory, "scans", add_scans)
    for name in SCANS:
        shutil.copytree(made / "documents" / name, shelf.root / "documents" / name)
    for kept in ("pages", "covers"):
        shutil.copytree(made / "index" / kept, shelf.root / "index" / kept, dirs_exist_ok=True)
    report = shelf.index()
    assert (report.read, report.problems) == (0, ())
    return shelf


def ask(person: Person, work: str, language: str = "en") -> int:
    return person.post("/desk/do/ocr", {"id": work, "language": language}).status_code


def test_who_may_ask_asks_and_is_told_how_far_it_is(scanned: Library, librarian: Person) -> None:
    tesseract("en")
    tasks = Tasks(scanned.root / "arrivals")
    page = librarian.get("/desk/work", id="old-report").text
    assert T("desk_ocr.read") in page and 'action="../desk/do/ocr"' in page
    assert ask(librarian, "old-report") == ask(librarian, "old-report") == 303
    assert [task.request for task in tasks.every()] == ["ocr:old-report:en"]
    page = librarian.get("/desk/work", id="old-report").text
    assert T("desk_ocr.waiting") in page and T("desk_ocr.read") not in page
    tasks.through(scanned, {OCR: read_scans}, lambda: False)
    assert [(task.state, task.message) for task in tasks.every()] == [(State.DONE, "")]
    page = librarian.get("/desk/work", id="old-report").text
    assert T("desk_report.ocr", count=1) in page and T("desk_ocr.read") not in page
    assert scanned.catalogue.history("old-report")[-1].who == "librarian@example.org"


def test_a_contributor_has_drafts_read_and_nothing_else(scanned: Library, come: Come) -> None:
    carla, tasks = come(Role.CONTRIBUTOR), Tasks(scanned.root / "arrivals")
    assert [ask(carla, work) for work in ("old-report", "missing", "old-draft")] == [404, 404, 303]
    assert [task.request for task in tasks.every()] == ["ocr:old-draft:en"]
    assert ask(come(Role.MEMBER), "old-draft") != 303


def test_what_was_published_meanwhile_is_left_alone(scanned: Library, come: Come, librarian: Person) -> None:
    assert ask(come(Role.CONTRIBUTOR), "old-draft") == 303
    form = {**librarian.form("old-draft"), "then": "publish"}
    assert librarian.post("/desk/do/save", form).status_code == 303
    before = scanned.catalogue.version("old-draft")
    tasks = Tasks(scanned.root / "arrivals")
    tasks.through(scanned, {OCR: read_scans}, lambda: False)
    assert [task.state for task in tasks.every()] == [State.FAILED]
    assert scanned.catalogue.version("old-draft") == before
    page = librarian.get("/desk/work", id="old-draft").text
    assert T("desk_ocr.failed") in page


def test_where_tesseract_is_missing_its_packages_are_named(
    scanned: Library, librarian: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    page = librarian.get("/desk/work", id="old-draft").text
    assert "tesseract-ocr tesseract-ocr-eng" in page
    assert T("desk_ocr.read") not in page
    assert re.search(r"\b1 page has no text", page)


@pytest.mark.parametrize("language", ["fr", "", "../x", "e" * 400])
def test_a_language_that_it_does_not_have_is_refused(scanned: Library, librarian: Person, language: str) -> None:
    assert ask(librarian, "old-draft", language) == 409
    assert Tasks(scanned.root / "arrivals").every() == ()

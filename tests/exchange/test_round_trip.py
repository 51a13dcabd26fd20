"""A library taken away and brought into an empty one is the same library."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from library.access import Role, User
from library.catalogue import Catalogue
from library.exchange import Form, State, Wanted, export, import_records, write_bag
from library.formats.ocr_pages import kept
from library.library import Library
from library.model import Work
from library.request import SearchRequest
from tests.conftest import DEMO_WORKS, DOCUMENTS
from tests.exchange.made_up import guide, stock, works
from tests.thorough import rounds

LIBRARIAN = User(Role.LIBRARIAN, "ada")
SOME = (*DEMO_WORKS, "acoustic-deterrents", "cities-for-everyone", "stadium-ambassadors")
"""Among them one for members, one that is withdrawn, one in 14 languages, and sheets with their sections."""
WAYS = [(Form.CSV, True), (Form.JSONL, True), (Form.SAF, False)]
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Every example reads real files in processes of their own: making one small would take hours."""


def taken_away(root: Path, form: Form, files: bool, out: Path) -> Path:
    with Library.open(root) as library, out.open("wb") as file:
        told = export(library, LIBRARIAN, form, file, files=files)
    assert told.problems == ()
    return out


def brought_in(root: Path, packed: Path, jobs: int = 1) -> None:
    root.mkdir(exist_ok=True)
    with Library.open(root) as library:
        report = import_records(library, LIBRARIAN, Wanted(packed, jobs=jobs))
    assert [row for row in report.rows if row.state is not State.ADDED or row.notices] == []


def same(first: Path, second: Path) -> None:
    """Works, editions, topics, sections, places, access, status; and every file, byte for byte."""
    one, other = Catalogue(first / "documents"), Catalogue(second / "documents")
    assert one.census().problems == other.census().problems == ()
    assert other.census().works == one.census().works
    for work in one.census().works:
        for edition in work.editions:
            assert other.file(work.id, edition).read_bytes() == one.file(work.id, edition).read_bytes()
            read = [kept(each.folder / work.id, edition.sha256) for each in (one, other)]
            assert read[0] == read[1] and (read[0] is not None) is bool(edition.ocr)
    topics = [root / "documents" / "topics.ttl" for root in (first, second)]
    assert topics[0].exists() == topics[1].exists()
    assert not topics[0].exists() or topics[0].read_bytes() == topics[1].read_bytes()


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some works of the demonstration library, whose index nobody needs here."""
    root = tmp_path_factory.mktemp("some")
    for work in SOME:
        shutil.copytree(DOCUMENTS / work, root / "documents" / work)
    shutil.copy(DOCUMENTS / "topics.ttl", root / "documents")
    return root


@pytest.mark.parametrize(("form", "files"), WAYS)
def test_the_demonstration_library_comes_back(demonstration: Path, tmp_path: Path, form: Form, files: bool) -> None:
    packed = taken_away(demonstration, form, files, tmp_path / "out.zip")
    brought_in(tmp_path / "again", packed, jobs=2)
    same(demonstration, tmp_path / "again")
    again = taken_away(tmp_path / "again", form, files, tmp_path / "again.zip")
    assert again.read_bytes() == packed.read_bytes()


def scanned(root: Path) -> tuple[Work, ...]:
    """A library of one work, of which OCR read the only page."""
    work = guide("old-scan", {"en": "An old scan"})
    return stock(root, [replace(work, editions=(replace(work.editions[0], ocr=(1,)),))])


@pytest.mark.parametrize(("form", "files"), WAYS)
def test_what_ocr_read_comes_too_and_is_found(empty_root: Path, tmp_path: Path, form: Form, files: bool) -> None:
    scanned(empty_root)
    brought_in(tmp_path / "again", taken_away(empty_root, form, files, tmp_path / "out.zip"))
    same(empty_root, tmp_path / "again")
    with Library.open(tmp_path / "again") as library:
        hits = library.search(SearchRequest.build("zeppelins"), LIBRARIAN).hits
        assert [(page.number, page.by_ocr) for hit in hits for page in hit.pages] == [(1, True)]
        assert library.index().read == 0


def test_a_claim_of_ocr_without_its_text_is_dropped_and_told(empty_root: Path, tmp_path: Path) -> None:
    (work,) = scanned(empty_root)
    shutil.rmtree(empty_root / "documents" / work.id / "ocr")
    with Library.open(empty_root) as library, (tmp_path / "out.zip").open("wb") as file:
        assert library.index().read == 1
        assert library.index().read == 0, "a claim without a text is not read again and again"
        told = export(library, LIBRARIAN, Form.CSV, file, files=True)
    assert told.problems == ("old-scan.en: the text that OCR read is missing",)
    (tmp_path / "again").mkdir()
    with Library.open(tmp_path / "again") as library:
        (row,) = import_records(library, LIBRARIAN, Wanted(tmp_path / "out.zip")).rows
        assert (row.state, [notice.partition(":")[0] for notice in row.notices]) == (State.ADDED, ["ocr"])
        assert library.get("old-scan", LIBRARIAN).editions[0].ocr == ()
        assert library.index().read == 0


@pytest.mark.parametrize(("form", "files"), WAYS)
@settings(max_examples=rounds(2, 4), phases=WITHOUT_SHRINKING)
@given(st.tuples(works("first-work"), works("second-work")))
def test_odd_works_come_back(
    tmp_path_factory: pytest.TempPathFactory, form: Form, files: bool, made: tuple[Work, ...]
) -> None:
    place = tmp_path_factory.mktemp("odd")
    root = place / "library"
    root.mkdir()
    stock(root, made)
    brought_in(place / "again", taken_away(root, form, files, place / "out.zip"))
    same(root, place / "again")


def test_a_bag_is_the_library_itself(demonstration: Path, tmp_path: Path) -> None:
    write_bag(demonstration, tmp_path / "bag")
    root = tmp_path / "again"
    shutil.copytree(tmp_path / "bag" / "data" / "documents", root / "documents")
    same(demonstration, root)
    with Library.open(root) as library:
        assert len(library.works(LIBRARIAN)) == len(Catalogue(demonstration / "documents").identifiers())


@pytest.mark.parametrize("form", Form)
def test_the_same_library_gives_the_same_bytes(demo: Library, form: Form) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for out in (first, second):
        export(demo, LIBRARIAN, form, out)
    assert first.getvalue() == second.getvalue()


def test_what_goes_out_is_what_a_person_may_see(demo: Library) -> None:
    hidden = "drones-ai-public-space"  # for members only
    for form in Form:
        if form is Form.BAGIT:
            continue
        for role in (Role.READER, Role.MEMBER):
            out = io.BytesIO()
            told = export(demo, User(role), form, out)
            content = out.getvalue()
            if form is Form.SAF:
                with zipfile.ZipFile(out) as packed:
                    content = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
            assert (hidden.encode() in content) is (role is Role.MEMBER)
            assert told.works == (4 if role is Role.MEMBER else 3)

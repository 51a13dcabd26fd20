"""The page of import and export: for those with the right; nothing is written before it was looked at."""

from __future__ import annotations

import csv
import io
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from library.catalogue import Catalogue
from library.exchange.handed import HandedIn, Stage
from library.library import Library
from library.ui.desk.exchange import choices
from tests.exchange.made_up import document
from tests.papers import everything_under
from tests.web.people import HOST, Served, form_token, serving

VERBS = ("rehearse", "handed-again", "handed-import", "undo-import")
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the small library."""
    return Path(shutil.copytree(root, tmp_path / "library", ignore=shutil.ignore_patterns("private")))


@pytest.fixture
def people(copy: Path) -> Iterator[Served]:
    """It, with people who sign in."""
    with serving(copy, copy / "private") as served:
        yield served


@pytest.fixture
def librarian(people: Served) -> TestClient:
    """A librarian's browser."""
    return people.signed_in("lib")


def send(browser: TestClient, verb: str, file: tuple[str, bytes] | None = None, **fields: str) -> Response:
    """Send a form of the page, and go where it leads."""
    given = {"token": form_token(browser, "/desk/exchange"), **fields}
    answer: Response = browser.post(
        f"/desk/do/{verb}", data=given, files={"records": file} if file else None,
        headers={"Origin": HOST, "Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    return answer


def settled(browser: TestClient, answer: Response) -> tuple[str, str]:
    """The page of what was handed in, when it is no longer at work; and its identifier."""
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    handed = re.search(r"handed=([0-9a-f]{16})", address)
    assert handed is not None
    for _ in range(600):
        page = browser.get(f"/desk/exchange?handed={handed[1]}").text
        if "data-again" not in page:
            return page, handed[1]
        time.sleep(0.1)
    raise AssertionError("it never ends")


def test_the_page_and_its_downloads_are_for_librarians_alone(people: Served) -> None:
    for address in ("/desk/exchange", "/desk/export?format=csv", "/desk/export?format=bagit"):
        assert people.browser().get(address).status_code == 303
        for name in ("rea", "mem", "con"):
            answer = people.signed_in(name).get(address)
            assert answer.status_code == 404
            assert "hidden-plan" not in answer.text
        assert people.signed_in("lib").get(address).status_code == 200


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_done_for_others_or_by_other_sites(people: Served, copy: Path, verb: str) -> None:
    before = everything_under(copy / "documents")
    fields = {"handed": "0" * 16, "batch": "x"}
    assert people.browser().post(f"/desk/do/{verb}", data=fields).status_code == 401
    for name in ("rea", "mem", "con"):
        assert people.signed_in(name).post(f"/desk/do/{verb}", data=fields).status_code == 404
    librarian = people.signed_in("lib")
    assert librarian.post(f"/desk/do/{verb}", data=fields).status_code == 403
    foreign = {**fields, "token": form_token(librarian, "/desk/exchange")}
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert librarian.post(f"/desk/do/{verb}", data=foreign, headers=elsewhere).status_code == 403
    assert everything_under(copy / "documents") == before
    assert not (copy / "private" / "imports").exists()


@pytest.mark.parametrize("form", choices())
def test_every_format_is_downloaded(librarian: TestClient, form: str) -> None:
    answer = librarian.get(f"/desk/export?format={form}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert f'filename="library-{form}-' in answer.headers["content-disposition"]
    if answer.headers["content-type"] == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            assert packed.testzip() is None
            assert any("night-watch" in name or name.endswith("dublin_core.xml") for name in packed.namelist())
    else:
        assert b"night-watch" in answer.content
        assert b"hidden-plan" in answer.content


def test_what_goes_out_is_chosen(librarian: TestClient) -> None:
    found = {}
    for audience in ("staff", "member", "reader"):
        text = librarian.get(f"/desk/export?format=csv&as={audience}").content.decode("utf-8-sig")
        found[audience] = {row["work"] for row in csv.DictReader(io.StringIO(text))}
    assert found["staff"] == found["member"]
    assert found["member"] - found["reader"] == {"hidden-plan"}
    assert librarian.get("/desk/export?format=csv&as=librarian").status_code == 400
    assert librarian.get("/desk/export?format=pdf").status_code == 400
    assert librarian.get("/desk/export?format=bagit&as=reader").status_code == 409


def test_a_table_is_looked_at_imported_and_taken_back(librarian: TestClient, copy: Path, tmp_path: Path) -> None:
    before = everything_under(copy / "documents")
    table = f"work,language,title,file,kind\nnight-watch,en,{HOSTILE},,\nnew-one,fr,Neuf,new.pdf,\nnight-watch,xx,?,,\n"
    pack = tmp_path / "given.zip"
    document(tmp_path / "new.pdf", "new")
    with zipfile.ZipFile(pack, "w") as packed:
        packed.writestr("records.csv", table)
        packed.write(tmp_path / "new.pdf", "new.pdf")
    page, handed = settled(librarian, send(librarian, "rehearse", (f"{HOSTILE}.zip", pack.read_bytes()), encoding=""))
    assert everything_under(copy / "documents") == before
    assert HOSTILE not in page
    assert "1 added" in page and "1 changed" in page and "1 rejected" in page
    page, _ = settled(librarian, send(librarian, "handed-import", handed=handed))
    assert "1 added" in page and "The import is done." in page
    work = Catalogue(copy / "documents").get("night-watch")
    assert work is not None and work.editions[0].title == HOSTILE
    listed = librarian.get("/desk/exchange").text
    batch = re.search(r"undo=([a-z0-9-]+)", listed)
    assert batch is not None and HOSTILE not in listed
    asked = librarian.get(f"/desk/exchange?undo={batch[1]}").text
    assert "gets its earlier record" in asked and "is put aside" in asked
    assert len(list((copy / "documents").glob("new-one"))) == 1
    answer = send(librarian, "undo-import", batch=batch[1])
    assert answer.status_code == 303
    told = librarian.get(f"/desk/exchange?undone={batch[1]}").text
    assert "The import was taken back." in told
    after = Catalogue(copy / "documents").get("night-watch")
    assert after is not None and after.editions[0].title == "Night watch"
    assert not (copy / "documents" / "new-one").exists()


@pytest.mark.parametrize(("name", "content", "said"), [
    ("records.csv", b"work,title\nx,\xe9\xe8", "not UTF-8"), ("records.csv", b"a,b\n1,2", "does not name"),
    ("given.zip", b"PK\x03\x04 no", "neither a table"), ("lines.jsonl", b"\xff", "not UTF-8"),
])  # fmt: skip
def test_what_cannot_be_imported_is_said(librarian: TestClient, name: str, content: bytes, said: str) -> None:
    page, _ = settled(librarian, send(librarian, "rehearse", (name, content), encoding=""))
    assert "This cannot be imported." in page
    assert said in page


@pytest.mark.parametrize(("name", "encoding"), [("x.exe", ""), ("../../x", ""), ("a.csv", "klingon")])
def test_what_is_not_taken_is_refused_at_once(librarian: TestClient, copy: Path, name: str, encoding: str) -> None:
    assert send(librarian, "rehearse", (name, b"work\n"), encoding=encoding).status_code == 409
    assert send(librarian, "rehearse", encoding="").status_code == 409
    assert not any((copy / "private" / "imports").glob("*/received*"))


@pytest.mark.parametrize("query", ["handed=../../x", "handed=" + "0" * 16, "undone=x", "undone=../..", "handed=%00"])
def test_an_odd_address_shows_the_plain_page(librarian: TestClient, query: str) -> None:
    answer = librarian.get(f"/desk/exchange?{query}")
    assert answer.status_code == 200
    assert 'id="handed"' not in answer.text


def test_work_that_was_ended_is_begun_again(librarian: TestClient, copy: Path) -> None:
    table = b"work,language,title\nnight-watch,en,Night watch anew\n"
    _, handed = settled(librarian, send(librarian, "rehearse", ("records.csv", table), encoding=""))
    state = copy / "private" / "imports" / handed / "state.json"
    state.write_text(state.read_text().replace('"rehearsed"', '"importing"'))
    page = librarian.get(f"/desk/exchange?handed={handed}").text
    assert "Nothing is lost" in page and "handed-import" in page
    page, _ = settled(librarian, send(librarian, "handed-import", handed=handed))
    assert "1 changed" in page
    with Library.open(copy) as library:
        found = HandedIn(library).get(handed)
    assert found is not None and found.stage is Stage.IMPORTED

"""What the desk answers when the machine fails: a page, or an answer for scripts, that says so and names no folder."""

from __future__ import annotations

import pytest

from library.library import Library
from library.web.csrf import HEADER
from tests.web.desk.conftest import Person

FAILED = "The library cannot answer just now"
SCRIPT = {"Accept": "application/json"}


def test_a_lock_that_cannot_be_taken_is_said_on_a_page(
    librarian: Person, shelf: Library, caplog: pytest.LogCaptureFixture
) -> None:
    form = librarian.form("lamps") | {"date": "2001"}
    (shelf.root / "documents" / ".writing.lock").unlink(missing_ok=True)
    (shelf.root / "documents" / ".writing.lock").mkdir()
    answer = librarian.post("/desk/do/save", form)
    assert answer.status_code == 503
    assert FAILED in answer.text
    assert ".writing.lock" not in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert ".writing.lock" in caplog.text
    (shelf.root / "documents" / ".writing.lock").rmdir()
    assert librarian.post("/desk/do/save", form).status_code == 303


def test_a_record_that_cannot_be_read_is_said_on_a_page_and_to_a_script(librarian: Person, shelf: Library) -> None:
    record = shelf.root / "documents" / "patrol" / "record.toml"
    token, content = librarian.token(), record.read_bytes()
    record.unlink()
    record.symlink_to(record)  # which leads nowhere for ever
    page = librarian.get("/desk/work", id="patrol")
    assert (page.status_code, FAILED in page.text, "record.toml" in page.text) == (503, True, False)
    head = librarian.head | SCRIPT
    told = librarian.client.post("/desk/check", data={"token": token, "id": "patrol"}, headers=head)
    assert (told.status_code, told.json()["error"]) == (503, FAILED)
    record.unlink()
    record.write_bytes(content)
    assert librarian.get("/desk/work", id="patrol").status_code == 200


def test_a_file_that_cannot_be_put_down_is_told_to_the_script_that_sends_it(
    librarian: Person, shelf: Library, a_paper: bytes
) -> None:
    head = librarian.head | SCRIPT | {HEADER: librarian.token()}
    arrivals = shelf.root / "arrivals"
    assert not arrivals.exists()
    arrivals.write_text("no folder", encoding="utf-8")
    where = {"name": "paper.pdf", "batch": "20261122-2215-abcd"}
    told = librarian.client.post("/desk/do/receive", params=where, content=a_paper, headers=head)
    assert (told.status_code, told.json()["error"]) == (503, FAILED)
    arrivals.unlink()
    assert librarian.client.post("/desk/do/receive", params=where, content=a_paper, headers=head).status_code == 200

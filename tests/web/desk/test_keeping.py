"""Keeping works at the desk: files, languages, withdrawing, merging, going back; and many works at once."""

from __future__ import annotations

import re
from html import unescape

from library.access import ANYONE, Role, User
from library.library import Library
from library.model import Kind, Status, Work
from library.request import SearchRequest
from tests.web.desk.conftest import Come, Person

LIBRARIAN = User(Role.LIBRARIAN, "librarian@example.org")


def record(shelf: Library, name: str) -> Work:
    """The work as its record says."""
    found = shelf.catalogue.get(name)
    assert found is not None
    return found


def hidden(page: str, name: str) -> str:
    """The value of a hidden field, which is the same in every form of the page."""
    (value,) = set(re.findall(rf'name="{name}" value="([^"]*)"', page))
    return unescape(value)


def test_a_file_is_replaced_and_the_history_brings_it_back(librarian: Person, shelf: Library, a_paper: bytes) -> None:
    before = record(shelf, "lamps")
    answer = librarian.post(
        "/desk/do/replace",
        {"id": "lamps", "language": "fr", "why": "better scan"},
        files={"file": ("new.pdf", a_paper)},
    )
    assert answer.status_code == 303
    edition = record(shelf, "lamps").edition("fr")
    assert edition is not None and edition.file_name == "fr-2.pdf"
    page = librarian.get("/desk/history", id="lamps").text
    assert "better scan" in page and "fr-2.pdf (new.pdf)" in page and "librarian@example.org" in page
    back = {"id": "lamps", "version": hidden(page, "version")}
    assert librarian.post("/desk/do/undo", {**back, "number": "1"}).status_code == 303
    assert record(shelf, "lamps") == before
    for number in ("x", "", "99", "-1", "9" * 20):
        again = {"id": "lamps", "version": shelf.catalogue.version("lamps"), "number": number}
        assert librarian.post("/desk/do/undo", again).status_code in (404, 409)


def test_going_back_drops_nothing_that_was_not_on_the_page(come: Come, shelf: Library) -> None:
    anna, ben = come(Role.LIBRARIAN, "anna@example.org"), come(Role.LIBRARIAN, "ben@example.org")
    assert anna.post("/desk/do/save", {**anna.form("lamps"), "date": "2001"}).status_code == 303
    seen = hidden(anna.get("/desk/history", id="lamps").text, "version")
    assert ben.post("/desk/do/save", {**ben.form("lamps"), "projects": ["Light"]}).status_code == 303
    for version in ({"version": seen}, {}):
        answer = anna.post("/desk/do/undo", {"id": "lamps", "number": "1", **version})
        assert answer.status_code == 409
        assert "This could not be done" in answer.text
    assert (record(shelf, "lamps").date, record(shelf, "lamps").projects) == ("2001", ("Light",))
    seen = hidden(anna.get("/desk/history", id="lamps").text, "version")
    assert anna.post("/desk/do/undo", {"id": "lamps", "number": "1", "version": seen}).status_code == 303
    assert record(shelf, "lamps").date == "2019"


def test_a_language_is_added_and_what_cannot_be_added_is_explained(
    librarian: Person, shelf: Library, a_paper: bytes
) -> None:
    upload = {"file": ("rapport.pdf", a_paper)}
    answer = librarian.post("/desk/do/add-language", {"id": "inside", "language": "", "title": "Dedans"}, files=upload)
    assert answer.status_code == 303
    assert record(shelf, "inside").languages == ("en", "fr")
    again = librarian.post("/desk/do/add-language", {"id": "lamps", "language": "de"}, files=upload)
    assert again.status_code == 422
    assert "has this very file already" in again.text
    broken = {"file": ("x.pdf", b"%PDF-1.4 nothing")}
    assert librarian.post("/desk/do/add-language", {"id": "lamps"}, files=broken).status_code == 422
    assert librarian.post("/desk/do/add-language", {"id": "lamps"}).status_code == 422


def test_a_work_is_withdrawn_with_a_reason_and_restored(librarian: Person, shelf: Library) -> None:
    assert librarian.post("/desk/do/withdraw", {"id": "lamps", "why": " "}).status_code == 422
    assert librarian.post("/desk/do/withdraw", {"id": "lamps", "why": "Replaced by a new one"}).status_code == 303
    assert shelf.search(SearchRequest.build("lamps"), ANYONE).total == 0
    tomb = shelf.tombstone("lamps", ANYONE)
    assert tomb is not None and tomb.reason == "Replaced by a new one"
    assert "Replaced by a new one" in librarian.get("/desk/keep", id="lamps").text
    assert librarian.post("/desk/do/restore", {"id": "lamps"}).status_code == 303
    assert shelf.search(SearchRequest.build("lamps"), ANYONE).total == 1


def test_two_works_are_put_together_after_a_preview(librarian: Person, shelf: Library) -> None:
    found = librarian.get("/desk/keep", id="lamps", q="wátch").text
    assert "watch de" in found and "patrol en" not in found
    preview = librarian.get("/desk/merge", into="lamps", other="watch").text
    assert "These languages are added: German." in preview
    assert librarian.get("/desk/merge", into="lamps", other="lamps").status_code == 404
    assert librarian.post("/desk/do/merge", {"into": "lamps", "other": "watch", "why": "one work"}).status_code == 303
    assert record(shelf, "lamps").languages == ("en", "fr", "de")
    assert (record(shelf, "watch").status, record(shelf, "watch").merged_into) == (Status.WITHDRAWN, "lamps")


def test_a_draft_is_discarded_joined_or_takes_the_place_of_another(librarian: Person, shelf: Library) -> None:
    for verb in ("discard", "join", "take-place"):
        fields = {"id": "lamps", "other": "inside", "into": "inside", "language": "en", "place": "en"}
        assert librarian.post(f"/desk/do/{verb}", fields).status_code == 404  # it is no draft
    fields = {"id": "patrol", "language": "en", "other": "lamps", "place": "en"}
    content = shelf.catalogue.file("patrol", record(shelf, "patrol").editions[0]).read_bytes()
    assert librarian.post("/desk/do/take-place", fields).status_code == 303
    lamps = record(shelf, "lamps")
    edition = lamps.edition("en")
    assert edition is not None and (edition.title, edition.file_name) == ("lamps en", "en-2.pdf")
    assert shelf.catalogue.file("lamps", edition).read_bytes() == content
    assert record(shelf, "patrol").merged_into == "lamps"
    assert librarian.post("/desk/do/discard", {"id": "watch", "other": "lamps"}).status_code == 303
    assert record(shelf, "watch").status is Status.WITHDRAWN
    assert (record(shelf, "watch").merged_into, record(shelf, "watch").reason) == ("lamps", "")


def test_many_works_are_changed_after_a_preview_and_taken_back(librarian: Person, shelf: Library) -> None:
    before = {name: record(shelf, name) for name in ("lamps", "patrol", "watch")}
    fields: dict[str, object] = {
        "work": ["lamps", "patrol", "watch", "missing"], "add_topics": ["nightlife"], "remove_topics": ["sport"],
        "add_projects": "Light", "kind": "guide", "publish": "yes",
    }  # fmt: skip
    preview = librarian.post("/desk/do/bulk", {**fields, "then": "preview"}).text
    assert "3 works would change" in preview
    assert "− Sport + Nightlife" in preview
    assert {name: record(shelf, name) for name in before} == before
    report = librarian.post("/desk/do/bulk", {**fields, "then": "apply"}).text
    assert "3 works changed" in report
    for name in before:
        work = record(shelf, name)
        assert (work.topics, work.projects, work.kind) == (("nightlife",), ("Light",), Kind.GUIDE)
        assert work.status is Status.PUBLISHED
    batch = next(line.batch for line in shelf.catalogue.journal.lines() if line.batch)
    assert "Take all of this back" in librarian.get("/desk/journal", batch=batch).text
    taken = librarian.post("/desk/do/undo-batch", {"batch": batch})
    assert taken.status_code == 200
    assert record(shelf, "lamps") == before["lamps"]


def test_an_empty_selection_is_told(librarian: Person) -> None:
    assert "No work is chosen" in librarian.get("/desk/bulk").text
    assert "Nothing would change" in librarian.post("/desk/do/bulk", {"work": "lamps", "then": "preview"}).text

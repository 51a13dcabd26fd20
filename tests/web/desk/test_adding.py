"""Adding files at the desk: one by one or with a plain form, kept until they are worked through."""

from __future__ import annotations

import io
import zipfile

from library.access import Role
from library.arrivals import Arrivals, Stage
from library.arrivals.working import Working
from library.library import Library
from library.model import Status
from library.web.csrf import HEADER
from tests.web.desk.conftest import HOSTILE, Come, Person

RECEIVE = "/desk/do/receive"


def send(person: Person, name: str, content: bytes, batch: str = "b-1") -> dict[str, object]:
    """Send one file as the script does; what is answered."""
    head = {**person.head, HEADER: person.token(), "Accept": "application/json"}
    answer = person.client.post(RECEIVE, params={"name": name, "batch": batch}, content=content, headers=head)
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def work_through(shelf: Library) -> None:
    """As the worker of the server does."""
    with Working(shelf, Arrivals(shelf.root)) as working:
        working.through()


def test_a_file_becomes_a_draft_with_what_was_understood_and_why(come: Come, shelf: Library, a_paper: bytes) -> None:
    carla = come(Role.CONTRIBUTOR)
    send(carla, "rapport-2021.pdf", a_paper)
    assert "Waiting" in carla.get("/desk/add", batch="b-1").text
    assert "1 file being read" in carla.get("/desk").text
    work_through(shelf)
    (row,) = carla.get("/desk/arrivals", batch="b-1").json()["rows"]
    assert 'data-step="draft"' in row["markup"]
    (arrival,) = Arrivals(shelf.root).folder.of("b-1")
    assert (arrival.stage, arrival.who) == (Stage.DRAFT, "contributor@example.org")
    draft = shelf.catalogue.get(arrival.work)
    assert draft is not None and draft.status is Status.DRAFT
    page = carla.get("/desk/work", id=arrival.work).text
    assert "Page 1" in page and "Sure" in page
    assert 'class="use"' in page
    picture = carla.get("/desk/page-image", work=arrival.work, language="fr", page="1", mark="Rapport annuel")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/webp")
    plain = carla.get("/desk/page-image", work=arrival.work, language="fr", page="1")
    assert plain.content != picture.content  # the passage is marked
    assert carla.get("/desk/page-image", work=arrival.work, language="fr", page="3").status_code == 404
    assert carla.get("/desk/page-image", work=arrival.work, language="fr", page="9" * 900).status_code == 404


def test_the_same_file_a_broken_one_and_a_zip_are_told_apart(librarian: Person, shelf: Library, a_paper: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as pack:
        pack.writestr("folder/rapport.pdf", a_paper)
    for name, content in (("all.zip", packed.getvalue()), ("again.pdf", a_paper), (HOSTILE, b"%PDF-1.4 nothing")):
        send(librarian, name, content)
    work_through(shelf)
    rows = librarian.get("/desk/arrivals", batch="b-1").json()["rows"]
    steps = sorted(row["markup"].partition('data-step="')[2].partition('"')[0] for row in rows)
    assert steps == ["draft", "rejected", "unchanged", "unpacked"]
    assert all("<img" not in row["markup"] for row in rows)
    refused = next(row for row in rows if 'data-step="rejected"' in row["markup"])
    assert "1 file was not taken" in librarian.get("/desk").text
    answer = librarian.post("/desk/do/dismiss", {"arrival": refused["key"], "back": "desk"})
    assert answer.status_code == 303
    assert "not taken" not in librarian.get("/desk").text


def test_a_plain_form_does_the_same(librarian: Person, shelf: Library, a_paper: bytes) -> None:
    files = [("files", ("one.pdf", a_paper)), ("files", ("two.pdf", b"%PDF-1.4 nothing")), ("folder", ("", b""))]
    answer = librarian.post("/desk/do/add", {"batch": "plain"}, files=files)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("desk/add?batch=plain&done=sent")
    assert [one.name for one in Arrivals(shelf.root).folder.of("plain")] == ["one.pdf", "two.pdf"]


def test_a_batch_and_a_dismissal_name_no_path(librarian: Person, shelf: Library, a_paper: bytes) -> None:
    head = {**librarian.head, HEADER: librarian.token(), "Accept": "application/json"}
    for batch in ("../x", "", "A", "a" * 500, "x/y"):
        answer = librarian.client.post(RECEIVE, params={"name": "a.pdf", "batch": batch}, content=b"%PDF", headers=head)
        assert answer.status_code == 409
        assert librarian.get("/desk/add", batch=batch).status_code == 200
    for arrival in ("../../documents/lamps", "b-1/..", "x", ""):
        assert librarian.post("/desk/do/dismiss", {"arrival": arrival}).status_code == 303
    assert shelf.catalogue.get("lamps") is not None


def test_what_is_larger_than_a_form_may_be_is_cut_off(librarian: Person) -> None:
    answer = librarian.client.post(
        "/desk/do/save", data={"token": librarian.token(), "id": "x" * 5_000_000}, headers=librarian.head
    )
    assert answer.status_code == 413

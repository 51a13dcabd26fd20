"""Reviewing a record at the desk: saving, what is wrong, publishing, and two people at the same record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from httpx import Response

from library.access import ANYONE, Role
from library.library import Library
from library.model import Access, Kind, Place, Section, Status, Work
from library.request import SearchRequest
from tests.web.desk.conftest import HOSTILE, Come, Person, filled

SAVE = "/desk/do/save"


def record(shelf: Library, name: str) -> Work:
    """The work as its record says."""
    found = shelf.catalogue.get(name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["lamps", "patrol", "watch", "inside"])
def test_a_form_in_which_nothing_was_touched_changes_nothing(librarian: Person, shelf: Library, name: str) -> None:
    before, version = record(shelf, name), shelf.catalogue.version(name)
    answer = librarian.post(SAVE, librarian.form(name))
    assert answer.status_code == 303
    assert (record(shelf, name), shelf.catalogue.version(name)) == (before, version)


def test_every_field_is_saved_and_the_page_says_so(librarian: Person, shelf: Library) -> None:
    form = librarian.form("watch")
    changes: dict[str, object] = {
        "editions.de.title": "Wache in der Nacht", "editions.de.subtitle": "Ein Bericht",
        "editions.de.abstract": "A\r\nB",
        "editions.de.sections.context": "Der Platz", "editions.de.language": "de", "kind": "fact-sheet",
        "date": "2020-05",
        "access": "members", "topics": ["nightlife", "sport"], "projects": ["Light", ""],
        "places.country": ["NL", "FR", ""], "places.city": ["Rotterdam", "", ""], "why": "as printed",
    }  # fmt: skip
    answer = librarian.post(SAVE, {**form, **changes})
    assert answer.status_code == 303
    work = record(shelf, "watch")
    (edition,) = work.editions
    assert (edition.title, edition.subtitle, edition.abstract) == ("Wache in der Nacht", "Ein Bericht", "A\nB")
    assert edition.sections == ((Section.CONTEXT, "Der Platz"),)
    assert (work.kind, work.date, work.access) == (Kind.FACT_SHEET, "2020-05", Access.MEMBERS)
    assert (work.topics, work.projects) == (("nightlife", "sport"), ("Light",))
    assert work.places == (Place("NL", "Rotterdam"), Place("FR"))
    assert shelf.catalogue.history("watch")[-1].who == "librarian@example.org"
    assert shelf.catalogue.history("watch")[-1].why == "as printed"
    page = librarian.client.get("/" + answer.headers["location"].lstrip("./"), headers=librarian.head).text
    assert "Saved." in page
    again = filled(page)
    assert again["editions.de.abstract"] == "A\nB"
    assert again["places.city"] == ["Rotterdam", "", ""]


def test_a_corrected_language_keeps_the_file(librarian: Person, shelf: Library) -> None:
    file = shelf.catalogue.file("watch", record(shelf, "watch").editions[0]).read_bytes()
    form = {**librarian.form("watch"), "editions.de.language": "nl"}
    assert librarian.post(SAVE, form).status_code == 303
    (edition,) = record(shelf, "watch").editions
    assert (edition.language, edition.file_name) == ("nl", "de.pdf")
    assert shelf.catalogue.file("watch", edition).read_bytes() == file


def test_languages_told_the_wrong_way_round_are_exchanged_and_each_edition_keeps_its_file(
    librarian: Person, shelf: Library
) -> None:
    before = {edition.sha256: edition for edition in record(shelf, "lamps").editions}
    files = {sha256: shelf.catalogue.file("lamps", edition).read_bytes() for sha256, edition in before.items()}
    form = librarian.form("lamps") | {"editions.en.language": "fr", "editions.fr.language": "en"}
    assert librarian.post("/desk/check", form).json() == {"problems": []}
    assert librarian.post(SAVE, form).status_code == 303
    work = record(shelf, "lamps")
    assert sorted(work.languages) == ["en", "fr"]
    for edition in work.editions:
        was = before[edition.sha256]
        assert (was.language, edition.language) in (("en", "fr"), ("fr", "en"))
        assert (edition.title, edition.file_name) == (was.title, was.file_name)
        assert shelf.catalogue.file("lamps", edition).read_bytes() == files[edition.sha256]
    # What is found follows: the English words stand in the edition that is now called French.
    (hit,) = shelf.search(SearchRequest.build("square"), ANYONE).hits
    assert hit.language == "fr"
    # And back again.
    form = librarian.form("lamps") | {"editions.en.language": "fr", "editions.fr.language": "en"}
    assert librarian.post(SAVE, form).status_code == 303
    assert {edition.sha256: edition for edition in record(shelf, "lamps").editions} == before


def test_only_editions_of_one_language_are_told_of_it(librarian: Person, shelf: Library) -> None:
    version = shelf.catalogue.version("lamps")
    form = librarian.form("lamps")
    twice = {"editions.en.language", "editions.fr.language"}
    # An unknown language changes nothing: the edition stays English.
    for told in ({"editions.fr.language": "en"}, {"editions.en.language": "und", "editions.fr.language": "en"}):
        answer = librarian.post(SAVE, form | told)
        assert answer.status_code == 422
        problems = librarian.post("/desk/check", form | told).json()["problems"]
        assert {problem["field"] for problem in problems} == twice
    both = form | {"editions.en.language": "und", "editions.fr.language": "und"}
    assert librarian.post("/desk/check", both).json() == {"problems": []}
    assert shelf.catalogue.version("lamps") == version


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(librarian: Person, shelf: Library) -> None:
    before = record(shelf, "lamps")
    form = librarian.form("lamps")
    wrong = {"editions.en.title": " ", "date": "31 May", "editions.fr.language": "en", "editions.fr.abstract": "Typed."}
    answer = librarian.post(SAVE, {**form, **wrong})
    assert answer.status_code == 422
    assert record(shelf, "lamps") == before
    page = answer.text
    assert '<a href="#field-date">' in page and '<a href="#field-editions.en.title">' in page
    assert 'id="field-date" name="date" aria-describedby="field-date-problem" aria-invalid="true"' in page
    kept = filled(page)
    assert (kept["date"], kept["editions.fr.abstract"]) == ("31 May", "Typed.")
    told = librarian.post("/desk/check", {**form, **wrong}).json()["problems"]
    assert {problem["field"] for problem in told} == {
        "date", "editions.en.title", "editions.en.language", "editions.fr.language",
    }  # fmt: skip
    assert librarian.post("/desk/check", form).json() == {"problems": []}
    assert librarian.get("/desk/check").status_code == 404


def test_values_that_no_form_of_ours_sends_change_nothing(librarian: Person, shelf: Library) -> None:
    before = record(shelf, "patrol")
    odd: dict[str, object] = {
        "kind": HOSTILE, "access": "../..", "status": "published", "editions.xx.title": "x", "sha256": "0",
        "editions.en.file": "../../x", "editions.en.sha256": "0" * 64, "publish_on": HOSTILE,
        "showing": HOSTILE, "seen": "-1",
    }  # fmt: skip
    assert librarian.post(SAVE, {**librarian.form("patrol"), **odd}).status_code == 303
    assert record(shelf, "patrol") == before


def test_another_value_and_another_page_are_chosen_without_saving(librarian: Person, shelf: Library) -> None:
    version = shelf.catalogue.version("lamps")
    form = {**librarian.form("lamps"), "editions.en.abstract": "Typed so far."}
    used = librarian.post(SAVE, {**form, "use": "editions.en.title=Lamps = light"})
    assert used.status_code == 200
    assert filled(used.text)["editions.en.title"] == "Lamps = light"
    assert filled(used.text)["editions.en.abstract"] == "Typed so far."
    shown = librarian.post(SAVE, {**form, "show": f"fr 1 {HOSTILE}"})
    assert filled(shown.text)["showing"] == "fr 1"
    assert filled(shown.text)["editions.en.abstract"] == "Typed so far."
    assert "<img src=x" not in shown.text
    assert librarian.post(SAVE, {**form, "use": "id=patrol"}).status_code == 200
    assert shelf.catalogue.version("lamps") == version


def test_publishing_shows_a_draft_to_readers_now_or_on_a_day(librarian: Person, shelf: Library) -> None:
    form = {**librarian.form("patrol"), "editions.en.title": "Zebra patrol", "then": "publish"}
    answer = librarian.post(SAVE, form)
    assert "done=published" in answer.headers["location"]
    hits = shelf.search(SearchRequest.build("zebra"), ANYONE).hits
    assert [hit.work for hit in hits] == ["patrol"]
    day = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    answer = librarian.post(SAVE, {**librarian.form("watch"), "publish_on": day, "then": "publish"})
    assert "done=planned" in answer.headers["location"]
    assert (record(shelf, "watch").status, record(shelf, "watch").publish_on) == (Status.DRAFT, day)
    answer = librarian.post(SAVE, {**librarian.form("patrol"), "then": "unpublish"})
    assert "done=unpublished" in answer.headers["location"]
    assert shelf.search(SearchRequest.build("zebra"), ANYONE).hits == ()


def test_a_planned_publication_stays_planned_until_it_is_taken_back(come: Come, shelf: Library) -> None:
    anna, ben = come(Role.LIBRARIAN, "anna@example.org"), come(Role.LIBRARIAN, "ben@example.org")
    day = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    unpublish = 'name="then" value="unpublish"'
    assert unpublish not in anna.get("/desk/work", id="patrol").text
    seen_before = {**ben.form("patrol"), "editions.en.abstract": "By Ben.", "then": "publish"}
    assert anna.post(SAVE, {**anna.form("patrol"), "publish_on": day, "then": "publish"}).status_code == 303
    assert unpublish in anna.get("/desk/work", id="patrol").text
    # Somebody corrects the title and presses Publish: the day stands in the form.
    form = anna.form("patrol")
    assert form["publish_on"] == day
    answer = anna.post(SAVE, {**form, "editions.en.title": "A better title", "then": "publish"})
    assert "done=planned" in answer.headers["location"]
    work = record(shelf, "patrol")
    assert (work.status, work.publish_on, work.editions[0].title) == (Status.DRAFT, day, "A better title")
    # Somebody who opened it before it was planned is shown the day, and sends it along.
    clash = ben.post(SAVE, seen_before)
    assert clash.status_code == 409
    assert "done=planned" in ben.post(SAVE, {**filled(clash.text), "then": "publish"}).headers["location"]
    assert (record(shelf, "patrol").status, record(shelf, "patrol").publish_on) == (Status.DRAFT, day)
    answer = anna.post(SAVE, {**anna.form("patrol"), "then": "unpublish"})
    assert "done=unpublished" in answer.headers["location"]
    assert (record(shelf, "patrol").status, record(shelf, "patrol").publish_on) == (Status.DRAFT, "")
    assert anna.form("patrol")["publish_on"] == ""


def test_two_librarians_at_one_record_see_both_values_and_lose_nothing(come: Come, shelf: Library) -> None:
    anna, ben = come(Role.LIBRARIAN, "anna@example.org"), come(Role.LIBRARIAN, "ben@example.org")
    first, second = anna.form("lamps"), ben.form("lamps")
    theirs = {"editions.en.title": "Lamps by Anna", "date": "2020", "topics": ["sport", "nightlife"]}
    assert anna.post(SAVE, {**first, **theirs}).status_code == 303
    mine = {"editions.en.title": "Lamps by Ben", "editions.en.abstract": "Ben wrote this.", "why": "mine"}
    answer = ben.post(SAVE, {**second, **mine})
    assert answer.status_code == 409
    page = answer.text
    assert "anna@example.org saved this record" in page
    assert "Lamps by Anna" in page and "Lamps by Ben" in page
    assert record(shelf, "lamps").editions[0].title == "Lamps by Anna"
    both = filled(page)
    assert both["editions.en.title"] == "Lamps by Ben"
    assert both["editions.en.abstract"] == "Ben wrote this."
    assert (both["date"], both["topics"], both["why"]) == ("2020", ["sport", "nightlife"], "mine")
    assert unescape(page).count('name="choose.') == 2  # one field, two values
    assert ben.post(SAVE, {**both, "choose.editions.en.title": "theirs"}).status_code == 303
    work = record(shelf, "lamps")
    assert (work.editions[0].title, work.editions[0].abstract, work.date) == (
        "Lamps by Anna",
        "Ben wrote this.",
        "2020",
    )


def test_a_second_clash_while_choosing_is_told_too(come: Come, shelf: Library) -> None:
    anna, ben = come(Role.LIBRARIAN, "anna@example.org"), come(Role.LIBRARIAN, "ben@example.org")
    second = {**ben.form("lamps"), "date": "2001"}
    assert anna.post(SAVE, {**anna.form("lamps"), "date": "2002"}).status_code == 303
    clash = filled(ben.post(SAVE, second).text)
    assert anna.post(SAVE, {**anna.form("lamps"), "date": "2003"}).status_code == 303
    answer = ben.post(SAVE, {**clash, "choose.date": "theirs"})
    assert answer.status_code == 409
    assert filled(answer.text)["date"] == "2001"
    assert record(shelf, "lamps").date == "2003"


def test_hostile_records_and_addresses_are_text_on_every_page(librarian: Person, shelf: Library) -> None:
    form = {**librarian.form("patrol"), "editions.en.title": HOSTILE, "projects": [HOSTILE], "why": HOSTILE}
    form |= {"editions.en.abstract": f"</textarea>{HOSTILE}", "places.country": ["FR"], "places.city": [HOSTILE]}
    assert librarian.post(SAVE, form).status_code == 303
    assert record(shelf, "patrol").editions[0].abstract == f"</textarea>{HOSTILE}"
    pages = ("/desk", "/desk/work", "/desk/keep", "/desk/history", "/desk/journal", "/desk/bulk", "/desk/add")
    for path in pages:
        odd = {"q": HOSTILE, "batch": HOSTILE, "language": HOSTILE, "mark": HOSTILE, "ui": HOSTILE, "done": HOSTILE}
        page = librarian.get(path, id="patrol", work="patrol", kind=HOSTILE, state="draft", **odd).text
        assert "<img src=x" not in page and "<script>" not in page, path
    assert HOSTILE in unescape(librarian.get("/desk").text)


def test_a_picture_of_a_page_is_asked_for_every_time_and_sent_once(come: Come, shelf: Library, a_paper: bytes) -> None:
    shelf.catalogue.file("patrol", record(shelf, "patrol").editions[0]).write_bytes(a_paper)  # with pages to be drawn
    carla, where = come(Role.CONTRIBUTOR), {"work": "patrol", "language": "en", "page": "1"}
    first = carla.get("/desk/page-image", **where)
    assert (first.status_code, first.headers["cache-control"]) == (200, "private, no-cache")
    held = {"If-None-Match": first.headers["etag"]}

    def again(head: dict[str, str], **more: str) -> Response:
        headers, params = held | head, where | more
        answer: Response = carla.client.get("/desk/page-image", params=params, headers=headers, follow_redirects=False)
        return answer

    same = again(carla.head)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    assert same.headers["cache-control"] == "private, no-cache"
    marked = again(carla.head, mark="Rapport annuel")
    assert (marked.status_code, marked.content != first.content) == (200, True)
    # What the browser holds is shown to nobody who may not see it, not even as “unchanged”.
    assert again({}).status_code == 303
    assert again(come(Role.MEMBER).head).status_code == 404

"""The library as a whole: what is on disk is what is found, and what may not be seen is nowhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from library.access import ANYONE, Role, User
from library.errors import IndexOutOfDate, NotAllowed, RecordError, UsageError
from library.fields import FACETS
from library.library import Library
from library.model import Access, Place, Status
from library.request import MAX_QUERY, SearchRequest, Sort
from tests.papers import everything_under, shelve

MEMBER, STAFF = User(Role.MEMBER), User(Role.LIBRARIAN)
HIDDEN = "drones-ai-public-space"
QUERIES = ("", "night", "vie nocturne", '"public space"', "drone*", "Drohnen OR football", "NOT police", "zzz police",
           "caméras intelligentes", "hate -night")  # fmt: skip


@pytest.fixture
def shelf(empty_root: Path) -> Iterator[Library]:
    """A library of three short works, indexed: one for all, one for members, one draft."""
    shelve(empty_root, "lamps", {"en": ("Lamps in the square.", "Night."), "fr": ("Des lampes.",)}, date="2020",
           places=(Place("NL", "Delft"),))  # fmt: skip
    shelve(empty_root, "secret", {"en": ("Lamps for members only. Zebra.",)}, access=Access.MEMBERS, date="2021")
    shelve(empty_root, "draft", {"en": ("Lamps to come. Giraffe.",)}, status=Status.DRAFT)
    with Library.open(empty_root) as library:
        library.index()
        yield library


def ask(library: Library, query: str, user: User = ANYONE, **more: Any) -> dict[str, Any]:
    answer = library.search(SearchRequest.build(query, per_page=100, **more), user).as_json()
    del answer["took_ms"]
    return answer


def works(library: Library, query: str, user: User = ANYONE) -> list[str]:
    return [hit["work"] for hit in ask(library, query, user)["hits"]]


def edit(library: Library, work: str, before: str, after: str) -> None:
    path = library.root / "documents" / work / "record.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


# -- what there is


def test_everybody_is_told_of_the_works_open_to_them(shelf: Library) -> None:
    def listed(user: User) -> list[str]:
        return [work.id for work in shelf.works(user)]

    assert (listed(ANYONE), listed(MEMBER)) == (["lamps"], ["lamps", "secret"])
    assert listed(STAFF) == ["draft", "lamps", "secret"]
    edit(shelf, "lamps", 'kind = "', 'kind = "no such ')
    assert listed(STAFF) == ["draft", "secret"], "a record that is not right is left out"


# -- what is derived


def test_without_its_index_the_library_answers_the_same_after_one_command(demo_copy: Path) -> None:
    users = (ANYONE, MEMBER)
    with Library.open(demo_copy) as library:
        before = [ask(library, query, user) for query in QUERIES for user in users]
    documents = everything_under(demo_copy / "documents")
    shutil.rmtree(demo_copy / "index")
    with Library.open(demo_copy) as library:
        with pytest.raises(IndexOutOfDate):
            ask(library, "night")
        report = library.index(jobs=2)
        assert (report.put, report.read, report.failed) == (14, 14, ())
        assert [ask(library, query, user) for query in QUERIES for user in users] == before
    assert everything_under(demo_copy / "documents") == documents


def test_only_what_changed_is_indexed(shelf: Library) -> None:
    assert (shelf.index().put, shelf.index().unchanged) == (0, 4)
    edit(shelf, "lamps", 'date = "2020"', 'date = "2019"')
    report = shelf.index()
    assert (report.put, report.unchanged, report.read) == (2, 2, 0)


def test_pages_that_were_lost_are_read_again(demo_copy: Path) -> None:
    (lost,) = sorted((demo_copy / "index" / "pages").glob("*.json"))[:1]
    lost.unlink()
    with Library.open(demo_copy) as library:
        report = library.index()
        assert (report.read, report.put, report.unchanged) == (1, 0, 14)
    assert lost.is_file()


def test_an_edition_without_its_file_is_told_of_and_the_rest_is_indexed(shelf: Library) -> None:
    shutil.rmtree(shelf.root / "index")
    for path in (shelf.root / "documents").glob("*/*.pdf"):
        path.unlink()
    shelve(shelf.root, "whole", {"en": ("A whole work.",)})
    report = shelf.index()
    assert {failed.edition for failed in report.failed} == {"lamps.en", "lamps.fr", "secret.en", "draft.en"}
    assert report.put == 1
    assert works(shelf, "whole") == ["whole"]
    assert json.dumps(report.as_json())


# -- changes on disk


def test_a_record_changed_by_hand_is_shown_at_once_and_found_after_indexing(shelf: Library) -> None:
    edit(shelf, "lamps", '"lamps en"', '"Lanterns"')
    assert [hit["title"] for hit in ask(shelf, "square")["hits"]] == ["Lanterns"]
    assert works(shelf, "lanterns") == []
    shelf.index()
    assert works(shelf, "lanterns") == ["lamps"]


def test_a_work_that_was_taken_away_is_no_hit_and_after_indexing_nowhere(shelf: Library) -> None:
    shutil.rmtree(shelf.root / "documents" / "lamps")
    assert works(shelf, "lamps") == []
    assert shelf.index().dropped == 2
    assert ask(shelf, "")["total"] == 0
    assert all(values == [] for values in ask(shelf, "")["facets"].values())


def test_an_edition_that_was_taken_out_of_the_record_is_no_hit(shelf: Library) -> None:
    path = shelf.root / "documents" / "lamps" / "record.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("[editions.fr]")], encoding="utf-8")
    assert works(shelf, "lampes") == []
    shelf.index()
    assert ask(shelf, "")["hits"][0]["languages"] == ["en"]


def test_a_work_closed_by_hand_is_closed_at_once(shelf: Library) -> None:
    assert works(shelf, "square") == ["lamps"]
    edit(shelf, "lamps", 'access = "public"', 'access = "staff"')
    assert works(shelf, "square") == works(shelf, "square", MEMBER) == []
    with pytest.raises(NotAllowed):
        shelf.file("lamps", "en", ANYONE)
    assert works(shelf, "square", STAFF) == ["lamps"]


def test_a_damaged_record_hides_its_own_work_and_no_other(shelf: Library) -> None:
    edit(shelf, "secret", "kind =", "kind ")
    assert works(shelf, "lamps", STAFF) == ["lamps", "draft"]
    assert len(shelf.index().problems) == 1
    with pytest.raises(RecordError):
        shelf.get("secret", STAFF)
    for user in (ANYONE, MEMBER):
        with pytest.raises(NotAllowed):
            shelf.get("secret", user)


# -- who may see what


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("sort", Sort)
def test_what_is_for_members_is_nowhere_for_a_reader(demo: Library, query: str, sort: Sort) -> None:
    found = json.dumps(ask(demo, query, sort=sort))
    assert HIDDEN not in found
    assert "2024" not in [value["value"] for value in ask(demo, query)["facets"]["year"]]
    assert "policy-paper" not in [value["value"] for value in ask(demo, query)["facets"]["kind"]]


def test_members_find_what_is_for_them(demo: Library) -> None:
    assert HIDDEN in works(demo, "drones", MEMBER)
    assert demo.get(HIDDEN, MEMBER).id == HIDDEN
    assert demo.file(HIDDEN, "fr", MEMBER).is_file()


@pytest.mark.parametrize("work", [HIDDEN, "no-such-work", "../documents/" + HIDDEN, "", "a" * 5_000, "\x00", "é"])
def test_a_hidden_work_and_none_at_all_are_refused_in_the_same_words(demo: Library, work: str) -> None:
    for show in (lambda: demo.get(work, ANYONE), lambda: demo.file(work, "en", ANYONE)):
        with pytest.raises(NotAllowed) as caught:
            show()
        assert caught.value.message == NotAllowed(work).message


@pytest.mark.parametrize("language", ["sv", "../en", "en/../fr", "", "EN", "record"])
def test_only_editions_of_the_record_have_files(demo: Library, language: str) -> None:
    with pytest.raises(NotAllowed):
        demo.file("safer-nights", language, STAFF)


def test_drafts_are_for_staff(shelf: Library) -> None:
    assert works(shelf, "giraffe", STAFF) == ["draft"]
    for user in (ANYONE, MEMBER):
        assert ask(shelf, "giraffe", user)["total"] == 0
        assert ask(shelf, "gir*", user)["total"] == 0


# -- what is answered


def test_counts_are_what_choosing_the_value_shows(demo: Library) -> None:
    for query in QUERIES:
        for name, values in ask(demo, query, MEMBER)["facets"].items():
            for value in values:
                chosen = ask(demo, query, MEMBER, filters={name: [value["value"]]})
                assert chosen["total"] == value["count"], (query, name, value)


def test_every_facet_and_every_key_is_there_for_any_answer(demo: Library) -> None:
    keys = {"query", "total", "editions", "relaxed", "correction", "expanded", "hits", "facets"}
    for query in (*QUERIES, "nothing has this xyzzy", "\x00", "(" * 50, "🌙"):
        answer = ask(demo, query)
        assert set(answer) == keys
        assert list(answer["facets"]) == [facet.name for facet in FACETS]


def test_marks_are_the_words_that_were_asked_for(demo: Library) -> None:
    for hit in ask(demo, "night")["hits"]:
        for page in hit["pages"]:
            assert page["marks"]
            assert all("night" in page["text"][start:end].lower() for start, end in page["marks"])


def test_an_overlong_query_is_cut_and_says_so(demo: Library) -> None:
    result = demo.search(SearchRequest.build("night " * 2_000), ANYONE)
    assert [notice.key for notice in result.notices] == ["notice.cut"]
    assert dict(result.notices[0].values) == {"count": str(MAX_QUERY)}
    assert result.total


def test_parents_count_their_children(demo: Library) -> None:
    values = {value.value: value.count for value in demo.search(SearchRequest(), ANYONE).facet("topic")}
    assert values["public-spaces"] >= values["nightlife"] == 2
    assert values["crime"] >= values["drugs"]


def test_a_library_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        Library.open(tmp_path / "none")


def test_an_empty_folder_is_a_library_with_nothing_in_it(empty_root: Path) -> None:
    with Library.open(empty_root) as library:
        with pytest.raises(IndexOutOfDate):
            ask(library, "")
        assert library.index().put == 0
        assert ask(library, "")["total"] == 0
        assert ask(library, "night", filters={"topic": ["nightlife"]})["total"] == 0


def test_a_broken_thesaurus_or_setting_is_told_when_the_library_is_opened(empty_root: Path) -> None:
    (empty_root / "documents").mkdir()
    (empty_root / "documents" / "topics.ttl").write_text("broken")
    with pytest.raises(RecordError):
        Library.open(empty_root)

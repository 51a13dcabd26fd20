"""More like this: over the demonstration works, and for what a person may see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.access import ANYONE, Role, User
from library.errors import IndexOutOfDate, NotAllowed
from library.library import Library
from library.likeness import tally
from library.model import Access
from tests.papers import shelve

MEMBER, STAFF = User(Role.MEMBER), User(Role.LIBRARIAN)
TOPICS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <urn:practice-library:topic:> .
topic:public-spaces a skos:Concept ; skos:prefLabel "Public spaces"@en .
topic:nightlife a skos:Concept ; skos:broader topic:public-spaces ; skos:prefLabel "Nightlife"@en, "Vie nocturne"@fr .
topic:sport a skos:Concept ; skos:prefLabel "Sport"@en .
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library whose topics and words are known."""
    root = tmp_path_factory.mktemp("alike")
    (root / "documents").mkdir()
    (root / "documents" / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    shelve(root, "bars", {"en": ("Bars and stewards. Stewards help in bars.",)}, topics=("nightlife",))
    shelve(root, "clubs", {"fr": ("Des clubs la nuit.",)}, topics=("nightlife",), date="2021")
    shelve(root, "squares", {"en": ("Cars and lamps on squares.",)}, topics=("public-spaces",))
    shelve(root, "stewards", {"en": ("Stewards of a stadium; the bar.",)}, topics=("sport",))
    shelve(
        root, "hidden", {"en": ("Bars and stewards, stewards and bars.",)}, topics=("nightlife",), access=Access.STAFF
    )
    shelve(root, "far", {"en": ("Money and taxes.",)}, topics=("sport",))
    shelve(root, "bare", {"en": ("",)})
    with Library.open(root) as library:
        assert not library.index().failed
        yield library


def test_the_works_most_like_a_nightlife_work_are_the_other_nightlife_ones(demo: Library) -> None:
    assert [one.work for one in demo.like("rembrandt-square", ANYONE, "nl")][:1] == ["safer-nights"]
    assert [one.work for one in demo.like("safer-nights", ANYONE, "de")][:1] == ["rembrandt-square"]
    best = demo.like("rembrandt-square", ANYONE, "fr")[0]
    assert (best.language, best.reasons[0].facet, best.reasons[0].label) == ("fr", "topic", "Vie nocturne")
    assert any(reason.facet == "" for reason in best.reasons)


def test_topics_reach_works_in_other_languages(small: Library) -> None:
    found = {one.work: one for one in small.like("bars", ANYONE, "en")}
    assert next(iter(found)) == "clubs"
    assert [(r.facet, r.label) for r in found["clubs"].reasons] == [("topic", "Nightlife")]
    assert [(r.facet, r.label) for r in found["squares"].reasons] == [("topic", "Public spaces")]
    assert [r.facet for r in found["stewards"].reasons] == ["", ""]
    assert "far" not in found


def test_a_work_is_never_like_itself_and_hidden_ones_are_for_those_who_may_see_them(small: Library) -> None:
    for work in ("bars", "clubs", "squares"):
        for user in (ANYONE, MEMBER):
            assert not {work, "hidden"} & {one.work for one in small.like(work, user)}
    assert small.like("bars", STAFF)[0].work == "hidden"


def test_a_hidden_work_is_refused_like_a_missing_one(small: Library) -> None:
    for work in ("hidden", "missing", "../.."):
        with pytest.raises(NotAllowed):
            small.like(work, ANYONE)
    assert small.like("hidden", STAFF)


def test_it_is_the_same_each_time_and_json(small: Library) -> None:
    found = small.like("bars", ANYONE, "en", most=2)
    assert len(found) == 2
    assert found == small.like("bars", ANYONE, "en")[:2]
    assert json.loads(json.dumps([one.as_json() for one in found]))[0]["work"] == "clubs"
    assert all(0 < one.score <= 1 and one.reasons for one in found)


def test_a_work_without_words_and_topics_is_like_nothing(small: Library) -> None:
    assert small.like("bare", ANYONE) == ()


def test_pages_that_are_gone_leave_the_topics(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    for name in ("a", "b"):
        shelve(tmp_path, name, {"en": ("Bars and stewards, bars.",)}, topics=("nightlife",))
    shelve(tmp_path, "c", {"en": ("Money.",)})
    with Library.open(tmp_path) as library:
        library.index()
        for file in (tmp_path / "index" / "pages").rglob("*.txt"):
            file.unlink()
        (found,) = library.like("a", ANYONE)
        assert (found.work, [reason.facet for reason in found.reasons]) == ("b", ["topic"])


def test_what_is_remembered_ends_with_the_index_it_came_from(tmp_path: Path) -> None:
    shelve(tmp_path, "bars", {"en": ("Stewards in bars, and bars with stewards.",)})
    shelve(tmp_path, "inns", {"en": ("Stewards in bars, and bars with stewards, of inns.",)})
    with Library.open(tmp_path) as library:
        library.index()
        before = library.like("bars", ANYONE)
        assert [similar.work for similar in before] == ["inns"] == [s.work for s in library.like("bars", ANYONE)]
        shelve(tmp_path, "clubs", {"en": ("Stewards in bars, and bars with stewards, of clubs.",)})
        library.index()
        assert {similar.work for similar in library.like("bars", ANYONE)} == {"inns", "clubs"}
        assert [similar.work for similar in library.like("bars", ANYONE, most=1)] != []
        assert len(library.like("bars", ANYONE, most=1)) == 1, "how many is asked is part of the question"


def test_without_an_index_it_is_said(tmp_path: Path) -> None:
    shelve(tmp_path, "a", {"en": ("Bars.",)})
    with Library.open(tmp_path) as library, pytest.raises(IndexOutOfDate):
        library.like("a", ANYONE)


def test_words_are_counted_without_stop_words_numbers_and_signs() -> None:
    texts = ("The Bollard, the bollard and 2019.", "NATO: a bollard of NATO, of x")
    assert tally(texts, "en") == {"bollard": 3, "NATO": 2}
    assert tally((), "en") == tally(("",), "xx") == {}

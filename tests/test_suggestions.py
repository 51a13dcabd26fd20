"""Suggestions while typing: what begins so, in the reader's language, counted exactly, nothing hidden among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.access import ANYONE, Role, User
from library.errors import IndexOutOfDate
from library.library import Library
from library.model import Access, Place
from library.request import SearchRequest
from library.result import Suggestion, SuggestionKind
from tests.papers import shelve

STAFF = User(Role.LIBRARIAN)
TOPICS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <urn:practice-library:topic:> .
topic:public-spaces a skos:Concept ; skos:prefLabel "Public spaces"@en, "Espaces publics"@fr .
topic:nightlife a skos:Concept ; skos:broader topic:public-spaces ;
    skos:prefLabel "Nightlife"@en, "Vie nocturne"@fr, "Nachtleben"@de ; skos:altLabel "night-time economy"@en .
topic:zeppelins a skos:Concept ; skos:prefLabel "Zeppelins"@en .
topic:unused a skos:Concept ; skos:prefLabel "Night watch"@en .
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library whose words are known."""
    root = tmp_path_factory.mktemp("typed")
    (root / "documents").mkdir()
    (root / "documents" / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    night = {"topics": ("nightlife",), "places": (Place("NL", "Rotterdam"),), "projects": ("NIGHTS",)}
    shelve(root, "nuit", {"fr": ("La sécurité publique, la nuit. Sécurité et vie nocturne.",)}, **night)
    shelve(root, "noche", {"es": ("La seguridad de noche.",)}, topics=("nightlife",), places=(Place("BE"),))
    shelve(root, "square", {"en": ("A public space, public spaces.",)}, topics=("public-spaces",))
    hidden = {"topics": ("zeppelins",), "places": (Place("PT", "Lisboa"),), "projects": ("QUARTZ",)}
    shelve(
        root,
        "quarry",
        {"en": ("An unfinished paper on quicksilver, public quicksand.",)},
        access=Access.STAFF,
        **hidden,
    )
    with Library.open(root) as library:
        assert not library.index().failed
        yield library


def kinds(found: tuple[Suggestion, ...]) -> list[tuple[str, str]]:
    """What is suggested, in short."""
    return [(one.kind.value, one.label) for one in found]


@pytest.mark.parametrize(
    ("typed", "reader", "wanted"),
    [
        ("securite pu", "fr", ("phrase", "sécurité publique")),
        ("SÉCURITÉ PU", "fr", ("phrase", "sécurité publique")),
        ("secu", "fr", ("phrase", "sécurité")),
        ("nigh", "en", ("topic", "Nightlife")),
        ("nigh", "fr", ("topic", "Vie nocturne")),
        ("nacht", "fr", ("topic", "Vie nocturne")),
        ("time eco", "en", ("topic", "Nightlife")),
        ("spaces pub", "en", ("topic", "Public spaces")),
        ("rot", "fr", ("place", "Rotterdam")),
        ("pays", "fr", ("place", "Pays-Bas")),
        ("nederl", "fr", ("place", "Pays-Bas")),
        ("belgi", "en", ("place", "Belgium")),
        ("nights", "en", ("project", "NIGHTS")),
        ("squ", "en", ("title", "square en")),
        ("en squ", "en", ("title", "square en")),
    ],
)
def test_what_is_typed_leads_to_it(small: Library, typed: str, reader: str, wanted: tuple[str, str]) -> None:
    assert wanted in kinds(small.suggest(typed, ANYONE, reader))


def test_another_name_that_was_typed_is_told(small: Library) -> None:
    (topic,) = (s for s in small.suggest("nachtl", ANYONE, "fr") if s.kind is SuggestionKind.TOPIC)
    assert (topic.label, topic.matched, topic.facet, topic.value) == (
        "Vie nocturne",
        "Nachtleben",
        "topic",
        "nightlife",
    )
    (topic,) = (s for s in small.suggest("vie", ANYONE, "fr") if s.kind is SuggestionKind.TOPIC)
    assert topic.matched == ""


def test_a_topic_and_a_place_come_first(small: Library) -> None:
    found = small.suggest("n", ANYONE, "en")
    assert [one.kind for one in found][:2] == [SuggestionKind.TOPIC, SuggestionKind.PLACE]
    assert found[1].label == "Netherlands"


def test_what_finds_nothing_is_not_suggested(small: Library) -> None:
    assert "Night watch" not in [one.label for one in small.suggest("night", STAFF, "en")]


@pytest.mark.parametrize("typed", ["zepp", "lisb", "port", "quar", "unfin", "quick", "public quick", "q"])
def test_what_only_hidden_works_have_is_for_those_who_may_see_them(small: Library, typed: str) -> None:
    for user in (ANYONE, User(Role.MEMBER)):
        assert small.suggest(typed, user, "en") == ()
    assert small.suggest(typed, STAFF, "en")


@pytest.mark.parametrize("user", [ANYONE, STAFF], ids=["reader", "staff"])
@pytest.mark.parametrize("typed", ["n", "ni", "nig", "pub", "public s", "s", "se", "la", "vie noc", "secu", "q", "es"])
def test_every_count_is_of_what_choosing_it_shows(small: Library, typed: str, user: User) -> None:
    for one in small.suggest(typed, user, "fr", most=20):
        filters = {one.facet: [one.value]} if one.facet else {}
        shown = small.search(SearchRequest.build(one.query, filters, per_page=100), user)
        assert (shown.complete, shown.correction) == (one.count, None), one
        if one.work:
            assert [hit.work for hit in shown.hits] == [one.work]


def test_there_are_few_of_each_kind_and_no_more_than_asked(small: Library) -> None:
    for typed in ("n", "pu"):
        found = small.suggest(typed, STAFF, "en")
        assert sum(one.kind is SuggestionKind.TITLE for one in found) <= 3
        assert sum(one.kind is SuggestionKind.PHRASE for one in found) <= 3
        assert 1 < len(found) <= 8
        assert len(small.suggest(typed, STAFF, "en", most=2)) <= 2


@pytest.mark.parametrize("typed", ["", "~~~", '"', "🦉", "مرحبا", "12345", "x" * 1000, "a " * 64, "\u202e", "city^9 ~"])
def test_odd_texts_suggest_nothing(small: Library, typed: str) -> None:
    assert small.suggest(typed, ANYONE, "en") == ()


@given(st.text(max_size=40), st.sampled_from(("en", "fr", "ar", "", "xx", "../..")))
def test_no_text_is_too_odd(small: Library, typed: str, reader: str) -> None:
    found = small.suggest(typed, ANYONE, reader)
    assert found == small.suggest(typed, ANYONE, reader)
    assert all(one.count > 0 and one.label and bool(one.query) != bool(one.facet) for one in found)


def test_an_empty_library_suggests_nothing_and_one_without_an_index_says_so(empty_root: Path) -> None:
    with Library.open(empty_root) as library:
        with pytest.raises(IndexOutOfDate):
            library.suggest("police", ANYONE)
        library.index()
        assert library.suggest("police", ANYONE) == ()


def test_a_new_work_is_suggested_at_once(tmp_path: Path) -> None:
    shelve(tmp_path, "first", {"en": ("Some words.",)})
    with Library.open(tmp_path) as library:
        library.index()
        assert library.suggest("lux", ANYONE, "fr") == ()
        shelve(tmp_path, "second", {"en": ("Other words.",)}, places=(Place("LU"),))
        library.index()
        assert kinds(library.suggest("lux", ANYONE, "fr")) == [("place", "Luxembourg")]

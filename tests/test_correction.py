"""Did you mean: from the words of works that this person may see, only words change, and never for the worse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.access import ANYONE, Role, User
from library.correction import MOST_TRIED, MOST_WORDS, _Asked
from library.errors import IndexOutOfDate
from library.library import Library
from library.model import Access
from library.query import MAX_LEAVES, parse
from library.request import MAX_QUERY, SearchRequest
from library.result import SearchResult
from tests.papers import shelve

STAFF = User(Role.LIBRARIAN)
TOPICS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <urn:practice-library:topic:> .
topic:nightlife a skos:Concept ; skos:prefLabel "Nightlife"@en, "Vie nocturne"@fr .
topic:zeppelins a skos:Concept ; skos:prefLabel "Zeppelins"@en .
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library whose words are known."""
    root = tmp_path_factory.mktemp("words")
    (root / "documents").mkdir()
    (root / "documents" / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    shelve(root, "posts", {"en": ("Bollards keep cars out. The bollards are red.",)})
    shelve(root, "postes", {"es": ("Los bolardos son rojos.",)})
    shelve(root, "nuit", {"fr": ("La vie nocturne et la sécurité publique. Une ville sûre.",)}, topics=("nightlife",))
    shelve(root, "gesicht", {"de": ("Die Gesichtserkennung in der Stadt. Gesichtserkennung ist umstritten.",)})
    shelve(root, "mayor", {"en": ("A night mayor walks the streets.", "Mayhem in the harbour."), "fr": ("Un maire.",)})
    shelve(root, "secret", {"en": ("An unfinished paper on quicksilver.",)}, access=Access.STAFF, topics=("zeppelins",))
    for number in range(25):
        shelve(root, f"report-{number}", {"en": ("The prevention of crime.",)})
    shelve(root, "slip", {"en": ("The preventoin of harm.",)})
    with Library.open(root) as library:
        assert not library.index().failed
        yield library


def ask(library: Library, query: str, user: User = ANYONE, reader: str = "en", **filters: list[str]) -> SearchResult:
    """The answer to a query."""
    return library.search(SearchRequest.build(query, filters, reader=reader), user)


@pytest.mark.parametrize(
    ("query", "reader", "meant"),
    [
        ("bolards", "en", "bollards"),
        ("bolards", "es", "bolardos"),
        ("bolards", "", "bollards"),
        ("Gesichtserkenung", "de", "Gesichtserkennung"),
        ("securitee", "fr", "sécurité"),
        ("nigthlife", "en", "nightlife"),  # a label; no text has the word
        ("nightmayor", "en", "night mayor"),
        ("gesichts erkennung", "de", "Gesichtserkennung"),
        ("night mayr", "en", "night mayor"),
        ("inght mayor", "en", "night mayor"),
        ("night mayro", "fr", "night mayor"),
        ('"night mayr"', "en", '"night mayor"'),
        ('"night mayr" NOT bolards', "en", '"night mayor" NOT bolards'),
        ("(bolards OR zebra) -crime", "en", "(bollards OR zebra) -crime"),
        ("topic:nightlife noctrune", "fr", "topic:nightlife nocturne"),
        ("year:bolards..2030 bolards", "en", None),  # a value is no word: it is wanted as it is
        ("language:en bolards", "en", "language:en bollards"),
        ("bollards", "en", None),
        ("bolards~", "en", None),
        ("bolar*", "en", None),
        ("=bolards", "en", None),
        ("zebra giraffe", "en", None),
        ("2019", "en", None),
        ("", "en", None),
        ("~~~", "en", None),
        ('"', "en", None),
        ("🦉 مرحبا", "en", None),
    ],
)
def test_what_may_have_been_meant(small: Library, query: str, reader: str, meant: str | None) -> None:
    assert ask(small, query, reader=reader).correction == meant


def test_the_works_of_a_sure_correction_are_shown_and_it_is_said(small: Library) -> None:
    found, right = ask(small, "bolards"), ask(small, "bollards")
    assert (found.total, [hit.work for hit in found.hits], found.facets) == (1, ["posts"], right.facets)
    assert (found.query, found.correction, found.corrected) == ("bolards", "bollards", True)
    assert found.hits[0].pages == right.hits[0].pages
    (notice,) = found.notices
    said = small.texts("en")(notice.key, **dict(notice.values))
    assert said == "Nothing found for “bolards”. Showing works for “bollards”."


def test_when_something_is_found_a_correction_is_only_proposed(small: Library) -> None:
    found = ask(small, "crime prevntion")
    assert (found.correction, found.corrected, found.notices) == ("crime prevention", False, ())
    assert (found.complete, found.relaxed) == (0, True)


def test_what_is_not_sure_is_only_proposed(small: Library) -> None:
    found = ask(small, "harbuor mayrem")
    assert (found.total, found.correction, found.corrected) == (0, "harbour Mayhem", False)  # no text has it small


def test_a_rare_word_beside_a_far_commoner_one_may_be_a_slip(small: Library) -> None:
    found = ask(small, "preventoin")
    assert [hit.work for hit in found.hits] == ["slip"]
    assert (found.correction, found.corrected) == ("prevention", False)


def test_a_query_that_answers_well_is_left_alone(small: Library) -> None:
    assert ask(small, "crime OR bolards").correction is None


def test_words_only_hidden_works_have_are_never_proposed(small: Library) -> None:
    for query in ("quicksilvr", "unfinised", "zepelins", "quick silver"):
        for reader in ("en", "fr"):
            assert ask(small, query, reader=reader).correction is None
            assert ask(small, query, User(Role.MEMBER), reader).correction is None
            assert ask(small, query, STAFF, reader).correction is not None


def test_a_filter_does_not_change_what_was_meant(small: Library) -> None:
    assert ask(small, "bolards", language=["es"]).correction is None  # bollards finds nothing there
    assert ask(small, "bolards", language=["en"]).correction == "bollards"
    assert ask(small, "bollards", language=["es"]).correction is None


@pytest.mark.parametrize(
    "query",
    [
        " ".join(f"bolard{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(64)),
        " ".join(("bolards", "securitee", "preventoins", "mayr", "nocturen", "gesichtserkenung") * 20),
        "bolard-" * 140,
        "x" * 1000,
        "night-mayr " * 90,
    ],
)
def test_long_queries_are_tried_in_few_ways(small: Library, query: str) -> None:
    asked = _Asked(0, "en", frozenset({Access.PUBLIC}), lambda node: node)
    corrector = small._corrector
    places = corrector._places(query, parse(query).node)
    assert len(places) <= MAX_LEAVES
    plans = corrector._plans(query, places, dict.fromkeys(places, 0), asked)
    assert len(plans) <= MOST_TRIED
    assert all(len(plan.edits) <= MOST_WORDS + 1 for plan in plans)
    assert ask(small, query[:MAX_QUERY]).query == query[:MAX_QUERY].strip()


def test_without_an_index_it_is_said(empty_root: Path) -> None:
    with Library.open(empty_root) as library, pytest.raises(IndexOutOfDate):
        ask(library, "bolards")


def test_an_empty_library_proposes_nothing(empty_root: Path) -> None:
    with Library.open(empty_root) as library:
        library.index()
        assert ask(library, "bolards").correction is None


words = st.sampled_from(
    ("bolards", "bollards", "mayr", "night", "preventoin", "crime", "zebra", "OR", "NOT", "securitee")
)
signs = st.sampled_from(("", '"', "(", ")", "-", "topic:", "title:", "~", "*", "=", " ", "é", "\u202e"))


@given(st.one_of(st.text(max_size=40), st.lists(st.one_of(words, signs), max_size=8).map(" ".join)))
def test_a_correction_never_finds_less(small: Library, query: str) -> None:
    found = ask(small, query)
    if found.correction is None:
        assert not found.corrected
        return
    better = ask(small, found.correction)
    assert better.total > 0
    assert found.corrected or better.complete >= found.complete
    if found.corrected:
        assert (found.total, found.complete) == (better.total, better.complete)

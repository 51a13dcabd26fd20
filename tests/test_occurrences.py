"""Where the words of a query stand in an edition: against reading every page word by word, and by example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.access import ANYONE, Role, User
from library.analysis import Analyser, fold, spans, tokens
from library.errors import NotAllowed
from library.formats.page_store import PageStore, StoredPages
from library.library import Library
from library.locales import load_texts
from library.model import Access, Edition, Page
from library.occurrences import (
    LARGEST_REMEMBERED,
    MOST_PAGES,
    MOST_PASSAGES,
    MOST_REMEMBERED,
    MOST_SOUGHT,
    Occurrences,
    Occurring,
    sentence,
)
from library.query import All, Expanded, Form, Phrase, Some, Word, leaves, parse
from tests.papers import shelve

TOPICS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <urn:practice-library:topic:> .
topic:nightlife a skos:Concept ; skos:prefLabel "Nightlife"@en, "Vie nocturne"@fr .
"""
NIGHTS = (
    "The night mediators walk at night, and Mediators\nof the night speak with a mediator.",
    "Nothing of it here, but nightlife and the mayor.",
    "A feeling of safety; the safety of a square. U.S. and us, 1,000 and 1000.",
)
NUITS = (
    "Les médiateurs de nuit et une médiatrice. La vie nocturne, la vie\nnocturne de l'école.",
    "MÉDIATEUR, mediateur et médiation.",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library whose words are known."""
    root = tmp_path_factory.mktemp("occurrences")
    (root / "documents").mkdir()
    (root / "documents" / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    shelve(root, "nights", {"en": NIGHTS, "fr": NUITS})
    shelve(root, "hidden", {"en": NIGHTS}, access=Access.MEMBERS)
    shelve(root, "bare", {"en": ("",)})
    shelve(root, "kanji", {"en": ("About 北京大学 by night, and 京大.",)})
    with Library.open(root) as library:
        yield library


def forms(library: Library, query: str, language: str = "en", narrow: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The forms met, page by page."""
    return [page.forms for page in library.occurrences("nights", language, query, ANYONE, narrow).pages]


@pytest.mark.parametrize(
    ("query", "language", "found"),
    [
        ("mediator", "en", [("mediators", "Mediators", "mediator")]),
        ("mediateur", "fr", [("médiateurs",), ("MÉDIATEUR", "mediateur")]),
        ("nuit", "fr", [("nuit",)]),
        ('"night mediators"', "en", [("night mediators",)]),
        ('"mediators of the night"', "en", [("mediators walk at night", "Mediators of the night")]),
        ('"mediators night"', "en", []),
        ("medi*", "fr", [("médiateurs", "médiatrice"), ("MÉDIATEUR", "mediateur", "médiation")]),
        ("mediatros~", "en", [("mediators", "Mediators", "mediator")]),
        ("=mediators", "en", [("mediators", "Mediators")]),
        ("mayor NOT night", "en", [("mayor",)]),
        ("night OR mayor", "en", [("night",), ("mayor",)]),
        ("title:night mayor", "en", [("mayor",)]),
        ("kind:guide", "en", []),
        ("", "en", []),
        ("zebra", "en", []),
        ("the", "en", [("The", "the"), ("the",), ("the",)]),
        ("of safety", "en", [("safety",)]),
        ("1000", "en", [("1,000", "1000")]),
        ("U.S.", "en", [("U.S.",)]),
        ("ecole", "fr", [("école",)]),
        ('"((', "en", []),
    ],
)
def test_forms_stand_as_in_the_text(small: Library, query: str, language: str, found: list[tuple[str, ...]]) -> None:
    assert forms(small, query, language) == found


def test_what_the_thesaurus_adds_is_marked_until_it_is_taken_away(small: Library) -> None:
    assert forms(small, "nightlife", "fr") == [("vie nocturne",)]
    assert small.occurrences("nights", "fr", "nightlife", ANYONE).total == 2
    assert forms(small, "nightlife", "fr", ("nightlife",)) == []


def test_letters_without_blanks_are_marked_as_one(small: Library) -> None:
    found = small.occurrences("kanji", "en", "北京大学", ANYONE)
    assert [page.forms for page in found.pages] == [("北京大学",)]


def test_passages_carry_their_marks(small: Library) -> None:
    (page,) = small.occurrences("nights", "en", "mediators", ANYONE).pages
    assert (page.number, page.label, page.count, page.firsts) == (1, "1", 3, (0,))
    (passage,) = page.passages
    assert [passage.text[start:end] for start, end in passage.marks] == ["mediators", "Mediators", "mediator"]


def test_access_is_checked_and_says_nothing(small: Library) -> None:
    assert small.occurrences("hidden", "en", "night", User(Role.MEMBER)).total
    for work, language in (("hidden", "en"), ("missing", "en"), ("nights", "de")):
        with pytest.raises(NotAllowed):
            small.occurrences(work, language, "night", ANYONE)


def test_nothing_kept_is_nothing_found(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    edition = Edition("en", "A title", "0" * 64, 1)
    occurring = Occurring(store)
    assert occurring.find(Word("night"), edition) == Occurrences()
    store.put(edition.sha256, [Page(1, "i", "One night.")])
    assert occurring.find(Word("night"), edition).total == 1
    assert occurring.find(Word("night"), edition) is occurring.find(Word("night"), edition), "remembered"
    store.put(edition.sha256, [Page(1, "i", "One night.")])
    store.remembered(edition.sha256)
    for path in tmp_path.rglob("*.txt"):
        path.unlink()
    assert Occurring(store).find(Word("night"), edition) == Occurrences()


def test_long_documents_are_counted_whole_and_listed_in_part(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    pages = [Page(number, str(number), "night and day, " * 40) for number in range(1, MOST_PAGES + 11)]
    edition = Edition("en", "A title", "1" * 64, len(pages))
    store.put(edition.sha256, pages)
    found = Occurring(store).find(Word("nights"), edition)
    assert (found.total, found.on_pages, len(found.pages)) == (40 * len(pages), len(pages), MOST_PAGES)
    assert all(len(page.passages) == len(page.firsts) == MOST_PASSAGES for page in found.pages)


def test_large_answers_are_not_remembered_and_small_ones_make_room(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    pages = [Page(number, str(number), "night and day, " * 40 + f"word{number}") for number in range(1, MOST_PAGES)]
    edition = Edition("en", "A title", "4" * 64, len(pages))
    store.put(edition.sha256, pages)
    occurring = Occurring(store)
    large = occurring.find(Word("night"), edition)
    assert sum(len(page.passages) for page in large.pages) > LARGEST_REMEMBERED
    assert occurring.find(Word("night"), edition) == large
    assert occurring.find(Word("night"), edition) is not large
    first = occurring.find(Word("word1"), edition)
    assert occurring.find(Word("word1"), edition) is first
    for number in range(2, MOST_REMEMBERED + 2):
        occurring.find(Word(f"word{number}"), edition)
    assert occurring.find(Word("word1"), edition) is not first

    occurring = Occurring(store)
    halves = [Some(tuple(Word(f"word{at}") for at in range(1 + more, 64 + more))) for more in range(180)]
    answers = [occurring.find(half, edition) for half in halves]
    assert len(answers) < MOST_REMEMBERED
    assert occurring.find(halves[-1], edition) is answers[-1]
    assert occurring.find(halves[0], edition) is not answers[0], "together they were too large"


def test_threads_look_at_once_and_find_the_same(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    editions = [Edition(language, "A title", str(at) * 64, 2) for at, language in enumerate(("en", "fr", "de"))]
    for edition in editions:
        store.put(edition.sha256, [Page(1, "1", NIGHTS[0]), Page(2, "2", " ".join(NUITS))])
    asked = [(Word(word), edition) for word in ("mediators", "nuits", "the", "vies", "Plätze") for edition in editions]
    alone = [Occurring(store).find(node, edition) for node, edition in asked]
    occurring, inside = Occurring(store), Barrier(2)
    look = store.remembered

    def together(sha256: str) -> StoredPages | None:
        inside.wait(60)  # breaks unless two are here at once
        return look(sha256)

    with ThreadPoolExecutor(2) as pool:
        store.remembered = together  # type: ignore[method-assign]
        assert list(pool.map(lambda one: occurring.find(*one), asked[:2])) == alone[:2]
        del store.remembered
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda one: occurring.find(*one), asked * 20)) == alone * 20


def test_no_more_is_looked_for_than_a_query_holds_and_what_was_typed_comes_first(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    edition = Edition("en", "A title", "5" * 64, 1)
    words = [f"word{at}" for at in range(2 * MOST_SOUGHT)]
    store.put(edition.sha256, [Page(1, "1", "; ".join(words))])
    node = parse(" ".join(f"(a{at} OR {word})" for at, word in enumerate(words[:MOST_SOUGHT]))).node
    assert len(leaves(node)) == 2 * MOST_SOUGHT
    assert Occurring(store).find(node, edition).total == MOST_SOUGHT // 2
    typed = tuple(Word(word) for word in words[:MOST_SOUGHT])
    added = tuple(Phrase(word, language="en") for word in words[MOST_SOUGHT:])
    assert Occurring(store).find(Expanded(All(typed[:1]), added, 1.0), edition).total == MOST_SOUGHT
    found = Occurring(store).find(All((Expanded(typed[0], added, 1.0), *typed[1:])), edition)
    assert found.forms == tuple(words[:MOST_SOUGHT])


def test_rows_of_dots_are_left_out_and_marks_move_along(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    edition = Edition("en", "A title", "2" * 64, 1)
    store.put(edition.sha256, [Page(1, "1", "Contents . . . . . . . . 2 The night ........ 3 and a night . . 4")])
    (page,) = Occurring(store).find(Word("night"), edition).pages
    (passage,) = page.passages
    assert passage.text == "Contents … 2 The night … 3 and a night . . 4"
    assert [passage.text[start:end] for start, end in passage.marks] == ["night", "night"]


def test_the_answer_is_an_object_for_the_reader(small: Library) -> None:
    found = small.occurrences("nights", "en", '"night mediators" mayor', ANYONE)
    answer = json.loads(json.dumps(found.as_json()))
    assert answer["forms"] == ["night mediators", "mayor"]
    assert answer["total"] == 2
    assert answer["pages"][0] == {
        "number": 1, "label": "1", "count": 1, "forms": ["night mediators"],
        "passages": [{"text": answer["pages"][0]["passages"][0]["text"], "marks": [[4, 9], [10, 19]], "first": 0}],
        "ocr": False,
    }  # fmt: skip
    edition = Edition("en", "Night", "ab" * 32, 3)
    assert sentence(found, edition, load_texts("en")) == "Found 2 times, on 2 pages"
    sections = replace(edition, file="en.docx")
    assert sentence(found, sections, load_texts("en")) == "Found 2 times, on 2 sections"
    assert sentence(Occurrences(), edition, load_texts("fr")) == load_texts("fr")("reader.found_none")


PIECES = (
    "night",
    "nights",
    "Night",
    "mediators",
    "mediator",
    "médiateur",
    "the",
    "of",
    "square",
    "U.S.",
    "l'école",
    "1,000",
)
texts = st.lists(st.sampled_from((*PIECES, ", ", ". ", "\n", "-", "  ")), max_size=40).map(" ".join)
queries = st.lists(
    st.sampled_from(
        (*PIECES, '"night mediators"', '"square of the night"', "medi*", "nihgt~", "=night", "NOT the", "OR")
    ),
    min_size=1, max_size=4,
).map(" ".join)  # fmt: skip


def by_reading(query: str, page: str, language: str) -> set[int]:
    """The tokens of a page that a query means, one by one. Prefix and fuzzy words are left to the examples."""
    analyser, words = Analyser(language), tokens(page)
    covered: set[int] = set()
    meant = False
    wanted = [leaf for leaf in leaves(parse(query).node) if not leaf.field]
    for leaf in wanted:
        parts = [(place, analyser.terms(token)) for place, token in enumerate(tokens(leaf.text))]
        parts = [(place - min(p for p, t in parts if t), terms) for place, terms in parts if terms]
        exact = isinstance(leaf, Word) and leaf.form is not Form.INFLECTED
        meant = meant or bool(parts) or exact
        for start in range(len(words)):
            if exact:
                if fold(words[start]) == fold(leaf.text):
                    covered.add(start)
            elif parts and all(
                start + place < len(words) and set(analyser.terms(words[start + place])) & set(terms)
                for place, terms in parts
            ):
                covered |= set(range(start, start + parts[-1][0] + 1))
    if not meant:
        literal = {fold(token) for leaf in wanted for token in tokens(leaf.text)}
        covered = {place for place, word in enumerate(words) if fold(word) in literal}
    return covered


@settings(max_examples=150, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4), queries, st.sampled_from(("en", "fr")))
def test_as_if_every_page_were_read(
    tmp_path_factory: pytest.TempPathFactory, pages: list[str], query: str, language: str
) -> None:
    store = PageStore(tmp_path_factory.getbasetemp() / "read")
    edition = Edition(language, "A title", "3" * 64, len(pages))
    store.put(edition.sha256, [Page(number, str(number), text) for number, text in enumerate(pages, 1)])
    node = parse(query).node
    found = {page.number: page for page in Occurring(store).find(node, edition).pages}
    spelt = any(isinstance(leaf, Word) and leaf.form in (Form.PREFIX, Form.FUZZY) for leaf in leaves(node))
    for number, text in enumerate(pages, 1):
        read = by_reading(query, text, language)
        page = found.get(number)
        if not spelt:
            assert (page is not None) == bool(read)
        if page is None:
            continue
        flat = " ".join(text.split())
        assert all(form in flat for form in page.forms)
        assert page.count >= len(page.forms)
        for passage in page.passages:
            assert passage.marks
            assert all(before[1] <= after[0] for before, after in pairwise(passage.marks))
        assert list(page.firsts) == sorted(set(page.firsts))
        if not spelt and len(page.firsts) < MOST_PASSAGES:
            places = list(spans(text))
            words = [" ".join(text[places[at][0] : places[at][1]].split()) for at in sorted(read)]
            marked = [part.text[start:end] for part in page.passages for start, end in part.marks]
            assert marked == words


def test_a_phrase_is_a_node_of_its_own() -> None:
    assert leaves(parse('"night mediators"').node) == (Phrase("night mediators"),)

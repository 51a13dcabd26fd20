"""Where words stand: the page in every position, one number for page and token, 64 bits when 32 are too few."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.reading import IndexReader

from library.analysis import Analysers, tokens
from library.engines import generation as generation_module
from library.engines.best_pages import best_pages, matching_pages
from library.engines.columns import Columns
from library.engines.generation import Generation
from library.engines.nearness import COVERAGE, NEARNESS, nearness
from library.engines.standing import Standing, stand
from library.engines.whoosh_engine import WhooshEngine
from library.engines.whoosh_schema import LAST_TOKEN, STRIDE
from library.query import Form, Phrase, Word
from library.request import SearchRequest
from tests.contract.toy import ALL, TOY, entry

MILLION = 2**32 // STRIDE


def test_every_place_of_a_word_is_on_the_page_that_has_it(engine: WhooshEngine) -> None:
    generation = engine._generation()
    columns, analysers = generation.columns, Analysers()
    entries = {one.edition: one for one in TOY}
    for number, edition in enumerate(columns.editions):
        one = entries[edition]
        base = int(columns.page_base[number])
        for page, text in enumerate(one.pages):
            for place, token in enumerate(tokens(text)):
                for term in analysers[one.language].terms(token):
                    found = generation.word(f"body_{one.language}", (term,), paged=True)
                    assert (base + page) * STRIDE + place in found.places
                    assert number in found.ids


def test_places_are_ascending_and_as_many_as_the_word_is_frequent(engine: WhooshEngine) -> None:
    generation = engine._generation()
    for term in generation.reader.lexicon("body_en"):
        found = generation.word("body_en", (term.decode(),), paged=True)
        assert list(found.places) == sorted(set(found.places.tolist()))
        assert found.frequency.sum() == len(found.places)


@dataclass
class Sized:
    """As much of an index as decides how wide a place is."""

    pages: int
    live: np.ndarray[Any, Any] = field(default_factory=lambda: np.ones(1, np.bool_))

    @property
    def page_base(self) -> list[int]:
        return [0, self.pages]

    def __len__(self) -> int:
        return 1

    def leaf_readers(self) -> list[object]:
        return []


@pytest.mark.parametrize(
    ("pages", "width"),
    [(1, np.uint32), (MILLION - 3, np.uint32), (MILLION - 2, np.uint64), (MILLION, np.uint64), (10**9, np.uint64)],
)
def test_places_are_as_wide_as_the_pages_need(monkeypatch: pytest.MonkeyPatch, pages: int, width: type) -> None:
    sized = Sized(pages)
    monkeypatch.setattr(generation_module, "read_columns", lambda reader: sized)
    assert Generation(cast(IndexReader, sized))._place_type == np.dtype(width)
    highest = (pages + len(sized)) * STRIDE + STRIDE - 1
    assert highest <= np.iinfo(width).max


def test_wide_places_answer_as_narrow_ones(engine: WhooshEngine) -> None:
    nodes = (Word("nightlife"), Phrase("public spaces"), Word("narkot", Form.PREFIX))
    narrow = [engine.search(node, SearchRequest(), ALL) for node in nodes]
    engine.close()
    engine._generation()._place_type = np.dtype(np.uint64)
    assert [engine.search(node, SearchRequest(), ALL) for node in nodes] == narrow


def test_an_overlong_page_piles_up_without_touching_the_next(engine: WhooshEngine) -> None:
    with engine.batch() as batch:
        batch.put(entry("long", "en", "zebra " * (STRIDE + 50) + "giraffe", "lion"))
    for word, page in (("zebra", 1), ("giraffe", 1), ("lion", 2)):
        (hit,) = engine.search(Word(word), SearchRequest(), ALL).hits
        assert [match.number for match in hit.pages] == [page]
        assert all(token < LAST_TOKEN for token in hit.pages[0].tokens)
    assert engine.search(Phrase("giraffe lion"), SearchRequest(), ALL).total == 0


@dataclass
class Shelved:
    """As much of the columns as says which pages are whose: so many editions of so many pages each."""

    editions: int
    pages: int
    lane_sets: tuple[frozenset[str], ...] = (frozenset({"en"}),)

    @property
    def page_base(self) -> Numbers:
        return np.arange(self.editions + 1, dtype=np.int64) * self.pages

    @property
    def page_doc(self) -> Numbers:
        return np.repeat(np.arange(self.editions, dtype=np.int32), self.pages)

    @property
    def lane_set(self) -> Numbers:
        return np.zeros(self.editions, np.int32)

    def __len__(self) -> int:
        return self.editions


Numbers = np.ndarray[Any, Any]


def standing(columns: Shelved, *words: tuple[tuple[int, int], ...], editions: tuple[int, ...]) -> Standing:
    """Where words stand: for each its pages, counted through all editions, and tokens."""
    named = {Word(str(number)): places for number, places in enumerate(words)}

    def places(language: str, leaf: Word | Phrase, some: Numbers) -> Numbers:
        assert language == "en"
        assert isinstance(leaf, Word)
        return np.array([page * STRIDE + token for page, token in named[leaf]], np.uint32)

    return stand(cast(Columns, columns), tuple((word,) for word in named), np.array(editions, np.int32), places)


HARM = ((9, 1), (10, 1), (11, 1), (11, 2), (12, 5), (13, 1), (14, 0), (16, 3))
ROOMS = ((12, 7), (19, 0))


def test_best_pages_have_more_different_words_then_more_often_then_come_first() -> None:
    columns = Shelved(editions=4, pages=5)
    found = standing(columns, HARM, ROOMS, editions=(2, 3))
    best = best_pages(cast(Columns, columns), found, matching_pages(found))
    assert [(page.number, page.tokens) for page in best[2].pages] == [(3, (5, 7)), (2, (1, 2)), (1, (1,))]
    assert best[2].more == 2
    assert [(page.number, page.tokens) for page in best[3].pages] == [(2, (3,)), (5, (0,))]
    assert best.keys() == {2, 3}


def test_no_words_are_on_no_pages() -> None:
    columns = Shelved(editions=1, pages=3)
    assert len(standing(columns, editions=(0,))) == 0
    assert len(standing(columns, ((5, 0),), editions=(0,))) == 0


def test_words_that_stand_together_on_a_page_are_near() -> None:
    columns = Shelved(editions=3, pages=2)
    first = ((0, 1), (2, 1), (4, 1))  # side by side; on one page, far apart; on different pages
    second = ((0, 2), (2, 90), (5, 2))
    editions = (0, 1, 2)
    found = standing(columns, first, second, editions=editions)
    near = nearness(cast(Columns, columns), found, matching_pages(found), np.array(editions, np.int32), 2)
    assert near[0] == 1 + COVERAGE + NEARNESS / 2
    assert 1 + COVERAGE < near[1] < 1 + COVERAGE + NEARNESS / 1000
    assert near[2] == 1


@given(st.lists(st.sets(st.tuples(st.integers(0, 11), st.integers(0, 20))), min_size=2, max_size=4))
def test_nearness_is_never_less_than_one_and_bounded(words: list[set[tuple[int, int]]]) -> None:
    columns, editions = Shelved(editions=6, pages=2), (1, 4, 5)
    found = standing(columns, *(tuple(sorted(places)) for places in words), editions=editions)
    near = nearness(cast(Columns, columns), found, matching_pages(found), np.array(editions, np.int32), len(words))
    assert ((near >= 1) & (near <= 1 + COVERAGE + NEARNESS)).all()

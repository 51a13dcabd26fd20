"""Where words stand: the page in every position, one number for page and token, 64 bits when 32 are too few."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest
from whoosh.reading import IndexReader

from library.analysis import Analysers, tokens
from library.engines import generation as generation_module
from library.engines.best_pages import best_pages
from library.engines.generation import Generation
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


def test_best_pages_have_more_different_words_then_more_often_then_come_first() -> None:
    def at(*places: tuple[int, int]) -> np.ndarray[Any, np.dtype[np.uint32]]:
        return np.array([(10 + page) * STRIDE + token for page, token in places], np.uint32)

    harm = at((0, 1), (1, 1), (1, 2), (2, 5), (3, 1), (4, 0))
    rooms = at((2, 7), (9, 0))
    pages, more = best_pages([(harm,), (rooms,)], 10, 15)
    assert [(page.number, page.tokens) for page in pages] == [(3, (5, 7)), (2, (1, 2)), (1, (1,))]
    assert more == 2


def test_no_words_are_on_no_pages() -> None:
    assert best_pages([], 0, 3) == ((), 0)
    assert best_pages([(np.empty(0, np.uint32),)], 0, 0) == ((), 0)

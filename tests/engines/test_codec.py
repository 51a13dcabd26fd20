"""Our postings are those that Whoosh's public iteration gives: in every segment, with deletions, after merges."""

from __future__ import annotations

from array import array

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from library.engines.postings import EMPTY, TermPostings, decode
from library.engines.whoosh_codec import ArrayCodec, decoded
from library.engines.whoosh_engine import WhooshEngine
from library.query import Phrase, Word
from library.request import SearchRequest
from tests.contract.toy import ALL, entry

WORDS = ("city", "police", "night", "harm", "square")


def grown(engine: WhooshEngine, batches: int = 4) -> None:
    """More segments, and deletions in them."""
    for number in range(batches):
        with engine.batch() as batch:
            for other in range(3):
                word = WORDS[(number + other) % len(WORDS)]
                batch.put(entry(f"w{number}-{other}", "en", f"{word} " * (other + 1), "", f"{word} and city"))
            batch.drop("drugs.en" if number == 0 else f"w{number - 1}-1.en")


def terms_of(leaf: IndexReader) -> list[tuple[str, bytes]]:
    return [(field, term) for field, term in leaf.all_terms() if not field.startswith("_")]


def by_iteration(leaf: IndexReader, field: str, term: bytes) -> list[tuple[int, float, list[int]]]:
    """The public way: one posting after the other, deleted documents left out."""
    found = []
    matcher = leaf.postings(field, term)
    while matcher.is_active():
        value = matcher.value()
        found.append((matcher.id(), matcher.weight(), list(np.frombuffer(value, np.uint32))))
        matcher.next()
    return found


def by_arrays(postings: TermPostings, leaf: IndexReader) -> list[tuple[int, float, list[int]]]:
    """Our way, with deleted documents taken out the same."""
    found, start = [], 0
    for number, weight in zip(postings.ids, postings.weights, strict=True):
        end = start + int(weight) if len(postings.positions) else start
        if not leaf.is_deleted(int(number)):
            found.append((int(number), float(weight), list(postings.positions[start:end])))
        start = end
    assert start == len(postings.positions)
    return found


def assert_same(index: FileIndex) -> int:
    with index.reader() as reader:
        leaves = [leaf for leaf, _ in reader.leaf_readers()]
        for leaf in leaves:
            for field, term in terms_of(leaf):
                assert by_arrays(decode(leaf, field, term), leaf) == by_iteration(leaf, field, term), (field, term)
        return len(leaves)


def test_arrays_and_iteration_agree_in_one_segment(engine: WhooshEngine) -> None:
    assert assert_same(engine._index()) == 1


def test_arrays_and_iteration_agree_over_segments_with_deletions(engine: WhooshEngine) -> None:
    grown(engine)
    index = engine._index()
    with index.reader() as reader:
        assert reader.has_deletions()
    assert assert_same(index) > 1


def test_arrays_and_iteration_agree_after_a_merge(engine: WhooshEngine) -> None:
    grown(engine)
    before = answers(engine)
    index = engine._index()
    index.writer(codec=ArrayCodec(), compound=False).commit(optimize=True)
    assert assert_same(index) == 1
    assert answers(engine) == before


def test_skipping_goes_to_the_first_document_from_there_on(engine: WhooshEngine) -> None:
    grown(engine, batches=1)
    with engine._index().reader() as reader:
        for leaf, _ in reader.leaf_readers():
            for field, term in terms_of(leaf):
                ids = [number for number, _, _ in by_iteration(leaf, field, term)]
                for wanted in range(leaf.doc_count_all() + 1):
                    matcher = leaf.postings(field, term)
                    if ids:
                        matcher.skip_to(wanted)
                    left = [number for number in ids if number >= wanted]
                    assert (matcher.id() if matcher.is_active() else None) == (left[0] if left else None)


def test_a_copy_goes_its_own_way(engine: WhooshEngine) -> None:
    with engine._index().reader() as reader:
        matcher = reader.postings("access", b"public")
        copy = matcher.copy()
        first = matcher.id()
        matcher.next()
        assert copy.id() == first
        assert matcher.id() != first
        matcher.reset()
        assert matcher.id() == first


def test_a_term_that_is_not_there_has_no_postings(engine: WhooshEngine) -> None:
    with engine._index().reader() as reader:
        assert decode(reader, "body_en", b"zebra") is EMPTY


postings = st.lists(
    st.tuples(st.integers(0, 2**31 - 1), st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5)),
    min_size=1, max_size=8, unique_by=lambda posting: posting[0],
)  # fmt: skip


@given(postings, st.booleans())
def test_bytes_come_back_as_the_arrays_that_went_in(found: list[tuple[int, list[int]]], placed: bool) -> None:
    ids = [number for number, _ in found]
    weights = [float(len(places)) for _, places in found]
    places = [place for _, some in found for place in some] if placed else []
    data = b"".join(
        (array("I", [len(ids)]).tobytes(), array("I", ids).tobytes(), array("f", weights).tobytes(),
         array("I", places).tobytes())
    )  # fmt: skip
    back = decoded(data)
    assert (list(back.ids), list(back.weights), list(back.positions)) == (ids, weights, places)


@pytest.mark.parametrize("size", [0, 3, 7])
def test_bytes_cut_short_are_no_postings(size: int) -> None:
    whole = array("I", [1, 5]).tobytes() + array("f", [1.0]).tobytes()
    with pytest.raises(Exception):  # noqa: B017 - struct.error or ValueError, which the engine turns into words
        decoded(whole[:size])


def answers(engine: WhooshEngine) -> list[tuple[str, int, tuple[tuple[str, tuple[int, ...]], ...]]]:
    """What some words find: how many works, which editions, on which pages."""
    request = SearchRequest.build(per_page=100)
    found = []
    nodes: list[Word | Phrase] = [*map(Word, WORDS), Phrase("and city"), Word("nightlife")]
    for node in nodes:
        answer = engine.search(node, request, ALL)
        pages = tuple(sorted((hit.edition, tuple(page.number for page in hit.pages)) for hit in answer.hits))
        found.append((node.text, answer.total, pages))
    return found

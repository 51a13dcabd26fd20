"""Our postings are those that Whoosh's public iteration gives: in every segment, with deletions, after merges."""

from __future__ import annotations

from array import array
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from library.engines.segment_arrays import BlockWriter, SegmentArrays, TermPostings, write_directory
from library.engines.whoosh_codec import ArrayCodec, segments_of
from library.engines.whoosh_engine import WhooshEngine
from library.errors import IndexOutOfDate
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
    for number, weight in zip(postings.ids, postings.frequency, strict=True):
        end = start + int(weight) if len(postings.positions) else start
        if not leaf.is_deleted(int(number)):
            found.append((int(number), float(weight), list(postings.positions[start:end])))
        start = end
    assert start == len(postings.positions)
    return found


def assert_same(index: FileIndex) -> int:
    with index.reader() as reader:
        leaves = [leaf for leaf, _ in reader.leaf_readers()]
        for leaf, segment in zip(leaves, segments_of(reader), strict=True):
            for field, term in terms_of(leaf):
                arrays = segment.arrays.fields[field]
                postings = arrays.postings(arrays.find(term))
                assert by_arrays(postings, leaf) == by_iteration(leaf, field, term), (field, term)
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


def test_a_term_that_is_not_there_has_no_place(engine: WhooshEngine) -> None:
    with engine._index().reader() as reader:
        assert (b"zebra" in reader.lexicon("body_en"), ("body_en", b"zebra") in reader) == (False, False)
        assert [segment.arrays.fields["body_en"].find(b"zebra") for segment in segments_of(reader)] == [-1]


Lexicon = dict[bytes, dict[int, list[int]]]
lexicons = st.dictionaries(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=6).map(str.encode),
    st.dictionaries(
        st.integers(0, 500), st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=4), min_size=1, max_size=5
    ),
    min_size=1, max_size=12,
)  # fmt: skip


def written(path: Path, fields: dict[str, Lexicon], placed: bool) -> SegmentArrays:
    with path.open("wb") as file:
        blocks = {}
        for name, lexicon in sorted(fields.items()):
            block = BlockWriter(file)
            for term in sorted(lexicon):
                ids = sorted(lexicon[term])
                often = array("I", [len(lexicon[term][number]) for number in ids])
                places = array("I", [place for number in ids for place in lexicon[term][number]] if placed else [])
                block.term(term, array("I", ids), often, places.tobytes())
            blocks[name] = block.finish()
        write_directory(file, blocks)
    return SegmentArrays(path)


@given(st.dictionaries(st.sampled_from(["title", "body"]), lexicons, min_size=1), st.booleans())
def test_a_segment_comes_back_as_it_was_written(fields: dict[str, Lexicon], placed: bool) -> None:
    with TemporaryDirectory() as folder:
        back = written(Path(folder) / "segment", fields, placed)
        assert back.fields.keys() == fields.keys()
        for name, lexicon in fields.items():
            arrays = back.fields[name]
            terms = sorted(lexicon)
            assert [arrays.term(place) for place in range(len(arrays))] == terms
            assert arrays.values() == [term.decode() for term in terms]
            if not any(b"\0" in term for term in terms):
                assert arrays.words(range(len(arrays))) == arrays.values()
            for place, term in enumerate(terms):
                postings = arrays.postings(place)
                held = sorted(lexicon[term].items())
                assert list(postings.ids) == [number for number, _ in held]
                assert list(postings.frequency) == [len(places) for _, places in held]
                assert list(postings.positions) == [one for _, places in held for one in places if placed]
                assert arrays.find(term) == place
            for number, length in enumerate(arrays.lengths):
                assert length == sum(len(places.get(number, ())) for places in lexicon.values())


@given(lexicons, st.text(max_size=4), st.randoms())
def test_terms_are_found_by_their_beginning_and_gathered_in_any_order(
    lexicon: Lexicon, prefix: str, random: Random
) -> None:
    with TemporaryDirectory() as folder:
        arrays = written(Path(folder) / "segment", {"words": lexicon}, placed=False).fields["words"]
        terms = sorted(lexicon)
        begin = [place for place, term in enumerate(terms) if term.startswith(prefix.encode("utf-8", "replace"))]
        assert list(arrays.beginning(prefix.encode("utf-8", "replace"))) == begin
        places = random.sample(range(len(terms)), random.randint(0, len(terms)))
        rows = arrays.gather(places)
        expected = [
            (row, number, len(lexicon[terms[place]][number]))
            for row, place in enumerate(places)
            for number in sorted(lexicon[terms[place]])
        ]
        found = zip(rows.terms.tolist(), rows.ids.tolist(), rows.frequency.tolist(), strict=True)
        assert list(found) == expected


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_told_to_ask_for_a_rebuild(tmp_path: Path, share: float) -> None:
    path = tmp_path / "segment"
    written(path, {"words": {b"city": {1: [3], 2: [4, 5]}, b"police": {7: [1]}}}, placed=True)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(IndexOutOfDate) as caught:
        SegmentArrays(path)
    assert caught.value.remedy == "run: library index --rebuild"


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

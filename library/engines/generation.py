"""One generation of the index, open for searching: its columns, and the words decoded from it so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from library.engines.columns import Columns, read_columns
from library.engines.distinct import distinct
from library.engines.matches import Mask, Match
from library.engines.remembered import Remembered
from library.engines.segment_arrays import TermPostings
from library.engines.vocabulary import Uses, Vocabulary
from library.engines.whoosh_codec import segments_of
from library.engines.whoosh_schema import STRIDE
from library.model import Access
from library.query import Node, Word

Places = NDArray[np.unsignedinteger[Any]]
"""Unsigned 32 bits up to a million pages, 64 beyond."""


@dataclass(frozen=True, slots=True)
class WordMatches:
    """Where one word, under all its terms, occurs in one index field."""

    ids: NDArray[np.int32]
    """Editions, ascending."""
    frequency: NDArray[np.float32]
    """How often, in each."""
    places: Places
    """Every occurrence, ascending: `(page_base[edition] + page) * STRIDE + token`; empty for a field without pages
    or positions. In fields that are not paged every edition counts as one page."""

    @property
    def nbytes(self) -> int:
        """Bytes the arrays take."""
        return self.ids.nbytes + self.frequency.nbytes + self.places.nbytes


class Generation:
    """An open index. Not to be shared between threads without a lock: what is remembered is not guarded."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.segments = segments_of(reader)
        self.columns: Columns = read_columns(self.segments)
        self.vocabulary = Vocabulary(self.segments)
        self._deletions = not bool(self.columns.live.all())
        pages = int(self.columns.page_base[-1]) + len(self.columns)
        self._place_type: np.dtype[np.unsignedinteger[Any]] = np.dtype(
            np.uint32 if (pages + 1) * STRIDE < 2**32 else np.uint64
        )
        self.nowhere: Places = np.empty(0, self._place_type)
        self._words: Remembered[tuple[str, tuple[str, ...]], WordMatches] = Remembered()
        self._matches: Remembered[Node, Match] = Remembered()
        self._standing: Remembered[tuple[str, Node], Places] = Remembered()
        self._used: Remembered[Word, Uses] = Remembered()
        self._seen: dict[frozenset[Access], Mask] = {}

    def word(self, field: str, terms: tuple[str, ...], paged: bool) -> WordMatches:
        """Where a word occurs in an index field, under any of its terms; deleted editions are left out."""
        return self._words.get((field, terms), lambda: self._read(field, terms, paged))

    def remembered(self, node: Node, find: Callable[[], Match]) -> Match:
        """What a word or phrase matched when it was last looked for in this generation, or what it matches now."""
        return self._matches.get(node, find)

    def stands(self, word: tuple[str, Node], find: Callable[[], Places]) -> Places:
        """Where a word or phrase stands in the pages of one lane, as remembered or as found now."""
        return self._standing.get(word, find)

    def used(self, leaf: Word, find: Callable[[], Uses]) -> Uses:
        """The words that a word stands for and where they are used, as remembered or as found now."""
        return self._used.get(leaf, find)

    def seen(self, visible: frozenset[Access]) -> Mask:
        """(D,) the editions that may be found with this access."""
        mask = self._seen.get(visible)
        if mask is None:
            mask = np.zeros(len(self.columns), np.bool_)
            for access in visible & self.columns.access.keys():
                mask |= self.columns.access[access]
            mask &= self.columns.live
            self._seen[visible] = mask
        return mask

    def documents(self, field: str, term: str) -> int:
        """How many editions have a term in an index field, deleted ones included: a look at the lexicon alone."""
        fields = (segment.arrays.fields.get(field) for segment in self.segments)
        found = ((arrays, arrays.find(term.encode())) for arrays in fields if arrays is not None)
        return sum(int(arrays.counts[place]) for arrays, place in found if place >= 0)

    def close(self) -> None:
        """Let go of the files."""
        self.reader.close()

    def places_in(self, field: str, term: bytes, editions: NDArray[np.int32]) -> Places:
        """Where a term stands in the pages of a few editions; read from these alone, and not remembered."""
        found = [self.nowhere]
        for segment in self.segments:
            arrays = segment.arrays.fields.get(field)
            place = -1 if arrays is None else arrays.find(term)
            if arrays is None or place < 0:
                continue
            postings = arrays.postings(place)
            rows = np.flatnonzero(np.isin(postings.ids, editions - np.int32(segment.offset)))
            ends = np.cumsum(postings.frequency, dtype=np.int64)
            for row in rows.tolist():
                positions = postings.positions[ends[row] - postings.frequency[row] : ends[row]]
                base = int(self.columns.page_base[int(postings.ids[row]) + segment.offset]) * STRIDE
                found.append(positions.astype(self._place_type) + self._place_type.type(base))
        return np.concatenate(found)

    def _read(self, field: str, terms: tuple[str, ...], paged: bool) -> WordMatches:
        parts = [self._one(field, term.encode(), paged) for term in terms]
        parts = [part for part in parts if len(part.ids)]
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return WordMatches(np.empty(0, np.int32), np.empty(0, np.float32), self.nowhere)
        # Two terms of one token stand at one place: its frequency is the larger, its places are the union.
        ids = distinct(np.concatenate([part.ids for part in parts]))
        frequency = np.zeros(len(ids), np.float32)
        for part in parts:
            rows = ids.searchsorted(part.ids)
            frequency[rows] = np.maximum(frequency[rows], part.frequency)
        return WordMatches(ids, frequency, distinct(np.concatenate([part.places for part in parts])))

    def _one(self, field: str, term: bytes, paged: bool) -> WordMatches:
        """One term in all segments."""
        parts: list[tuple[NDArray[np.int32], TermPostings]] = []
        for segment in self.segments:
            arrays = segment.arrays.fields.get(field)
            place = -1 if arrays is None else arrays.find(term)
            if arrays is not None and place >= 0:
                postings = arrays.postings(place)
                parts.append((postings.ids + np.int32(segment.offset), postings))
        if not parts:
            return WordMatches(np.empty(0, np.int32), np.empty(0, np.float32), self.nowhere)
        ids = np.concatenate([part for part, _ in parts])
        often = np.concatenate([postings.frequency for _, postings in parts])
        places = self._places(ids, often, [postings for _, postings in parts], paged)
        if self._deletions:
            alive = self.columns.live[ids]
            places = places[np.repeat(alive, often)] if len(places) else places
            ids, often = ids[alive], often[alive]
        return WordMatches(ids, often.astype(np.float32), places)

    def _places(
        self, ids: NDArray[np.int32], often: NDArray[np.uint32], parts: list[TermPostings], paged: bool
    ) -> Places:
        positions = np.concatenate([part.positions for part in parts])
        if not len(positions):
            return self.nowhere
        base = (self.columns.page_base[ids] if paged else ids.astype(np.int64)) * STRIDE
        places: Places = np.repeat(base.astype(self._place_type), often) + positions
        return places

"""One generation of the index, open for searching: its columns, and the words decoded from it so far."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh.reading import IndexReader

from library.engines.columns import Columns, Mask, read_columns
from library.engines.matches import Match
from library.engines.postings import TermPostings, decode
from library.engines.whoosh_schema import STRIDE
from library.model import Access
from library.query import Node

CACHE_BYTES = 64 * 1024 * 1024
"""Ample for 100,000 pages: the commonest 100 queries took 6 MB there (measured, prototype)."""
ENTRY_BYTES = 500
"""What an entry takes besides its arrays, about: words that are nowhere must not be remembered without end."""

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


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes."""


Key = TypeVar("Key")
Value = TypeVar("Value", bound=Sized)


class Remembered(Generic[Key, Value]):
    """What was found before, the least recently used forgotten when it takes more than `CACHE_BYTES`."""

    def __init__(self) -> None:
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key, find: Callable[[], Value]) -> Value:
        """What is remembered under a key, or what is found now."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
            return found
        found = self._held[key] = find()
        self._bytes += found.nbytes + ENTRY_BYTES
        while self._bytes > CACHE_BYTES and len(self._held) > 1:
            self._bytes -= self._held.popitem(last=False)[1].nbytes + ENTRY_BYTES
        return found


class Generation:
    """An open index. Not to be shared between threads without a lock: Whoosh's readers seek and read."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.columns: Columns = read_columns(reader)
        self._leaves: list[tuple[IndexReader, int]] = list(reader.leaf_readers())
        self._deletions = not bool(self.columns.live.all())
        pages = int(self.columns.page_base[-1]) + len(self.columns)
        self._place_type: np.dtype[np.unsignedinteger[Any]] = np.dtype(
            np.uint32 if (pages + 1) * STRIDE < 2**32 else np.uint64
        )
        self.nowhere: Places = np.empty(0, self._place_type)
        self._words: Remembered[tuple[str, tuple[str, ...]], WordMatches] = Remembered()
        self._matches: Remembered[Node, Match] = Remembered()
        self._standing: Remembered[tuple[str, Node], Places] = Remembered()
        self._by_letter: dict[str, list[str]] = {}
        self._seen: dict[frozenset[Access], Mask] = {}

    def word(self, field: str, terms: tuple[str, ...], paged: bool) -> WordMatches:
        """Where a word occurs in an index field, under any of its terms; deleted editions are left out."""
        return self._words.get((field, terms), lambda: self._read(field, terms, paged))

    def near(self, word: str, most: int) -> tuple[str, ...]:
        """Words of any language that are spelt nearly so, the nearest first, then alphabetically; at most that many.

        One letter may be wrong, missing, added or swapped with its neighbour, two in words of six letters or more
        (Lucene's rule); the first letter is right.
        """
        allowed = 0 if len(word) < 3 else 1 if len(word) < 6 else 2
        found = process.extract(
            word, self._lexicon().get(word[:1], ()), scorer=OSA.distance, score_cutoff=allowed, limit=None
        )
        ranked = sorted((int(distance), name) for name, distance, _ in found)
        return tuple(name for _, name in ranked[:most])

    def remembered(self, node: Node, find: Callable[[], Match]) -> Match:
        """What a word or phrase matched when it was last looked for in this generation, or what it matches now."""
        return self._matches.get(node, find)

    def stands(self, word: tuple[str, Node], find: Callable[[], Places]) -> Places:
        """Where a word or phrase stands in the pages of one lane, as remembered or as found now."""
        return self._standing.get(word, find)

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

    def expand(self, prefix: str, most: int) -> tuple[str, ...]:
        """Words of any language that begin so, as folded in the index, alphabetically; at most that many."""
        found: list[str] = []
        for term in self.reader.expand_prefix("words", prefix):
            if len(found) >= most:
                break
            found.append(term.decode() if isinstance(term, bytes) else term)
        return tuple(found)

    def _lexicon(self) -> dict[str, list[str]]:
        """Every folded word, by its first letter; read when a word is first looked for by its spelling."""
        if not self._by_letter:
            for term in self.reader.lexicon("words"):
                word = term.decode()
                self._by_letter.setdefault(word[:1], []).append(word)
        return self._by_letter

    def close(self) -> None:
        """Let go of the files."""
        self.reader.close()

    def _read(self, field: str, terms: tuple[str, ...], paged: bool) -> WordMatches:
        parts = [self._one(field, term.encode(), paged) for term in terms]
        parts = [part for part in parts if len(part.ids)]
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return WordMatches(np.empty(0, np.int32), np.empty(0, np.float32), self.nowhere)
        # Two terms of one token stand at one place: its frequency is the larger, its places are the union.
        ids, inverse = np.unique(np.concatenate([part.ids for part in parts]), return_inverse=True)
        frequency = np.zeros(len(ids), np.float32)
        np.maximum.at(frequency, inverse, np.concatenate([part.frequency for part in parts]))
        places = np.unique(np.concatenate([part.places for part in parts]))
        return WordMatches(ids.astype(np.int32, copy=False), frequency, places)

    def _one(self, field: str, term: bytes, paged: bool) -> WordMatches:
        """One term in all segments."""
        segments = [(decode(leaf, field, term), offset) for leaf, offset in self._leaves]
        ids = np.concatenate([part.ids + np.int32(offset) for part, offset in segments])
        frequency = np.concatenate([part.weights for part, _ in segments])
        places = self._places(ids, frequency, [part for part, _ in segments], paged)
        if not self._deletions:
            return WordMatches(ids, frequency, places)
        alive = self.columns.live[ids]
        kept = np.repeat(alive, frequency.astype(np.int64)) if len(places) else np.empty(0, np.bool_)
        return WordMatches(ids[alive], frequency[alive], places[kept])

    def _places(
        self, ids: NDArray[np.int32], frequency: NDArray[np.float32], parts: list[TermPostings], paged: bool
    ) -> Places:
        positions = np.concatenate([part.positions for part in parts])
        if not len(positions):
            return self.nowhere
        base = self.columns.page_base[ids] if paged else ids.astype(np.int64)
        start = np.repeat(base * STRIDE, frequency.astype(np.int64))
        places: Places = (start + positions).astype(self._place_type)
        return places

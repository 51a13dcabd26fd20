"""The words of an index, folded and unstemmed, of all its languages: which begin so, which are spelt nearly so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from library.engines.letters import alike
from library.engines.segment_arrays import FieldArrays, Segment

WORDS = "words"
"""The index field that holds them."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Where several words are used: a row for each word in each edition."""

    names: tuple[str, ...]
    words: NDArray[np.intp]
    """Place of the word among the names."""
    ids: NDArray[np.int32]
    """Editions."""
    frequency: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        """Bytes, about."""
        return self.words.nbytes + self.ids.nbytes + self.frequency.nbytes + 80 * len(self.names)

    def within(self, mask: NDArray[np.bool_]) -> Uses:
        """Those in the editions that the mask lets through."""
        kept = mask[self.ids]
        return Uses(self.names, self.words[kept], self.ids[kept], self.frequency[kept])


class Vocabulary:
    """The words of all segments, read where they lie: nothing is held in memory."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._parts: list[tuple[FieldArrays, int]] = [
            (arrays, segment.offset) for segment in segments if (arrays := segment.arrays.fields.get(WORDS))
        ]

    def near(self, word: str, most: int) -> tuple[str, ...]:
        """Words that are spelt nearly so, the nearest first, then alphabetically; at most that many.

        One letter may be wrong, missing, added or swapped with its neighbour, two in words of six letters or more
        (Lucene's rule); the first letter is right.
        """
        return tuple(name for _, name in self.distances(word)[:most])

    def distances(self, word: str) -> list[tuple[int, str]]:
        """Words that are spelt nearly so, each after the number of its differing letters, the nearest first."""
        names = (arrays.words(arrays.beginning(word[:1].encode())) for arrays, _ in self._parts)
        return sorted({one for some in names for one in alike(word, some)})

    def holds(self, word: str) -> bool:
        """Whether the word is used at all, in deleted editions too."""
        return any(arrays.find(word.encode()) >= 0 for arrays, _ in self._parts)

    def first_letters(self) -> tuple[str, ...]:
        """Every character that a word begins with, ascending."""
        found: set[str] = set()
        for arrays, _ in self._parts:
            place = 0
            while place < len(arrays):
                letter = arrays.term(place).decode()[:1]
                found.add(letter)
                place = arrays.beginning(letter.encode()).stop
        return tuple(sorted(found))

    def beginning(self, prefix: str, most: int) -> tuple[str, ...]:
        """Words that begin so, those of most editions first, then alphabetically; at most that many."""
        found: Counter[str] = Counter()
        for arrays, _ in self._parts:
            places = arrays.beginning(prefix.encode())
            counts = arrays.counts[places.start : places.stop]
            if len(places) <= most:
                found.update(dict(zip(arrays.words(places), counts.tolist(), strict=True)))
            else:
                often = _highest(counts, most)
                found.update({arrays.term(places[place]).decode(): int(counts[place]) for place in often.tolist()})
        return tuple(sorted(found, key=lambda word: (-found[word], word))[:most])

    def uses(self, words: Sequence[str]) -> Uses:
        """Where these words are used, deleted editions included."""
        rows = [np.empty(0, np.intp)], [np.empty(0, np.int32)], [np.empty(0, np.float32)]
        for arrays, offset in self._parts:
            places = np.array([arrays.find(word.encode()) for word in words], np.intp)
            there = np.flatnonzero(places >= 0)
            gathered = arrays.gather(places[there])
            rows[0].append(there[gathered.terms])
            rows[1].append(gathered.ids + np.int32(offset))
            rows[2].append(gathered.frequency.astype(np.float32))
        words_, ids, frequency = rows
        return Uses(tuple(words), np.concatenate(words_), np.concatenate(ids), np.concatenate(frequency))


def _highest(counts: NDArray[np.uint32], most: int) -> NDArray[np.intp]:
    """The places of so many of the highest counts, there being more; of equal ones the first."""
    least = np.partition(counts, len(counts) - most)[len(counts) - most]
    above = np.flatnonzero(counts > least)
    return np.concatenate((above, np.flatnonzero(counts == least)[: most - len(above)]))

"""One language of the index: a word or phrase in its analysis, its fields, its scores."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from library.analysis import Analyser, tokens
from library.engines.distinct import distinct
from library.engines.generation import Generation, Places, WordMatches
from library.engines.matches import Ids, Match, either
from library.engines.whoosh_schema import STRIDE, lane_field
from library.fields import TEXT_FIELDS, TextField

K1 = 1.2
"""BM25's term saturation; with `LaneField.norm` this is Whoosh's BM25F and its defaults."""

Wanted = tuple[tuple[int, tuple[str, ...]], ...]
"""The tokens of a word or phrase that count in a language: offset, and the terms that stand for each."""

BODY = next(field for field in TEXT_FIELDS if field.paged)


class Lane:
    """A language's own fields."""

    def __init__(self, generation: Generation, analyser: Analyser, language: str) -> None:
        self._generation = generation
        self._analyser = analyser
        self._language = language
        self._size = len(generation.columns)

    def wanted(self, text: str) -> Wanted:
        """The tokens of a word or phrase that are not stop words here; the first one has offset 0."""
        analysed = ((offset, self._analyser.terms(token)) for offset, token in enumerate(tokens(text)))
        kept = [(offset, terms) for offset, terms in analysed if terms]
        return tuple((offset - kept[0][0], terms) for offset, terms in kept)

    def find(self, wanted: Wanted, only: str = "") -> Match:
        """A word, or words that must stand together, over the text fields: the weighted sum of BM25 in each."""
        in_fields = [(field, self._field(field, wanted)) for field in TEXT_FIELDS if only in ("", field.name)]
        present = [(field, ids, frequency) for field, (ids, frequency) in in_fields if len(ids)]
        parts = [Match(ids, self._saturated(field, ids, frequency)) for field, ids, frequency in present]
        found = either(parts, self._size)
        documents = self._generation.columns.lengths[lane_field(BODY.name, self._language)].documents
        return Match(found.ids, found.scores * rarity(documents, len(found)))

    def places(self, wanted: Wanted) -> Places:
        """Where the tokens of a word or phrase stand in the pages, ascending."""
        if not wanted:
            return self._generation.nowhere
        if len(wanted) == 1:
            return self._matches(BODY, wanted[0][1]).places
        starts = self._starts(BODY, wanted)
        return distinct(np.concatenate([starts + starts.dtype.type(offset) for offset, _ in wanted]))

    def places_in(self, words: list[Wanted], editions: Ids) -> Places:
        """Where any of these words stands in the pages of these editions, ascending; only single words."""
        field = lane_field(BODY.name, self._language)
        terms = dict.fromkeys(term for wanted in words if len(wanted) == 1 for term in wanted[0][1])
        found = [self._generation.places_in(field, term.encode(), editions) for term in terms]
        return distinct(np.concatenate([self._generation.nowhere, *found]))

    def _field(self, field: TextField, wanted: Wanted) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Editions that have the word or phrase in a field, and how often."""
        if len(wanted) == 1:
            matches = self._matches(field, wanted[0][1])
            return matches.ids, matches.frequency
        pages = self._starts(field, wanted) // STRIDE
        docs = self._generation.columns.page_doc[pages] if field.paged else pages.astype(np.int32)
        ids = distinct(docs)  # ascending already, but each as often as it has the phrase
        return ids, np.diff(np.append(docs.searchsorted(ids), len(docs))).astype(np.float32)

    def _starts(self, field: TextField, wanted: Wanted) -> Places:
        """Where a phrase begins in a field: places of its tokens, each moved back by its offset, in common."""
        in_order = sorted(wanted, key=lambda token: len(self._matches(field, token[1]).places))
        common = self._moved(field, *in_order[0])
        for offset, terms in in_order[1:]:
            starts = self._moved(field, offset, terms)
            if not len(common) or not len(starts):
                return common[:0]
            places = np.minimum(np.searchsorted(starts, common), len(starts) - 1)
            common = common[starts[places] == common]
        return common

    def _moved(self, field: TextField, offset: int, terms: tuple[str, ...]) -> Places:
        places = self._matches(field, terms).places
        if not offset:
            return places
        # A token nearer to the top of its page than its offset would place the start on the page before.
        moved: Places = places[(places & places.dtype.type(STRIDE - 1)) >= offset] - places.dtype.type(offset)
        return moved

    def _matches(self, field: TextField, terms: tuple[str, ...]) -> WordMatches:
        return self._generation.word(lane_field(field.name, self._language), terms, field.paged)

    def _saturated(
        self, field: TextField, ids: NDArray[np.int32], frequency: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        norm = self._generation.columns.lengths[lane_field(field.name, self._language)].norm[ids]
        return np.float32(field.weight) * saturated(frequency, norm)


def rarity(documents: int, having: int) -> np.float32:
    """BM25's inverse document frequency, in the form that is never negative (Lucene's)."""
    return np.float32(math.log(1 + (documents - having + 0.5) / (having + 0.5)))


def saturated(frequency: NDArray[np.float32], norm: NDArray[np.float32]) -> NDArray[np.float32]:
    """BM25's term frequency: ever less for one more occurrence. `norm` is `LaneField.norm` of the same editions."""
    scores: NDArray[np.float32] = np.float32(K1 + 1) * frequency / (frequency + norm)
    return scores

"""A query's tree against one generation: which editions match, how well, and where the words stand.

Each language with editions is a lane: the query goes through that language's own analysis and is
answered from that language's own fields. What is a stop word in a lane is not asked for there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from library.analysis import Analysers, fold, tokens
from library.engines.found import Found, both, either, everything, without
from library.engines.generation import Generation, Places, WordMatches
from library.engines.whoosh_schema import STRIDE, lane_field
from library.fields import TEXT_FIELDS, TextField
from library.query import All, Everything, Node, Not, Phrase, Some, Word

K1 = 1.2
"""BM25's term saturation; with `LaneField.norm` this is Whoosh's BM25F and its defaults."""
MOST_EXPANSIONS = 50
"""Words that a prefix may stand for: bounds the cost of any query."""

Wanted = tuple[tuple[int, tuple[str, ...]], ...]
"""The tokens of a word or phrase that count in a language: offset, and the terms that stand for each."""


class Lane:
    """A query in one language's fields."""

    def __init__(self, generation: Generation, analysers: Analysers, language: str) -> None:
        self._generation = generation
        self._analyser = analysers[language]
        self._language = language
        self._documents = generation.columns.lanes[language]
        self._size = len(generation.columns)

    def find(self, node: Node) -> Found | None:
        """The editions that match; None when nothing in the node means anything in this language."""
        match node:
            case Word(text, prefix=True):
                return self._prefix(text)
            case Word() | Phrase():
                wanted = self.wanted(node)
                return self._leaf(wanted) if wanted else None
            case All(parts):
                return self._all(parts)
            case Some(parts):
                found = [part for part in map(self.find, parts) if part is not None]
                return either(found, self._size) if found else None
            case Not(part):
                refused = self.find(part)
                return None if refused is None else without(everything(self._documents), refused, self._size)
            case Everything():
                return everything(self._documents)

    def most_of(self, parts: tuple[Node, ...]) -> tuple[Found, NDArray[np.float32]]:
        """Editions with at least half of the parts, and the share of the parts that each has.

        What stands under NOT is still refused.
        """
        given = ((part, self.find(part)) for part in parts if not isinstance(part, Not))
        found = [match for _, match in given if match is not None]
        refused = [match for part in parts if isinstance(part, Not) and (match := self.find(part.part)) is not None]
        some = either(found, self._size)
        for match in refused:
            some = without(some, match, self._size)
        had = np.zeros(self._size, np.float32)
        for match in found:
            had[match.ids] += 1.0
        share = had[some.ids] / np.float32(max(len(found), 1))
        kept = share >= 0.5
        return Found(some.ids[kept], some.scores[kept]), share[kept]

    def places(self, leaf: Word | Phrase) -> Iterator[Places]:
        """Where the tokens of a word or phrase stand in the pages, one array for each token."""
        if isinstance(leaf, Word) and leaf.prefix:
            for word in self._expansions(leaf.text):
                yield from self.places(Word(word))
            return
        wanted = self.wanted(leaf)
        body = next(field for field in TEXT_FIELDS if field.paged)
        if len(wanted) == 1:
            yield self._matches(body, wanted[0][1]).places
        elif wanted:
            starts = self._starts(body, wanted)
            for offset, _ in wanted:
                yield starts + starts.dtype.type(offset)

    def wanted(self, leaf: Word | Phrase) -> Wanted:
        """The tokens of a word or phrase that are not stop words here; the first one has offset 0."""
        analysed = ((offset, self._analyser.terms(token)) for offset, token in enumerate(tokens(leaf.text)))
        kept = [(offset, terms) for offset, terms in analysed if terms]
        return tuple((offset - kept[0][0], terms) for offset, terms in kept)

    def _all(self, parts: tuple[Node, ...]) -> Found | None:
        wanted = [found for part in parts if not isinstance(part, Not) and (found := self.find(part)) is not None]
        refused = [found for part in parts if isinstance(part, Not) and (found := self.find(part.part)) is not None]
        if not wanted and (not refused or any(not isinstance(part, Not) for part in parts)):
            return None
        answer = everything(self._documents) if not wanted else wanted[0]
        for found in sorted(wanted[1:], key=len):
            answer = both(answer, found)
        for found in refused:
            answer = without(answer, found, self._size)
        return answer

    def _leaf(self, wanted: Wanted) -> Found:
        """A word, or words that must stand together, over all text fields: the weighted sum of BM25 in each."""
        in_fields = [(field, self._field(field, wanted)) for field in TEXT_FIELDS]
        present = [(field, ids, frequency) for field, (ids, frequency) in in_fields if len(ids)]
        parts = [Found(ids, self._saturated(field, ids, frequency)) for field, ids, frequency in present]
        found = either(parts, self._size)
        documents = int(self._generation.columns.lengths[lane_field("body", self._language)].documents)
        idf = math.log(1 + (documents - len(found) + 0.5) / (len(found) + 0.5))
        return Found(found.ids, (found.scores * np.float32(idf)).astype(np.float32))

    def _field(self, field: TextField, wanted: Wanted) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Editions that have the word or phrase in a field, and how often."""
        if len(wanted) == 1:
            matches = self._matches(field, wanted[0][1])
            return matches.ids, matches.frequency
        pages = self._starts(field, wanted) // STRIDE
        docs = self._generation.columns.page_doc[pages] if field.paged else pages.astype(np.int32)
        ids, counts = np.unique(docs, return_counts=True)
        return ids, counts.astype(np.float32)

    def _starts(self, field: TextField, wanted: Wanted) -> Places:
        """Where a phrase begins in a field: places of its tokens, each moved back by its offset, in common."""
        common: Places | None = None
        for offset, terms in sorted(wanted, key=lambda token: len(self._matches(field, token[1]).places)):
            places = self._matches(field, terms).places
            # A token nearer to the top of its page than its offset would place the start on the page before.
            starts = places[places % STRIDE >= offset] - places.dtype.type(offset)
            common = starts if common is None else common[np.isin(common, starts, assume_unique=True)]
            if not len(common):
                break
        assert common is not None
        return common

    def _matches(self, field: TextField, terms: tuple[str, ...]) -> WordMatches:
        return self._generation.word(lane_field(field.name, self._language), terms, field.paged)

    def _saturated(
        self, field: TextField, ids: NDArray[np.int32], frequency: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        norm = self._generation.columns.lengths[lane_field(field.name, self._language)].norm[ids]
        return np.float32(field.weight * (K1 + 1)) * frequency / (frequency + norm)

    def _prefix(self, text: str) -> Found | None:
        """Editions with a word that begins so; what stands before the last token is wanted as it is."""
        *before, last = tokens(text) or [""]
        if not last:
            return None
        found = by_words(self._generation, self._expansions(last)).within(self._documents)
        first = self.find(Phrase(" ".join(before))) if before else None
        return found if first is None else both(found, first)

    def _expansions(self, prefix: str) -> tuple[str, ...]:
        last = (tokens(prefix) or [""])[-1]
        return self._generation.expand(fold(last), MOST_EXPANSIONS) if last else ()


def by_words(generation: Generation, words: tuple[str, ...]) -> Found:
    """Editions of any language with at least one of these folded, unstemmed words."""
    size = len(generation.columns)
    lengths = generation.columns.lengths["words"]
    parts = []
    for word in words:
        matches = generation.word("words", (word,), paged=False)
        idf = math.log(1 + (size - len(matches.ids) + 0.5) / (len(matches.ids) + 0.5))
        scores = np.float32(idf * (K1 + 1)) * matches.frequency / (matches.frequency + lengths.norm[matches.ids])
        parts.append(Found(matches.ids, scores.astype(np.float32)))
    return either(parts, size)

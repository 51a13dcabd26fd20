"""A query's tree against one generation: which editions match, how well, and where the words stand.

Each language with editions is a lane: a word goes through that language's own analysis and is answered
from that language's own fields. What is a stop word in all the languages of an edition is not asked of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from library.analysis import Analysers, fold, tokens
from library.engines.generation import Generation, Places
from library.engines.lane import BODY, Lane, rarity, saturated
from library.engines.matches import NOTHING, Match, both, either, of_mask, strongest, without
from library.engines.values import with_value
from library.query import All, Everything, Expanded, Form, Node, Not, Phrase, Some, Value, Word, is_filter

MOST_EXPANSIONS = 200
"""Words that a prefix, or a word spelt nearly so, may stand for: bounds the cost of any query."""
MOST_OF = 0.5
"""Share of its words that an edition must have when nothing has them all."""
SMALLEST = 1e-6
"""Keeps a division whole where every score is 0."""


class Matcher:
    """Answers the nodes of queries from one generation; words are remembered there."""

    def __init__(self, generation: Generation, analysers: Analysers) -> None:
        self._generation = generation
        self._size = len(generation.columns)
        self._lanes = {name: Lane(generation, analysers[name], name) for name in generation.columns.lanes}

    def find(self, node: Node) -> Match:
        """The editions that match, deleted ones left out."""
        match node:
            case Word() | Phrase():
                return self._generation.remembered(node, lambda: self._leaf(node))
            case Value(facet, value):
                return of_mask(with_value(self._generation.columns, facet, value) & self._generation.columns.live)
            case Expanded():
                return self._expanded(node)
            case All(parts):
                return self._all(parts)
            case Some(parts):
                some = [self.find(part) for part in parts]
                any_of = either(some, self._size)
                return Match(any_of.ids, any_of.scores, _common(some))
            case Not():
                return self._all((node,))
            case Everything():
                return of_mask(self._generation.columns.live)

    def most_of(self, parts: tuple[Node, ...]) -> tuple[Match, NDArray[np.float32]]:
        """Editions with at least half of what is asked of them, and the share that each has.

        What stands under NOT is still refused, and values are still wanted: they are filters, not words.
        """
        wanted = [self.find(part) for part in parts if not isinstance(part, Not) and not is_filter(part)]
        some = either(wanted, self._size)
        for part in parts:
            if isinstance(part, Not):
                some = without(some, self.find(part.part), self._size)
            elif is_filter(part):
                some = both(some, self.find(part))
        had, asked = self._tallies(wanted)
        share = had[some.ids] / np.maximum(asked[some.ids], 1)
        kept = share >= MOST_OF
        return Match(some.ids[kept], some.scores[kept]), share[kept].astype(np.float32)

    def literally(self, words: tuple[str, ...]) -> Match:
        """Editions of any language with all of these folded words, stop words or not."""
        found = [self._by_words((word,)) for word in dict.fromkeys(words)]
        answer = found[0] if found else NOTHING
        for match in found[1:]:
            answer = both(answer, match)
        return answer

    def places(self, edition: int, leaf: Word | Phrase) -> Iterator[Places]:
        """Where the tokens of a word or phrase stand in pages, ascending, in each lane of an edition."""
        if leaf.field in ("", BODY.name):
            for language in self._generation.columns.lane_sets[self._generation.columns.lane_set[edition]]:
                if isinstance(leaf, Word) or leaf.language in ("", language):
                    find = partial(self._standing, self._lanes[language], leaf)
                    yield self._generation.stands((language, leaf), find)

    def _standing(self, lane: Lane, leaf: Word | Phrase) -> Places:
        if isinstance(leaf, Phrase) or leaf.form is Form.INFLECTED:
            return lane.places([lane.wanted(leaf.text)])
        return lane.places([lane.wanted(word) for word in self._stands_for(leaf)])

    def _leaf(self, leaf: Word | Phrase) -> Match:
        """A word or phrase in all lanes."""
        if isinstance(leaf, Word) and leaf.form is not Form.INFLECTED:
            return self._spelt(leaf)
        neutral: set[str] = set()
        parts: list[Match] = []
        for language, lane in self._lanes.items():
            if isinstance(leaf, Phrase) and leaf.language not in ("", language):
                continue
            wanted = lane.wanted(leaf.text)
            if wanted:
                parts.append(lane.find(wanted, leaf.field))
            else:
                neutral.add(language)
        found = strongest(parts, self._size)
        return Match(found.ids, found.scores, frozenset(neutral))

    def _expanded(self, node: Expanded) -> Match:
        own = self.find(node.part)
        others = strongest([self.find(phrase) for phrase in node.phrases], self._size)
        weight = node.weight
        if node.below and len(own) and len(others):
            weight *= float(own.scores.min()) / max(float(others.scores.max()), SMALLEST)
        found = either([own, Match(others.ids, others.scores * np.float32(weight))], self._size)
        return Match(found.ids, found.scores, own.neutral)

    def _spelt(self, leaf: Word) -> Match:
        """Editions with one of the words that stand for the last token; what comes before it is wanted as it is."""
        *before, last = tokens(leaf.text) or [""]
        if not last:
            return Match(NOTHING.ids, NOTHING.scores, frozenset(self._lanes))
        if before:
            return self._all((Phrase(" ".join(before), leaf.field), Word(last, leaf.form, leaf.field)))
        words = self._stands_for(leaf)
        found = self._by_words(words)
        if not leaf.field:
            return found
        # The unstemmed words are of the whole edition: that one stands in the field is asked of the field's own stems.
        wanted = ((lane, lane.wanted(word)) for lane in self._lanes.values() for word in words)
        in_field = [lane.find(these, leaf.field) for lane, these in wanted if these]
        return both(found, strongest(in_field, self._size))

    def _stands_for(self, leaf: Word) -> tuple[str, ...]:
        """The folded words of the index that the last token stands for."""
        last = fold((tokens(leaf.text) or [""])[-1])
        match leaf.form:
            case Form.PREFIX:
                return self._generation.expand(last, MOST_EXPANSIONS)
            case Form.FUZZY:
                return self._generation.near(last, MOST_EXPANSIONS)
        return (last,)

    def _all(self, parts: tuple[Node, ...]) -> Match:
        wanted = [self.find(part) for part in parts if not isinstance(part, Not)]
        refused = [self.find(part.part) for part in parts if isinstance(part, Not)]
        if not wanted:
            answer = of_mask(self._generation.columns.live, _common(refused))
            answer = answer.within(~self._generation.columns.silent(answer.neutral)) if answer.neutral else answer
        elif not any(part.neutral for part in wanted):
            answer = wanted[0]
            for part in sorted(wanted[1:], key=len):
                answer = both(answer, part)
        else:
            had, asked = self._tallies(wanted)
            some = either(wanted, self._size)
            kept = had[some.ids] == asked[some.ids]
            answer = Match(some.ids[kept], some.scores[kept], _common(wanted))
        for part in refused:
            answer = without(answer, part, self._size)
        return answer

    def _tallies(self, wanted: list[Match]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """(D,) how many of the parts each edition has, and how many are asked of it."""
        had = np.zeros(self._size, np.int32)
        asked = np.full(self._size, len(wanted), np.int32)
        for part in wanted:
            had[part.ids] += 1
            if part.neutral:
                asked -= self._generation.columns.silent(part.neutral)
        return had, asked

    def _by_words(self, words: tuple[str, ...]) -> Match:
        """Editions of any language with at least one of these folded, unstemmed words."""
        norm = self._generation.columns.lengths["words"].norm
        parts = []
        for word in words:
            matches = self._generation.word("words", (word,), paged=False)
            scores = rarity(self._size, len(matches.ids)) * saturated(matches.frequency, norm[matches.ids])
            parts.append(Match(matches.ids, scores))
        return either(parts, self._size)


def _common(parts: list[Match]) -> frozenset[str]:
    return frozenset.intersection(*(part.neutral for part in parts)) if parts else frozenset()

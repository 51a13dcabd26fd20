"""A query's tree against one generation: which editions match, how well, and where the words stand.

Each language with editions is a lane: a word goes through that language's own analysis and is answered
from that language's own fields. What is a stop word in all the languages of an edition is not asked of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from library.analysis import Analysers, fold, tokens
from library.engines.generation import Generation, Places
from library.engines.lane import BODY, Lane, saturated
from library.engines.matches import NOTHING, Ids, Mask, Match, Scores, both, either, of_mask, strongest, without
from library.engines.values import with_value
from library.engines.vocabulary import WORDS, Uses
from library.query import All, Everything, Expanded, Form, Node, Not, Phrase, Some, Value, Word, is_filter, word_parts

MOST_BEGINNINGS = 1_000
"""Words that a prefix stands for, the commonest first; with `MOST_NEAR` this bounds the cost of any query."""
MOST_NEAR = 200
"""Words that a word spelt nearly so stands for, the nearest first."""
MOST_OF = 0.5
"""Share of its words that an edition must have when nothing has them all, and more than that when something has."""
LESS = 0.99
"""Share of an edition that has what is asked of it but not, in its languages, all that was typed."""
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
            case Expanded() | All() | Some():
                return self._generation.remembered(node, lambda: self._several(node))
            case Not():
                return self._all((node,))
            case Everything():
                return of_mask(self._generation.columns.live)

    def most_of(self, parts: tuple[Node, ...]) -> tuple[Match, NDArray[np.float32]]:
        """Editions with at least half of what is asked of them, and the share that each has.

        What stands under NOT is still refused, and values are still wanted: they are filters, not words.
        """
        wanted = [self.find(part) for part in word_parts(parts)]
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
        found = [self._by_words(self._of((word,))) for word in dict.fromkeys(words)]
        answer = found[0] if found else NOTHING
        for match in found[1:]:
            answer = both(answer, match)
        return answer

    def places(self, language: str, leaf: Word | Phrase, editions: NDArray[np.int32]) -> Places:
        """Where the tokens of a word or phrase stand in pages, ascending, in texts of a language.

        All places are given, or, of a word that stands for many, at least those in these editions.
        """
        if leaf.field not in ("", BODY.name):
            return self._generation.nowhere
        lane = self._lanes[language]
        if isinstance(leaf, Phrase) or leaf.form is Form.INFLECTED:
            return self._generation.stands((language, leaf), lambda: lane.places(lane.wanted(leaf.text)))
        uses = self._uses(leaf)
        used = np.unique(uses.words[np.isin(uses.ids, editions)]).tolist()
        return lane.places_in([lane.wanted(uses.names[word]) for word in used], editions)

    def completed(self, found: Match, parts: tuple[Node, ...], seen: Mask) -> tuple[Match, Scores | None]:
        """What has all of the parts, with works added that have most of them; when nothing has all, half is enough."""
        most, shares = self.most_of(parts)
        columns = self._generation.columns
        kept = seen[most.ids] & ((shares > MOST_OF) if len(found) else True)
        kept &= ~columns.works_of(found.ids)[columns.work[most.ids]]
        if not kept.any():
            return found, None
        ids = np.concatenate((found.ids, most.ids[kept]))
        order = np.argsort(ids)
        scores = np.concatenate((found.scores, most.scores[kept]))[order]
        # What does not have all has less, whatever is not asked of it.
        less = np.minimum(shares[kept], np.float32(LESS))
        return Match(ids[order], scores), np.concatenate((np.ones(len(found), np.float32), less))[order]

    def works(self, ids: Ids, enough: int) -> int:
        """How many works these editions are of; counted no further than `enough`, about."""
        return len(set(self._generation.columns.work[ids[: 64 * enough]].tolist()))

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

    def _several(self, node: Expanded | All | Some) -> Match:
        match node:
            case Expanded():
                return self._expanded(node)
            case All(parts):
                return self._all(parts)
            case Some(parts):
                some = [self.find(part) for part in parts]
                any_of = either(some, self._size)
                return Match(any_of.ids, any_of.scores, _common(some))

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
        uses = self._uses(leaf)
        found = self._by_words(uses)
        if not leaf.field:
            return found
        # The unstemmed words are of the whole edition: that one stands in the field is asked of the field's own stems.
        wanted = ((lane, lane.wanted(word)) for lane in self._lanes.values() for word in uses.names)
        in_field = [lane.find(these, leaf.field) for lane, these in wanted if these]
        return both(found, strongest(in_field, self._size))

    def _stands_for(self, leaf: Word) -> tuple[str, ...]:
        """The folded words of the index that the last token stands for."""
        last = fold((tokens(leaf.text) or [""])[-1])
        match leaf.form:
            case Form.PREFIX:
                return self._generation.vocabulary.beginning(last, MOST_BEGINNINGS)
            case Form.FUZZY:
                return self._generation.vocabulary.near(last, MOST_NEAR)
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

    def _uses(self, leaf: Word) -> Uses:
        """The words that the last token stands for, and the editions that have them, deleted ones left out."""
        return self._generation.used(leaf, lambda: self._of(self._stands_for(leaf)))

    def _of(self, words: tuple[str, ...]) -> Uses:
        return self._generation.vocabulary.uses(words).within(self._generation.columns.live)

    def _by_words(self, uses: Uses) -> Match:
        """Editions of any language with at least one of these folded, unstemmed words: the sum of their BM25."""
        norm = self._generation.columns.lengths[WORDS].norm
        having = np.bincount(uses.words, minlength=len(uses.names))
        rare = np.log(1 + (self._size - having + 0.5) / (having + 0.5))
        scores = rare[uses.words] * saturated(uses.frequency, norm[uses.ids])
        total = np.bincount(uses.ids, scores, self._size)
        kept = np.flatnonzero(np.bincount(uses.ids, minlength=self._size)).astype(np.int32)
        return Match(kept, total[kept].astype(np.float32))


def _common(parts: list[Match]) -> frozenset[str]:
    return frozenset.intersection(*(part.neutral for part in parts)) if parts else frozenset()

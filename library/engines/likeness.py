"""Works that are like another one: by the values they share, and within a language by telling words.

A value, and a word, tells the more the fewer works have it. Either part is what is shared over what could be, so that
a work with the same values and the same words has 1.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from library.analysis import Analyser, Analysers
from library.engines import Alike, Likeness
from library.engines.generation import Generation
from library.engines.lane import BODY, rarity
from library.engines.matches import Mask, Match, either
from library.engines.matching import Matcher
from library.engines.whoosh_schema import lane_field
from library.query import Phrase

VALUES_WEIGHT = 0.5
"""How much what is shared of topics, places and projects counts; our judgement, as is the next one."""
WORDS_WEIGHT = 0.5
TELLING = 25
"""Words of an edition that are asked of the others."""
RARE = 3
"""Editions with a word from which having it in fewer does not tell more: what one alone has leads nowhere."""
LEAST_TIMES = 2
"""How often a telling word stands in the edition."""
LEAST = 0.04
"""Score below which a work is not like another one: some common word, or a country."""

DIGITS = 9
"""Of a score."""
SMALLEST = 1e-9
"""Keeps a division whole where nothing has any weight."""

Shares = NDArray[np.float64]
"""(works,) 0 to 1."""


Weights = Mapping[tuple[str, str], float]
"""Facet and value → what it counts."""


@dataclass(frozen=True, slots=True)
class _Told:
    """The telling words of one language, and the editions that have them."""

    words: tuple[str, ...]
    matches: tuple[Match, ...]
    shares: Shares
    having: Mask
    """(works,) whether the work has an edition in this language."""


class Likening:
    """Finds the works that are like another one, in one generation of an index."""

    def __init__(self, generation: Generation, matcher: Matcher, analysers: Analysers, seen: Mask) -> None:
        self._generation = generation
        self._columns = generation.columns
        self._matcher = matcher
        self._analysers = analysers
        self._seen = seen
        self._works = self._columns.works_of(seen)

    def find(self, likeness: Likeness, most: int) -> tuple[Alike, ...]:
        """The works that are most like this one, the most alike first, then the newest."""
        columns = self._columns
        weights = self._weights(likeness.values)
        lanes = ((language, words) for language, words in likeness.words.items() if language in columns.lanes)
        told = [self._by_words(likeness.work, language, words) for language, words in lanes]
        # The mean over the languages that both have: in one alone, with few editions, what is shared is chance.
        common = np.sum([np.zeros(len(columns.works)), *(one.having for one in told)], axis=0)
        shares = np.sum([np.zeros(len(columns.works)), *(one.shares for one in told)], axis=0) / np.maximum(common, 1)
        # Rounded, so that works that share the same are equal whatever the order of adding up.
        score = np.round(VALUES_WEIGHT * self._by_values(weights) + WORDS_WEIGHT * shares, DIGITS)
        found = np.flatnonzero(self._works & (score >= LEAST))
        found = found[found != self._number(likeness.work)]
        order = found[np.lexsort((found, -columns.work_date[found], -score[found]))][:most]
        return tuple(
            Alike(columns.works[work], float(score[work]), self._values(weights, work), self._words(told, work))
            for work in order.tolist()
        )

    def _number(self, work: str) -> int:
        """The place of a work, -1 when it is not held."""
        place = bisect_left(self._columns.works, work)
        return place if self._columns.works[place : place + 1] == (work,) else -1

    def _weights(self, values: Weights) -> Weights:
        """What each of the values counts: its weight times its rarity among the works that may be found."""
        total, found = int(np.count_nonzero(self._works)), {}
        for one, weight in values.items():
            having = int(np.count_nonzero(self._having(*one) & self._works))
            if having:
                found[one] = weight * float(rarity(total, having))
        return found

    def _having(self, facet: str, value: str) -> Mask:
        """(works,) whether the work has a value of a facet other than the language."""
        values = self._columns.values(facet)
        return self._columns.works_with(facet, np.array([name == value for name in values], np.bool_))

    def _by_values(self, weights: Weights) -> Shares:
        shares = np.zeros(len(self._works))
        for one, weight in weights.items():
            shares += weight * self._having(*one)
        return shares / max(math.fsum(weights.values()), SMALLEST)

    def _by_words(self, work: str, language: str, words: Mapping[str, int]) -> _Told:
        """What each work has of the telling words of one language, against what the work itself has of them."""
        columns = self._columns
        telling = tuple(self._telling(language, words))
        matches = [self._matcher.find(Phrase(word, language=language)).within(self._seen) for word in telling]
        some = either(matches, len(columns))
        best = np.zeros(len(columns.works))
        np.maximum.at(best, columns.work[some.ids], some.scores.astype(np.float64))
        number = self._number(work)
        own = float(best[number]) if number >= 0 else 0.0
        shares = np.minimum(best / own, 1.0) if own else np.zeros(len(best))
        having = columns.works_of(columns.lanes[language] & self._seen)
        return _Told(telling, tuple(matches), shares, having)

    def _telling(self, language: str, words: Mapping[str, int]) -> list[str]:
        """The words with most of tf·idf."""
        field = lane_field(BODY.name, language)
        found = forms(self._analysers[language], words)
        having = {
            terms: max((self._generation.documents(field, term) for term in terms), default=0) for terms, _, _ in found
        }
        return most_telling(found, having, self._columns.lengths[field].documents)

    def _values(self, weights: Weights, work: int) -> tuple[tuple[str, str], ...]:
        shared = [one for one in weights if self._having(*one)[work]]
        return tuple(sorted(shared, key=lambda one: (-weights[one], one)))

    def _words(self, told: list[_Told], work: int) -> tuple[str, ...]:
        """The telling words that a work has, in the first of the languages in which it has any."""
        for one in told:
            if one.shares[work]:
                matched = zip(one.words, one.matches, strict=True)
                return tuple(word for word, match in matched if bool((self._columns.work[match.ids] == work).any()))
        return ()


Form = tuple[tuple[str, ...], str, int]
"""The terms of a word, as it is written, and how often it stands there."""


def forms(analyser: Analyser, words: Mapping[str, int]) -> list[Form]:
    """The words that stand there often enough; the forms of one word are taken together under the commonest of them."""
    often: Counter[tuple[str, ...]] = Counter()
    written: dict[tuple[str, ...], str] = {}
    for word, count in sorted(words.items(), key=lambda item: (-item[1], item[0])):
        terms = analyser.terms(word)
        often[terms] += count
        written.setdefault(terms, word)
    return [(terms, written[terms], count) for terms, count in often.items() if count >= LEAST_TIMES]


def most_telling(found: Iterable[Form], having: Mapping[tuple[str, ...], int], documents: int) -> list[str]:
    """The words with most of tf·idf, `having` telling how many of the documents have each; none that nobody has."""
    weighed = [
        (-(1 + math.log(count)) * float(rarity(documents, max(having[terms], RARE))), word)
        for terms, word, count in found
        if having[terms]
    ]
    return [word for _, word in sorted(weighed)[:TELLING]]

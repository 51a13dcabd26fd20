"""One search in one generation: match, filter, count, rank, look again, and name the best pages of what is shown."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from library.analysis import Analysers, folded_words
from library.engines import Alike, Answer, EngineHit, Likeness
from library.engines.closer_look import CloserLook
from library.engines.completing import Titles
from library.engines.counting import Chooser, Chosen
from library.engines.generation import Generation
from library.engines.likeness import Likening
from library.engines.matches import Mask, Match, Scores
from library.engines.matching import Matcher
from library.engines.nearness import CANDIDATES
from library.engines.ranking import Found, Ranked, by_score, rank
from library.engines.remembered import ANSWER_BYTES, Remembered
from library.model import Access
from library.query import All, Everything, Node, leaves, word_parts
from library.request import PER_PAGE, SearchRequest, Sort

FEW = PER_PAGE
"""Works with all of the query from which nothing else is added: a page of them, as long as a page usually is."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The works of the request's page in order, and what was counted on the way."""

    chosen: Chosen
    complete: int
    """Works that have all of the query."""
    ranked: Ranked


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given, and may be asked for again."""

    answer: Answer

    @property
    def nbytes(self) -> int:
        """Bytes, about."""
        values = sum(map(len, self.answer.counts.values()))
        tokens = sum(len(page.tokens) for hit in self.answer.hits for page in hit.pages)
        return 2_000 + 100 * values + 400 * len(self.answer.hits) + 8 * tokens


@dataclass(frozen=True, slots=True)
class Likened:
    """The works that are like one, which are asked for whenever its page is shown."""

    found: tuple[Alike, ...]

    @property
    def nbytes(self) -> int:
        """Bytes, about; the words by which they were found are the most of it."""
        return 20_000 + 1_000 * len(self.found)


class Answerer:
    """Answers requests from one generation, and remembers: a page is shown again whenever anything on it changes."""

    def __init__(self, generation: Generation, analysers: Analysers) -> None:
        self.generation = generation
        self.matcher = Matcher(generation, analysers)
        self._closer = CloserLook(generation.columns, self.matcher.places)
        self._chooser = Chooser(generation.columns)
        self._analysers = analysers
        self._likened: Remembered[tuple[Hashable, ...], Likened] = Remembered(ANSWER_BYTES)
        self._given: Remembered[tuple[Node, SearchRequest, frozenset[Access]], Given] = Remembered(ANSWER_BYTES)

    @cached_property
    def titles(self) -> Titles:
        """The titles, to be found by the beginnings of their words."""
        return Titles(self.generation.columns)

    def alike(self, likeness: Likeness, visible: frozenset[Access], most: int) -> tuple[Alike, ...]:
        """The works most like one that may be found with this access."""
        words = tuple((language, frozenset(words.items())) for language, words in likeness.words.items())
        key = (likeness.work, tuple(likeness.values.items()), words, visible, most)
        seen = self.generation.seen(visible)
        likening = Likening(self.generation, self.matcher, self._analysers, seen)
        return self._likened.get(key, lambda: Likened(likening.find(likeness, most))).found

    def answer(self, node: Node, request: SearchRequest, visible: frozenset[Access]) -> Answer:
        """The works that match, may be found with this access, and stand on the request's page, with exact counts."""
        return self._given.get((node, request, visible), lambda: Given(self.found(node, request, visible))).answer

    def found(self, node: Node, request: SearchRequest, visible: frozenset[Access]) -> Answer:
        """The same, looked up and not remembered."""
        listed = self.works(node, request, visible)
        return Answer(
            total=int(np.count_nonzero(listed.chosen.works)),
            editions=len(listed.chosen.ids),
            hits=tuple(self._hits(node, listed.ranked)),
            counts=listed.chosen.counts,
            complete=listed.complete,
        )

    def works(self, node: Node, request: SearchRequest, visible: frozenset[Access]) -> Listed:
        """The works of the request's page, without the pages on which the words stand."""
        columns = self.generation.columns
        matched, shares = _match(self.matcher, node, self.generation.seen(visible))
        chosen = self._chooser.choose(matched.ids, request)
        if len(chosen.ids) < len(matched):
            kept = np.searchsorted(matched.ids, chosen.ids)
            matched = Match(chosen.ids, matched.scores[kept])
            shares = None if shares is None else shares[kept]
        if shares is None:
            complete = int(np.count_nonzero(chosen.works))
        else:
            complete = int(np.count_nonzero(columns.works_of(matched.ids[shares >= 1])))
        found = Found(matched.ids, matched.scores, shares, chosen.works)
        return Listed(chosen, complete, self._page(node, request, found))

    def _page(self, node: Node, request: SearchRequest, found: Found) -> Ranked:
        """The works of the request's page in order; the best are looked at again when words can stand together."""
        start, end = (request.page - 1) * request.per_page, request.page * request.per_page
        again = request.sort is Sort.RELEVANCE and start < CANDIDATES and self._closer.several(node)
        most = max(end, CANDIDATES) if again else end
        columns = self.generation.columns
        ranked = rank(columns, found, request, not isinstance(node, Everything), most)
        if again:
            head = ranked.of(slice(CANDIDATES))
            order = by_score(columns, head, head.weighed * self._closer.near(node, head.editions))
            ranked = ranked.of(np.concatenate((order, np.arange(len(order), len(ranked.works)))))
        return ranked.of(slice(start, end))

    def _hits(self, node: Node, ranked: Ranked) -> Iterator[EngineHit]:
        columns = self.generation.columns
        best = self._closer.best(node, ranked.editions)
        for edition, score, pages in zip(ranked.editions.tolist(), ranked.scores.tolist(), best, strict=True):
            yield EngineHit(
                work=columns.works[columns.work[edition]],
                edition=columns.editions[edition],
                score=score,
                pages=pages.pages,
                more_pages=pages.more,
            )


def whole(matcher: Matcher, node: Node, seen: Mask) -> Match:
    """What has all of the query and is seen.

    A query that is nothing but stop words in some language, and found in no other, is taken at its letters.
    """
    every = matcher.find(node)
    found = every.within(seen)
    if not len(found) and every.neutral:
        words = tuple(word for leaf in leaves(node) for word in folded_words(leaf.text))
        found = matcher.literally(words).within(seen)
    return found


def _match(matcher: Matcher, node: Node, seen: Mask) -> tuple[Match, Scores | None]:
    """What matches and is seen, and the share of the query each has when it is not all of it for all.

    When only few of those seen have all of it, those with most of it are added, whatever is filtered: choosing a
    filter must not change what the words mean.
    """
    found = whole(matcher, node, seen)
    parts = node.parts if isinstance(node, All) else ()
    if len(word_parts(parts)) < 2:
        return found, None
    if matcher.works(found.ids, FEW) >= FEW:
        return found, None
    return matcher.completed(found, parts, seen)

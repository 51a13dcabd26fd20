"""One search in one generation: match, filter, count, rank, look again, and name the best pages of what is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from library.analysis import fold, tokens
from library.engines import Answer, EngineHit
from library.engines.best_pages import BestPages, best_pages, matching_pages
from library.engines.counting import Chosen, choose
from library.engines.generation import Generation
from library.engines.matches import Mask, Match, Scores
from library.engines.matching import Matcher
from library.engines.nearness import CANDIDATES, nearness
from library.engines.ranking import Found, Ranked, by_score, rank
from library.engines.standing import Unit, stand, units
from library.model import Access
from library.query import All, Everything, Node, Not, leaves
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


def answer(
    generation: Generation, matcher: Matcher, node: Node, request: SearchRequest, visible: frozenset[Access]
) -> Answer:
    """The works that match, may be found with this access, and stand on the request's page, with exact counts."""
    listed = works(generation, matcher, node, request, visible)
    total = int(np.count_nonzero(listed.chosen.works))
    return Answer(
        total=total,
        editions=len(listed.chosen.ids),
        hits=tuple(_hits(generation, matcher, units(node), listed.ranked)),
        counts=listed.chosen.counts,
        complete=listed.complete,
    )


def works(
    generation: Generation, matcher: Matcher, node: Node, request: SearchRequest, visible: frozenset[Access]
) -> Listed:
    """The works of the request's page, without the pages on which the words stand."""
    columns = generation.columns
    matched, shares = _match(matcher, node, generation.seen(visible))
    chosen = choose(columns, matched.ids, request)
    if len(chosen.ids) < len(matched):
        kept = np.searchsorted(matched.ids, chosen.ids)
        matched = Match(chosen.ids, matched.scores[kept])
        shares = None if shares is None else shares[kept]
    found = Found(matched.ids, matched.scores, shares, chosen.works)
    complete = int(np.count_nonzero(chosen.works))
    if shares is not None:
        complete = len(np.unique(columns.work[matched.ids[shares >= 1]]))
    return Listed(chosen, complete, _page(generation, matcher, node, request, found))


def whole(matcher: Matcher, node: Node, seen: Mask) -> Match:
    """What has all of the query and is seen.

    A query that is nothing but stop words in some language, and found in no other, is taken at its letters.
    """
    every = matcher.find(node)
    found = every.within(seen)
    if not len(found) and every.neutral:
        words = tuple(fold(token) for leaf in leaves(node) for token in tokens(leaf.text))
        found = matcher.literally(words).within(seen)
    return found


def _match(matcher: Matcher, node: Node, seen: Mask) -> tuple[Match, Scores | None]:
    """What matches and is seen, and the share of the query each has when it is not all of it for all.

    When only few of those seen have all of it, those with most of it are added, whatever is filtered: choosing a
    filter must not change what the words mean.
    """
    found = whole(matcher, node, seen)
    if not isinstance(node, All) or sum(not isinstance(part, Not) for part in node.parts) < 2:
        return found, None
    if matcher.works(found.ids, FEW) >= FEW:
        return found, None
    return matcher.completed(found, node.parts, seen)


def _page(generation: Generation, matcher: Matcher, node: Node, request: SearchRequest, found: Found) -> Ranked:
    """The works of the request's page in order; the best ones are looked at again when words can stand together."""
    columns, asked = generation.columns, units(node)
    start, end = (request.page - 1) * request.per_page, request.page * request.per_page
    again = len(asked) > 1 and request.sort is Sort.RELEVANCE and start < CANDIDATES
    ranked = rank(columns, found, request, not isinstance(node, Everything), max(end, CANDIDATES) if again else end)
    if again:
        head = ranked.of(np.arange(min(len(ranked.works), CANDIDATES)))
        standing = stand(columns, asked, head.editions, matcher.places)
        near = nearness(columns, standing, matching_pages(standing), head.editions, len(asked))
        order = by_score(columns, head, head.weighed * near)
        ranked = ranked.of(np.concatenate((order, np.arange(len(order), len(ranked.works)))))
    return ranked.of(np.arange(min(start, len(ranked.works)), min(end, len(ranked.works))))


def _hits(generation: Generation, matcher: Matcher, asked: tuple[Unit, ...], ranked: Ranked) -> list[EngineHit]:
    columns = generation.columns
    standing = stand(columns, asked, ranked.editions, matcher.places)
    pages = best_pages(columns, standing, matching_pages(standing)) if len(standing) else {}
    none = BestPages((), 0)
    return [
        EngineHit(
            work=columns.works[columns.work[edition]],
            edition=columns.editions[edition],
            score=score,
            pages=pages.get(edition, none).pages,
            more_pages=pages.get(edition, none).more,
        )
        for edition, score in zip(ranked.editions.tolist(), ranked.scores.tolist(), strict=True)
    ]

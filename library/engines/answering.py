"""One search in one generation: match, filter, count, rank, and name the best pages of what is shown."""

from __future__ import annotations

import numpy as np

from library.analysis import fold, tokens
from library.engines import Answer, EngineHit
from library.engines.best_pages import best_pages
from library.engines.counting import choose
from library.engines.generation import Generation
from library.engines.matches import Mask, Match, Scores
from library.engines.matching import Matcher
from library.engines.ranking import Ranked, Scored, rank
from library.model import Access
from library.query import All, Everything, Node, Not, Phrase, Word, is_filter, leaves
from library.request import SearchRequest


def answer(
    generation: Generation, matcher: Matcher, node: Node, request: SearchRequest, visible: frozenset[Access]
) -> Answer:
    """The works that match, may be found with this access, and stand on the request's page, with exact counts."""
    columns = generation.columns
    found, shares, relaxed = _match(matcher, node, generation.seen(visible))
    chosen = choose(columns, found.ids, request)
    scored = Scored(_dense(found, found.scores, len(columns)), _dense(found, shares, len(columns)))
    page = rank(columns, chosen, scored, request, not isinstance(node, Everything))
    wanted = leaves(node)
    return Answer(
        total=int(np.count_nonzero(chosen.works)),
        editions=len(chosen.ids),
        hits=tuple(_hit(generation, matcher, wanted, ranked) for ranked in page),
        counts=chosen.counts,
        relaxed=relaxed,
    )


def _match(matcher: Matcher, node: Node, seen: Mask) -> tuple[Match, Scores, bool]:
    """What matches and is seen, the share of the query each has, and whether the query had to be relaxed.

    A query that is nothing but stop words in some language, and found in no other, is taken at its letters.
    It is relaxed when nothing that is seen has all of it, whatever is filtered: choosing a filter must not
    change what the words mean.
    """
    whole = matcher.find(node)
    found = whole.within(seen)
    if not len(found) and whole.neutral:
        words = tuple(fold(token) for leaf in leaves(node) for token in tokens(leaf.text))
        found = matcher.literally(words).within(seen)
    parts = node.parts if isinstance(node, All) else ()
    words_wanted = [part for part in parts if not isinstance(part, Not) and not is_filter(part)]
    if len(found) or len(words_wanted) < 2:
        return found, np.ones(len(found), np.float32), False
    most, shares = matcher.most_of(parts)
    kept = seen[most.ids]
    return most.within(seen), shares[kept], bool(kept.any())


def _dense(found: Match, values: Scores, size: int) -> Scores:
    dense = np.zeros(size, np.float32)
    dense[found.ids] = values
    return dense


def _hit(generation: Generation, matcher: Matcher, wanted: tuple[Word | Phrase, ...], ranked: Ranked) -> EngineHit:
    columns = generation.columns
    edition = ranked.edition
    first, last = int(columns.page_base[edition]), int(columns.page_base[edition + 1])
    standing = (tuple(matcher.places(edition, leaf)) for leaf in wanted)
    pages, more = best_pages([lanes for lanes in standing if lanes], first, last)
    return EngineHit(
        work=columns.works[columns.work[edition]],
        edition=columns.editions[edition],
        score=ranked.score,
        pages=pages,
        more_pages=more,
    )

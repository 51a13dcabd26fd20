"""One search in one generation: match, filter, count, rank, and name the best pages of what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from library.analysis import Analysers, fold, tokens
from library.engines import Answer, EngineHit
from library.engines.best_pages import best_pages
from library.engines.columns import Columns
from library.engines.counting import counts, masks
from library.engines.found import Found, Mask, either, strongest
from library.engines.generation import Generation, Places
from library.engines.matching import Lane, by_words
from library.engines.ranking import rank
from library.model import Access
from library.query import All, Everything, Node, Not, Phrase, Word, leaves
from library.request import SearchRequest

Lanes = Mapping[str, Lane]
Shares = NDArray[np.float32]


def answer(
    generation: Generation, analysers: Analysers, node: Node, request: SearchRequest, visible: frozenset[Access]
) -> Answer:
    """The works that match, may be found with this access, and stand on the request's page, with exact counts."""
    columns = generation.columns
    lanes = {language: Lane(generation, analysers, language) for language in columns.lanes}
    found, shares, relaxed = _match(generation, lanes, node, _seen(columns, visible))
    matched = np.zeros(len(columns), np.bool_)
    matched[found.ids] = True
    selections = masks(columns, request)
    chosen = matched.copy()
    for mask in selections.values():
        chosen &= mask
    ranked = rank(columns, found.within(chosen), shares[chosen[found.ids]], request, not isinstance(node, Everything))
    start = (request.page - 1) * request.per_page
    shown = range(start, min(start + request.per_page, len(ranked.editions)))
    return Answer(
        total=len(ranked.editions),
        editions=int(chosen.sum()),
        hits=tuple(_hit(generation, lanes, node, int(ranked.editions[i]), float(ranked.scores[i])) for i in shown),
        counts=counts(columns, matched, selections),
        relaxed=relaxed,
    )


def _seen(columns: Columns, visible: frozenset[Access]) -> Mask:
    """(D,) the editions that may be found with this access."""
    seen = np.zeros(len(columns), np.bool_)
    for access in visible & columns.access.keys():
        seen |= columns.access[access]
    return seen & columns.live


def _match(generation: Generation, lanes: Lanes, node: Node, seen: Mask) -> tuple[Found, Shares, bool]:
    """What matches and is seen, the share of the query each has, and whether the query had to be relaxed.

    A query that is nothing but stop words in some language, and found in no other, is taken at its letters.
    It is relaxed when nothing that is seen has all of it, whatever is filtered: choosing a filter must not
    change what the words mean.
    """
    size = len(seen)
    in_lanes = [lane.find(node) for lane in lanes.values()]
    found = strongest([lane for lane in in_lanes if lane is not None], size).within(seen)
    if not len(found) and None in in_lanes:
        words = tuple(fold(token) for leaf in leaves(node) for token in tokens(leaf.text))
        found = _all_words(generation, words).within(seen)
    wanted = [part for part in node.parts if not isinstance(part, Not)] if isinstance(node, All) else []
    if len(found) or len(wanted) < 2 or not isinstance(node, All):
        return found, np.ones(len(found), np.float32), False
    most = [lane.most_of(node.parts) for lane in lanes.values()]
    relaxed = strongest([part for part, _ in most], size).within(seen)
    shares = np.zeros(size, np.float32)
    for part, share in most:
        shares[part.ids] = np.maximum(shares[part.ids], share)
    return relaxed, shares[relaxed.ids], bool(len(relaxed))


def _all_words(generation: Generation, words: tuple[str, ...]) -> Found:
    size = len(generation.columns)
    found = [by_words(generation, (word,)) for word in dict.fromkeys(words)]
    wanted = np.full(size, bool(found))
    for part in found:
        has = np.zeros(size, np.bool_)
        has[part.ids] = True
        wanted &= has
    return either(found, size).within(wanted)


def _hit(generation: Generation, lanes: Lanes, node: Node, edition: int, score: float) -> EngineHit:
    columns = generation.columns
    first, last = int(columns.page_base[edition]), int(columns.page_base[edition + 1])
    own = [lanes[language] for language, mask in columns.lanes.items() if mask[edition]]
    pages, more = best_pages((_everywhere(own, leaf) for leaf in leaves(node)), first, last)
    return EngineHit(
        work=columns.works[columns.work[edition]],
        edition=columns.editions[edition],
        score=score,
        pages=pages,
        more_pages=more,
    )


def _everywhere(lanes: list[Lane], leaf: Word | Phrase) -> Iterator[Places]:
    for lane in lanes:
        yield from lane.places(leaf)

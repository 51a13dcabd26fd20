"""The pages of one edition on which the words of a query stand, the best ones first."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from library.engines import PAGES_PER_HIT, PageMatch
from library.engines.generation import Places
from library.engines.whoosh_schema import LAST_TOKEN, STRIDE

MOST_TOKENS = 400
"""Tokens of a page that are handed on to be marked."""
DIFFERENT = 1_000_000
"""Far above any count: one more of the words outweighs having the others more often."""


def best_pages(words: Iterable[tuple[Places, ...]], first: int, last: int) -> tuple[tuple[PageMatch, ...], int]:
    """The best pages, and how many more match, of the edition whose pages are `first` to `last` (exclusive).

    `words` gives, for each word or phrase of the query, the places of its tokens, ascending, in each language
    of the edition (one, but for texts in two languages). A page is better when it has more of the different
    words, then when it has them more often, then when it comes earlier.
    """
    inside = [places for lanes in words if len(places := _together(lanes, first, last))]
    if not inside:
        return (), 0
    worth = np.zeros(last - first, np.int64)
    for places in inside:
        often = np.bincount(places // STRIDE, minlength=last - first)
        worth += often + DIFFERENT * (often > 0)
    matching = np.flatnonzero(worth)
    best = matching[np.argsort(-worth[matching], kind="stable")[:PAGES_PER_HIT]]
    every = inside[0] if len(inside) == 1 else np.sort(np.concatenate(inside))
    return tuple(_page(int(page), every) for page in best), len(matching) - len(best)


def _together(lanes: tuple[Places, ...], first: int, last: int) -> NDArray[np.int64]:
    parts = [_inside(places, first, last) for places in lanes]
    return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))


def _inside(places: Places, first: int, last: int) -> NDArray[np.int64]:
    """The places inside the edition, counted from its first page."""
    # Bounds of the array's own type: another type would convert the whole array (15 times slower, measured).
    start, end = places.searchsorted(np.array([first * STRIDE, last * STRIDE], places.dtype))
    return places[start:end].astype(np.int64) - first * STRIDE


def _page(page: int, every: NDArray[np.int64]) -> PageMatch:
    # The last position is left out: it gathers the tokens of an overlong page.
    start, end = every.searchsorted([page * STRIDE, page * STRIDE + LAST_TOKEN])
    tokens = dict.fromkeys((every[start:end] - page * STRIDE).tolist())
    return PageMatch(page + 1, tuple(tokens)[:MOST_TOKENS])

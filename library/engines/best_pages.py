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


def best_pages(words: Iterable[Iterable[Places]], first: int, last: int) -> tuple[tuple[PageMatch, ...], int]:
    """The best pages, and how many more match, of the edition whose pages are `first` to `last` (exclusive).

    `words` gives, for each word or phrase of the query, the places of its tokens. A page is better when it
    has more of the different words, then when it has them more often, then when it comes earlier.
    """
    pages = last - first
    different = np.zeros(pages, np.int32)
    often = np.zeros(pages, np.int32)
    kept: list[NDArray[np.int64]] = []
    for word in words:
        here = np.zeros(pages, np.bool_)
        for places in word:
            inside = _slice(places, first, last)
            page = inside // STRIDE
            here[page] = True
            often += np.bincount(page, minlength=pages).astype(np.int32)
            kept.append(inside)
        different += here
    matching = np.flatnonzero(different)
    order = np.lexsort((matching, -often[matching], -different[matching]))
    best = matching[order[:PAGES_PER_HIT]]
    return tuple(_page(int(page), kept) for page in best), max(len(matching) - PAGES_PER_HIT, 0)


def _slice(places: Places, first: int, last: int) -> NDArray[np.int64]:
    """The places inside the edition, counted from its first page."""
    # Bounds of the array's own type: another type would convert the whole array (15 times slower, measured).
    bounds = np.array([first * STRIDE, last * STRIDE], places.dtype)
    start, end = np.searchsorted(places, bounds)
    return places[start:end].astype(np.int64) - first * STRIDE


def _page(page: int, kept: list[NDArray[np.int64]]) -> PageMatch:
    on_page = [places[(places // STRIDE) == page] % STRIDE for places in kept]
    tokens = np.unique(np.concatenate(on_page))
    clear = tokens[tokens < LAST_TOKEN]  # the last position gathers the tokens of an overlong page
    return PageMatch(page + 1, tuple(int(token) for token in clear[:MOST_TOKENS]))

"""The pages on which the words of a query stand, the best ones of each edition first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from library.engines import PAGES_PER_HIT, PageMatch
from library.engines.columns import Columns
from library.engines.standing import Standing
from library.engines.whoosh_schema import LAST_TOKEN

MOST_TOKENS = 400
"""Tokens of a page that are handed on to be marked."""


@dataclass(frozen=True, slots=True)
class BestPages:
    """The best pages of one edition."""

    pages: tuple[PageMatch, ...]
    more: int
    """How many more match."""

    @property
    def nbytes(self) -> int:
        """Bytes, about: a number in a tuple takes eight, and most are small ones that Python has only once."""
        return sum(100 + 8 * len(page.tokens) for page in self.pages)


@dataclass(frozen=True, slots=True)
class Matching:
    """Every page on which a word stands, ascending."""

    pages: NDArray[np.int64]
    """(pages,) counted through all editions of the index."""
    starts: NDArray[np.int64]
    """(pages + 1,) where its places begin in the standing."""
    different: NDArray[np.int64]
    """(pages,) how many different words of the query stand on it."""


def matching_pages(standing: Standing) -> Matching:
    """The pages that match."""
    pages = standing.pages
    first = np.concatenate(([0], np.flatnonzero(pages[1:] != pages[:-1]) + 1))[: len(pages)]
    flags = np.left_shift(1, standing.units).view(np.uint64)
    different = np.bitwise_count(np.bitwise_or.reduceat(flags, first)) if len(first) else first
    return Matching(pages[first], np.concatenate((first, [len(pages)])), different.astype(np.int64))


def best_pages(columns: Columns, standing: Standing, matching: Matching) -> Mapping[int, BestPages]:
    """The best pages of every edition with a page that matches.

    A page is better when it has more of the different words, then when it has them more often, then when it
    comes earlier.
    """
    if not len(matching.pages):
        return {}
    editions = columns.page_doc[matching.pages]
    often = np.diff(matching.starts)
    order = np.lexsort((matching.pages, -often, -matching.different, editions))
    ordered = editions[order]
    heads = np.flatnonzero(np.diff(ordered, prepend=-1))
    found: dict[int, BestPages] = {}
    for head, end in zip(heads.tolist(), [*heads[1:].tolist(), len(order)], strict=True):
        edition = int(ordered[head])
        best = order[head : min(head + PAGES_PER_HIT, end)].tolist()
        first = int(columns.page_base[edition])
        found[edition] = BestPages(
            tuple(_page(standing, matching, place, first) for place in best), end - head - len(best)
        )
    return found


def _page(standing: Standing, matching: Matching, place: int, first: int) -> PageMatch:
    tokens = standing.tokens[matching.starts[place] : matching.starts[place + 1]].tolist()
    # The last position is left out: it gathers the tokens of an overlong page.
    kept = tuple(dict.fromkeys(token for token in tokens if token < LAST_TOKEN))[:MOST_TOKENS]
    return PageMatch(int(matching.pages[place]) - first + 1, kept)

"""A closer look at a few editions: how near the words of a query stand there, and on which pages. Remembered."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from library.engines.best_pages import BestPages, best_pages, matching_pages
from library.engines.columns import Columns
from library.engines.matches import Ids
from library.engines.nearness import nearness
from library.engines.remembered import ANSWER_BYTES, Remembered
from library.engines.standing import Find, Unit, stand, units
from library.query import Node

MOST_QUERIES = 2_000
"""Queries that are told apart before their numbers are forgotten."""
NO_PAGES = BestPages((), 0)


@dataclass(frozen=True, slots=True)
class Near:
    """How near the words of a query stand in an edition."""

    factor: float

    @property
    def nbytes(self) -> int:
        """Bytes."""
        return 8


class CloserLook:
    """Looks at editions of one generation. A reader who turns the page or takes a filter asks the same query again."""

    def __init__(self, columns: Columns, find: Find) -> None:
        self._columns = columns
        self._find = find
        self._numbers: dict[Node, tuple[int, tuple[Unit, ...]]] = {}
        self._next = count()
        self._near: Remembered[tuple[int, int], Near] = Remembered(ANSWER_BYTES)
        self._best: Remembered[tuple[int, int], BestPages] = Remembered(ANSWER_BYTES)

    def several(self, node: Node) -> bool:
        """Whether the query has different words, so that they can be near each other."""
        return len(self._known(node)[1]) > 1

    def near(self, node: Node, editions: Ids) -> NDArray[np.float64]:
        """(editions,) what their scores are multiplied with, see `nearness`."""
        number, asked = self._known(node)
        missing = [one for one in editions.tolist() if self._near.known((number, one)) is None]
        if missing:
            these = np.array(missing, np.int32)
            standing = stand(self._columns, asked, these, self._find)
            factors = nearness(self._columns, standing, matching_pages(standing), these, len(asked))
            for one, factor in zip(missing, factors.tolist(), strict=True):
                self._near.keep((number, one), Near(factor))
        found = (self._near.known((number, one)) for one in editions.tolist())
        return np.array([1.0 if near is None else near.factor for near in found])

    def best(self, node: Node, editions: Ids) -> list[BestPages]:
        """The best pages of these editions."""
        number, asked = self._known(node)
        found = {one: self._best.known((number, one)) for one in editions.tolist()}
        missing = [one for one, pages in found.items() if pages is None]
        if missing:
            standing = stand(self._columns, asked, np.array(missing, np.int32), self._find)
            pages = best_pages(self._columns, standing, matching_pages(standing))
            for one in missing:
                found[one] = self._best.keep((number, one), pages.get(one, NO_PAGES))
        return [pages or NO_PAGES for pages in found.values()]

    def _known(self, node: Node) -> tuple[int, tuple[Unit, ...]]:
        """A number for a query, so that what is remembered of it is found without comparing queries, and its words."""
        known = self._numbers.get(node)
        if known is None:
            if len(self._numbers) >= MOST_QUERIES:
                self._numbers.clear()
            known = self._numbers[node] = next(self._next), units(node)
        return known

"""Where the words of a query stand in some editions: every place, and which of the words it is.

From this the best pages of what is shown are named, and the nearness of the words is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.engines.columns import Columns
from library.engines.distinct import distinct
from library.engines.generation import Places
from library.engines.whoosh_schema import STRIDE
from library.query import All, Expanded, Node, Phrase, Some, Word, leaves

MOST_UNITS = 64
"""Of one query; it has no more leaves than that. A power of two, as the stride is."""
_UNIT_BITS, _TOKEN_BITS = MOST_UNITS.bit_length() - 1, STRIDE.bit_length() - 1

Unit = tuple[Word | Phrase, ...]
"""What counts as one word of the query: a word, a phrase, or a word with all that it was expanded by."""
Find = Callable[[str, Word | Phrase, NDArray[np.int32]], Places]
"""Language, leaf and editions → the places of the leaf in texts of that language, ascending, at least those in
these editions."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Every place of every word in some editions, ascending by place; a place may hold two of the words."""

    pages: NDArray[np.int64]
    """(places,) the page, counted through all editions of the index."""
    tokens: NDArray[np.int64]
    """(places,) the token on the page."""
    units: NDArray[np.int64]
    """(places,) which of the query's words."""

    def __len__(self) -> int:
        return len(self.pages)


def units(node: Node) -> tuple[Unit, ...]:
    """The words of a query that count as different ones."""
    match node:
        case All(parts) | Some(parts):
            return tuple(unit for part in parts for unit in units(part))
        case Word() | Phrase():
            return ((node,),)
        case Expanded():
            return (leaves(node),)
    return ()


def stand(columns: Columns, asked: Sequence[Unit], editions: NDArray[np.int32], find: Find) -> Standing:
    """Where these words stand in the pages of these editions."""
    found: list[NDArray[Any]] = []
    which: list[int] = []
    often: list[int] = []
    sets = columns.lane_set[editions]
    for lanes in np.unique(sets).tolist():
        own = editions[sets == lanes]
        bounds = np.stack((columns.page_base[own], columns.page_base[own + 1])) * STRIDE
        for language in columns.lane_sets[lanes]:
            for number, unit in enumerate(asked):
                for places in _each(unit, language, own, find):
                    # Bounds of the array's own type: another would convert the whole array (15 times slower, measured).
                    starts, ends = places.searchsorted(bounds.astype(places.dtype)).tolist()
                    found += [places[start:end] for start, end in zip(starts, ends, strict=True) if start < end]
                    which.append(number)
                    often.append(sum(ends) - sum(starts))
    if not found:
        none = np.empty(0, np.int64)
        return Standing(none, none, none)
    keys: NDArray[np.int64] = np.concatenate(found).astype(np.int64) * MOST_UNITS + np.repeat(which, often)
    return _apart(distinct(keys))


def _apart(keys: NDArray[np.int64]) -> Standing:
    places = keys >> _UNIT_BITS
    return Standing(places >> _TOKEN_BITS, places & (STRIDE - 1), keys & (MOST_UNITS - 1))


def _each(unit: Unit, language: str, editions: NDArray[np.int32], find: Find) -> Iterable[Places]:
    for leaf in unit:
        if isinstance(leaf, Word) or leaf.language in ("", language):
            places = find(language, leaf, editions)
            if len(places):
                yield places

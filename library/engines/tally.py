"""How many works of a set have each value of the facets, for all facets at once.

A value that many works have is kept as one bit for each work, so that a processor counts 64 works at a time; of the
others, which together are few, the pairs of value and work are kept. Exact either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

WORD, BYTES = 64, 8
"""Bits that are counted in one step, and the bytes they take. A value is frequent when one work in so many has it."""


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """Which works have which values of one facet: pairs, one for each value of each work."""

    values: tuple[str, ...]
    """Every value, ascending; its place here is its code."""
    works: NDArray[np.int32]
    """(pairs,)"""
    codes: NDArray[np.int32]
    """(pairs,)"""


class Tally:
    """The works of every value of every facet."""

    def __init__(self, facets: Mapping[str, FacetColumn], works: int) -> None:
        self._facets = facets
        starts = np.cumsum([0, *(len(column.values) for column in facets.values())]).tolist()
        self._places = {name: (starts[place], starts[place + 1]) for place, name in enumerate(facets)}
        none = np.empty(0, np.int32)
        codes = np.concatenate(
            [none, *(column.codes + start for column, start in zip(facets.values(), starts[:-1], strict=True))]
        )
        having = np.concatenate([none, *(column.works for column in facets.values())])
        often = np.bincount(codes, minlength=starts[-1]) * WORD >= works
        self._frequent = np.flatnonzero(often)
        rows = np.cumsum(often) - 1
        flags = np.zeros((len(self._frequent), works), np.bool_)
        flags[rows[codes[often[codes]]], having[often[codes]]] = True
        self._bits = _packed(flags)
        self._rare_codes, self._rare_works = codes[~often[codes]], having[~often[codes]]  # ascending by code
        self._size = starts[-1]

    def counts(self, works: Mask) -> dict[str, dict[str, int]]:
        """Facet → value → how many of these works, one flag for each, have it; values that none has are left out."""
        every = self._totals(works, 0, self._size)
        return {name: _named(self._facets[name].values, every[a:b]) for name, (a, b) in self._places.items()}

    def counts_of(self, facet: str, works: Mask) -> dict[str, int]:
        """The same for one facet."""
        return _named(self._facets[facet].values, self._totals(works, *self._places[facet]))

    def _totals(self, works: Mask, start: int, end: int) -> list[int]:
        """The counts of the values from one place on to another."""
        first, last = self._frequent.searchsorted((start, end))
        rare = slice(*self._rare_codes.searchsorted((start, end)))
        codes = self._rare_codes[rare][works[self._rare_works[rare]]]
        totals: NDArray[np.intp] = np.bincount(codes - start, minlength=end - start)
        totals[self._frequent[first:last] - start] = np.bitwise_count(self._bits[first:last] & _packed(works)).sum(
            axis=1
        )
        counted: list[int] = totals.tolist()
        return counted


def _named(values: tuple[str, ...], totals: list[int]) -> dict[str, int]:
    return {value: count for value, count in zip(values, totals, strict=True) if count}


def _packed(flags: Mask) -> NDArray[np.uint64]:
    """Flags along the last axis as bits, 64 to a number."""
    packed = np.packbits(flags, axis=-1)
    padded = np.zeros((*packed.shape[:-1], -(-packed.shape[-1] // BYTES) * BYTES), np.uint8)
    padded[..., : packed.shape[-1]] = packed
    return padded.view(np.uint64)

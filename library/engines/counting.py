"""Facets: which editions a selection lets through, and how many works each value would show.

OR inside a facet, AND between facets; a facet's counts ignore its own selection; counts are works, and exact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from library.engines.columns import Columns, FacetColumn
from library.engines.found import Mask
from library.fields import FACETS
from library.request import SearchRequest

_YEARS = re.compile(r"(\d{4})?\.\.(\d{4})?")


def masks(columns: Columns, request: SearchRequest) -> Mapping[str, Mask]:
    """For each facet with a selection: (D,) the editions it lets through."""
    return {name: _mask(columns, name, values) for name, values in request.filters}


def counts(columns: Columns, matched: Mask, selections: Mapping[str, Mask]) -> Mapping[str, Mapping[str, int]]:
    """For each facet, the works that every value would show, the facet's own selection set aside."""
    return {facet.name: _count(columns, facet.name, _others(matched, selections, facet.name)) for facet in FACETS}


def years(value: str) -> tuple[int, int] | None:
    """The first and the last year of `2018..2021`, `2018..` or `..2021`; None when it is no range."""
    found = _YEARS.fullmatch(value)
    if found is None:
        return None
    return int(found[1] or 0), int(found[2] or 9999)


def _others(matched: Mask, selections: Mapping[str, Mask], facet: str) -> Mask:
    for name, mask in selections.items():
        if name != facet:
            matched = matched & mask
    return matched


def _mask(columns: Columns, facet: str, values: tuple[str, ...]) -> Mask:
    column = columns.facets[facet]
    chosen = np.array([any(_selects(facet, wanted, value) for wanted in values) for value in column.values], np.bool_)
    mask = np.zeros(len(columns), np.bool_)
    if len(chosen):
        mask[column.docs[chosen[column.codes]]] = True
    return mask


def _selects(facet: str, wanted: str, value: str) -> bool:
    if facet == "year" and (span := years(wanted)) is not None:
        return span[0] <= int(value) <= span[1]
    return wanted == value


def _count(columns: Columns, facet: str, mask: Mask) -> dict[str, int]:
    column: FacetColumn = columns.facets[facet]
    if not column.values:
        return {}
    kept = mask[column.docs]
    codes = column.codes[kept]
    pairs = np.unique(columns.work[column.docs[kept]].astype(np.int64) * len(column.values) + codes)
    totals = np.bincount(pairs % len(column.values), minlength=len(column.values))
    return {column.values[code]: int(totals[code]) for code in np.flatnonzero(totals)}

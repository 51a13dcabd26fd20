"""A facet's value named in a query: the editions of the works that have it."""

from __future__ import annotations

import numpy as np

from library.analysis import folded_words
from library.engines.columns import LANGUAGE, Columns
from library.engines.matches import Mask
from library.request import years


def with_value(columns: Columns, facet: str, wanted: str) -> Mask:
    """(D,) the editions of works with a value of the facet, as it is, or by its name whatever its case and accents.

    A city is named without its country; years may be a range. Nothing has a value that nobody knows.
    """
    chosen = np.array([_meant(facet, wanted, value) for value in columns.values(facet)] + [False], np.bool_)
    if facet == LANGUAGE:
        return chosen[columns.language]
    return columns.works_with(facet, chosen)[columns.work]


def _meant(facet: str, wanted: str, value: str) -> bool:
    if facet == "year" and (span := years(wanted)) is not None:
        return span[0] <= int(value) <= span[1]
    name = folded_words(wanted)
    return (
        wanted == value
        or name == folded_words(value)
        or (facet == "place" and name == folded_words(value.partition("/")[2]))
    )

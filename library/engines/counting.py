"""Facets: which works a selection lets through, and how many works each value would show.

OR inside a facet, AND between facets; a facet's counts ignore its own selection; counts are works, and exact.
Where a request wants all values of a facet together, it is AND inside it too, and its counts are of what is found:
so many works would stay if that value were selected as well.
Every value but the language is the work's, the same for all its editions; a work has one edition in a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from library.engines.columns import LANGUAGE, Columns
from library.engines.matches import Ids, Mask
from library.engines.remembered import ANSWER_BYTES, Remembered
from library.request import SearchRequest, years

LONG = 500
"""Characters of chosen values up to which it is remembered what they leave."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the selected filters leave of the editions that match."""

    ids: Ids
    """Editions that match and pass every filter."""
    works: Mask
    """(works,) whether the work has such an edition."""
    counts: Mapping[str, Mapping[str, int]]
    """Facet name → value → works it would show."""


class Chooser:
    """Applies the filters of requests to what matches; which works a filter lets through is remembered."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._passing: Remembered[tuple[str, tuple[str, ...], bool], Mask] = Remembered(ANSWER_BYTES)

    def choose(self, ids: Ids, request: SearchRequest) -> Chosen:
        """The editions, works and counts that the filters of a request leave of the editions that match."""
        columns = self._columns
        languages = request.selected(LANGUAGE)
        spoken = ids
        if languages:
            chosen = self._passing.get((LANGUAGE, languages, False), lambda: self._codes(LANGUAGE, languages))
            spoken = ids[chosen[columns.language[ids]]]
        matched = columns.works_of(spoken)
        passing = {
            name: self._passes(name, values, name in request.every)
            for name, values in request.filters
            if name != LANGUAGE
        }
        works = _all(matched, passing, "")
        by_facet = columns.tally.counts(works)
        for name in passing:
            if name not in request.every:
                by_facet[name] = columns.tally.counts_of(name, _all(matched, passing, name))
        if not passing:
            return Chosen(spoken, works, {**by_facet, LANGUAGE: _count_languages(columns, ids)})
        passes = _all(np.ones(len(columns.works), np.bool_), passing, "")
        inside = ids[np.flatnonzero(passes[columns.work[ids]])]
        kept = inside if spoken is ids else spoken[np.flatnonzero(passes[columns.work[spoken]])]
        return Chosen(kept, works, {**by_facet, LANGUAGE: _count_languages(columns, inside)})

    def _passes(self, facet: str, values: tuple[str, ...], together: bool) -> Mask:
        """(works,) the works with one of these values, or with all of them together."""
        if sum(map(len, values)) > LONG:  # nobody chooses so much twice, and it would weigh more than what is found
            return self._find(facet, values, together)
        return self._passing.get((facet, values, together), lambda: self._find(facet, values, together))

    def _find(self, facet: str, values: tuple[str, ...], together: bool) -> Mask:
        if not together:
            return self._columns.works_with(facet, self._codes(facet, values))
        works = np.ones(len(self._columns.works), np.bool_)
        for value in values:
            works &= self._columns.works_with(facet, self._codes(facet, (value,)))
        return works

    def _codes(self, facet: str, wanted: tuple[str, ...]) -> Mask:
        return _codes(facet, self._columns.values(facet), wanted)


def _all(works: Mask, passing: Mapping[str, Mask], but: str) -> Mask:
    for name, mask in passing.items():
        if name != but:
            works = works & mask
    return works


def _codes(facet: str, values: tuple[str, ...], wanted: tuple[str, ...]) -> Mask:
    """(values,) which values of the facet are selected."""
    spans = [span for value in wanted if (span := years(value)) is not None] if facet == "year" else []
    chosen = frozenset(wanted)
    inside = (value in chosen or any(first <= int(value) <= last for first, last in spans) for value in values)
    # One more for editions without a language of the list: their code is -1.
    return np.array([*inside, False], np.bool_)


def _count_languages(columns: Columns, ids: Ids) -> dict[str, int]:
    totals = np.bincount(columns.language[ids] + 1, minlength=len(columns.languages) + 1)  # -1 is no language
    return {value: count for value, count in zip(columns.languages, totals[1:].tolist(), strict=True) if count}

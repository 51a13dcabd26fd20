"""From editions that match to works in order, each by its best edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.engines.columns import Columns
from library.engines.matches import Ids, Mask, Scores
from library.request import SearchRequest, Sort

OWN_LANGUAGE = 0.5
"""An edition in the reader's language stands for its work when it scores at least this much of the work's best:
the scores of two languages are not of one measure, and a reader would rather read her own."""
NEAR_TIE = 0.9
"""Between works, one that the reader finds in her language wins when it scores at least this much of the other."""
LANGUAGE_FIRST, SHARE_FIRST = 1e6, 1e7
"""Far above any score: what is more of the query, then what is in the reader's language, before what scores higher."""
SPARE = 4
"""Editions looked at for each work that is wanted; a work has about two."""


@dataclass(frozen=True, slots=True)
class Found:
    """Editions that matched and passed every filter, ascending."""

    ids: Ids
    scores: Scores
    shares: Scores | None
    """How much of the query each has; None when each has all of it."""
    works: Mask
    """(works,) whether the work has such an edition."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Works in order."""

    works: NDArray[np.intp]
    """(ranked,)"""
    editions: Ids
    """(ranked,) the edition that stands for the work."""
    scores: NDArray[np.float64]
    """(ranked,) the highest score of any of its editions."""
    weighed: NDArray[np.float64]
    """(ranked,) the score that decides: better for a work in the reader's language."""
    shares: NDArray[np.float64]
    """(ranked,) how much of the query it has."""

    def of(self, places: NDArray[np.intp] | slice) -> Ranked:
        """The works at these places, in this order."""
        return Ranked(
            self.works[places], self.editions[places], self.scores[places], self.weighed[places], self.shares[places]
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Editions that matched, those of one work side by side, and what follows for their works."""

    editions: Ids
    starts: NDArray[np.intp]
    """(works,) where the editions of each begin."""
    groups: NDArray[np.intp]
    """(rows,) place of its work among the works."""
    worth: NDArray[np.float64]
    """(rows,) which edition stands for its work: the most of the query, then the reader's language, then the score."""
    best: NDArray[np.float64]
    """(works,) the highest score."""
    weighed: NDArray[np.float64]
    """(works,) the same, better for a work in the reader's language."""
    shares: NDArray[np.float64]
    """(works,) the highest share."""

    def of(self, works: NDArray[np.intp], standing: Ids) -> Ranked:
        """These works, which the rows are of, each with the edition that stands for it."""
        return Ranked(works, standing, self.best, self.weighed, self.shares)


def rank(columns: Columns, found: Found, request: SearchRequest, asked: bool, most: int) -> Ranked:
    """The first `most` works in the order that is asked for; ties go by work id.

    `asked` says whether there were words at all: without them the newest come first.
    """
    if not asked or request.sort is not Sort.RELEVANCE:
        works = np.flatnonzero(found.works)
        works = works[_first((works, *_wanted_order(columns, found, request, works)), most)]
        rows = _rows(columns, found, works, request.reader)
        return rows.of(works, _standing_for(columns, rows))
    works = _promising(columns, found, most)
    rows = _rows(columns, found, works, request.reader)
    ranked = rows.of(works, _standing_for(columns, rows))
    return ranked.of(by_score(columns, ranked, ranked.weighed)[:most])


def by_score(columns: Columns, ranked: Ranked, scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """Places in order: the most of the query, then these scores, then the newest."""
    return np.lexsort((ranked.works, -columns.work_date[ranked.works], -scores, -ranked.shares))


def _wanted_order(
    columns: Columns, found: Found, request: SearchRequest, works: NDArray[np.intp]
) -> tuple[NDArray[Any], ...]:
    """Keys for the newest first or by title, works with all of the query before the others."""
    key = _titles(columns, found, request.reader) if request.sort is Sort.TITLE else -columns.work_date
    if found.shares is None:
        return (key[works],)
    return key[works], ~columns.works_of(found.ids[found.shares >= 1])[works]


def _promising(columns: Columns, found: Found, most: int) -> NDArray[np.intp]:
    """Works among which the first `most` by relevance are sure to be.

    An edition's work comes among the first only when the edition scores as much as the one that stands last there,
    or nearly so and in the reader's language. All works when that cannot be told cheaply.
    """
    scores, wanted = found.scores, SPARE * most
    if found.shares is None and len(scores) > 2 * wanted:
        least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
        if len(_works_of(columns, found, least)) >= most:
            # A little less than a near tie, for what rounding takes.
            return np.array(_works_of(columns, found, least * np.float32(NEAR_TIE * 0.9999)), np.intp)
    return np.flatnonzero(found.works)


def _works_of(columns: Columns, found: Found, least: np.float32) -> list[int]:
    """The works of the editions with at least this score. They are few: Python's set is faster than `np.unique`."""
    return sorted(set(columns.work[found.ids[np.flatnonzero(found.scores >= least)]].tolist()))


def _rows(columns: Columns, found: Found, works: NDArray[np.intp], reader: str) -> _Rows:
    """The editions of these works that matched; every work has one."""
    every, groups = columns.editions_of(works)
    places = np.minimum(found.ids.searchsorted(every), max(len(found.ids) - 1, 0))
    there = np.flatnonzero(found.ids[places] == every) if len(found.ids) else places
    editions, groups, places = every[there], groups[there], places[there]
    starts = groups.searchsorted(np.arange(len(works)))
    scores = found.scores[places].astype(np.float64)
    best = np.maximum.reduceat(scores, starts) if len(works) else scores
    worth, weighed, shares = scores, best, np.ones(len(works))
    if reader in columns.languages:
        own = columns.language[editions] == columns.languages.index(reader)
        own &= scores >= OWN_LANGUAGE * best[groups]
        worth = scores + own * LANGUAGE_FIRST
        weighed = np.where(np.logical_or.reduceat(own, starts), best / NEAR_TIE, best) if len(works) else best
    if found.shares is not None and len(works):
        shares = np.maximum.reduceat(found.shares[places].astype(np.float64), starts)
        worth = worth + found.shares[places] * SHARE_FIRST
    return _Rows(editions, starts, groups, worth, best, weighed, shares)


def _standing_for(columns: Columns, rows: _Rows) -> Ids:
    """(works,) the edition that stands for each; where two are worth the same the English one, else the first."""
    if not len(rows.starts):
        return rows.editions
    top = np.flatnonzero(rows.worth == np.maximum.reduceat(rows.worth, rows.starts)[rows.groups])
    editions, groups = rows.editions[top], rows.groups[top]
    if len(top) > len(rows.starts):
        english = columns.languages.index("en") if "en" in columns.languages else -2
        order = np.lexsort((editions, columns.language[editions] != english, groups))
        editions = editions[order[np.flatnonzero(np.diff(groups[order], prepend=-1))]]
    return editions


def _first(keys: tuple[NDArray[Any], ...], most: int) -> NDArray[np.intp]:
    """Places in order of the keys, the last one first; only about as many as are wanted are sorted."""
    leading = keys[-1]
    if len(leading) <= 4 * most:
        return np.lexsort(keys)[:most]
    limit = np.partition(leading, most - 1)[most - 1]
    candidates = np.flatnonzero(leading <= limit)
    return candidates[np.lexsort(tuple(key[candidates] for key in keys))[:most]]


def _titles(columns: Columns, found: Found, reader: str) -> NDArray[np.int32]:
    """(works,) the alphabetical place of each work's title: in the reader's language, else English, else the first."""
    places = np.full(len(columns.works), np.iinfo(np.int32).max, np.int32)
    np.minimum.at(places, columns.work[found.ids], columns.title_rank[found.ids])
    for language in ("en", reader):
        if language in columns.languages:
            spoken = found.ids[columns.language[found.ids] == columns.languages.index(language)]
            places[columns.work[spoken]] = columns.title_rank[spoken]
    return places

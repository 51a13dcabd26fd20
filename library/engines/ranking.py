"""From editions that match to the works of one page, in order, each by its best edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.engines.columns import Columns
from library.engines.counting import Chosen
from library.engines.matches import Scores
from library.request import SearchRequest, Sort

OWN_LANGUAGE = 0.5
"""An edition in the reader's language stands for its work when it scores at least this much of the work's best:
the scores of two languages are not of one measure, and a reader would rather read her own."""
NEAR_TIE = 0.9
"""Between works, one that the reader finds in her language wins when it scores at least this much of the other."""
SHARE = 1e6
"""Far above any score: a work with more of the query comes before one that scores higher."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A work of the page: its best edition, and the highest score of any of its editions."""

    edition: int
    score: float


@dataclass(frozen=True, slots=True)
class Scored:
    """What is known of every edition that matched, by its number."""

    scores: Scores
    """(D,)"""
    shares: Scores
    """(D,) how much of the query it has: 1, unless the answer is relaxed."""


def rank(columns: Columns, chosen: Chosen, scored: Scored, request: SearchRequest, asked: bool) -> tuple[Ranked, ...]:
    """The works of the request's page; ties go by work id.

    `asked` says whether there were words at all: without them the newest come first.
    """
    start = (request.page - 1) * request.per_page
    works = np.flatnonzero(chosen.works)
    if start >= len(works):
        return ()
    order = _order(columns, chosen, scored, request, asked, works, start + request.per_page)
    present = np.zeros(len(columns), np.bool_)
    present[chosen.ids] = True
    page = works[order][start : start + request.per_page]
    return tuple(_best(columns, scored, int(work), present, request.reader) for work in page)


def _order(
    columns: Columns, chosen: Chosen, scored: Scored, request: SearchRequest, asked: bool,
    works: NDArray[np.intp], most: int,
) -> NDArray[np.intp]:  # fmt: skip
    """Places in `works`, the first `most` of them in order."""
    newest = -columns.work_date[works]
    if request.sort is Sort.TITLE:
        return _first((works, _titles(columns, chosen, request.reader)[works]), most)
    if request.sort is Sort.NEWEST or not asked:
        return _first((works, newest), most)
    return _first((works, newest, -_by_work(columns, chosen, scored, request.reader)[works]), most)


def _first(keys: tuple[NDArray[Any], ...], most: int) -> NDArray[np.intp]:
    """Places in order of the keys, the last one first; only about as many as are wanted are sorted."""
    leading = keys[-1]
    if len(leading) <= 4 * most:
        return np.lexsort(keys)[:most]
    limit = np.partition(leading, most - 1)[most - 1]
    candidates = np.flatnonzero(leading <= limit)
    return candidates[np.lexsort(tuple(key[candidates] for key in keys))[:most]]


def _titles(columns: Columns, chosen: Chosen, reader: str) -> NDArray[np.int32]:
    """(works,) the alphabetical place of each work's title: in the reader's language, else English, else the first."""
    places = np.full(len(columns.works), np.iinfo(np.int32).max, np.int32)
    np.minimum.at(places, columns.work[chosen.ids], columns.title_rank[chosen.ids])
    for language in ("en", reader):
        if language in columns.languages:
            spoken = chosen.ids[columns.language[chosen.ids] == columns.languages.index(language)]
            places[columns.work[spoken]] = columns.title_rank[spoken]
    return places


def _by_work(columns: Columns, chosen: Chosen, scored: Scored, reader: str) -> NDArray[np.float64]:
    """(works,) what decides the order: share of the query, then score; a near-tie goes to the reader's language."""
    ids = chosen.ids
    own = columns.work[ids]
    scores = np.zeros(len(columns.works), np.float64)
    np.maximum.at(scores, own, scored.scores[ids])
    if reader in columns.languages:
        spoken = ids[columns.language[ids] == columns.languages.index(reader)]
        works = columns.work[spoken]
        liked = works[scored.scores[spoken] >= OWN_LANGUAGE * scores[works]]
        scores[liked] /= NEAR_TIE
    shares = np.zeros(len(columns.works), np.float64)
    np.maximum.at(shares, own, scored.shares[ids])
    return shares * SHARE + scores


def _best(columns: Columns, scored: Scored, work: int, present: NDArray[np.bool_], reader: str) -> Ranked:
    """The edition that stands for a work: the most of the query, then the reader's language, then the best score."""
    editions = [int(number) for number in columns.editions_of(work) if present[number]]
    best = max(float(scored.scores[number]) for number in editions)

    def rank_of(number: int) -> tuple[float, bool, float, bool, int]:
        language = columns.languages[columns.language[number]]
        score = float(scored.scores[number])
        own = language == reader and score >= OWN_LANGUAGE * best
        return float(scored.shares[number]), own, score, language == "en", -number

    return Ranked(max(editions, key=rank_of), best)

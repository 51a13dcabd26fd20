"""From editions that match to works in order: the best edition of each work, and the works one after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from library.engines.columns import Columns
from library.engines.found import Found
from library.request import SearchRequest, Sort

OWN_LANGUAGE = 0.5
"""An edition in the reader's language stands for its work when it scores at least this much of the work's best:
the scores of two languages are not of one measure, and a reader would rather read her own."""
NEAR_TIE = 0.9
"""Between works, one that the reader finds in her language wins when it scores at least this much of the other."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Works in order, each by its best edition."""

    editions: NDArray[np.int32]
    """(works,) index document of each work's best edition."""
    scores: NDArray[np.float32]
    """(works,) the highest score of any of its editions."""


def rank(columns: Columns, found: Found, shares: NDArray[np.float32], request: SearchRequest, asked: bool) -> Ranked:
    """The works of the editions found, in the order the request asks for; ties go by work id.

    `shares` says how much of the query each edition has (all of it, unless the answer is relaxed);
    `asked` whether there were words at all: without them the newest come first.
    """
    if not len(found):
        return Ranked(np.empty(0, np.int32), np.empty(0, np.float32))
    ids = found.ids
    languages = columns.facets["language"].values
    reader = columns.language[ids] == (languages.index(request.reader) if request.reader in languages else -2)
    english = columns.language[ids] == (languages.index("en") if "en" in languages else -2)
    scores = np.where(reader, found.scores / np.float32(OWN_LANGUAGE), found.scores)
    preference = np.where(reader, 0, np.where(english, 1, 2))
    works = columns.work[ids]
    grouped = np.lexsort((ids, preference, -scores, -shares, works))
    first = np.concatenate((np.ones(1, np.bool_), np.diff(works[grouped]) != 0))
    best = grouped[first]  # one for each work, by work id
    highest = np.maximum.reduceat(found.scores[grouped], np.flatnonzero(first))
    between = np.where(reader[best], highest / np.float32(NEAR_TIE), highest)
    order = _order(columns, ids[best], between, shares[best], request.sort, asked)
    return Ranked(ids[best[order]], highest[order])


def _order(
    columns: Columns,
    ids: NDArray[np.int32],
    scores: NDArray[np.float32],
    shares: NDArray[np.float32],
    sort: Sort,
    asked: bool,
) -> NDArray[np.intp]:
    newest = -columns.date[ids]
    by_id = np.arange(len(ids))
    if sort is Sort.TITLE:
        return np.lexsort((by_id, columns.title_rank[ids]))
    if sort is Sort.NEWEST or not asked:
        return np.lexsort((by_id, newest))
    return np.lexsort((by_id, newest, -scores, -shares))

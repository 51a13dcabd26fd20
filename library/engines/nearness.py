"""The second stage of ranking: among the works that score best, those whose words stand together come first.

BM25 counts words wherever they stand in an edition. A reader who types three words mostly wants the page that has
them side by side, so the best works are looked at once more, page by page.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from library.engines.best_pages import Matching
from library.engines.columns import Columns
from library.engines.standing import Standing

CANDIDATES = 30
"""Works that are looked at again: three pages of results."""
COVERAGE, NEARNESS = 0.3, 0.3
"""What a best page with all the words, and words that stand side by side, add to a score, at most, as a share of it.
Our judgement: small enough that a work far ahead stays ahead."""


def nearness(
    columns: Columns, standing: Standing, matching: Matching, editions: NDArray[np.int32], asked: int
) -> NDArray[np.float64]:
    """(editions,) what the scores of these editions, each there once, are multiplied with: from 1 to 1.6.

    `asked` is the number of different words. Two different words next to each other on a page add the inverse square
    of their distance in words (after Büttcher, Clarke and Lushman, SIGIR 2006, without the weights of the words).
    """
    place = np.full(len(columns), -1, np.int32)
    place[editions] = np.arange(len(editions))
    coverage = np.zeros(len(editions))
    np.maximum.at(coverage, place[columns.page_doc[matching.pages]], matching.different / asked)
    pages, tokens = standing.pages, standing.tokens
    gap = tokens[1:] - tokens[:-1]
    side = np.flatnonzero((pages[1:] == pages[:-1]) & (standing.units[1:] != standing.units[:-1]) & (gap > 0))
    near = np.bincount(place[columns.page_doc[pages[side]]], 1.0 / gap[side] ** 2, len(editions))
    # One word alone on the page is no coverage: every edition has at least that.
    full = (coverage * asked - 1) / (asked - 1)
    return 1 + COVERAGE * np.maximum(full, 0) + NEARNESS * near / (near + 1)

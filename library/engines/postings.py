"""The postings of a term as numpy arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader, TermNotFound

if TYPE_CHECKING:
    from library.engines.whoosh_codec import ArrayMatcher


@dataclass(frozen=True, slots=True)
class TermPostings:
    """One term in one segment: documents ascending, the weight in each, and all positions one after the other.

    `positions` is empty for fields without positions; else document `i` owns the next `weights[i]` of them.
    """

    ids: NDArray[np.int32]
    weights: NDArray[np.float32]
    positions: NDArray[np.uint32]


EMPTY = TermPostings(np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.uint32))


def decode(reader: IndexReader, field: str, term: bytes) -> TermPostings:
    """The postings of a term in one segment, deleted documents included; empty when the term is not there."""
    try:
        matcher = reader.postings(field, term)
    except TermNotFound:
        return EMPTY
    # A segment with deletions hands out a filter around the real matcher.
    return cast("ArrayMatcher", getattr(matcher, "child", matcher)).arrays()

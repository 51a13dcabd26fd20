"""What a part of a query matches: editions with scores, the languages it means nothing in, and how parts combine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Editions that match, ascending and each once, with their scores."""

    ids: Ids
    scores: Scores
    neutral: frozenset[str] = NOWHERE
    """Languages in which it means nothing, all its words being stop words there: it is not asked for in these."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def nbytes(self) -> int:
        """Bytes the arrays take."""
        return self.ids.nbytes + self.scores.nbytes

    def within(self, mask: Mask) -> Match:
        """Those that the mask, one flag for each edition of the index, lets through."""
        kept = np.flatnonzero(mask[self.ids])  # places, not flags: two arrays are taken by them
        return self if len(kept) == len(self) else Match(self.ids[kept], self.scores[kept], self.neutral)


NOTHING = Match(np.empty(0, np.int32), np.empty(0, np.float32))


def of_mask(mask: Mask, neutral: frozenset[str] = NOWHERE) -> Match:
    """All editions of a mask, none better than another."""
    ids = np.flatnonzero(mask).astype(np.int32)
    return Match(ids, np.zeros(len(ids), np.float32), neutral)


def both(left: Match, right: Match) -> Match:
    """What is in both; scores add up."""
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    if not len(small):
        return small
    places = np.minimum(np.searchsorted(large.ids, small.ids), len(large) - 1)
    kept = large.ids[places] == small.ids
    return Match(small.ids[kept], small.scores[kept] + large.scores[places[kept]])


def either(parts: list[Match], size: int) -> Match:
    """What is in any of them, of an index of `size` editions; scores add up."""
    parts = [part for part in parts if len(part)]
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    ids = np.concatenate([part.ids for part in parts])
    scores = np.bincount(ids, np.concatenate([part.scores for part in parts]), size)
    flags = np.zeros(size, np.bool_)
    flags[ids] = True
    kept = np.flatnonzero(flags).astype(np.int32)
    return Match(kept, scores[kept].astype(np.float32))


def strongest(parts: list[Match], size: int) -> Match:
    """What is in any of them, each with the best of its scores."""
    parts = [part for part in parts if len(part)]
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    flags = np.zeros(size, np.bool_)
    scores = np.zeros(size, np.float32)
    for part in parts:
        flags[part.ids] = True
        scores[part.ids] = np.maximum(scores[part.ids], part.scores)
    kept = np.flatnonzero(flags).astype(np.int32)
    return Match(kept, scores[kept])


def without(left: Match, right: Match, size: int) -> Match:
    """What is in the left and not in the right."""
    if not len(right):
        return left
    mask = np.ones(size, np.bool_)
    mask[right.ids] = False
    return left.within(mask)

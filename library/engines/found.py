"""Sets of editions with scores, and how they combine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """Editions that match, ascending and each once, with their scores."""

    ids: Ids
    scores: Scores

    def __len__(self) -> int:
        return len(self.ids)

    def within(self, mask: Mask) -> Found:
        """Those that the mask, one flag for each edition of the index, lets through."""
        kept = mask[self.ids]
        return Found(self.ids[kept], self.scores[kept])


NOTHING = Found(np.empty(0, np.int32), np.empty(0, np.float32))


def everything(mask: Mask) -> Found:
    """All editions of a mask, none better than another."""
    ids = np.flatnonzero(mask).astype(np.int32)
    return Found(ids, np.zeros(len(ids), np.float32))


def both(left: Found, right: Found) -> Found:
    """What is in both; scores add up."""
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    if not len(small):
        return NOTHING
    places = np.minimum(np.searchsorted(large.ids, small.ids), len(large) - 1)
    kept = large.ids[places] == small.ids
    return Found(small.ids[kept], small.scores[kept] + large.scores[places[kept]])


def either(parts: list[Found], size: int) -> Found:
    """What is in any of them, of an index of `size` editions; scores add up."""
    parts = [part for part in parts if len(part)]
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    ids = np.concatenate([part.ids for part in parts])
    flags = np.zeros(size, np.bool_)
    flags[ids] = True
    scores = np.bincount(ids, np.concatenate([part.scores for part in parts]), size)
    kept = np.flatnonzero(flags).astype(np.int32)
    return Found(kept, scores[kept].astype(np.float32))


def without(left: Found, right: Found, size: int) -> Found:
    """What is in the left and not in the right."""
    mask = np.ones(size, np.bool_)
    mask[right.ids] = False
    return left.within(mask)


def strongest(parts: list[Found], size: int) -> Found:
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
    return Found(kept, scores[kept])

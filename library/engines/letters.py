"""How words differ by their letters: what counts as spelt nearly so, in every engine and above them."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA


def alike(word: str, names: Iterable[str]) -> list[tuple[int, str]]:
    """Which of these words are spelt nearly like a word, itself included: the letters that differ, and the word.

    The nearest first, then alphabetically.
    """
    found = process.extract(word, list(names), scorer=OSA.distance, score_cutoff=allowed(word), limit=None)
    return sorted((int(distance), name) for name, distance, _ in found)


def allowed(word: str) -> int:
    """How many letters of a word may be wrong (Lucene's rule)."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2

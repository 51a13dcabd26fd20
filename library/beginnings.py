"""Texts found by the beginnings of their words, as somebody types them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

AFTER = chr(0x10FFFF)
"""Sorts after every character of a text."""


class Beginnings:
    """A sorted list of the words of some texts. Made once, then only read."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        pairs = sorted({(word, number) for number, words in enumerate(texts) for word in words})
        self._words = [word for word, _ in pairs]
        self._numbers = [number for _, number in pairs]

    def find(self, beginnings: Sequence[str]) -> list[int]:
        """The numbers, ascending, of the texts that have a word for each of these beginnings; none for none."""
        found: set[int] | None = None
        for beginning in beginnings:
            start, end = bisect_left(self._words, beginning), bisect_left(self._words, beginning + AFTER)
            these = self._numbers[start:end]
            found = set(these) if found is None else found.intersection(these)
        return sorted(found or ())

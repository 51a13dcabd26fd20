"""The forms of a word brought together: what a language's Snowball algorithm does, and what it leaves."""

from __future__ import annotations

from collections.abc import Mapping

import Stemmer

from library import languages
from library.analysis.folding import fold, lower
from library.analysis.inflection import INFLECTION, Inflection

LEAST = 2
"""Letters of a word that are left when its beginning is taken off."""

Pairs = Mapping[str, str]


class Stemming:
    """The stemmer of one language. Not to be shared between threads."""

    def __init__(self, language: str) -> None:
        known = languages.language(language)
        tables = INFLECTION.get(language, Inflection())
        self._snowball = Stemmer.Stemmer(known.stemmer) if known and known.stemmer else None
        self._words = _pairs(tables.words)
        self._beginnings = _pairs(tables.beginnings)
        self._endings = _pairs(tables.endings)
        self._beginning_sizes = _sizes(self._beginnings)
        self._ending_sizes = _sizes(self._endings)
        self._least = tables.least

    def stem(self, word: str) -> str:
        """The stem of a word in small letters, with its accents or folded."""
        known = self._words.get(word)
        if self._snowball is None:
            return self._ended(known or self._begun(word))
        return str(self._snowball.stemWord(known or self._ended(self._begun(word))))

    def _begun(self, word: str) -> str:
        """The word with the longest beginning that the table has replaced."""
        for size in self._beginning_sizes:
            other = self._beginnings.get(word[:size])
            if other is not None and len(other) + len(word) - size >= LEAST:
                return other + word[size:]
        return word

    def _ended(self, word: str) -> str:
        """The word with the longest ending that the table has replaced, if enough letters are left before it."""
        for size in self._ending_sizes:
            if len(word) - size >= self._least and (other := self._endings.get(word[-size:])) is not None:
                return word[:-size] + other
        return word


def _sizes(table: Pairs) -> tuple[int, ...]:
    """The lengths of a table's entries, the longest first."""
    return tuple(sorted(set(map(len, table)), reverse=True))


def _pairs(entries: str) -> Pairs:
    """The entries of a table, in small letters and folded: both forms of a word are looked up."""
    written = [entry.split(">") for entry in entries.split()]
    return {change(key): change(value) for change in (fold, lower) for key, value in written}

"""A token's terms in one language, and a memory of the words met.

A token gives two terms at one position, `fold(stem(w))` and `stem(fold(w))`, at index and at query:
the first alone loses readers who type no accents (27 % of accented Spanish words), the second breaks
stem groups (186 of 4,768 Spanish ones). Where both agree, there is one.
"""

from __future__ import annotations

from library.analysis.folding import fold, lower
from library.analysis.stemming import Stemming
from library.analysis.stop_lists import ABBREVIATIONS, stop_words
from library.analysis.tokenising import tokens

MAX_KNOWN = 200_000
"""Words whose terms are remembered per language before the memory is emptied."""


class Folder:
    """Folds words, remembering those it has met."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def count(self, tokens: list[str], found: dict[str, int]) -> None:
        """Add the folded tokens to what was counted before."""
        known = self._known
        for token in tokens:
            folded = known.get(token)
            if folded is None:
                if len(known) >= MAX_KNOWN:
                    known.clear()
                folded = known[token] = fold(token)
            found[folded] = found.get(folded, 0) + 1


class Analyser:
    """The analysis of one language, with a memory of the words it has met. Not to be shared between threads."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stemming = Stemming(language)
        self._stop = stop_words(language)
        self._known: dict[str, tuple[str, ...]] = {}

    def terms(self, word: str) -> tuple[str, ...]:
        """The one or two terms of a token; none when it is a stop word."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            known = self._known[word] = self._analyse(word)
        return known

    def is_stop(self, word: str) -> bool:
        """Whether the token carries no meaning of its own in this language."""
        return not self.terms(word)

    def place(self, tokens: list[str], found: dict[str, list[int]], start: int = 0, last: int | None = None) -> None:
        """Add the terms of tokens to those found before, at positions counted from `start` and never beyond `last`."""
        known, analyse = self._known, self.terms
        for position, token in enumerate(tokens, start):
            terms = known.get(token)
            if terms is None:
                terms = analyse(token)
            if last is not None and position > last:
                position = last
            for term in terms:
                places = found.get(term)
                if places is None:
                    found[term] = [position]
                elif places[-1] != position:
                    places.append(position)

    def alternatives(self, text: str) -> list[tuple[str, ...]]:
        """The terms of each token of a text; a stop word stands for itself, folded."""
        return [self.terms(token) or (fold(token),) for token in tokens(text)]

    def stems(self, text: str) -> list[str]:
        """One stem for each token of a text; a stop word stays as it is, folded."""
        return [terms[0] if (terms := self.terms(token)) else fold(token) for token in tokens(text)]

    def _analyse(self, word: str) -> tuple[str, ...]:
        folded = fold(word)
        if not folded:
            return ()
        lowered = lower(word)
        # A dotted acronym is a word by its dots: U.S. is not "us". Only abbreviations such as e.g. mean nothing.
        if lowered in (ABBREVIATIONS if "." in word and not word[0].isdigit() else self._stop):
            return ()
        if any(map(str.isdigit, folded)):
            return (folded,)
        accented = fold(self._stemming.stem(lowered))
        bare = self._stemming.stem(folded)
        return (accented,) if accented == bare else (accented, bare)


class Analysers:
    """An analyser for each language, made when it is first needed."""

    def __init__(self) -> None:
        self._made: dict[str, Analyser] = {}

    def __getitem__(self, language: str) -> Analyser:
        made = self._made.get(language)
        if made is None:
            made = self._made[language] = Analyser(language)
        return made

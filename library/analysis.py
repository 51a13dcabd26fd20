"""Text → terms, per language: the one place where words are found, folded and stemmed.

A token gives two terms at one position, `fold(stem(w))` and `stem(fold(w))`, at index and at query:
the first alone loses readers who type no accents (27 % of accented Spanish words), the second breaks
stem groups (186 of 4,768 Spanish ones). Where both agree, there is one.
A language that PyStemmer does not know is folded without stemming.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import Stemmer
import stopwordsiso

from library import languages

ANALYSIS_VERSION = "3"
"""Part of the index stamp: raise it when any text would give other terms or other positions."""

MAX_TERM = 64
"""Characters of a term that count; longer ones are noise from tables and damaged fonts."""
MAX_KNOWN = 200_000
"""Words whose terms are remembered per language before the memory is emptied."""

_COMBINING = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670"
"""Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic."""

TOKEN = re.compile(rf"(?:[^\W\d_]\.){{2,}}[^\W\d_]?|[^\W_]++(?:[{_COMBINING}]++[^\W_]*+)*+")
"""A dotted acronym, or a run of letters, digits and their combining marks. Apostrophes and hyphens part tokens."""

STRIDE = 32
"""Tokens from one landmark of a text to the next."""

_MARKS = re.compile(f"[{_COMBINING}]+")
_NOT_DECOMPOSED = str.maketrans(
    {"ł": "l", "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ĸ": "k"}
)
"""Letters that Unicode does not take apart."""

_ENGLISH = frozenset(
    """a about above across after again against all almost along already also although always am among an and
    another any anyone anything are as at away back be because been before being below between both but by can
    cannot could d did do does doing done down during each either else enough even ever every everything few
    first for from further get gets give given go had has have having he hence her here hers herself him himself
    his how however i if in indeed instead into is it its itself just kept last least less let like ll made make
    many may me might mine more moreover most mostly much must my myself near need neither never next no nobody
    none nor not nothing now of off often on once one only onto or other others otherwise ought our ours
    ourselves out over own per perhaps please put quite rather re really s same say see seem seems several shall
    she should since so some someone something sometimes still such t take than that the their theirs them
    themselves then there therefore these they this those though through throughout thus to together too toward
    towards two under unless until up upon us ve very via was we well were what whatever when whenever where
    whereas wherever whether which while who whoever whole whom whose why will with within without would yet you
    your yours yourself yourselves""".split()
)
"""Our own list for English: the package's holds `young`, `state`, `work`, `group`, `case`, `home` and `open`."""

_CONTENT = frozenset(
    """état ouvert nouveau parole voie personne personnes mensch menschen mann recht tag jahr jahre trabajo
    trabajar trata verdad citta città gruppo caso giorno vita paese uomo persone gente trabalho grupo noite
    local pessoas povo den lat rätt dag drept acord asia droite naturelle naturelles rechte apoio direita zprávy
    город улица дом дорога друг жизнь работа человек женщина ребенок люди ночь народ страна земля день год время
    место мир война деньги вода""".split()
)
"""Words in the package's lists that members search for: Italian `città`, Portuguese `noite`, Russian `город`."""

STEMMED_TWICE = frozenset({"es"})
"""Snowball's Spanish leaves `mujer` → `muj` and `mujeres` → `mujer` apart, so with ciudad, joven; a second pass joins
them (tried on the pairs of the tests)."""

_ELISIONS = frozenset("""c d j l m n s t qu lorsqu puisqu jusqu quoiqu dell dall nell sull all un gl quest""".split())
"""What an apostrophe leaves of an article or a pronoun in French, Italian and Catalan."""


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order; the n-th one has position n in the index."""
    return TOKEN.findall(text)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each token starts and ends, in characters; as many and in the same order as `tokens`."""
    return (match.span() for match in TOKEN.finditer(text))


def landmarks(text: str) -> tuple[int, ...]:
    """Where every `STRIDE`-th token starts, the first one included: from there others are soon counted."""
    return tuple(match.start() for match in islice(TOKEN.finditer(text), 0, None, STRIDE))


def spans_at(text: str, positions: Iterable[int], marks: Sequence[int] = (0,)) -> Iterator[tuple[int, int]]:
    """Where the tokens at these positions, ascending, start and end; there is none beyond the last token.

    With the text's landmarks only the tokens since the last of them are passed over, not all since the beginning.
    """
    matches, passed = TOKEN.finditer(text), 0
    for position in positions:
        near = min(position // STRIDE, len(marks) - 1)
        if near * STRIDE > passed:
            matches, passed = TOKEN.finditer(text, marks[near]), near * STRIDE
        match = next(islice(matches, position - passed, None), None)
        if match is None:
            return
        yield match.span()
        passed = position + 1


def fold(word: str) -> str:
    """A word without case, accents and ligatures: `Œuvres` → `oeuvres`, `Łódź` → `lodz`, `İzmir` → `izmir`."""
    if word.isascii():
        return word.lower().replace(".", "")[:MAX_TERM]
    lowered = unicodedata.normalize("NFKC", word).casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFD", lowered)).translate(_NOT_DECOMPOSED)
    return unicodedata.normalize("NFC", bare).replace(".", "")[:MAX_TERM]


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
        known = languages.language(language)
        name = known.stemmer if known else ""
        self.language = language
        self._stemmer = Stemmer.Stemmer(name) if name else None
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
        return [self.terms(token) or (fold(token),) for token in TOKEN.findall(text)]

    def stems(self, text: str) -> list[str]:
        """One stem for each token of a text; a stop word stays as it is, folded."""
        return [terms[0] if (terms := self.terms(token)) else fold(token) for token in TOKEN.findall(text)]

    def _analyse(self, word: str) -> tuple[str, ...]:
        folded = fold(word)
        if not folded:
            return ()
        lowered = unicodedata.normalize("NFC", word.casefold()).replace(".", "")[:MAX_TERM]
        if lowered in self._stop:
            return ()
        if self._stemmer is None or folded.isdigit():
            return (folded,)
        accented = fold(self._stem(lowered))
        bare = self._stem(folded)
        return (accented,) if accented == bare else (accented, bare)

    def _stem(self, word: str) -> str:
        assert self._stemmer is not None
        stem: str = self._stemmer.stemWord(word)
        return self._stemmer.stemWord(stem) if self.language in STEMMED_TWICE else stem


class Analysers:
    """An analyser for each language, made when it is first needed."""

    def __init__(self) -> None:
        self._made: dict[str, Analyser] = {}

    def __getitem__(self, language: str) -> Analyser:
        made = self._made.get(language)
        if made is None:
            made = self._made[language] = Analyser(language)
        return made


def stop_words(language: str) -> frozenset[str]:
    """The words of a language that are not searched, as written and folded, with what elision leaves of them."""
    if language == "en":
        return _ENGLISH
    listed = stopwordsiso.stopwords(language) if stopwordsiso.has_lang(language) else set()
    plain = {entry.casefold() for entry in listed if TOKEN.fullmatch(entry)} - _CONTENT
    elided = _ELISIONS if language in {"fr", "it", "ca"} else frozenset()
    return frozenset(plain) | frozenset(map(fold, plain)) | elided

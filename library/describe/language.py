"""In which language a document is written, and in which each of its pages.

The rule (measured on 536 PDF pages of 22 languages): py3langid per window of 250 characters, summed by letters,
because one answer for a whole bilingual page hides the other language; langdetect on a few samples as the second
opinion; where they disagree the confidence drops and a person is asked. `und` rather than a silent guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from library.describe.detectors import Detectors
from library.describe.proposal import NO_EVIDENCE, Evidence, Source, snippet
from library.languages import UNKNOWN

WINDOW = 250
"""Characters of one window: with this length both languages were found on 8 of 8 bilingual pages."""

WINDOWS_PER_PAGE = 8
"""Most windows looked at on one page, spread over it: 8 cost 1.8 ms, and cover two thirds of a full page."""

WINDOWS_PER_DOCUMENT = 800
"""Most windows looked at in one document. Above 100 pages each page gets fewer, down to one: the language of a
long document is clear long before, and a handbook of 500 pages should not cost a second."""

PAGE_SHARE = 0.2
"""Part of the letters of a page that a language must hold to be named for it; 15 to 20 % was measured as right."""

MIN_LETTERS = 20
"""A page with fewer letters counts as without text, the same number as for optical recognition."""

ENOUGH_LETTERS = 100
"""Below this many letters in the whole document the confidence falls in proportion: some fifteen words."""

UNSURE = 0.5
"""Below this confidence the language is `und`: it would be as likely wrong as right."""

SURE = 0.8
"""Below this confidence a person is asked to look."""

SAMPLES = 3
SAMPLE_LENGTH = 700
"""Characters of a sample for the second opinion: 5 ms in langdetect, against 7 ms for the 1,500 that the
measurement allowed, and the same answers."""

PAGE_CHARACTERS = 20_000
"""Most characters of one page ever looked at, so that one page cannot cost what a book does."""

_WINDOW_SURE = 0.5
"""A window whose best language is less likely than this is a table, a list of names, or a formula: it has no say."""

_NO_DOUBT = 0.9
"""A window with this probability is in that language; a weaker one may be a neighbour (Galician for Portuguese)."""

_DISAGREEMENT, _NOT_ASKED, _OUTSIDE = 0.7, 0.9, 0.4
"""What is left of the confidence when the second opinion is another, when there is none, and when the text looks
like a language that is not on the list. Tuned so that a disagreement falls below `SURE`, the last below `UNSURE`."""

_CLEAR_SHARE = 0.8
"""A language that holds this part of the letters is the language of the document: the rest is sources and names."""


@dataclass(frozen=True, slots=True)
class LanguageOpinion:
    """The language a document is taken to be in, and everything that speaks for and against it."""

    language: str = UNKNOWN
    confidence: float = 0.0
    shares: tuple[tuple[str, float], ...] = ()
    """Part of the letters that each language holds over the whole document, the largest first."""
    evidence: Evidence = NO_EVIDENCE
    second_opinion: str = ""
    """What the second detector said; empty when it was not asked or does not know the language."""
    outside: str = ""
    """A language that is not on the library's list and that the text looks like; usually empty."""
    pages: tuple[tuple[tuple[str, float], ...], ...] = ()
    """For each page its languages with their shares, the largest first."""


@dataclass(frozen=True, slots=True)
class _Weights:
    """Letters of a page, and how they divide among the languages."""

    letters: int
    shares: Mapping[str, float]
    sure: frozenset[str] = frozenset()
    """The languages of which at least one window leaves no doubt."""


class LanguageIdentifier:
    """Says in which language a text is written. Opened once for each process, then passed to who needs it."""

    def __init__(self, detectors: Detectors) -> None:
        self._detectors = detectors

    @classmethod
    def open(cls) -> LanguageIdentifier:
        """Load the detectors, which takes about a second."""
        return cls(Detectors.open())

    def page_languages(self, text: str, windows: int = WINDOWS_PER_PAGE) -> tuple[tuple[str, float], ...]:
        """The languages of one page with their shares of its letters; none when the page has hardly any text."""
        return _named(self._weigh(text, windows), PAGE_SHARE)

    def identify(self, pages: Sequence[str]) -> LanguageOpinion:
        """The language of a document from the texts of its pages, and the languages of each page."""
        windows = max(1, min(WINDOWS_PER_PAGE, WINDOWS_PER_DOCUMENT // max(len(pages), 1)))
        weights = [self._weigh(text, windows) for text in pages]
        shares = _named(_sum(weights), 0.0)
        if not shares:
            return LanguageOpinion(pages=((),) * len(pages))
        language, share = shares[0]
        samples = _samples(pages, weights)
        second, outside = self._second_opinion(language, samples), self._outside(samples)
        confidence = min(share / _CLEAR_SHARE, 0.99) * _certainty(language, second, outside, shares)
        confidence *= min(sum(weight.letters for weight in weights) / ENOUGH_LETTERS, 1.0)
        language = language if confidence >= UNSURE else UNKNOWN
        named = tuple(() if outside else _named(_settled(weight, language), PAGE_SHARE) for weight in weights)
        evidence = _evidence(shares[0][0], pages, named)
        return LanguageOpinion(language, round(confidence, 3), shares, evidence, second, outside, named)

    def _weigh(self, text: str, windows: int) -> _Weights:
        text = text[:PAGE_CHARACTERS]
        letters = _letters(text)
        if letters < MIN_LETTERS:
            return _Weights(0, {})
        found: defaultdict[str, float] = defaultdict(float)
        sure: set[str] = set()
        seen = 0
        for window in _windows(text, windows):
            weight = _letters(window)
            likely = self._detectors.first_opinion(window) if weight >= MIN_LETTERS else {}
            seen += weight
            if likely and max(likely.values()) >= _WINDOW_SURE:
                for tag, probability in likely.items():
                    found[tag] += weight * probability
                    if probability >= _NO_DOUBT:
                        sure.add(tag)
        shares = {tag: weight / seen for tag, weight in found.items()} if seen else {}
        return _Weights(letters, shares, frozenset(sure))

    def _second_opinion(self, language: str, samples: Sequence[str]) -> str:
        """What most samples are taken for; the last is not looked at when the others confirm the first opinion."""
        if language not in self._detectors.second_knows:
            return ""
        said: Counter[str] = Counter()
        for sample in samples:
            opinion = self._detectors.second_opinion(sample)
            said[opinion] += opinion != UNKNOWN
            if said[language] > len(samples) // 2:
                break
        most = max(said.values(), default=0)
        return next((tag for tag in (language, *said) if most and said[tag] == most), "")

    def _outside(self, samples: Sequence[str]) -> str:
        """A language beyond the list that most of the samples look like."""
        said: Counter[str] = Counter()
        for sample in samples:
            label, probability = self._detectors.anywhere(sample)
            said[label] += probability >= SURE
        label, times = max(said.items(), key=lambda item: item[1], default=("", 0))
        return label if times > len(samples) // 2 else ""


def _certainty(language: str, second: str, outside: str, shares: Sequence[tuple[str, float]]) -> float:
    if outside:
        return _OUTSIDE
    if not second:
        return _NOT_ASKED
    if second == language:
        return 1.0
    # The other language of a bilingual document is not a contradiction.
    return _NOT_ASKED if dict(shares).get(second, 0.0) >= PAGE_SHARE else _DISAGREEMENT


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _windows(text: str, most: int) -> Iterator[str]:
    """The whole text in windows when it is short enough; else windows spread evenly over it; cut between words."""
    whole = max(1, len(text) // WINDOW)
    count = min(most, whole)
    step = len(text) / count
    length = step if count == whole else WINDOW
    for index in range(count):
        start = index * step
        yield text[_word_start(text, int(start)) : _word_start(text, int(start + length))]


def _word_start(text: str, place: int) -> int:
    """The start of the next word, unless there is none within the length of a long word."""
    if place <= 0 or place >= len(text):
        return max(0, min(place, len(text)))
    for later in range(place, min(place + 30, len(text))):
        if text[later - 1].isspace():
            return later
    return place


def _samples(pages: Sequence[str], weights: Sequence[_Weights]) -> tuple[str, ...]:
    """Up to three passages from different parts of the document, or of its only page."""
    texts = [text[:PAGE_CHARACTERS] for text, weight in zip(pages, weights, strict=True) if weight.letters]
    full = [text for text in texts if len(text) >= SAMPLE_LENGTH] or texts
    count = max(1, min(SAMPLES, sum(map(len, full)) // SAMPLE_LENGTH))
    passages = []
    for part in range(count if full else 0):
        text = full[len(full) * (2 * part + 1) // (2 * count)]
        room = max(len(text) - SAMPLE_LENGTH, 0)
        # From pages of their own the middle is taken; from one page its beginning, middle and end.
        start = room // 2 if len(full) >= count else room * part // max(count - 1, 1)
        passages.append(text[_word_start(text, start) : start + SAMPLE_LENGTH])
    return tuple(dict.fromkeys(passages))


def _sum(weights: Sequence[_Weights]) -> _Weights:
    """The shares of a whole document: each page counts by its letters."""
    letters = sum(weight.letters for weight in weights if weight.shares)
    total: defaultdict[str, float] = defaultdict(float)
    for weight in weights:
        for tag, share in weight.shares.items():
            total[tag] += share * weight.letters
    return _Weights(letters, {tag: part / letters for tag, part in total.items()} if letters else {})


def _settled(weights: _Weights, language: str) -> _Weights:
    """A language that no window is sure of yields to the language of the document where that is possible too, and
    to none when the document as a whole is in no language."""
    if language != UNKNOWN and language not in weights.shares:
        return weights
    shares = {tag: share for tag, share in weights.shares.items() if tag == language or tag in weights.sure}
    if language in shares:
        shares[language] += sum(share for tag, share in weights.shares.items() if tag not in shares)
    return _Weights(weights.letters, shares, weights.sure)


def _named(weights: _Weights, least: float) -> tuple[tuple[str, float], ...]:
    ranked = sorted(weights.shares.items(), key=lambda item: (-item[1], item[0]))
    return tuple((tag, round(share, 3)) for tag, share in ranked if share >= max(least, 0.001))


def _evidence(language: str, pages: Sequence[str], named: Sequence[Sequence[tuple[str, float]]]) -> Evidence:
    """The beginning of the first page that is in that language."""
    for number, (text, languages) in enumerate(zip(pages, named, strict=True), start=1):
        if languages and languages[0][0] == language:
            return Evidence(Source.PAGE, number, snippet(text))
    return NO_EVIDENCE

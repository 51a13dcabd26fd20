"""The questions: a hundred of them, seeded, of the kinds that readers ask, in words that the library holds.

A question keeps its words apart, so that every engine is asked in its own way; `text` is what a reader would type.
Words that are no words of content in any of the languages are left out: engines treat them differently by design.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from random import Random

from sentences import LANGUAGES

from library.analysis import fold, stop_words, tokens
from library.engines import Entry
from library.query import parse

SAMPLE = 400
"""Editions whose words are looked at."""
_STOP = frozenset().union(*map(stop_words, LANGUAGES))


class Asked(StrEnum):
    """What kind of question it is."""

    FREQUENT = "frequent word"
    RARE = "rare word"
    ALL = "AND of 2-3"
    SOME = "OR of 2-6"
    PHRASE = "phrase of 2-3"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    EVERYWHERE = "word of several languages"
    FILTERED = "word and filter"
    NOTHING = "nothing asked"


SEVERAL = frozenset({Asked.ALL, Asked.SOME})


@dataclass(frozen=True, slots=True)
class Question:
    """One question."""

    kind: Asked
    words: tuple[str, ...] = ()
    """A prefix without its star, a fuzzy word without its tilde."""
    filters: tuple[tuple[str, str], ...] = ()
    """Facet and value."""

    @property
    def text(self) -> str:
        """As typed into the search box."""
        match self.kind:
            case Asked.SOME:
                return " OR ".join(self.words)
            case Asked.PHRASE:
                return f'"{" ".join(self.words)}"'
            case Asked.PREFIX:
                return f"{self.words[0]}*"
            case Asked.FUZZY:
                return f"{self.words[0]}~"
        return " ".join(self.words)


NOTHING = Question(Asked.NOTHING)


def fuzzy_is_offered() -> bool:
    """Whether the library takes `word~`."""
    return not parse("sekurity~").notices


def questions(entries: Iterable[Entry], many: int, seed: int = 1) -> tuple[Question, ...]:
    """So many questions, as many of each kind; without the fuzzy ones when the library does not offer them."""
    words = _Words(entries, Random(seed))
    kinds = [kind for kind in Asked if kind is not Asked.FUZZY or fuzzy_is_offered()]
    each = max(many // len(Asked), 1)
    return tuple(words.question(kind) for kind in kinds for _ in range(each))


class _Words:
    """The words of a sample of editions: how often each is met, and which stand side by side."""

    def __init__(self, entries: Iterable[Entry], random: Random) -> None:
        self._random = random
        self._in: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
        self._topics: list[str] = []
        lines: list[list[str]] = []
        for entry in entries:
            met: set[str] = set()
            for page in entry.pages:
                for line in page.split("\n"):
                    words = tokens(line)
                    met.update(filter(_is_content, words))
                    lines.append(words)
            self._in[entry.language].update(map(str.lower, met))
            self._topics.extend(entry.values["topic"])
        self._lines = random.sample(lines, min(5_000, len(lines)))
        self._frequent = [word for met in self._in.values() for word, _ in met.most_common(60)]
        self._rare = [word for met in self._in.values() for word, times in met.items() if times <= 2]
        languages = Counter(word for met in self._in.values() for word in met)
        self._everywhere = [word for word, many in languages.most_common(400) if many >= 4]

    def question(self, kind: Asked) -> Question:
        """Another question of this kind."""
        choice, frequent = self._random.choice, self._frequent
        match kind:
            case Asked.FREQUENT:
                return Question(kind, (choice(frequent),))
            case Asked.RARE:
                return Question(kind, (choice(self._rare),))
            case Asked.ALL:
                return Question(kind, self._from_one_line(self._random.randint(2, 3)))
            case Asked.SOME:
                return Question(kind, tuple(self._random.sample(frequent, self._random.randint(2, 6))))
            case Asked.PHRASE:
                return Question(kind, choice(list(self._phrases(self._random.randint(2, 3)))))
            case Asked.PREFIX:
                return Question(kind, (fold(choice(frequent))[: self._random.randint(3, 5)],))
            case Asked.FUZZY:
                return Question(kind, (self._mistyped(choice([word for word in frequent if len(word) > 5])),))
            case Asked.EVERYWHERE:
                return Question(kind, (choice(self._everywhere),))
            case Asked.FILTERED:
                return self._filtered()
        return Question(kind)

    def _from_one_line(self, many: int) -> tuple[str, ...]:
        while True:
            words = tuple(dict.fromkeys(word.lower() for word in self._random.choice(self._lines) if _is_content(word)))
            if len(words) >= many:
                return tuple(self._random.sample(words, many))

    def _phrases(self, many: int) -> Iterator[tuple[str, ...]]:
        for line in self._lines:
            for start in range(len(line) - many + 1):
                words = tuple(line[start : start + many])
                if all(map(_is_content, words)) and all(a != b for a, b in pairwise(words)):
                    yield words

    def _filtered(self) -> Question:
        language = self._random.choice(LANGUAGES)
        word = self._random.choice([word for word, _ in self._in[language].most_common(60)])
        topic = ("topic", self._random.choice(self._topics))
        chosen = self._random.choice((topic, ("language", language)))
        return Question(Asked.FILTERED, (word,), (chosen,))

    def _mistyped(self, word: str) -> str:
        """A letter left out, doubled, or two in each other's place."""
        place = self._random.randrange(2, len(word) - 2)
        left, letter, right = word[:place], word[place], word[place + 1 :]
        return self._random.choice((left + right, left + 2 * letter + right, left + right[0] + letter + right[1:]))


@cache
def _is_content(word: str) -> bool:
    return len(word) >= 4 and word.isalpha() and word.lower() not in _STOP and fold(word) not in _STOP


def by_kind(asked: Iterable[Question]) -> dict[Asked, list[Question]]:
    """The questions of each kind, in order."""
    found: dict[Asked, list[Question]] = defaultdict(list)
    for question in asked:
        found[question.kind].append(question)
    return dict(found)

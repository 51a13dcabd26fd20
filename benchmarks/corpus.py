"""A library of any size as engine entries: real sentences shuffled, a Zipf tail of made-up words and names.

The same seed gives the same editions, and a smaller library is the beginning of a larger one. Works have one to
four editions, an edition eleven pages on average, a page 300 to 500 words. Whatever is filtered or counted, the
language apart, is the work's and so the same for all its editions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, islice
from math import log
from pathlib import Path
from random import Random

from multiplied import copied
from sentences import LANGUAGES, Bank

from library.engines import Entry
from library.model import Access, Kind
from library.topics import Thesaurus, load_thesaurus

THESAURUS = Path(__file__).resolve().parents[1] / "documents" / "topics.ttl"
TOPS, TOPICS = 5, 20
"""Topics at the top, and in all: those above and those below them."""
KINDS = tuple(Kind)[:6]
YEARS = range(2005, 2027)
PLACES = tuple(
    """FR/Paris FR/Lyon FR/Nantes DE/Berlin DE/Mannheim DE/Essen ES/Barcelona ES/Madrid ES/Bilbao IT/Torino
    IT/Genova IT/Modena NL/Amsterdam NL/Rotterdam BE/Gent BE/Liège PT/Lisboa PT/Loures PL/Gdańsk PL/Kraków
    GB/London GB/Leeds SE/Malmö GR/Athens AT/Wien""".split()
)
PROJECTS = tuple(f"project-{number:02}" for number in range(1, 31))
WEIGHTS = (24, 18, 14, 12, 10, 8, 8, 6)
"""How often each of `LANGUAGES` is met."""
EDITIONS = (45, 25, 18, 12)
"""How often a work has one, two, three and four editions."""
ACCESS = (Access.PUBLIC,) * 18 + (Access.MEMBERS, Access.STAFF)
PAGES, SPREAD, MOST_PAGES = 11, 0.75, 40
"""Of an edition: how many on average, how widely that varies (log-normal), and how many at most."""
POOL = 100
"""Sentences that one edition is made of: few enough that most words are not in most editions."""
TAIL = 200_000
"""Made-up words of one language, the n-th of them n times as rare as the first."""
TAIL_SHARE = 0.6
"""Sentences that hold one of them."""


@dataclass(frozen=True)
class Corpus:
    """A library that is made while it is read."""

    bank: Bank
    seed: int = 1
    copies: int = 1
    """How often every edition is there, each time under another name."""

    def entries(self, editions: int) -> Iterator[Entry]:
        """The first so many editions; of a library of copies, the first copy of all, then the second."""
        once = list(self._once(editions // self.copies)) if self.copies > 1 else self._once(editions)
        for copy in range(self.copies):
            for entry in once:
                yield (
                    replace(entry, edition=copied(entry.edition, copy), work=copied(entry.work, copy))
                    if copy
                    else entry
                )

    def _once(self, editions: int) -> Iterator[Entry]:
        return islice((entry for number in count() for entry in self._work(number)), editions)

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The topics of the library itself."""
        return load_thesaurus(THESAURUS)

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Those that works have, the ones at the top first."""
        tops = [topic.id for topic in self.thesaurus.narrower()[:TOPS]]
        below = [topic.id for top in tops for topic in self.thesaurus.narrower(top)]
        return tuple([*tops, *below][:TOPICS])

    @cached_property
    def _tails(self) -> dict[str, _Tail]:
        return {language: _Tail.of(sentences) for language, sentences in self.bank.items()}

    def _work(self, number: int) -> Iterator[Entry]:
        random = Random(f"{self.seed}/{number}")
        topics = tuple(dict.fromkeys(random.choices(self.topics, range(TOPICS, 0, -1), k=random.randint(1, 3))))
        place, project = random.choice(PLACES), random.choice(PROJECTS)
        year = random.choices(YEARS, range(4, 4 + len(YEARS)))[0]
        shared = {
            "topic": tuple(dict.fromkeys(above for topic in topics for above in self.thesaurus.with_ancestors(topic))),
            "kind": (random.choice(KINDS).value,),
            "year": (str(year),),
            "place": (place.partition("/")[0], place),
            "project": (project,) if random.random() < 0.5 else (),
        }
        date = year * 10_000 + random.randint(1, 12) * 100 + random.randint(1, 28)
        access = random.choice(ACCESS)
        pages = min(max(round(random.lognormvariate(log(PAGES) - SPREAD**2 / 2, SPREAD)), 1), MOST_PAGES)
        wanted = random.choices((1, 2, 3, 4), EDITIONS)[0]
        languages = dict.fromkeys(random.choices(LANGUAGES, WEIGHTS, k=wanted))
        for language in languages:
            writer = _Writer(random, self.bank[language], self._tails[language])
            yield Entry(
                edition=f"w{number:06}.{language}",
                work=f"w{number:06}",
                language=language,
                lanes=(language,),
                access=access,
                fingerprint=f"{self.seed}/{number}",
                title=writer.title(),
                abstract=writer.sentence(),
                subject=(*(self.thesaurus.label(topic, language) for topic in topics), place.partition("/")[2]),
                pages=tuple(writer.page() for _ in range(pages)),
                values={**shared, "language": (language,)},
                date=date,
            )


@dataclass(frozen=True, slots=True)
class _Tail:
    """Words that look like a language's own: beginnings and ends of its words, put together anew."""

    heads: tuple[str, ...]
    ends: tuple[str, ...]

    @classmethod
    def of(cls, sentences: tuple[str, ...]) -> _Tail:
        words = sorted(
            {word.lower() for line in sentences for word in line.split() if word.isalpha() and len(word) > 5}
        )
        return cls(tuple(sorted({word[:4] for word in words})), tuple(sorted({word[-4:] for word in words})))

    def word(self, random: Random) -> str:
        """One of the tail, a frequent one more often; every third is a name."""
        rank = int(TAIL ** random.random())
        mixed = rank * 2_654_435_761 % 2**32
        word = self.heads[mixed % len(self.heads)] + self.ends[mixed // len(self.heads) % len(self.ends)]
        return word.capitalize() if rank % 3 == 0 else word


class _Writer:
    """Writes one edition."""

    def __init__(self, random: Random, sentences: tuple[str, ...], tail: _Tail) -> None:
        self._random = random
        self._tail = tail
        size = len(sentences)
        self._pool = [sentences[int(size * random.random() ** 2)] for _ in range(POOL)]

    def title(self) -> str:
        """Three to eight words, one of them seldom met."""
        words = self._random.choice(self._pool).rstrip(".!?").split()
        length = self._random.randint(2, 7)
        start = self._random.randrange(max(len(words) - length, 1))
        return " ".join([*words[start : start + length], self._tail.word(self._random).capitalize()])

    def sentence(self) -> str:
        """One sentence, often with a word of the tail in it."""
        sentence = self._random.choice(self._pool)
        if self._random.random() >= TAIL_SHARE:
            return sentence
        blank = sentence.find(" ", self._random.randrange(len(sentence) - 1))
        return f"{sentence[:blank]} {self._tail.word(self._random)}{sentence[blank:]}" if blank > 0 else sentence

    def page(self) -> str:
        """300 to 500 words."""
        missing = self._random.randint(300, 500)
        lines: list[str] = []
        while missing > 0:
            lines.append(self.sentence())
            missing -= lines[-1].count(" ") + 1
        return "\n".join(lines)

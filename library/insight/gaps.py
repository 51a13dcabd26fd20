"""What the library lacks: topics without works in a language, and works that are not to be had in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from library.model import Status, Work
from library.topics import Thesaurus, Topic

USUAL_SHARE = 0.5
"""Share of the works from which a language is one that works usually have."""
FEWEST_USUAL = 2
"""Languages that are compared at least: with one alone nothing could be missing."""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic, and how many works there are under it in each language."""

    topic: Topic
    depth: int
    """How far it stands below the top."""
    works: int
    """In any language, those of narrower topics included."""
    counts: tuple[int, ...]
    """In the order of the matrix's languages."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Topics by languages."""

    languages: tuple[str, ...]
    rows: tuple[TopicRow, ...]

    @property
    def empty(self) -> int:
        """Cells without a work."""
        return sum(not count for row in self.rows for count in row.counts)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A work, and the languages of those chosen in which it is not to be had."""

    work: Work
    languages: tuple[str, ...]


def published(works: Iterable[Work]) -> tuple[Work, ...]:
    """The works that readers may come upon: drafts and withdrawn ones fill no gap."""
    return tuple(work for work in works if work.status is Status.PUBLISHED)


def languages_of(works: Iterable[Work]) -> tuple[str, ...]:
    """Every language that works have, the commonest first."""
    counted = Counter(language for work in works for language in set(work.languages))
    return tuple(sorted(counted, key=lambda language: (-counted[language], language)))


def usual_languages(works: Sequence[Work]) -> tuple[str, ...]:
    """The languages that most works have: at least two, if there are as many."""
    counted = Counter(language for work in works for language in set(work.languages))
    ranked = languages_of(works)
    usual = sum(counted[language] >= USUAL_SHARE * len(works) for language in ranked)
    return ranked[: max(usual, FEWEST_USUAL)]


def matrix(works: Sequence[Work], thesaurus: Thesaurus, languages: Sequence[str] = ()) -> Matrix:
    """How many works there are under each topic in each language; in all languages there are, when none is named."""
    columns = tuple(languages) or languages_of(works)
    every: Counter[str] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    for work in works:
        for topic in {above for name in work.topics for above in thesaurus.with_ancestors(name)}:
            every[topic] += 1
            counts.update((topic, language) for language in set(work.languages))
    rows = tuple(
        TopicRow(topic, depth, every[topic.id], tuple(counts[topic.id, language] for language in columns))
        for topic, depth in _tree(thesaurus)
    )
    return Matrix(columns, rows)


def lacking(works: Iterable[Work], languages: Sequence[str]) -> tuple[Lacking, ...]:
    """The works that lack one of these languages, those that lack most first, then by id."""
    found = (Lacking(work, tuple(one for one in languages if one not in work.languages)) for work in works)
    return tuple(sorted((one for one in found if one.languages), key=lambda one: (-len(one.languages), one.work.id)))


def _tree(thesaurus: Thesaurus, topic: str = "", depth: int = 0) -> list[tuple[Topic, int]]:
    """The topics, each followed by those below it. The thesaurus is a tree: whoever loaded it made sure."""
    return [
        entry
        for below in thesaurus.narrower(topic)
        for entry in ((below, depth), *_tree(thesaurus, below.id, depth + 1))
    ]

"""What answers a search: the few verbs every engine has, and the values that go in and come out.

An engine knows entries (one per edition) and identifiers, never records or files; what it finds is
checked again against the catalogue before anyone sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from library.model import Access
from library.query import Node
from library.request import SearchRequest

PAGES_PER_HIT = 3
"""Best pages named with a hit; the rest are only counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition as an engine takes it: what is searched, what is filtered, and who may find it."""

    edition: str
    work: str
    language: str
    lanes: tuple[str, ...]
    """Languages in whose analysis the text is searched: the edition's own, and any other that fills much of it."""
    access: Access
    fingerprint: str
    """Changes whenever anything here would; tells a sync what to leave alone."""
    title: str
    abstract: str
    subject: tuple[str, ...]
    """Labels of topics, places and projects, each searched on its own."""
    pages: tuple[str, ...]
    """Text of each page, in order."""
    values: Mapping[str, tuple[str, ...]]
    """Facet name to values; a tree's values come with everything above them."""
    date: int
    """Publication as yyyymmdd with zeroes for what is unknown; 0 when nothing is."""


@dataclass(frozen=True, slots=True)
class PageMatch:
    """A page that matched, and which of its tokens did."""

    number: int
    """From 1."""
    tokens: tuple[int, ...]
    """Positions of the matching tokens on the page, from 0, ascending."""


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A work found, by its best edition."""

    work: str
    edition: str
    score: float
    pages: tuple[PageMatch, ...] = ()
    more_pages: int = 0

    @property
    def language(self) -> str:
        """Of the edition; its id is the work's with the language behind it (`model.edition_id`)."""
        return self.edition.removeprefix(f"{self.work}.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found: works in order, and exact counts of works for every facet value."""

    total: int
    editions: int
    hits: tuple[EngineHit, ...]
    counts: Mapping[str, Mapping[str, int]]
    """Facet name → value → works it would show, its own facet's selection set aside."""
    complete: int
    """Works that have all of what was asked; they come first, those with most of it follow."""

    @property
    def relaxed(self) -> bool:
        """Whether works without some of the words are among them."""
        return self.complete < self.total


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A word, or two words, spelt nearly like another word."""

    words: str
    """As the index has them: folded, two of them with a blank between."""
    letters: int
    """How many letters differ; a blank counts as one."""
    works: int
    """Works that have them, of those that may be found."""
    languages: tuple[str, ...]
    """Languages of the editions that have them, that of most editions first."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Words that end with a beginning made whole."""

    words: str
    """Folded."""
    works: int
    """Works in which they stand side by side, of those that may be found."""
    languages: tuple[str, ...]
    """Languages of the editions that have the last of them, that of most editions first."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What other works are to be like: the values of a work, and the words of its editions."""

    work: str
    """It is never among the answers itself."""
    values: Mapping[tuple[str, str], float]
    """Facet and value → how much it counts when another work has it too, before its rarity."""
    words: Mapping[str, Mapping[str, int]]
    """Language → word as written → how often the edition has it; no stop words."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A work that is like another one, and why."""

    work: str
    score: float
    """Above 0, and at most 1 for a work with the same values and words."""
    values: tuple[tuple[str, str], ...]
    """Facet and value that both have, those that count most first."""
    words: tuple[str, ...]
    """Telling words that both have, as written in the first one, the most telling first; of one language, the first
    of the likeness's in which there are any."""


class Batch(Protocol):
    """Changes that become visible together, or not at all."""

    def put(self, entry: Entry) -> None:
        """Add an edition, or replace what was held of it."""

    def drop(self, edition: str) -> None:
        """Forget an edition; nothing happens when it was not held."""


class Engine(Protocol):
    """A search engine: put and drop in batches, search, and say what is held."""

    def held(self) -> Mapping[str, str]:
        """Every edition held, with the fingerprint it was put in with."""

    def batch(self, jobs: int = 1) -> AbstractContextManager[Batch]:
        """A batch: committed at the end of the `with` block, discarded when an exception leaves it.

        `jobs` is how many processes may write what is put, which pays for some thousand pages.
        """

    def rebuild(self, fill: Callable[[Batch], None], jobs: int = 1) -> None:
        """Build the index anew beside the old one and swap when it is whole; searches never see a half."""

    def search(self, node: Node, request: SearchRequest, visible: frozenset[Access]) -> Answer:
        """The works that match, may be found with this access, and stand on the request's page.

        Raises IndexOutOfDate when there is no index, or one of another version.
        """

    def counts(self, nodes: Sequence[Node], visible: frozenset[Access]) -> tuple[int, ...]:
        """For each of these queries, how many works that may be found have all of it. Raises IndexOutOfDate."""

    def neighbours(self, word: str, visible: frozenset[Access], most: int) -> tuple[Neighbour, ...]:
        """What is spelt nearly like one folded word, in editions that may be found: the nearest, then the commonest.

        Letters may be wrong, missing, added or swapped: one, two in words of six letters or more. Where the first
        letter is not right, nothing else is wrong. Two words that were written as one stand in one edition.
        Raises IndexOutOfDate.
        """

    def completions(self, before: str, beginning: str, visible: frozenset[Access], most: int) -> tuple[Completion, ...]:
        """The commonest words with this beginning, after the words before it when there are any.

        Stop words are left out, and of words of which one begins with the other all but the commonest.
        Raises IndexOutOfDate.
        """

    def titles(self, beginnings: Sequence[str], visible: frozenset[Access], reader: str, most: int) -> tuple[str, ...]:
        """Editions whose title has, for each of these folded beginnings, a word that begins so: one of each work.

        Titles that begin with all of them come first, then the newest; of a work, the edition in the reader's
        language when that one is among them. Raises IndexOutOfDate.
        """

    def alike(self, likeness: Likeness, visible: frozenset[Access], most: int) -> tuple[Alike, ...]:
        """The works that are most like this one, the most alike first, then the newest. Raises IndexOutOfDate."""

    def close(self) -> None:
        """Let go of files and connections."""

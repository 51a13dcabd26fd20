"""What answers a search: the few verbs every engine has, and the values that go in and come out.

An engine knows entries (one per edition) and identifiers, never records or files; what it finds is
checked again against the catalogue before anyone sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

    def batch(self) -> AbstractContextManager[Batch]:
        """A batch: committed at the end of the `with` block, discarded when an exception leaves it."""

    def rebuild(self, fill: Callable[[Batch], None]) -> None:
        """Build the index anew beside the old one and swap when it is whole; searches never see a half."""

    def search(self, node: Node, request: SearchRequest, visible: frozenset[Access]) -> Answer:
        """The works that match, may be found with this access, and stand on the request's page.

        Raises IndexOutOfDate when there is no index, or one of another version.
        """

    def close(self) -> None:
        """Let go of files and connections."""

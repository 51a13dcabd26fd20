"""What is counted of a search and of a file that is opened, and what is not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

from library.access import Role, User
from library.insight.daybook import Daybook, Search, Use
from library.insight.privacy import kept_words, looks_personal
from library.insight.turnstile import Turnstile
from library.request import SearchRequest, years
from library.result import SearchResult

FILE = "insight.sqlite"
MOST_FILTERS = 300
"""Characters of the filters that are kept."""


@dataclass(frozen=True, slots=True)
class Insight:
    """Counts for one library; nothing at all when its settings say so."""

    daybook: Daybook
    turnstile: Turnstile
    on: bool = True

    @classmethod
    def open(cls, private: Path, days: int) -> Self:
        """The counts in the private folder of a library, kept for so many days; 0 counts nothing."""
        return cls(Daybook(private / FILE, max(days, 1)), Turnstile(), days > 0)

    def searched(self, search: Search | None, user: User, who: str) -> bool:
        """Count a settled search by somebody at an address, which is not kept; whether it counted."""
        if search is None or not self._counts(user):
            return False
        mark = "\0".join(("search", search.words, search.filters))
        return self.turnstile.passes(who, mark) and self.daybook.searched(search)

    def used(self, work: str, language: str, use: Use, user: User, who: str) -> bool:
        """Count that somebody at an address, which is not kept, opened or took an edition; whether it counted."""
        if not self._counts(user):
            return False
        return self.turnstile.passes(who, "\0".join((use, work, language))) and self.daybook.used(work, language, use)

    def _counts(self, user: User) -> bool:
        """Readers and members are counted; staff look at works because it is their work."""
        return self.on and user.role in {Role.READER, Role.MEMBER}


def settled(
    asked: SearchRequest, result: SearchResult, interface: str, reader: str, known: Mapping[str, Collection[str]]
) -> Search | None:
    """A search and its answer as they are counted; None when there is nothing that may be kept.

    `known` are the values of each facet that the library has: whatever else stands in an address is left out.
    """
    words = kept_words(asked.query)
    filters = kept_filters(asked, known)
    if (asked.query and not words) or not (words or filters):
        return None
    found = 0 if result.corrected else result.total  # what a correction found, the words did not find
    return Search(words, interface, reader, filters, found, min(result.complete, found))


def kept_filters(asked: SearchRequest, known: Mapping[str, Collection[str]]) -> str:
    """The filters as in an address, of those values that the library knows."""
    chosen = (
        (facet, value)
        for facet, values in asked.filters
        for value in values
        if value in known.get(facet, ()) or (facet == "year" and years(value) is not None)
    )
    kept: list[tuple[str, str]] = []
    for pair in chosen:
        if pair[0] in {"place", "project"} and looks_personal(pair[1]):
            continue
        if len(urlencode([*kept, pair])) <= MOST_FILTERS:
            kept.append(pair)
    return urlencode(kept)

"""Which files may be the same work in several languages: those of a batch, and the editions the library has already.

A family is a work and whatever was taken for a version of it. Nothing is joined here: the match is told to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from library.describe.versions import SAME_WORK, Resemblance, Signs, resemblance
from library.ingest.known_texts import KnownTexts
from library.model import Edition, Work

NONE: Mapping[str, str] = MappingProxyType({})

CLEARLY = 0.05
"""By how much the best family has to be more like a file than the next: below that, neither is named."""

MOST_PAGES_APART = 2.0
"""A translation is not longer or shorter by more than this factor: other documents need not be compared."""


@dataclass(frozen=True, slots=True)
class Version:
    """A work that a file may be another language of, how likely that is, and why."""

    work: str
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Family:
    """The editions that are, or may be, one work."""

    work: str
    known: dict[str, Edition] = field(default_factory=dict)
    """Editions of the library by language, whose pages have not been looked at yet."""
    members: list[Signs] = field(default_factory=list)

    def languages(self) -> set[str]:
        return {*self.known, *(member.language for member in self.members)}


class Families:
    """The works of a library and of a batch, as far as they could have further versions."""

    def __init__(self, works: Iterable[Work], known: KnownTexts, proposed: Mapping[str, str] = NONE) -> None:
        """`proposed` names the work that a draft was taken for a version of when it came in."""
        self._known = known
        families = {work.id: _Family(work.id, {e.language: e for e in work.editions}) for work in works}
        for draft, work in proposed.items():
            own, other = families.get(draft), families.get(work)
            if own is not None and other is not None and own is not other and not own.known.keys() & other.known.keys():
                other.known |= own.known
                del families[draft]
        self._families = list(families.values())

    def place(self, work: str, new: Signs) -> Version | None:
        """The work that a file is likely a version of; it is remembered in that family, or in one of its own."""
        version = self.version(new)
        self.join(work if version is None else version.work, new)
        return version

    def version(self, new: Signs) -> Version | None:
        """The work that a file is likely a version of."""
        ranked = sorted(
            (
                (found, family)
                for family in self._families
                if new.language not in family.languages() and (found := self._best(new, family)) is not None
            ),
            key=lambda pair: -pair[0].score,
        )
        next_best = ranked[1][0].score if len(ranked) > 1 else 0.0
        if not ranked or ranked[0][0].score < max(SAME_WORK, next_best + CLEARLY):
            return None
        found, family = ranked[0]
        return Version(family.work, found.score, found.reasons)

    def join(self, work: str, new: Signs) -> None:
        """Remember a file as an edition of this work, or of one that is likely the same."""
        for family in self._families:
            if family.work == work:
                family.members.append(new)
                return
        self._families.append(_Family(work, members=[new]))

    def _best(self, new: Signs, family: _Family) -> Resemblance | None:
        """How like the most like member of a family is."""
        known = (self._known.signs(edition) for edition in family.known.values() if _as_long(edition.pages, new.pages))
        members = (member for member in family.members if _as_long(member.pages, new.pages))
        compared = [resemblance(new, member) for member in (*members, *known) if member is not None]
        return max(compared, key=lambda found: found.score, default=None)


def _as_long(pages: int, other: int) -> bool:
    return max(pages, other) <= MOST_PAGES_APART * min(pages, other)

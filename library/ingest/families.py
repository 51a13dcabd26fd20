"""Which files may be the same work in several languages: those of a batch, and the editions the library has already.

A family is a work and whatever was taken for a version of it. Nothing is joined here: the match is told to a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from library.describe.versions import SAME_WORK, Resemblance, Signs, resemblance, signs
from library.formats.page_store import PageStore
from library.model import Edition, Work

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

    def __init__(self, works: Iterable[Work], store: PageStore) -> None:
        self._store = store
        self._families = [_Family(work.id, {e.language: e for e in work.editions}) for work in works]
        self._seen: dict[str, Signs | None] = {}

    def place(self, work: str, new: Signs) -> Version | None:
        """The work that a file is likely a version of; it is remembered in that family, or in one of its own."""
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
            self._families.append(_Family(work, members=[new]))
            return None
        found, family = ranked[0]
        family.members.append(new)
        return Version(family.work, found.score, found.reasons)

    def join(self, work: str, new: Signs) -> None:
        """Remember a file that somebody has said to be an edition of this work."""
        for family in self._families:
            if family.work == work:
                family.members.append(new)
                return
        self._families.append(_Family(work, members=[new]))

    def _best(self, new: Signs, family: _Family) -> Resemblance | None:
        """How like the most like member of a family is."""
        known = (self._known(edition) for edition in family.known.values() if _as_long(edition.pages, new.pages))
        members = (member for member in family.members if _as_long(member.pages, new.pages))
        compared = [resemblance(new, member) for member in (*members, *known) if member is not None]
        return max(compared, key=lambda found: found.score, default=None)

    def _known(self, edition: Edition) -> Signs | None:
        """An edition of the library, read once; None when its text is not kept."""
        if edition.sha256 not in self._seen:
            self._seen[edition.sha256] = self._read(edition)
        return self._seen[edition.sha256]

    def _read(self, edition: Edition) -> Signs | None:
        stored = self._store.get(edition.sha256)
        try:
            texts = stored.all_texts() if stored is not None else None
        except OSError:  # the texts have gone from the disk since
            texts = None
        if stored is None or texts is None:
            return None
        return signs(texts, stored.outline, edition.language, edition.source)


def _as_long(pages: int, other: int) -> bool:
    return max(pages, other) <= MOST_PAGES_APART * min(pages, other)

"""Works side by side: which, and each in which of its languages. The address says both.

`compare?work=a&work=b&edition=a.fr` shows the French edition of the first; `language=fr` asks for French of all.
"""

from __future__ import annotations

from dataclasses import dataclass

from library.locales import Texts
from library.model import Edition, Section, Work, edition_id
from library.ui.links import page_link
from library.ui.named_works import NamedWorks, named_works
from library.ui.visit import Visit

MOST_COMPARED = 4
"""Works that fit beside each other."""
MOST_EDITIONS = 50
"""Editions that one address may choose."""


@dataclass(frozen=True, slots=True)
class Column:
    """One of the works, in the language in which it is shown."""

    work: Work
    edition: Edition

    @property
    def sections(self) -> dict[Section, str]:
        """Its parts that have a text."""
        return {section: text for section, text in self.edition.sections if text.strip()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one visit compares."""

    visit: Visit
    named: NamedWorks
    columns: tuple[Column, ...]
    more: int
    """How many works the address names beyond those that are looked at."""

    @property
    def t(self) -> Texts:
        """The texts of the interface."""
        return self.visit.t

    @classmethod
    def of(cls, visit: Visit) -> Comparison:
        """The comparison in the address."""
        named = named_works(visit, MOST_COMPARED)
        chosen = [value.partition(".") for value in visit.params.get("edition", ())[:MOST_EDITIONS]]
        languages = {work: language for work, _, language in chosen}
        columns = tuple(
            Column(work, work.edition(languages.get(work.id, "")) or edition) for work, edition in named.cited
        )
        return cls(visit, named, columns, len(visit.works()) - len(named.asked))

    def link(self, works: tuple[str, ...]) -> str:
        """The comparison of other works, each in the language in which it is shown now."""
        editions = tuple(
            edition_id(column.work.id, column.edition.language)
            for column in self.columns
            if column.work.id in works and (column.work, column.edition) not in self.named.cited
        )
        language = self.visit.language()
        return page_link("compare", self.visit.chosen, work=works, edition=editions, language=language)

    def with_work(self, work: str) -> str:
        """The same with one more work."""
        return self.link((*(column.work.id for column in self.columns), work))

    def without(self, work: str) -> str:
        """The same without one of them."""
        return self.link(tuple(column.work.id for column in self.columns if column.work.id != work))

    def shared(self, topic: str) -> bool:
        """Whether more than one of the works has the topic."""
        return sum(topic in column.work.topics for column in self.columns) > 1

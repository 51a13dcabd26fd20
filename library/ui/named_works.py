"""The works that an address names: those that are open to the reader, and how many are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from library.errors import LibraryError
from library.model import Work
from library.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class NamedWorks:
    """The works of a list, in its order."""

    asked: tuple[str, ...]
    """Every id the address names, each once."""
    works: tuple[Work, ...]
    """Those that this reader may see."""

    @property
    def missing(self) -> int:
        """How many are hidden or not there: nobody is told which of the two."""
        return len(self.asked) - len(self.works)


def named_works(visit: Visit, most: int = 0) -> NamedWorks:
    """The works that the address names with `work`; no more than `most` are looked at when that is given."""
    asked = visit.works()[: most or None]
    return NamedWorks(asked, tuple(work for name in asked if (work := _open_to(visit, name)) is not None))


def notice(words: str, more: str = "") -> str:
    """Something that has to be said about the works, with markup of ours behind it."""
    return f'<p class="notice no-print">{escape(words)}{more}</p>'


def titles(works: Sequence[Work], visit: Visit, most: int = 8) -> str:
    """The first titles, as a description of the works together."""
    return " · ".join(work.best_edition(visit.reads, visit.t.language).title for work in works[:most])[:400]


def _open_to(visit: Visit, work: str) -> Work | None:
    try:
        return visit.library.get(work, visit.user)
    except LibraryError:  # hidden, not there, or a record that is not right: the doctor tells of those
        return None

"""The works that an address names: those that are open to the reader, and how many are not."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from library.citing import Cited
from library.model import Work
from library.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class NamedWorks:
    """The works of a list, in its order."""

    asked: tuple[str, ...]
    """Every id the address names, each once."""
    cited: tuple[Cited, ...]
    """Those that this reader may see, each with the edition to show."""

    @property
    def works(self) -> tuple[Work, ...]:
        """Those that this reader may see."""
        return tuple(work for work, _ in self.cited)

    @property
    def missing(self) -> int:
        """How many are hidden or not there: nobody is told which of the two."""
        return len(self.asked) - len(self.cited)


def named_works(visit: Visit, most: int = 0) -> NamedWorks:
    """The works that the address names with `work`; no more than `most` are looked at when that is given."""
    asked = visit.works()[: most or None]
    languages = filter(None, (visit.language(), visit.reads, visit.t.language))
    return NamedWorks(asked, visit.library.gathered(asked, visit.user, *languages))


def notice(words: str, more: str = "") -> str:
    """Something that has to be said about the works, with markup of ours behind it."""
    return f'<p class="notice no-print">{escape(words)}{more}</p>'


def titles(named: NamedWorks, most: int = 8) -> str:
    """The first titles, as a description of the works together."""
    return " · ".join(edition.title for _, edition in named.cited[:most])[:400]

"""What should be found for which query: judged by reading the works, in one file a language beside this one.

    [[query]]
    text = "securite des femmes la nuit"
    first = "safer-nights"                              the work that comes first
    top3 = ["safer-nights"]                             works among the first three, in any order
    not_in_top10 = ["drones-ai-public-space"]           works that are not on the first page
    same_count_as = "sécurité des femmes la nuit"       a query that finds as many works and editions
    before = ["safer-nights", "rembrandt-square"]       the first of the two is found, and before the second
    relevant = { safer-nights = 3, rembrandt-square = 1 }       for nDCG and RR; what is not named counts 0
    role = "member"                                     who asks: a reader when not said
    across = true                                       what is sought does not exist in the language of the query
    fails.first = "why"                                 a judgement the search does not fulfil yet: strict xfail

The grades: 3 is about it, 2 has a part on it, 1 mentions it. The language of the file is that of the reader.
TOML and not YAML, as everywhere in the library: `no` is a language here, and Python reads it without a package.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from library.access import Role, User
from library.library import Library
from library.request import SearchRequest
from library.result import SearchResult

FOLDER = Path(__file__).parent
JUDGEMENTS = ("first", "top3", "not_in_top10", "same_count_as", "before")
"""What can be judged of one query, by the name of its key."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with what is expected of its answer."""

    language: str
    text: str
    role: Role = Role.READER
    first: str = ""
    top3: tuple[str, ...] = ()
    not_in_top10: tuple[str, ...] = ()
    same_count_as: str = ""
    before: tuple[str, ...] = ()
    relevant: Mapping[str, int] = field(default_factory=dict)
    across: bool = False
    fails: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, language: str, table: Mapping[str, Any]) -> Self:
        """A query from its table. Raises TypeError when a key is not known, ValueError when the role is not."""
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
        }
        values |= {"language": language, "role": Role(table.get("role", Role.READER))}
        return cls(**values)

    @property
    def judgements(self) -> tuple[str, ...]:
        """The names of what is judged of it."""
        return tuple(name for name in JUDGEMENTS if getattr(self, name))

    @property
    def works(self) -> frozenset[str]:
        """Every work it names."""
        first = (self.first,) if self.first else ()
        return frozenset((*first, *self.top3, *self.not_in_top10, *self.before, *self.relevant))

    def ask(self, library: Library, text: str = "") -> SearchResult:
        """The answer to it, or to another query by the same person."""
        return library.search(SearchRequest.build(text or self.text, reader=self.language), User(self.role))


def read_judged() -> tuple[Judged, ...]:
    """Every judged query, by language."""
    return tuple(
        Judged.read(path.stem, table)
        for path in sorted(FOLDER.glob("*.toml"))
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["query"]
    )

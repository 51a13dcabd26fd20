"""What the indices of a library are called: by the library, the version of the program, and when they were built."""

from __future__ import annotations

import time
from dataclasses import dataclass

from library.analysis import ANALYSIS_VERSION
from library.engines.opensearch.schema import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Names:
    """The names that begin with a library's own prefix.

    The version is part of them: while a new version of the program builds its index, the old one answers from its own.
    """

    prefix: str

    @property
    def version(self) -> str:
        """What all names of this version begin with."""
        return f"{self.prefix}-v{SCHEMA_VERSION}.{ANALYSIS_VERSION}"

    @property
    def editions(self) -> str:
        """The alias of the index that answers searches."""
        return f"{self.version}-editions"

    @property
    def words(self) -> str:
        """The alias of the index of words."""
        return f"{self.version}-words"

    @property
    def writing(self) -> str:
        """The index that says who writes."""
        return f"{self.version}-writing"

    @property
    def any_version(self) -> str:
        """A pattern for the aliases of all versions."""
        return f"{self.prefix}-v*-editions"

    def built(self, alias: str) -> str:
        """A new name for an index that is to stand behind an alias."""
        return f"{alias}-{time.time_ns():x}"

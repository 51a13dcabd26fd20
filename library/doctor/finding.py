"""What a check looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from library.catalogue import Catalogue
from library.doctor.checksums import Checksums
from library.errors import RecordError
from library.formats.page_store import PageStore
from library.indexing import Indexing
from library.insight.daybook import Daybook
from library.model import Edition, Work
from library.topics import Thesaurus

Progress = Callable[[str, int, int], None]
"""Told of each step: the check, how many things it has looked at, how many there are."""


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found, with what to do."""

    check: str
    severity: Severity
    subject: str
    """The work, edition or folder it is about."""
    message: str
    remedy: str
    fix: Callable[[], None] | None = None
    """Puts it right without losing anything; None when only a person can."""
    line: int = 0
    """The line of the file that the subject names; 0 when there is no telling."""
    written: str = ""
    """What stands on that line."""
    exit_code: int = RecordError.exit_code
    """What the command line returns when it stays."""


@dataclass(frozen=True, slots=True)
class Patient:
    """What the checks look at."""

    catalogue: Catalogue
    thesaurus: Thesaurus
    pages: PageStore
    indexing: Indexing
    root: Path
    """The folder that holds `documents/`, `index/`, `private/` and `arrivals/`."""
    daybook: Daybook
    checksums: Checksums = field(default_factory=Checksums)
    """What is known of files from a look before; without anything known, every byte is looked at."""
    progress: Progress = lambda *_: None

    @property
    def derived(self) -> Path:
        """The folder of everything that is made from the documents."""
        return self.root / "index"

    def editions(self) -> Iterator[tuple[Work, Edition]]:
        """Every edition of every work whose record is right."""
        for work in self.catalogue.census().works:
            for edition in work.editions:
                yield work, edition

"""A file that was read → the edition and the work that are written of it, from what is sure enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from library import __version__
from library.catalogue.journal import now
from library.describe.proposal import Description, Proposal
from library.formats.text_repair import clean_metadata
from library.ingest.examination import Examined
from library.ingest.files import file_name
from library.ingest.report import ImportReport
from library.model import Edition, Kind, Status, TextSource, Work

SURE_ENOUGH = 0.4
"""Confidence from which a proposed year, topic or kind goes into the record: our judgement."""
WHO = "library add"
LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Stated:
    """What the person who adds says of the files; it wins over whatever is found in them."""

    language: str = ""
    kind: Kind | None = None
    topics: tuple[str, ...] = ()
    work: str = ""
    """Add to this work, or make it under this id."""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A file that is given to the library, and what is known of where it comes from."""

    path: Path
    sha256: str
    name: str
    """What people call it, with the folders it came in: a text, never a path of ours."""
    arrival: str = ""
    """Which arrival at the desk it is; empty for `library add`."""
    who: str = WHO

    @property
    def source(self) -> str:
        """The name as a record has it."""
        return clean_metadata(self.name.encode("utf-8", "replace").decode("utf-8"))[:LONGEST_NAME]

    @property
    def last_name(self) -> str:
        """The name without the folders."""
        return PurePosixPath(self.source.replace("\\", "/")).name or "?"


def edition_of(given: Given, language: str, found: Examined) -> Edition:
    """The edition that a file becomes."""
    description = found.description
    return Edition(
        language=language,
        title=clean_metadata(description.title.value) or PurePosixPath(given.last_name).stem or "?",
        subtitle=clean_metadata(sure(description.subtitle)),
        sha256=given.sha256,
        pages=len(found.reading.pages),
        bytes=given.path.stat().st_size,
        source=given.source,
        received=now(),
        file=file_name(language, found.reading.format),
    )


def report_of(edition: Edition, found: Examined, who: str, arrival: str = "") -> ImportReport:
    """What was found in the file that became an edition, without what was found by comparing it with others."""
    return ImportReport(
        source=edition.source,
        sha256=edition.sha256,
        format=found.reading.format,
        size=edition.bytes,
        pages=edition.pages,
        received=edition.received,
        who=who,
        arrival=arrival,
        description=found.description,
        without_text=without_text(found),
        notices=found.reading.notices,
        warnings=found.description.warnings,
        stages=found.stages,
        program=__version__,
    )


def work_of(stated: Stated, edition: Edition, description: Description, free: Callable[[str], str]) -> Work:
    """The work that a file becomes when it is no edition of a known one; `free` gives an id for a title."""
    return Work(
        id=stated.work or free(edition.title),
        kind=stated.kind or _kind(description),
        editions=(edition,),
        date=sure(description.date),
        topics=stated.topics or tuple(t.value for t in description.topics if t.confidence >= SURE_ENOUGH),
        status=Status.DRAFT if stated.draft else Status.PUBLISHED,
    )


def without_text(found: Examined) -> tuple[int, ...]:
    """Numbers of the pages on which no text was found."""
    return tuple(page.number for page in found.reading.pages if page.source is TextSource.NONE)


def sure(proposal: Proposal) -> str:
    """What is proposed, when it is sure enough to go into the record."""
    return proposal.value if proposal.confidence >= SURE_ENOUGH else ""


def _kind(description: Description) -> Kind:
    value = sure(description.kind)
    return Kind(value) if value in set(Kind) else Kind.PUBLICATION

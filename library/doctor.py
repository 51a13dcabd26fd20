"""The health of a library: a list of checks, each a function that returns what it found."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from library.catalogue import Catalogue
from library.durable import abandoned, abandoned_files
from library.errors import IndexOutOfDate
from library.formats.page_store import PageStore
from library.indexing import Indexing
from library.ingest.files import sha256_of
from library.model import Edition, TextSource, Work, edition_id
from library.topics import Thesaurus


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


@dataclass(frozen=True, slots=True)
class Patient:
    """What the checks look at."""

    catalogue: Catalogue
    thesaurus: Thesaurus
    pages: PageStore
    indexing: Indexing
    derived: Path
    """The folder of everything that is made from the documents."""


def check(patient: Patient) -> tuple[Finding, ...]:
    """Everything the checks find, in the order of the checks."""
    return tuple(finding for one in CHECKS for finding in one(patient))


def records(patient: Patient) -> Iterator[Finding]:
    """Records that cannot be read, each problem of each."""
    for problem in patient.catalogue.census().problems:
        where = f"{problem.file}: {problem.key}" if problem.key else problem.file
        yield Finding("records", Severity.ERROR, where, problem.message, problem.remedy)


def topics(patient: Patient) -> Iterator[Finding]:
    """Works under topics that the thesaurus does not have."""
    for work in patient.catalogue.census().works:
        for topic in work.topics:
            if patient.thesaurus.get(topic) is None:
                yield Finding(
                    "topics", Severity.ERROR, work.id, f"“{topic}” is no topic of the thesaurus",
                    "mend the record, or add the topic to documents/topics.ttl",
                )  # fmt: skip


def files(patient: Patient) -> Iterator[Finding]:
    """Files that are missing, or are not the ones that were received."""
    for work, edition in _editions(patient):
        path = patient.catalogue.file(work.id, edition)
        name = edition_id(work.id, edition.language)
        if not path.is_file():
            yield Finding(
                "files", Severity.ERROR, name, f"its file {path.name} is missing", "put it back from a backup"
            )
        elif sha256_of(path) != edition.sha256:
            yield Finding(
                "files", Severity.ERROR, name, f"{path.name} is not the file that the record describes",
                "put the old file back, or replace the edition",
            )  # fmt: skip


def leftovers(patient: Patient) -> Iterator[Finding]:
    """Folders of works, and files, whose arrival was cut short: the file is still where it came from."""
    arrivals = patient.derived.parent / "arrivals"
    for folder in sorted((*patient.catalogue.folder.glob(".arriving-*"), *arrivals.glob("*/.arriving-*"))):
        if abandoned(folder):
            yield _leftover(folder, "an arrival was cut short", partial(shutil.rmtree, folder))
    for place in (patient.catalogue.folder, patient.derived, arrivals):
        for file in abandoned_files(place):
            yield _leftover(file, "the writing of a file was cut short", partial(file.unlink, missing_ok=True))


def _leftover(path: Path, message: str, remove: Callable[[], None]) -> Finding:
    return Finding("leftovers", Severity.WARNING, path.name, message, "library check --fix", remove)


def index(patient: Patient) -> Iterator[Finding]:
    """An index that is missing, of another version, or behind the records."""

    def sync() -> None:
        patient.indexing.sync()

    try:
        behind = patient.indexing.behind()
    except IndexOutOfDate as error:
        yield Finding("index", Severity.ERROR, "index", error.message, error.remedy, sync)
        return
    if behind:
        names = ", ".join(behind[:5]) + (" …" if len(behind) > 5 else "")
        message = f"{len(behind)} editions are not indexed as they are: {names}"
        yield Finding("index", Severity.ERROR, "index", message, "run: library index", sync)


def text(patient: Patient) -> Iterator[Finding]:
    """Editions with pages that hold no text and are not known to: nobody can find them by their words."""
    for work, edition in _editions(patient):
        stored = patient.pages.get(edition.sha256)
        if stored is None:
            continue
        silent = (number for number, source in enumerate(stored.sources, 1) if source is TextSource.NONE)
        empty = [number for number in silent if number not in edition.without_text]
        if empty:
            pages = f"pages {', '.join(map(str, empty[:20]))}" + (" …" if len(empty) > 20 else "")
            yield Finding(
                "text", Severity.WARNING, edition_id(work.id, edition.language), f"no text on {pages}",
                "read them by OCR, ask for a file with text, or name them in the record as without_text",
            )  # fmt: skip


CHECKS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (records, topics, files, leftovers, index, text)


def _editions(patient: Patient) -> Iterator[tuple[Work, Edition]]:
    for work in patient.catalogue.census().works:
        for edition in work.editions:
            yield work, edition

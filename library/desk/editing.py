"""Editing records: one of them in a form, or many at once."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from library.access import Right, may
from library.catalogue import Action, parse_record
from library.catalogue.record import write_record
from library.desk.shelves import Shelves
from library.errors import LibraryError, NotAllowed, Problem, RecordError
from library.model import Access, Edition, Kind, Status, Work
from library.topics import Thesaurus

MOST_AT_ONCE = 1_000
"""Works that one bulk edit may change."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What is to change in every work of a selection; what is empty or None stays as it is."""

    add_topics: tuple[str, ...] = ()
    remove_topics: tuple[str, ...] = ()
    add_projects: tuple[str, ...] = ()
    remove_projects: tuple[str, ...] = ()
    kind: Kind | None = None
    access: Access | None = None

    def of(self, work: Work) -> Work:
        """The work as it is to be."""
        return replace(
            work,
            topics=_changed(work.topics, self.add_topics, self.remove_topics),
            projects=_changed(work.projects, self.add_projects, self.remove_projects),
            kind=self.kind or work.kind,
            access=self.access or work.access,
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """A work of a selection that was not changed, and why."""

    work: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of the works of a selection."""

    batch: str
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()


def problems(work: Work, thesaurus: Thesaurus) -> tuple[Problem, ...]:
    """Everything that would be wrong with a record."""
    file = f"{work.id}/record.toml"
    often = Counter(edition.language for edition in work.editions)
    doubled = [
        Problem(file, f"editions.{language}", "is there twice", "give one of them another language")
        for language, times in often.items()
        if times > 1
    ]
    if doubled:
        return tuple(doubled)
    _, found = parse_record(write_record(work), work.id, file)
    unknown = (
        Problem(file, "topics", f"“{topic}” is no topic of the thesaurus", "choose another")
        for topic in work.topics
        if thesaurus.get(topic) is None
    )
    return (*found, *unknown)


def save(shelves: Shelves, work: Work, expected: str, why: str = "") -> Work:
    """Save what a person made of a record. Raises NotAllowed, Conflict, RecordError with every problem."""
    before = shelves.get(work.id)
    work = replace(work, editions=tuple(_named(edition, before) for edition in work.editions))
    _let(shelves, before, work)
    found = problems(work, shelves.library.thesaurus)
    if found:
        raise RecordError(found)
    return shelves.save(work, shelves.deed(Action.EDIT, why), expected)


def change_all(shelves: Shelves, works: Iterable[str], edits: Edits) -> BatchReport:
    """Change a selection; one that cannot be changed does not stop the others."""
    batch = new_batch("bulk")
    changed: list[str] = []
    unchanged: list[str] = []
    refused: list[Refused] = []
    for name in list(dict.fromkeys(works))[:MOST_AT_ONCE]:
        try:
            expected = shelves.catalogue.version(name)
            before = shelves.get(name)
            after = edits.of(before)
            _let(shelves, before, after)
            found = problems(after, shelves.library.thesaurus)
            if found:
                raise RecordError(found)
            if after != before:
                shelves.save(after, shelves.deed(Action.EDIT, "bulk edit", batch), expected)
            (changed if after != before else unchanged).append(name)
        except LibraryError as error:
            refused.append(Refused(name, error.message, error.remedy))
    return BatchReport(batch, tuple(changed), tuple(unchanged), tuple(refused))


def new_batch(kind: str) -> str:
    """A name for changes that belong together, such as `bulk-20261122-2215-4f1a`."""
    return f"{kind}-{datetime.now(UTC):%Y%m%d-%H%M}-{secrets.token_hex(2)}"


def _let(shelves: Shelves, before: Work, after: Work) -> None:
    """Let only what editing may do: files come and go by other verbs, and so does a work's life.

    Raises NotAllowed.
    """
    same = (_life(before) == _life(after)) and (set(_files(before)) == set(_files(after)))
    own_draft = before.status is Status.DRAFT or may(shelves.user, Right.PUBLISH)
    if not same or not own_draft:
        raise NotAllowed(before.id)


def _life(work: Work) -> tuple[object, ...]:
    return work.status, work.publish_on, work.reason, work.merged_into


def _files(work: Work) -> Iterator[tuple[object, ...]]:
    for e in work.editions:
        yield e.sha256, e.file_name, e.pages, e.bytes, e.source, e.received, e.ocr


def _named(edition: Edition, before: Work) -> Edition:
    """The edition with the name of its file, which stays when a person corrects the language."""
    known = next((e for e in before.editions if e.sha256 == edition.sha256), None)
    name = (known or edition).file_name
    return replace(edition, file="" if name == f"{edition.language}.pdf" else name)


def _changed(values: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys((*values, *add)) if value not in remove)

"""Keeping: withdrawing with a reason, restoring, putting two works together, taking a change back."""

from __future__ import annotations

from dataclasses import replace

from library.catalogue import Action, Line
from library.desk.editing import BatchReport, Refused, new_batch
from library.desk.shelves import Shelves, reason_given
from library.durable import copy_file
from library.errors import Conflict, LibraryError, Problem, RecordError, UsageError
from library.model import Access, Status, Work

BESIDE = ("reports/{}.json", "ocr/{}.json")
"""What may lie beside a file, by the sha256 of the file: it goes with it to another work."""
ENDS = frozenset({Action.WITHDRAW.value, Action.MERGE.value})


def withdraw(shelves: Shelves, work: str, why: str, batch: str = "", merged_into: str = "") -> Work:
    """Take a work out of the library, with a reason that stands on its page; nothing of it is lost.

    A draft leaves no page behind for readers, who never saw it. Raises UsageError without a reason.
    """
    expected, found = shelves.seen(work)
    if found.status is Status.WITHDRAWN:
        raise UsageError(f"“{work}” is withdrawn already", "look at its history")
    # Why two works were put together is for colleagues: it stands in the history, not on the page.
    reason = "" if merged_into else reason_given(why, "withdrawing")
    gone = replace(
        found, status=Status.WITHDRAWN, reason=reason, publish_on="", merged_into=merged_into,
        access=Access.STAFF if found.status is Status.DRAFT else found.access,
    )  # fmt: skip
    action = Action.MERGE if merged_into else Action.WITHDRAW
    return shelves.save(gone, shelves.deed(action, why, batch), expected)


def restore(shelves: Shelves, work: str, why: str = "") -> Work:
    """Bring a withdrawn work back as it stood before it was withdrawn: published, or a draft."""
    expected, found = shelves.seen(work)
    if found.status is not Status.WITHDRAWN:
        raise UsageError(f"“{work}” is not withdrawn", "look at its history")
    change = next((c for c in reversed(shelves.catalogue.history(work)) if c.action in ENDS), None)
    # A record that was withdrawn by hand has no such change: then a person publishes it anew.
    before = shelves.catalogue.before(work, change.number) if change else replace(found, status=Status.DRAFT)
    back = replace(found, status=before.status, access=before.access, reason="", merged_into="")
    return shelves.save(back, shelves.deed(Action.RESTORE, why), expected)


def merge(shelves: Shelves, into: str, other: str, why: str = "") -> BatchReport:
    """Give one work the editions, topics, projects and places of another, which is withdrawn and leads to it.

    Editions in a language that it has already stay where they are. Both can be taken back together by the batch.
    Raises UsageError when they are one, one of them is withdrawn, or more people may read the first; Conflict when
    somebody changed one of them just then: done again it goes on where it stopped.
    """
    target, source = shelves.get(into), shelves.get(other)
    if into == other or Status.WITHDRAWN in (target.status, source.status):
        raise UsageError("these two cannot be put together", "choose two different works that are not withdrawn")
    open_to_no_more(source, target)
    batch = new_batch("merge")
    deed = shelves.deed(Action.MERGE, why or f"from {other}", batch)
    kept = []
    for edition in source.editions:
        expected, target = shelves.seen(into)
        held = target.edition(edition.language)
        if held is not None:
            kept += [] if held.sha256 == edition.sha256 else [edition.language]
            continue
        bring_beside(shelves, other, into, edition.sha256)
        named = replace(edition, file=f"{edition.language}.{edition.format}")
        grown = replace(target, editions=(*target.editions, named))
        shelves.add_file(grown, edition.language, shelves.catalogue.file(other, edition), deed, expected)
    expected, target = shelves.seen(into)
    shared = replace(
        target,
        topics=tuple(dict.fromkeys((*target.topics, *source.topics))),
        projects=tuple(dict.fromkeys((*target.projects, *source.projects))),
        places=tuple(dict.fromkeys((*target.places, *source.places))),
    )
    if shared != target:
        shelves.save(shared, deed, expected)
    withdraw(shelves, other, why, batch, merged_into=into)
    left = (
        Refused(other, f"“{into}” has an edition in {language} already", "its file stays with the withdrawn work")
        for language in kept
    )
    return BatchReport(batch, (into, other), (), tuple(left))


def open_to_no_more(source: Work, target: Work) -> None:
    """Let files only go where no more people may read them. Raises UsageError."""
    widest = tuple(Access)
    if widest.index(target.access) < widest.index(source.access):
        raise UsageError(
            f"more people may read “{target.id}” than “{source.id}”, whose files would be open to them",
            "give both works the same access first",
        )


def bring_beside(shelves: Shelves, source: str, target: str, sha256: str) -> None:
    """Let what lies beside a file go with it to another work."""
    for beside in BESIDE:
        path = shelves.catalogue.folder / source / beside.format(sha256)
        if path.is_file():
            copy_file(path, shelves.catalogue.folder / target / beside.format(sha256))


def undo(shelves: Shelves, work: str, number: int, batch: str = "", expected: str = "") -> Work:
    """Bring a record back to what it was before a change of its history; the files are all still there.

    Raises RecordError when there is no such change, or a file that it names is gone.
    """
    before = shelves.catalogue.before(work, number)
    for edition in before.editions:
        if not shelves.catalogue.file(work, edition).is_file():
            problem = Problem(f"{work}/{edition.file_name}", "", "is missing", "put it back from a backup")
            raise RecordError((problem,))
    return shelves.save(before, shelves.deed(Action.UNDO, f"back to before change {number}", batch), expected)


def undo_batch(shelves: Shelves, batch: str) -> BatchReport:
    """Take back everything that was done together, the last thing first.

    A work that was made is withdrawn; one that was changed again since is left as it is, and named. Raises UsageError
    when nothing was done under that name.
    """
    lines = [line for line in shelves.catalogue.journal.lines() if line.batch == batch and batch]
    if not lines:
        raise UsageError(f"there is no batch “{batch[:80]}”", "look for its name in the journal")
    mine = {(line.work, line.number) for line in lines}
    done = new_batch("undo")
    changed: dict[str, None] = {}
    refused: dict[str, Refused] = {}
    for line in reversed(lines):
        if line.work in refused:
            continue
        try:
            _take_back(shelves, line, mine, done)
            changed[line.work] = None
        except LibraryError as error:
            refused[line.work] = Refused(line.work, error.message, error.remedy)
    return BatchReport(done, tuple(changed), (), tuple(refused.values()))


def _take_back(shelves: Shelves, line: Line, mine: set[tuple[str, int]], batch: str) -> None:
    changes = shelves.catalogue.history(line.work)
    later = [c for c in changes if c.number > line.number and (line.work, c.number) not in mine and c.batch != batch]
    if later:
        raise Conflict(line.work)
    if line.number:
        undo(shelves, line.work, line.number, batch)
    elif line.action in {Action.ADD.value, Action.IMPORT.value}:
        withdraw(shelves, line.work, "taken back: it came with an import or by mistake", batch)

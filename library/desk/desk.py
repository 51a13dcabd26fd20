"""What staff may do, in one place: every verb asks for its right before it looks at anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from library import exchange
from library.access import Right, User, demand
from library.catalogue import Change, Line
from library.desk import editing, files, joining, keeping, publishing, scans
from library.desk.editing import BatchReport, Edits, Refused
from library.desk.shelves import Shelves
from library.errors import Problem
from library.exchange.undoing import Undoing
from library.ingest.scans import Progress, ScanReport
from library.library import Library
from library.model import Status, Work


class Desk:
    """The desk of one person. Every verb raises NotAllowed for who has no right to it.

    What writes also raises Conflict when somebody else was faster, RecordError when a record would not be right.
    """

    def __init__(self, library: Library, user: User) -> None:
        self.library = library
        self.user = user
        self._shelves = Shelves(library, user)

    # -- looking

    def drafts(self) -> tuple[Work, ...]:
        """Every work that waits to be published, the newest first."""
        demand(self.user, Right.READ_DRAFTS)
        found = [work for work in self.library.works(self.user) if work.status is Status.DRAFT]
        return tuple(sorted(found, key=_received, reverse=True))

    def withdrawn(self) -> tuple[Work, ...]:
        """Every work that was withdrawn, by id."""
        demand(self.user, Right.READ_DRAFTS)
        return tuple(work for work in self.library.works(self.user) if work.status is Status.WITHDRAWN)

    def work(self, work: str) -> Work:
        """A work, whatever its status. Raises RecordError when its record is not right."""
        demand(self.user, Right.READ_DRAFTS, work)
        return self._shelves.get(work)

    def version(self, work: str) -> str:
        """What tells its record from what it will be, to be given back when it is saved."""
        demand(self.user, Right.READ_DRAFTS, work)
        self._shelves.get(work)
        return self.library.catalogue.version(work)

    def history(self, work: str) -> tuple[Change, ...]:
        """Every change of its record, the oldest first."""
        demand(self.user, Right.READ_DRAFTS, work)
        self._shelves.get(work)
        return self.library.catalogue.history(work)

    def before(self, work: str, number: int) -> Work:
        """The work as it was before a change of its history."""
        demand(self.user, Right.READ_DRAFTS, work)
        self._shelves.get(work)
        return self.library.catalogue.before(work, number)

    def journal(self, most: int = 200) -> tuple[Line, ...]:
        """What was done last, the newest first."""
        demand(self.user, Right.READ_DRAFTS)
        return self.library.catalogue.journal.latest(most)

    # -- editing

    def problems(self, work: Work) -> tuple[Problem, ...]:
        """Everything that would be wrong with a record."""
        demand(self.user, Right.EDIT, work.id)
        return editing.problems(work, self.library.thesaurus)

    def save(self, work: Work, expected: str, why: str = "") -> Work:
        """Save a record over the version that was seen. Files and the life of a work are changed by other verbs."""
        demand(self.user, Right.EDIT, work.id)
        return editing.save(self._shelves, work, expected, why)

    def change_all(self, works: Iterable[str], edits: Edits) -> BatchReport:
        """Change a selection of works."""
        demand(self.user, Right.EDIT)
        return editing.change_all(self._shelves, works, edits)

    # -- publishing

    def publish(self, work: str, on: str = "", expected: str = "") -> Work:
        """Publish a draft now, or on a day to come."""
        demand(self.user, Right.PUBLISH, work)
        return publishing.publish(self._shelves, work, on, expected)

    def unpublish(self, work: str, why: str = "") -> Work:
        """Make a work a draft again, or take back the day on which it would be published."""
        demand(self.user, Right.PUBLISH, work)
        return publishing.unpublish(self._shelves, work, why)

    # -- keeping

    def replace(self, work: str, language: str, path: Path, source: str, why: str = "") -> Work:
        """Put another file in the place of an edition's; `source` is the name it had."""
        demand(self.user, Right.KEEP, work)
        return files.replace_file(self._shelves, work, language, path, source, why)

    def add_language(self, work: str, language: str, path: Path, source: str, title: str = "") -> Work:
        """Add an edition in one more language; the one found in its text when none is named."""
        demand(self.user, Right.KEEP, work)
        return files.add_language(self._shelves, work, language, path, source, title)

    def read_scans(
        self,
        work: str,
        language: str,
        printed: tuple[str, ...] = (),
        *,
        again: bool = False,
        jobs: int = 1,
        progress: Progress = lambda *_: None,
    ) -> ScanReport:
        """Read the pages of an edition that have no text by OCR; `printed` names other languages than the edition's.

        What is not a draft is read for those who keep works.
        """
        demand(self.user, Right.EDIT, work)
        return scans.read_edition(self._shelves, work, language, printed, again, jobs, progress)

    def withdraw(self, work: str, why: str) -> Work:
        """Take a work out of the library, with a reason that stands on its page."""
        demand(self.user, Right.KEEP, work)
        return keeping.withdraw(self._shelves, work, why)

    def restore(self, work: str, why: str = "") -> Work:
        """Bring a withdrawn work back."""
        demand(self.user, Right.KEEP, work)
        return keeping.restore(self._shelves, work, why)

    def merge(self, into: str, other: str, why: str = "") -> BatchReport:
        """Put two works together; the other one is withdrawn and leads to the first."""
        demand(self.user, Right.KEEP, into)
        return keeping.merge(self._shelves, into, other, why)

    def join(self, draft: str, work: str, why: str = "") -> Work:
        """Make the editions of a draft editions of a work in further languages: seen at once when it is published."""
        demand(self.user, Right.KEEP, work)
        return joining.join(self._shelves, draft, work, why)

    def take_place(self, draft: str, language: str, work: str, place: str, why: str = "") -> Work:
        """Put the file of a draft's edition in the place of a work's edition in the language `place`."""
        demand(self.user, Right.KEEP, work)
        return joining.take_place(self._shelves, draft, language, work, place, why)

    def discard(self, draft: str, work: str, why: str = "") -> Work:
        """Put a draft away because a work says the same already."""
        demand(self.user, Right.KEEP, draft)
        return joining.discard(self._shelves, draft, work, why)

    def undo(self, work: str, number: int, expected: str = "") -> Work:
        """Bring a record back to what it was before a change of its history."""
        demand(self.user, Right.KEEP, work)
        return keeping.undo(self._shelves, work, number, expected=expected)

    def undo_batch(self, batch: str) -> BatchReport:
        """Take back everything that was done together; an import puts aside the drafts that it made."""
        demand(self.user, Right.KEEP)
        if any(one.name == batch for one in exchange.batches(self.library)):
            return _of_import(exchange.undo_batch(self.library, self.user, batch))
        return keeping.undo_batch(self._shelves, batch)


def _of_import(report: exchange.UndoReport) -> BatchReport:
    """What became of the works of an import, in the words of the desk."""
    left = [one for one in report.works if one.how is Undoing.LEFT]
    refused = tuple(Refused(one.work, one.told, "look at it, and change it by hand") for one in left)
    same = tuple(one.work for one in report.works if one.how is Undoing.NOTHING)
    changed = tuple(one.work for one in report.works if one.how not in (Undoing.LEFT, Undoing.NOTHING))
    return BatchReport(report.batch, changed, same, refused)


def _received(work: Work) -> str:
    return max((edition.received for edition in work.editions), default="")

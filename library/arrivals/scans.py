"""Pages without text that somebody at the desk asks to have read by OCR: a task, done in the background."""

from __future__ import annotations

from library.access import Right, Role, User
from library.arrivals.tasks import Task, Tasks, Tell
from library.desk import Desk
from library.errors import UsageError
from library.languages import UNKNOWN
from library.library import Library
from library.model import Status

OCR = "ocr"
MOST_NAMED = 10
"""Pages that could not be read of which it is told why."""


class AskedScans:
    """The editions of a library that somebody has asked to be read."""

    def __init__(self, library: Library) -> None:
        self._tasks = Tasks(library.root / "arrivals")

    def ask(self, desk: Desk, work: str, language: str) -> Task:
        """Have the pages of an edition read; one that waits already is left alone. Raises NotAllowed, UsageError."""
        found = desk.work(work)
        edition = found.edition(language)
        if edition is None:
            raise UsageError(f"“{found.id}” has no edition in {language[:35]}", "choose one of its languages")
        if edition.language == UNKNOWN:
            raise UsageError("OCR must know the language of the scan", "say in the record which it is, then ask again")
        right = Right.EDIT if found.status is Status.DRAFT else Right.KEEP
        return self._tasks.ask(desk.user, right, request(found.id, edition.language))

    def latest(self, work: str) -> dict[str, Task]:
        """What was asked for last of each edition of a work, by language."""
        mine = (task for task in self._tasks.every() if task.request.startswith(request(work, "")))
        return {task.request.rpartition(":")[2]: task for task in mine}


def request(work: str, language: str) -> str:
    """The request to read an edition."""
    return f"{OCR}:{work}:{language}"


def read_scans(library: Library, task: Task, tell: Tell) -> str:
    """Read an edition, as whoever asked for it may by now; what could not be read, and why. Raises LibraryError."""
    _, work, language = task.request.split(":")
    role = Role.LIBRARIAN if task.right is Right.KEEP else Role.CONTRIBUTOR
    report = Desk(library, User(role, task.who)).read_scans(work, language, progress=tell)
    return "; ".join(f"page {page}: {why}" for page, why in report.failed[:MOST_NAMED])

"""What can go wrong, said so that a person knows what to do next.

LibraryError
  UsageError         2   the command was asked for something it cannot do
  RecordError        3   a record in documents/ is not right
  UnreadableFile     4   a file that cannot be read as a document
  IndexOutOfDate     5   the index does not answer for what is in documents/
  EngineUnavailable  6   the search engine does not answer
  NotAllowed         7   the reader may not see this, or it does not exist
  Conflict           8   a record was changed by somebody else in the meantime
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LibraryError(Exception):
    """Something the library cannot do, with the next step for the person who asked.

    `message` says what and where; `remedy` says what to do; `exit_code` is what the command line returns.
    """

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(LibraryError):
    """The request itself makes no sense: an unknown option value, a folder that is not there."""

    exit_code = 2


class OcrMissing(UsageError):
    """Pages were to be read by OCR, and tesseract is not installed here, or not for that language."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one record: where it stands, what is wrong, what to do."""

    file: str
    """Path of the record, relative to `documents/`."""
    key: str
    """The key in the record, such as `editions.fr.title`; empty for the file as a whole."""
    message: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.message} ({self.remedy})"


class RecordError(LibraryError):
    """One or more records are not right; every problem is listed at once."""

    exit_code = 3

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            "\n".join(str(problem) for problem in problems), "edit the records named above, then try again"
        )
        self.problems = problems


class Reason(StrEnum):
    """Why a file could not be read as a document."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    EMPTY = "empty"
    UNKNOWN_FORMAT = "unknown-format"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_SLOW = "too-slow"
    TOO_MUCH_MEMORY = "too-much-memory"
    CRASHED = "crashed"
    FAULT = "program-fault"
    NOT_FOUND = "not-found"


class UnreadableFile(LibraryError):
    """A file that cannot be read as a document: encrypted, damaged, empty, unknown, or over a limit."""

    exit_code = 4

    def __init__(self, reason: Reason, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.reason = reason

    @property
    def detail(self) -> str:
        """What was noted for whoever mends the program."""
        return "\n".join(getattr(self, "__notes__", ()))


class IndexOutOfDate(LibraryError):
    """The index is missing, or was built by another version of the program."""

    exit_code = 5

    def __init__(self, message: str, remedy: str = "run: library index") -> None:
        super().__init__(message, remedy)


class EngineUnavailable(LibraryError):
    """The search engine does not answer, or another program keeps writing to it."""

    exit_code = 6


class NotAllowed(LibraryError):
    """The same words whether the work is hidden from this reader or does not exist at all."""

    exit_code = 7

    def __init__(self, identifier: str) -> None:
        super().__init__(f"no work “{identifier}” is open to you here", "check the identifier, or sign in as a member")


class Conflict(LibraryError):
    """Somebody else changed a record after this person had opened it: nothing was written."""

    exit_code = 8

    def __init__(self, work: str) -> None:
        super().__init__(
            f"“{work}” was changed by somebody else in the meantime", "compare both, then save what is to stand"
        )

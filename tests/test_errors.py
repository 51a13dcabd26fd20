"""What can go wrong, with its exit code and the next step (DESIGN.md, section 6)."""

from __future__ import annotations

import pytest

from library import errors
from library.errors import (
    Conflict,
    EngineUnavailable,
    IndexOutOfDate,
    LibraryError,
    NotAllowed,
    Problem,
    Reason,
    RecordError,
    UnreadableFile,
    UsageError,
)

CODES = {
    UsageError: 2,
    RecordError: 3,
    UnreadableFile: 4,
    IndexOutOfDate: 5,
    EngineUnavailable: 6,
    NotAllowed: 7,
    Conflict: 8,
}


def test_every_error_has_the_exit_code_of_the_design() -> None:
    assert {kind: kind.exit_code for kind in LibraryError.__subclasses__()} == CODES
    assert LibraryError.exit_code == 1
    assert {kind.__name__ for kind in CODES} <= set(dir(errors))


def test_a_record_error_lists_every_problem_with_its_key() -> None:
    problems = (Problem("a/record.toml", "date", "is wrong", "mend it"), Problem("b/record.toml", "", "gone", "look"))
    error = RecordError(problems)
    assert error.message.splitlines() == ["a/record.toml: date: is wrong (mend it)", "b/record.toml: gone (look)"]
    assert error.remedy


@pytest.mark.parametrize(
    "error",
    [NotAllowed("x"), IndexOutOfDate("old"), UnreadableFile(Reason.DAMAGED, "broken", "print it"), RecordError(())],
)
def test_every_error_says_what_to_do(error: LibraryError) -> None:
    assert error.remedy
    assert str(error) == error.message


def test_a_refusal_names_only_what_was_asked_for() -> None:
    assert NotAllowed("night-watch").message.replace("night-watch", "") == NotAllowed("").message

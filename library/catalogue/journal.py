"""The journal of the catalogue: who did what to which work, when and why; lines are added, never changed."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

FILE = "journal.jsonl"
LONGEST = 2_000
"""Characters of a reason or a name that are kept."""


class Action(StrEnum):
    """What was done."""

    ADD = "add"
    EDIT = "edit"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    SCHEDULE = "schedule"
    REPLACE = "replace"
    ADD_LANGUAGE = "add-language"
    OCR = "ocr"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    MERGE = "merge"
    UNDO = "undo"
    IMPORT = "import"
    TOPIC = "topic"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something and why, as the journal and the history of a record say it."""

    who: str
    why: str = ""
    action: Action = Action.EDIT
    batch: str = ""
    """What belongs together and can be taken back together; empty when it stands alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal."""

    when: str
    """ISO 8601 date and time, UTC."""
    who: str
    action: str
    work: str
    why: str = ""
    batch: str = ""
    number: int = 0
    """Of the change in the history of the work's record: `undo` takes it; 0 when the record was not changed."""


class Journal:
    """The file of lines, in `documents/`. Several processes may add to it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def note(self, deed: Deed, work: str, number: int = 0) -> None:
        """Add a line, which is on the disk when this returns. Raises OSError."""
        line = Line(now(), deed.who[:LONGEST], deed.action.value, work, deed.why[:LONGEST], deed.batch, number)
        text = json.dumps({key: value for key, value in asdict(line).items() if value}, ensure_ascii=False)
        handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            size = os.fstat(handle).st_size
            # A power cut may have left half a line: ours begins on a line of its own.
            broken = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            os.write(handle, b"\n" * broken + text.encode("utf-8") + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)

    def lines(self) -> Iterator[Line]:
        """Every line that can be read, the oldest first."""
        try:
            file = self._path.open(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return
        with file:
            for text in file:
                line = _line(text)
                if line is not None:
                    yield line

    def latest(self, most: int) -> tuple[Line, ...]:
        """The last lines, the newest first."""
        return tuple(reversed(deque(self.lines(), maxlen=most)))


def now() -> str:
    """This moment as records write it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _line(text: str) -> Line | None:
    """A line as it was noted; None when a power cut or a person left something else there."""
    try:
        given = json.loads(text)
        number = int(given.get("number", 0))
        values = {key: str(given.get(key, "")) for key in ("when", "who", "action", "work", "why", "batch")}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return Line(**values, number=number) if values["action"] else None

"""Whether what staff rely on is in order: the journal, what arrived, what was to be published, what is counted."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime

from library.doctor.finding import Finding, Patient, Severity
from library.model import Status

JOURNAL = "journal.jsonl"
MOST_LINES = 20
"""Lines of the journal that are named when they cannot be read."""


def journal(patient: Patient) -> Iterator[Finding]:
    """Lines of the journal that cannot be read: they say who did what."""
    path = patient.catalogue.folder / JOURNAL
    if not path.exists():
        return
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        yield Finding("journal", Severity.ERROR, JOURNAL, f"cannot be read: {error.strerror}", "mend its permissions")
        return
    wrong = [number for number, line in enumerate(lines, 1) if line.strip() and not _is_entry(line)]
    for number in wrong[:MOST_LINES]:
        yield Finding(
            "journal", Severity.WARNING, JOURNAL, "a line cannot be read, and what it told is not shown",
            "mend the line, or leave it: nothing depends on it", line=number,
            written=lines[number - 1].decode("utf-8", "replace")[:200],
        )  # fmt: skip


def counts(patient: Patient) -> Iterator[Finding]:
    """Searches and downloads that cannot be counted; searching goes on without."""
    said = patient.daybook.ailment()
    if said:
        yield Finding(
            "counts", Severity.WARNING, patient.daybook.file.name, f"nothing is counted: {said}",
            "library check --fix puts the file aside and begins a new one", patient.daybook.begin_anew,
        )  # fmt: skip


def _is_entry(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False

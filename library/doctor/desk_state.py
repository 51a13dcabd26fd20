"""Whether what staff rely on is in order: the journal, what arrived, what was to be published, what is counted."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from library.catalogue.journal import FILE as JOURNAL
from library.doctor.finding import Finding, Patient, Severity
from library.model import Status

MOST_LINES = 20
"""Lines of the journal that are named when they cannot be read."""
DONE = frozenset({"draft", "unchanged", "unpacked"})
LONG_WAIT = 3_600.0
"""Seconds after which a file that arrived should have been worked through: one takes some seconds."""


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


def arrivals(patient: Patient) -> Iterator[Finding]:
    """Files that came and were rejected, and files that still wait although there was time to work through them."""
    for path in sorted((patient.root / "arrivals").glob("*/*/state.json")):
        try:
            told = dict(json.loads(path.read_bytes()))
            waited = time.time() - path.stat().st_mtime
        except (OSError, ValueError, TypeError, RecursionError) as error:
            where = str(path.parent.relative_to(patient.root / "arrivals"))
            yield Finding(
                "arrivals", Severity.WARNING, where, f"cannot be read: {error}",
                "take it out of arrivals/ when its file is in the library, else send the file again",
            )  # fmt: skip
            continue
        name, state = str(told.get("name", path.parent.name))[:200], str(told.get("stage", ""))
        if state == "rejected":
            why = str(told.get("reason", ""))[:300]
            yield Finding(
                "arrivals", Severity.WARNING, name, f"was rejected{': ' if why else ''}{why}",
                str(told.get("remedy", ""))[:300] or "look at it at the desk, then send a better file or dismiss it",
            )  # fmt: skip
        elif state not in DONE and waited > LONG_WAIT:
            yield Finding(
                "arrivals", Severity.WARNING, name, f"has waited for {waited / 3600:.0f} hours to be worked through",
                "start the server again; if it still waits then, send the file again",
            )  # fmt: skip


def publication(patient: Patient) -> Iterator[Finding]:
    """Drafts whose day of publication has passed."""
    today = datetime.now(UTC).date().isoformat()
    for work in patient.catalogue.census().works:
        if work.status is Status.DRAFT and work.publish_on and work.publish_on < today:
            yield Finding(
                "publication", Severity.WARNING, work.id,
                f"is still a draft, and was to be published on {work.publish_on}",
                "publish it at the desk, or start the server again: it publishes what is due",
            )  # fmt: skip


def counts(patient: Patient) -> Iterator[Finding]:
    """Searches and downloads that cannot be counted; searching goes on without."""
    ailment = patient.daybook.ailment()
    if ailment is not None:
        remedy = "library check --fix puts the file aside and begins a new one"
        yield Finding(
            "counts", Severity.WARNING, patient.daybook.file.name, f"nothing is counted: {ailment.said}",
            remedy if ailment.damaged else "look at private/, its permissions and the room that is left",
            patient.daybook.begin_anew if ailment.damaged else None,
        )  # fmt: skip


def _is_entry(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False

"""Whether what staff rely on is in order: the journal, what arrived, what was to be published, what is counted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from library.catalogue.journal import FILE as JOURNAL
from library.doctor.finding import Finding, Patient, Severity
from library.model import Status

MOST_LINES = 20
"""Lines of the journal that are named when they cannot be read."""
REJECTED, DONE = "rejected", frozenset({"draft", "unchanged", "unpacked"})
"""Stages of an arrival, as `arrivals/<batch>/<id>/state.json` says them: the room of the arrivals is above this one."""
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
    for path in sorted((patient.root / "arrivals").glob("[!.]*/[!.]*/state.json")):
        told = _arrival(path)
        name, stage, waited = (
            told.get("name", path.parent.name),
            told.get("stage", ""),
            _seconds_since(told.get("when", "")),
        )
        if not stage:
            yield Finding(
                "arrivals", Severity.WARNING, f"{path.parent.parent.name}/{path.parent.name}",
                "its state cannot be read",
                "take it out of arrivals/, and send the file again when it is not in the library",
            )  # fmt: skip
        elif stage == REJECTED:
            yield Finding(
                "arrivals", Severity.WARNING, name, f"was rejected: {told.get('reason', '')}",
                told.get("remedy", "") or "look at it at the desk, then send a better file or dismiss it",
            )  # fmt: skip
        elif stage not in DONE and waited > LONG_WAIT:
            yield Finding(
                "arrivals", Severity.WARNING, name, f"has waited for {waited / 3600:.0f} hours",
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


def _arrival(path: Path) -> Mapping[str, str]:
    """What the state of an arrival says; nothing when it cannot be read."""
    try:
        told = json.loads(path.read_bytes())
        return {key: value[:300] for key, value in told.items() if isinstance(value, str)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _seconds_since(when: str) -> float:
    """How long ago a moment was; 0 for what is none."""
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(when)).total_seconds()
    except (ValueError, TypeError):  # no moment, or one without its time zone
        return 0.0

"""The health of a library: a list of checks, each a function that returns what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from library.doctor.checksums import Checksums
from library.doctor.desk_state import arrivals, counts, journal, publication
from library.doctor.files import files, leftovers, strays
from library.doctor.finding import Finding, Patient, Severity
from library.doctor.index_state import index, text
from library.doctor.records import records, topics
from library.doctor.room import Taken, left, room, taken

__all__ = ["CHECKS", "Checksums", "Finding", "Patient", "Severity", "Taken", "check", "left", "taken"]

CHECKS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
    records, topics, files, strays, leftovers, index, text, arrivals, publication, journal, counts, room,
)  # fmt: skip


def check(patient: Patient) -> tuple[Finding, ...]:
    """Everything the checks find, in the order of the checks."""
    return tuple(finding for one in CHECKS for finding in _told(one, patient))


def _told(one: Callable[[Patient], Iterator[Finding]], patient: Patient) -> Iterator[Finding]:
    patient.progress(one.__name__, 0, 0)
    yield from one(patient)

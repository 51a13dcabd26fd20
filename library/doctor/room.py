"""How much room the library takes, and how much is left."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from library.doctor.finding import Finding, Patient, Severity

FOLDERS = ("documents", "index", "private", "arrivals")
LITTLE, NEXT_TO_NOTHING = 1_000_000_000, 100_000_000
"""Bytes left: a batch of some hundred files may no longer fit; a single change may no longer be written."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one folder of the library takes."""

    folder: str
    files: int
    bytes: int


def taken(root: Path) -> tuple[Taken, ...]:
    """What each folder of a library takes, those that are not there with nothing."""
    return tuple(_taken(root / name) for name in FOLDERS)


def left(root: Path) -> int:
    """The bytes that are left for the library."""
    return shutil.disk_usage(root).free


def room(patient: Patient) -> Iterator[Finding]:
    """A disk that is almost full: what cannot be written is not lost, but it is not kept either."""
    free = left(patient.root)
    if free < LITTLE:
        yield Finding(
            "room", Severity.ERROR if free < NEXT_TO_NOTHING else Severity.WARNING, "disk",
            f"only {free / 1_000_000:,.0f} MB are left", "make room, or move the library to a larger disk",
        )  # fmt: skip


def _taken(folder: Path) -> Taken:
    count = size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 - a Path for each file takes thrice the time
            except OSError:  # gone since it was listed
                continue
            count += 1
    return Taken(folder.name, count, size)

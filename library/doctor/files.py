"""Whether every file is there and is the one that was received, and whether there are files that nobody knows."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from library.doctor.finding import Finding, Patient, Severity
from library.durable import abandoned, abandoned_files
from library.model import Work, edition_id

KEPT_FOLDERS = frozenset({"history", "reports", "imported", "ocr"})
"""Beside the record: earlier records, what was proposed when a file came, by which import the work was made, what OCR
read in its files."""


def files(patient: Patient) -> Iterator[Finding]:
    """Files that are missing, or are not the ones that were received."""
    every = list(patient.editions())
    for done, (work, edition) in enumerate(every, 1):
        path = patient.catalogue.file(work.id, edition)
        name = edition_id(work.id, edition.language)
        try:
            sound = patient.checksums.of(path) == edition.sha256
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            said = f"its file {path.name} is missing" if missing else f"{path.name} cannot be read: {error.strerror}"
            yield Finding("files", Severity.ERROR, name, said, "put it back from a backup")
        else:
            if not sound:
                yield Finding(
                    "files", Severity.ERROR, name, f"{path.name} is not the file that the record describes",
                    "put the old file back, or replace the edition",
                )  # fmt: skip
        patient.progress("files", done, len(every))


def strays(patient: Patient) -> Iterator[Finding]:
    """Files in the folder of a work that no record names, neither the one of today nor an earlier one."""
    for work in patient.catalogue.census().works:
        folder = patient.catalogue.folder / work.id
        named = named_files(folder, work)
        for path in sorted(folder.iterdir()):
            ours = path.name in KEPT_FOLDERS or path.name in named or path.name.startswith(".")
            if not ours:
                yield Finding(
                    "strays", Severity.WARNING, f"{work.id}/{path.name}", "no record names this file",
                    "add it with library add, or take it out of documents/",
                )  # fmt: skip


def named_files(folder: Path, work: Work) -> frozenset[str]:
    """The names of all files that a work has or had, its record among them."""
    now = {edition.file_name for edition in work.editions}
    before = {name for path in (folder / "history").glob("*.toml") for name in _files_of(path)}
    return frozenset({"record.toml", *now, *before})


def leftovers(patient: Patient) -> Iterator[Finding]:
    """Folders of works, and files, whose arrival was cut short: the file is still where it came from."""
    arrivals = patient.root / "arrivals"
    for folder in sorted((*patient.catalogue.folder.glob(".arriving-*"), *arrivals.glob("*/.arriving-*"))):
        if abandoned(folder):
            yield _leftover(folder, "an arrival was cut short", partial(shutil.rmtree, folder))
    for place in (patient.catalogue.folder, patient.derived, arrivals):
        for file in abandoned_files(place):
            yield _leftover(file, "the writing of a file was cut short", partial(file.unlink, missing_ok=True))


def _leftover(path: Path, message: str, remove: Callable[[], None]) -> Finding:
    return Finding("leftovers", Severity.WARNING, path.name, message, "library check --fix", remove)


def _files_of(earlier: Path) -> Iterator[str]:
    """The files that an earlier record names; none when it cannot be read, which another check tells."""
    try:
        editions = tomllib.loads(earlier.read_text(encoding="utf-8")).get("editions", {})
    except (OSError, ValueError, RecursionError):
        return
    for language, edition in editions.items() if isinstance(editions, dict) else ():
        named = edition.get("file") if isinstance(edition, dict) else None
        yield named if isinstance(named, str) and named else f"{language}.pdf"

"""The catalogue: the works in `documents/`, read when they are asked for and written so that nothing is lost."""

from __future__ import annotations

import errno
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from library.catalogue.record import parse_record, write_record
from library.durable import sync_folder, write_bytes, write_text
from library.errors import Problem, RecordError
from library.model import SLUG, Work

RECORD = "record.toml"
REMEMBERED = 20_000
"""Records kept in memory, each with the time and size of its file, so that a change on disk is seen."""

_NOTHING_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Census:
    """Every work that could be read, and every problem of those that could not."""

    works: tuple[Work, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed a record, when and why; the record as it was before stands beside it."""

    number: int
    who: str
    when: str
    why: str


class Catalogue:
    """The folder of documents. Several threads may read; one at a time may write a work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._remembered: dict[str, tuple[int, int, Work]] = {}

    def identifiers(self) -> tuple[str, ...]:
        """Every folder that holds or should hold a record, in alphabetical order."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(p.name for p in self.folder.iterdir() if p.is_dir() and not p.name.startswith(".")))

    def census(self) -> Census:
        """All works in the order of their ids, and every problem of every record."""
        works: list[Work] = []
        problems: list[Problem] = []
        for work in self.identifiers():
            try:
                found = self.get(work)
            except RecordError as error:
                problems.extend(error.problems)
                continue
            if found is None:
                problems.append(_no_work(work))
            else:
                works.append(found)
        return Census(tuple(works), tuple(problems))

    def sound(self, work: str) -> Work | None:
        """One work, or None when there is none of that name or its record is not right: the doctor tells of those."""
        try:
            return self.get(work)
        except RecordError:
            return None

    def get(self, work: str) -> Work | None:
        """One work, or None when there is none of that name. Raises RecordError."""
        if not SLUG.fullmatch(work):
            return None
        path = self._record(work)
        try:
            stat = path.stat()
        except OSError as error:
            if error.errno not in _NOTHING_THERE:
                raise
            self._remembered.pop(work, None)
            return None
        known = self._remembered.get(work)
        if known is not None and known[:2] == (stat.st_mtime_ns, stat.st_size):
            return known[2]
        found, problems = parse_record(self._text(work), work, f"{work}/{RECORD}")
        if found is None:
            raise RecordError(problems)
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        self._remembered[work] = (stat.st_mtime_ns, stat.st_size, found)
        return found

    def file(self, work: str, language: str) -> Path:
        """Where the file of an edition lies; both must come from a record, never from a request."""
        return self.folder / work / f"{language}.pdf"

    def create(self, work: Work, files: dict[str, Path]) -> None:
        """Put a new work into the library with the file of each edition: it is there whole, or not at all.

        Raises FileExistsError when the id is taken.
        """
        if not SLUG.fullmatch(work.id):
            raise ValueError(f"“{work.id}” is no identifier")
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / work.id
        if place.exists():
            raise FileExistsError(place)
        arriving = Path(tempfile.mkdtemp(prefix=".arriving-", dir=self.folder))
        try:
            for language, source in files.items():
                write_bytes(arriving / f"{language}.pdf", source.read_bytes())
            write_text(arriving / RECORD, write_record(work))
            arriving.chmod(0o755)
            arriving.rename(place)
        except BaseException:
            shutil.rmtree(arriving, ignore_errors=True)
            raise
        sync_folder(self.folder)

    def add_edition(self, work: Work, language: str, source: Path, *, who: str, why: str) -> None:
        """Put the file of one more edition in its place, then the record that names it."""
        write_bytes(self.file(work.id, language), source.read_bytes())
        self.save(work, who=who, why=why)

    def save(self, work: Work, *, who: str, why: str) -> None:
        """Write a work's record; the one it replaces is kept in its history with who, when and why.

        Raises RecordError when that one is not TOML.
        """
        before = self._text(work.id)
        try:
            after = write_record(work, before)
        except TOMLKitError as error:
            problem = Problem(f"{work.id}/{RECORD}", "", f"is not readable as TOML: {error}", "mend that line")
            raise RecordError((problem,)) from None
        if after == before:
            return
        number = max((int(path.stem) for path in self._versions(work.id)), default=0) + 1
        change = tomlkit.table()
        change.update({"who": who, "when": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "why": why})
        kept = tomlkit.parse(before)
        kept["change"] = change
        write_text(self.folder / work.id / "history" / f"{number}.toml", tomlkit.dumps(kept))
        write_text(self._record(work.id), after)

    def history(self, work: str) -> tuple[Change, ...]:
        """Every change of a work's record, the oldest first. Raises RecordError when one cannot be read."""
        return tuple(self._changes(work))

    def _changes(self, work: str) -> Iterator[Change]:
        for path in self._versions(work):
            try:
                change = tomllib.loads(path.read_text(encoding="utf-8")).get("change", {})
            except ValueError as error:
                file = f"{work}/history/{path.name}"
                raise RecordError((Problem(file, "", f"is not readable as TOML: {error}", "mend that line"),)) from None
            yield Change(int(path.stem), change.get("who", ""), change.get("when", ""), change.get("why", ""))

    def _versions(self, work: str) -> list[Path]:
        """The files of earlier records, the oldest first."""
        every = (self.folder / work / "history").glob("*.toml")
        return sorted((path for path in every if _NUMBER.fullmatch(path.stem)), key=lambda path: int(path.stem))

    def _record(self, work: str) -> Path:
        return self.folder / work / RECORD

    def _text(self, work: str) -> str:
        try:
            return self._record(work).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            problem = Problem(f"{work}/{RECORD}", "", "is not UTF-8 text", "save it again as UTF-8")
        except OSError as error:
            said = f"cannot be read: {error.strerror}"
            problem = Problem(f"{work}/{RECORD}", "", said, "look at it and its permissions")
        raise RecordError((problem,))


def _no_work(folder: str) -> Problem:
    """Why a folder in `documents/` is no work at all."""
    if SLUG.fullmatch(folder):
        return Problem(
            f"{folder}/{RECORD}", "", "is missing", "put the record back, or take the folder out of documents/"
        )
    return Problem(folder, "", "is no identifier", "rename the folder to small letters, digits, hyphens")

"""The catalogue: the works in `documents/`, read when they are asked for and written so that nothing is lost."""

from __future__ import annotations

import errno
import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from types import MappingProxyType

from filelock import FileLock
from tomlkit.exceptions import TOMLKitError

from library.catalogue.history import Change, History
from library.catalogue.journal import Action, Deed, Journal
from library.catalogue.record import parse_record, rewritten, write_record
from library.durable import copy_file, sync_folder, write_bytes, write_text
from library.errors import Conflict, Problem, RecordError
from library.model import SLUG, Edition, Work

RECORD = "record.toml"
REMEMBERED = 20_000
"""Records kept in memory, each with the time and size of its file, so that a change on disk is seen."""

_NOTHING_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})
NOBODY = Deed("", action=Action.ADD)
NOTHING: Mapping[str, bytes] = MappingProxyType({})
LOCK = ".writing.lock"
TRASH = ".trash"
"""The folder of works that were put aside; like all hidden folders it is no part of the catalogue."""
PATIENCE = 30.0
"""Seconds that a change waits for the one before it, which copies one file at most."""


@dataclass(frozen=True, slots=True)
class Census:
    """Every work that could be read, and every problem of those that could not."""

    works: tuple[Work, ...]
    problems: tuple[Problem, ...]


class Catalogue:
    """The folder of documents. Several threads may read; one at a time may write a work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder)
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

    def file(self, work: str, edition: Edition) -> Path:
        """Where the file of an edition lies; both must come from a record, never from a request."""
        return self.folder / work / edition.file_name

    def create(
        self, work: Work, files: Mapping[str, Path], deed: Deed = NOBODY, beside: Mapping[str, bytes] = NOTHING
    ) -> Work:
        """Put a new work into the library with the file of each edition: it is there whole, or not at all.

        `beside` gives further files by their paths in its folder, which no person chose. The work is given back as its
        record names its files. Raises FileExistsError when the id is taken.
        """
        if not SLUG.fullmatch(work.id):
            raise ValueError(f"“{work.id}” is no identifier")
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / work.id
        if place.exists():
            raise FileExistsError(place)
        arriving = Path(tempfile.mkdtemp(prefix=".arriving-", dir=self.folder))
        try:
            for edition in work.editions:
                if edition.language in files:
                    copy_file(files[edition.language], arriving / edition.file_name)
            for name, content in beside.items():
                write_bytes(arriving / name, content)
            write_text(arriving / RECORD, write_record(work))
            arriving.chmod(0o755)
            arriving.rename(place)
        except BaseException:
            shutil.rmtree(arriving, ignore_errors=True)
            raise
        sync_folder(self.folder)
        self.journal.note(deed, work.id)
        return work

    def add_edition(self, work: Work, language: str, source: Path, deed: Deed, expected: str = "") -> Work:
        """Put a file beside those of a work, under a name that is free, then write the record, which names it.

        `work` has the new edition, or another one in the place of the old: its file stays where it is, and the history
        names it. Raises what `save` raises.
        """
        edition = work.edition(language)
        if edition is None:
            raise ValueError(f"the record of “{work.id}” has no edition in {language}")
        with self._writing():
            name = self._free_name(work.id, edition)
            copy_file(source, self.folder / work.id / name)
            named = replace(edition, file="" if name == f"{language}.pdf" else name)
            grown = replace(work, editions=tuple(named if e is edition else e for e in work.editions))
            self._save(grown, deed, expected)
        return grown

    def save(self, work: Work, deed: Deed, expected: str = "") -> None:
        """Write a work's record; the one it replaces is kept in its history with who, when and why.

        With an `expected` version it is only written over that one. Raises Conflict when it is another by now,
        RecordError when the present one is not TOML.
        """
        with self._writing():
            self._save(work, deed, expected)

    def put_aside(self, work: str, deed: Deed, expected: str = "") -> Path:
        """Take a work out of the library with everything that lies in its folder; where the folder is now.

        Nothing is lost: moved back by hand, the work is there again. With an `expected` version it is only taken out as
        that one. Raises Conflict when it is another by now, FileNotFoundError when there is none.
        """
        with self._writing():
            if expected and expected != self.version(work):
                raise Conflict(work)
            aside = self.folder / TRASH / (deed.batch or deed.action.value)
            aside.mkdir(parents=True, exist_ok=True)
            names = (work if n == 1 else f"{work}-{n}" for n in count(1))
            place = next(aside / name for name in names if not (aside / name).exists())
            (self.folder / work).rename(place)
            sync_folder(aside)
            sync_folder(self.folder)
            self._remembered.pop(work, None)
        self.journal.note(deed, work)
        return place

    def version(self, work: str) -> str:
        """What tells the record as it stands from any other it had or will have. Raises RecordError without one."""
        return _version(self._text(work))

    def history(self, work: str) -> tuple[Change, ...]:
        """Every change of a work's record, the oldest first. Raises RecordError when one cannot be read."""
        return tuple(History(self.folder / work).changes())

    def before(self, work: str, number: int) -> Work:
        """The work as it was before a change of its history. Raises RecordError when there is none of that number."""
        return History(self.folder / work).before(number)

    def _save(self, work: Work, deed: Deed, expected: str) -> None:
        before = self._text(work.id)
        if expected and expected != _version(before):
            raise Conflict(work.id)
        try:
            after = rewritten(work, before)
            if after == before:
                return
            number = History(self.folder / work.id).keep(before, deed)
        except TOMLKitError as error:
            problem = Problem(f"{work.id}/{RECORD}", "", f"is not readable as TOML: {error}", "mend that line")
            raise RecordError((problem,)) from None
        write_text(self._record(work.id), after)
        self.journal.note(deed, work.id, number)

    def _writing(self) -> FileLock:
        """Held by whoever changes a work: one at a time, in all processes."""
        return FileLock(self.folder / LOCK, timeout=PATIENCE)

    def _free_name(self, work: str, edition: Edition) -> str:
        """A name for a file that no other file of the work has or had: this very file may lie there since a crash."""
        ending = edition.format
        names = (f"{edition.language}{'' if n == 1 else f'-{n}'}.{ending}" for n in count(1))
        return next(name for name in names if _free_for(self.folder / work / name, edition.sha256))

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


def _free_for(path: Path, sha256: str) -> bool:
    """Whether there is no file, or the one with this sha256."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return True


def _version(record: str) -> str:
    return hashlib.sha256(record.encode("utf-8")).hexdigest()[:16]


def _no_work(folder: str) -> Problem:
    """Why a folder in `documents/` is no work at all."""
    if SLUG.fullmatch(folder):
        return Problem(
            f"{folder}/{RECORD}", "", "is missing", "put the record back, or take the folder out of documents/"
        )
    return Problem(folder, "", "is no identifier", "rename the folder to small letters, digits, hyphens")

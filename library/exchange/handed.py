"""Tables and packages handed in at the desk: kept while they are rehearsed, looked at, and imported.

Each lies in `<root>/private/imports/<id>/` with a file that says how far it is, so that closing the browser, or ending
the program, loses nothing: an import that was ended is begun again, and goes on where it was.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from library.access import Right, User, demand
from library.alone import alone, held
from library.catalogue.journal import now
from library.durable import write_text
from library.errors import LibraryError, UsageError
from library.exchange.importing import Wanted, import_records
from library.exchange.report import ImportReport
from library.exchange.source import LINES, TABLES
from library.exchange.undoing import UndoReport, undo_batch
from library.library import Library

ENDINGS = (*TABLES, *LINES, ".zip")
MOST_BYTES = 1024 * 1024 * 1024
KEPT_SECONDS = 14 * 24 * 3600
"""How long what was handed in is kept."""
ENCODINGS = ("", "windows-1252", "iso-8859-1", "iso-8859-2", "utf-16")
"""How a table may be written, UTF-8 first."""
LONGEST_NAME = 120
AT_WORK = ".at-work"
PATIENCE = 0.5
"""Seconds: who only looks whether an import is at work holds the lock for a moment."""
LOG = logging.getLogger(__name__)
_ID = re.compile(r"[0-9a-f]{16}")


class Stage(StrEnum):
    """How far something that was handed in is."""

    WAITING = "waiting"
    REHEARSING = "rehearsing"
    REHEARSED = "rehearsed"
    IMPORTING = "importing"
    IMPORTED = "imported"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Handed:
    """Something that was handed in."""

    id: str
    name: str
    """As whoever handed it in calls it; never a path of ours."""
    who: str
    when: str
    encoding: str = ""
    stage: Stage = Stage.WAITING
    done: int = 0
    total: int = 0
    error: str = ""
    remedy: str = ""


class HandedIn:
    """What was handed in to one library; one thing is worked at at a time, whichever process was asked."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folder = library.root / "private" / "imports"
        self._working = self._folder / AT_WORK

    def receive(self, user: User, name: str, chunks: Iterable[bytes], encoding: str = "") -> Handed:
        """Put something onto the disk. Raises NotAllowed, UsageError, OSError."""
        demand(user, Right.IMPORT)
        ending = Path(name).suffix.lower()
        if ending not in ENDINGS:
            raise UsageError(
                f"“{name[:LONGEST_NAME]}” is neither a table nor a ZIP file", f"give one of {' '.join(ENDINGS)}"
            )
        if encoding not in ENCODINGS:
            raise UsageError("that encoding is not known", "choose one of the list")
        self._forget_old()
        handed = Handed(secrets.token_hex(8), name[-LONGEST_NAME:], user.name, now(), encoding)
        place = self._folder / handed.id
        place.mkdir(parents=True, mode=0o700)
        size = 0
        try:
            with (place / f"received{ending}").open("wb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > MOST_BYTES:
                        raise UsageError("that is larger than what is taken at once", "part it into several")
                    file.write(chunk)
            return self._noted(handed)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise

    def get(self, identifier: str) -> Handed | None:
        """Something that was handed in, as far as it is."""
        value = self._read(identifier, "state.json")
        try:
            return Handed(**{**value, "stage": Stage(value["stage"])}) if value else None
        except (TypeError, ValueError, KeyError):
            return None

    def report(self, identifier: str) -> ImportReport | None:
        """What its rehearsal, or its import, came to; None before there is a report."""
        value = self._read(identifier, "report.json")
        return ImportReport.from_json(value) if value else None

    def work(self, user: User, identifier: str, *, dry_run: bool) -> Handed | None:
        """Rehearse it or import it; what is being worked at already is left alone. None when there is no such thing.

        Raises NotAllowed, OSError; what is wrong with it is in what is given back.
        """
        demand(user, Right.IMPORT)
        handed = self.get(identifier)
        if handed is None:
            return None
        with alone(self._working, PATIENCE) as mine:
            return self._worked(user, handed, dry_run) if mine else handed

    def undo(self, user: User, batch: str) -> UndoReport:
        """Take an import back; not while something is being imported. Raises NotAllowed, UsageError."""
        demand(user, Right.IMPORT)
        with alone(self._working, PATIENCE) as mine:
            if not mine:
                raise UsageError("an import is at work", "wait until it is done, then take it back")
            return undo_batch(self._library, user, batch)

    @property
    def at_work(self) -> bool:
        """Whether something is being worked at, here or in another process that serves this library."""
        return held(self._working)

    def _worked(self, user: User, handed: Handed, dry_run: bool) -> Handed:
        place = self._folder / handed.id
        handed = self._noted(
            replace(handed, stage=Stage.REHEARSING if dry_run else Stage.IMPORTING, error="", remedy="")
        )

        def tell(_: str, done: int, total: int) -> None:
            self._noted(replace(handed, done=done, total=total))

        try:
            received = next(place.glob("received.*"))
            report = import_records(
                self._library, user, Wanted(received, dry_run, "", handed.encoding), tell, handed.name
            )
        except LibraryError as error:
            return self._noted(replace(handed, stage=Stage.REFUSED, error=error.message, remedy=error.remedy))
        except OSError as error:
            said = error.strerror or type(error).__name__
            return self._noted(replace(handed, stage=Stage.REFUSED, error=said, remedy="make room, then begin again"))
        except Exception as error:  # nobody waits for the thread: whoever handed it in must not be left in doubt
            LOG.exception("%s could not be imported", handed.id)
            said = f"the program could not read it ({type(error).__name__})"
            remedy = "tell whoever looks after the program: its log says where"
            return self._noted(replace(handed, stage=Stage.REFUSED, error=said, remedy=remedy))
        write_text(place / "report.json", json.dumps(report.as_json(), ensure_ascii=False))
        return self._noted(replace(handed, stage=Stage.REHEARSED if dry_run else Stage.IMPORTED))

    def _noted(self, handed: Handed) -> Handed:
        write_text(self._folder / handed.id / "state.json", json.dumps(asdict(handed), ensure_ascii=False))
        return handed

    def _read(self, identifier: str, name: str) -> dict[str, Any]:
        if not _ID.fullmatch(identifier):
            return {}
        try:
            value = json.loads((self._folder / identifier / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return value if isinstance(value, dict) else {}

    def _forget_old(self) -> None:
        for place in self._folder.glob("*"):
            with suppress(OSError):
                if _ID.fullmatch(place.name) and time.time() - place.stat().st_mtime > KEPT_SECONDS:
                    shutil.rmtree(place)

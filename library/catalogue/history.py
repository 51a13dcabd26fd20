"""Earlier records of a work: each change keeps what stood before it, with who, when and why."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from library.catalogue.journal import Deed, now
from library.catalogue.record import parse_record
from library.durable import write_text
from library.errors import Problem, RecordError
from library.model import Work

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed a record, when and why; the record as it was before stands beside it."""

    number: int
    who: str
    when: str
    why: str
    action: str = ""
    batch: str = ""


class History:
    """The folder of earlier records of one work."""

    def __init__(self, folder: Path) -> None:
        self._work = folder.name
        self._folder = folder / "history"

    def keep(self, before: str, deed: Deed) -> int:
        """Keep a record that is about to be replaced; the number of the change. Raises TOMLKitError, OSError."""
        kept = tomlkit.parse(before)
        change = tomlkit.table()
        change.update({"who": deed.who, "when": now(), "why": deed.why, "action": deed.action.value})
        if deed.batch:
            change["batch"] = deed.batch
        kept["change"] = change
        number = max((int(path.stem) for path in self._versions()), default=0) + 1
        write_text(self._folder / f"{number}.toml", tomlkit.dumps(kept))
        return number

    def changes(self) -> Iterator[Change]:
        """Every change, the oldest first. Raises RecordError when one cannot be read."""
        for path in self._versions():
            try:
                said = tomllib.loads(path.read_text(encoding="utf-8")).get("change", {})
            except ValueError as error:
                raise RecordError((self._unreadable(path, error),)) from None
            values = {key: str(said.get(key, "")) for key in ("who", "when", "why", "action", "batch")}
            yield Change(int(path.stem), **values)

    def before(self, number: int) -> Work:
        """The work as it was before a change. Raises RecordError when there is none or it cannot be read."""
        path = self._folder / f"{number}.toml"
        try:
            kept = tomlkit.parse(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise RecordError((self._unreadable(path, error),)) from None
        kept.pop("change", None)
        work, problems = parse_record(tomlkit.dumps(kept), self._work, f"{self._work}/history/{path.name}")
        if work is None:
            raise RecordError(problems)
        return work

    def _versions(self) -> list[Path]:
        """The files of earlier records, the oldest first."""
        every = (path for path in self._folder.glob("*.toml") if _NUMBER.fullmatch(path.stem))
        return sorted(every, key=lambda path: int(path.stem))

    def _unreadable(self, path: Path, error: Exception) -> Problem:
        return Problem(f"{self._work}/history/{path.name}", "", f"is not readable as TOML: {error}", "mend that line")

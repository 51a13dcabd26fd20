"""What an import did, or would do, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from library.model import edition_id


class State(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing for which a row was rejected."""

    field: str
    """The column; empty for the row as a whole."""
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row."""

    row: int
    state: State
    work: str = ""
    language: str = ""
    fields: tuple[str, ...] = ()
    """The columns whose values changed."""
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The row as an object of JSON, without what is empty."""
        edition = edition_id(self.work, self.language) if self.work and self.language else ""
        values: dict[str, object] = {
            "work": self.work,
            "edition": edition,
            "fields": list(self.fields),
            "problems": [{"field": f.field, "reason": f.reason, "remedy": f.remedy} for f in self.faults],
            "notices": list(self.notices),
        }
        return {"row": self.row, **{name: value for name, value in values.items() if value}}

    @classmethod
    def from_json(cls, state: State, value: Mapping[str, Any]) -> RowOutcome:
        """A row read back from what `as_json` gave."""
        return cls(
            row=value["row"],
            state=state,
            work=value.get("work", ""),
            language=value.get("edition", "").rpartition(".")[2],
            fields=tuple(value.get("fields", ())),
            faults=tuple(Fault(**fault) for fault in value.get("problems", ())),
            notices=tuple(value.get("notices", ())),
        )


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row of an import."""

    batch: str
    dry_run: bool
    rows: tuple[RowOutcome, ...]
    """In the order of the rows."""
    notices: tuple[str, ...] = ()
    """What concerns the import as a whole."""

    def of(self, state: State) -> tuple[RowOutcome, ...]:
        """The rows that ended so."""
        return tuple(row for row in self.rows if row.state is state)

    def as_json(self) -> dict[str, object]:
        """The object that `library import --json` prints."""
        states: dict[str, object] = {state.value: [row.as_json() for row in self.of(state)] for state in State}
        return {"batch": self.batch, "dry_run": self.dry_run, **states, "notices": list(self.notices)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> ImportReport:
        """A report read back from what `as_json` gave."""
        rows = [RowOutcome.from_json(state, row) for state in State for row in value[state.value]]
        rows.sort(key=lambda row: row.row)
        return cls(value["batch"], value["dry_run"], tuple(rows), tuple(value["notices"]))

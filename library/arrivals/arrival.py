"""One file that was handed in, and how far it is; written beside it as JSON, so that a crash forgets nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

LONGEST_NAME = 500
LONGEST_TEXT = 4_000


class Stage(StrEnum):
    """How far an arrival is."""

    WAITING = "waiting"
    UNPACKING = "unpacking"
    READING = "reading"
    LANGUAGE = "language"
    DESCRIBING = "describing"
    NEAR_DUPLICATES = "near-duplicates"
    DRAFT = "draft"
    """Done: it is a draft in the catalogue."""
    UNCHANGED = "unchanged"
    """Done: the library has it already, byte for byte."""
    UNPACKED = "unpacked"
    """Done: what was in it are arrivals of their own."""
    REJECTED = "rejected"
    """Done: it was not taken; it is kept until somebody has seen why."""

    @property
    def done(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self in {Stage.DRAFT, Stage.UNCHANGED, Stage.UNPACKED, Stage.REJECTED}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was handed in."""

    id: str
    batch: str
    name: str
    """As it was given, with the folders it came in: a text, never a path of ours."""
    who: str = ""
    when: str = ""
    """ISO 8601 date and time, UTC."""
    order: int = 0
    """What came in first has the lower number."""
    size: int = 0
    """In bytes."""
    sha256: str = ""
    inside: str = ""
    """The name of the ZIP it was in."""
    stage: Stage = Stage.WAITING
    work: str = ""
    """The draft it became, or the work that has it already."""
    language: str = ""
    reason: str = ""
    """Why it was rejected: the typed reason, a colon, and a sentence."""
    remedy: str = ""
    tries: int = 0
    """How often work on it was begun: a file that ends the whole program again and again is given up."""
    note: str = ""
    """What else a person should know, such as what was left aside of a ZIP."""

    @property
    def label(self) -> str:
        """How an import report names this arrival."""
        return f"{self.batch}/{self.id}"

    def as_bytes(self) -> bytes:
        """The arrival as it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes, id: str, batch: str) -> Arrival | None:
        """An arrival as it was written; None when the file is not in order."""
        try:
            return cls._parsed(json.loads(data), id, batch)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    @classmethod
    def _parsed(cls, value: Mapping[str, Any], id: str, batch: str) -> Arrival:
        texts = ("name", "who", "when", "sha256", "inside", "work", "language", "reason", "remedy", "note")
        return cls(
            id=id,
            batch=batch,
            order=int(value["order"]),
            size=int(value["size"]),
            tries=int(value["tries"]),
            stage=Stage(value["stage"]),
            **{name: str(value[name]) for name in texts},
        )


@dataclass(frozen=True, slots=True)
class Status:
    """How far a batch is: its arrivals in the order in which they came."""

    batch: str
    arrivals: tuple[Arrival, ...]

    @property
    def done(self) -> bool:
        """Whether nothing of the batch is still being worked on."""
        return all(arrival.stage.done for arrival in self.arrivals)

    def as_json(self) -> dict[str, object]:
        """What a page asks for while it waits."""
        return {"batch": self.batch, "done": self.done, "arrivals": [_public(one) for one in self.arrivals]}


def _public(arrival: Arrival) -> dict[str, object]:
    shown = ("id", "name", "size", "inside", "work", "language", "reason", "remedy", "note")
    return {"stage": arrival.stage.value, **{name: getattr(arrival, name) for name in shown}}

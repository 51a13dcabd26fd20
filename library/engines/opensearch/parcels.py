"""What is sent to be written, in parcels that a server can take at once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opensearchpy.helpers import expand_action

MOST_ACTIONS = 500
MOST_BYTES = 5_000_000
"""Of a parcel before it is compressed; a document that is longer goes alone."""
LEVEL = 1
"""Of compression: a network is faster than the slow levels of gzip."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to be done with one document."""

    verb: str
    """`index`, `create`, `update` or `delete`."""
    target: Mapping[str, Any]
    """`_index`, `_id`, `routing` and the like."""
    source: bytes
    """The document as JSON in a line; empty for `delete`."""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Action:
        """An action in the form of the client's `helpers.bulk`: `_op_type`, `_index`, `_id`, `routing`, `_source`…"""
        head, source = expand_action(given)
        ((verb, target),) = head.items()
        return cls(verb, target, b"" if source is None else _line(source))

    @property
    def index(self) -> str:
        """The index it is for, or the alias."""
        return str(self.target["_index"])

    @property
    def id(self) -> str:
        """The document it is about."""
        return str(self.target.get("_id", ""))

    def lines(self, aliases: frozenset[str]) -> bytes:
        """As the server wants it. No index is ever made in the place of one of these aliases."""
        guard = {"require_alias": True} if self.index in aliases and self.verb != "delete" else {}
        return _line({self.verb: {**self.target, **guard}}) + self.source


Parcel = tuple[Action, ...]


def packed(actions: Iterable[Mapping[str, Any]]) -> Iterator[Parcel]:
    """The actions in their order, in parcels."""
    waiting: list[Action] = []
    size = 0
    for action in map(Action.of, actions):
        if waiting and (len(waiting) == MOST_ACTIONS or size + len(action.source) > MOST_BYTES):
            yield tuple(waiting)
            waiting, size = [], 0
        waiting.append(action)
        size += len(action.source)
    if waiting:
        yield tuple(waiting)


def wrapped(parcel: Parcel, aliases: frozenset[str]) -> bytes:
    """A parcel as the body of a request, compressed."""
    return gzip.compress(b"".join(action.lines(aliases) for action in parcel), LEVEL)


def _line(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode("utf-8", "replace")

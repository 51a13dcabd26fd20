"""What is compared: engines that hold the same editions and answer the same questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from corpus import Corpus
from distributed import Distributed
from fts5 import Fts5
from ours import Ours
from peers import Tantivy
from queries import Question

from library.engines import Entry

Ask = Callable[[Question], int | None]
"""Answers a question in full and says how many editions match; None when the engine has no such question."""


class Contender(Protocol):
    """An engine with its index in a folder of its own."""

    def build(self, entries: Iterable[Entry]) -> None:
        """Index these editions, from nothing."""

    def size(self) -> int:
        """Bytes of the index."""

    def open(self) -> None:
        """Open the index with nothing in memory; what was open before is closed."""

    def ways(self) -> Mapping[str, Ask]:
        """The ways of answering that are measured, by the heading of their column; the first is the plain one."""

    def close(self) -> None:
        """Let go of the index."""


CONTENDERS: Mapping[str, Callable[[Path, Corpus], Contender]] = {
    "ours": lambda folder, corpus: Ours(folder, corpus),
    "tantivy": lambda folder, _: Tantivy(folder),
    "fts5": lambda folder, _: Fts5(folder),
    "opensearch": Distributed,
}
"""By the name that `--only` takes."""


def contender(name: str, scratch: Path, corpus: Corpus) -> Contender:
    """The contender of that name, with its index in a folder of its own."""
    return CONTENDERS[name](scratch / name, corpus)

"""SQLite's FTS5 as a peer: what it leaves out is told in benchmarks/peers.py."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ours import folder_size
from peers import COUNTED
from queries import Asked, Question
from sentences import LANGUAGES

from library.analysis import Analysers, fold
from library.engines import Entry

FTS5 = "FTS5"


class Fts5:
    """One column of stems, each with its language before it; the columns to count in lie in numpy arrays."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "stems.sqlite"
        self._analysers = Analysers()
        self._threads = threading.local()
        self._opened = 0
        self._date: NDArray[np.int64] = np.empty(0, np.int64)
        self._flags: dict[str, NDArray[np.bool_]] = {}
        self._names: dict[str, list[str]] = {}

    def build(self, entries: Iterable[Entry]) -> None:
        """Index these editions, from nothing."""
        self._folder.mkdir(parents=True)
        database = sqlite3.connect(self._file)
        database.execute("create virtual table editions using fts5(stems, content='', tokenize='unicode61')")
        facts: list[tuple[int, dict[str, tuple[str, ...]]]] = []
        for number, entry in enumerate(entries):
            stems = self._analysers[entry.language].stems
            parts = (entry.title, entry.abstract, *entry.pages)
            text = " ".join(entry.language + stem for part in parts for stem in stems(part))
            database.execute("insert into editions (rowid, stems) values (?, ?)", (number, text))
            facts.append((entry.date, {facet: entry.values[facet] for facet in COUNTED}))
        database.execute("insert into editions (editions) values ('optimize')")
        database.commit()
        database.close()
        arrays: dict[str, NDArray[Any]] = {"date": np.array([date for date, _ in facts])}
        for facet in COUNTED:
            names = sorted({value for _, values in facts for value in values[facet]})
            arrays[facet] = np.array([[name in values[facet] for name in names] for _, values in facts])
            arrays[f"{facet}_names"] = np.array(names)
        np.savez(self._folder / "facets.npz", allow_pickle=False, **arrays)

    def size(self) -> int:
        """Bytes of the index; no text is kept."""
        return folder_size(self._folder)

    def open(self) -> None:
        """Open the database and read the arrays anew."""
        self._opened += 1
        with np.load(self._folder / "facets.npz") as arrays:
            self._date = arrays["date"]
            self._flags = {facet: arrays[facet] for facet in COUNTED}
            self._names = {facet: arrays[f"{facet}_names"].tolist() for facet in COUNTED}

    def ways(self) -> Mapping[str, Callable[[Question], int | None]]:
        """The ten best and the counts."""
        return {FTS5: self._search}

    def close(self) -> None:
        """Let go of the database; another thread's goes with the thread."""
        self._threads = threading.local()

    def _search(self, question: Question) -> int | None:
        if question.kind is Asked.FUZZY:
            return None
        if question.kind is Asked.NOTHING:
            ids, scores = np.arange(len(self._date)), -self._date.astype(np.float64)
        else:
            found = self._database.execute(
                "select rowid, bm25(editions) from editions where editions match ?", (self._match(question),)
            ).fetchall()
            rows = np.array(found, np.float64).reshape(-1, 2)
            ids, scores = rows[:, 0].astype(np.int64), rows[:, 1]
        for facet, value in question.filters:
            kept = self._flags[facet][ids, self._names[facet].index(value)]
            ids, scores = ids[kept], scores[kept]
        best = np.argpartition(scores, 9)[:10] if len(scores) > 10 else np.arange(len(scores))
        ids[best[np.argsort(scores[best])]].tolist()
        for facet in COUNTED:
            dict(zip(self._names[facet], self._flags[facet][ids].sum(axis=0).tolist(), strict=True))
        return len(ids)

    @property
    def _database(self) -> sqlite3.Connection:
        """A connection of this thread's own, since the last opening."""
        opened, database = getattr(self._threads, "open", (0, None))
        if database is None or opened != self._opened:
            database = sqlite3.connect(self._file)
            self._threads.open = (self._opened, database)
        return database

    def _match(self, question: Question) -> str:
        if question.kind is Asked.PREFIX:
            return " OR ".join(f'"{tag}{fold(question.words[0])}"*' for tag in LANGUAGES)
        if question.kind is Asked.PHRASE:
            return " OR ".join(self._in_each(" ".join(question.words)))
        joined = " OR " if question.kind is Asked.SOME else " AND "
        return joined.join(f"({' OR '.join(self._in_each(word))})" for word in question.words)

    def _in_each(self, words: str) -> Iterator[str]:
        for tag in LANGUAGES:
            stems = self._analysers[tag].stems(words)
            yield f'"{" ".join(tag + stem for stem in stems)}"'

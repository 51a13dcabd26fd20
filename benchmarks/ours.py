"""The library's own engine, measured three times: the works and their counts, the engine's answer, the whole result.

The works: ten of them in order and disjunctive counts of works for six facets, looked up anew each time; of earlier
questions only the words are remembered, which is what the peers are compared with. The engine's answer: the same with
best pages, remembered as a whole when it is asked again. The whole result is `Library.search`: it reads the question,
looks every hit up in the catalogue, and marks passages of its best pages.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from corpus import THESAURUS, Corpus
from multiplied import multiply
from queries import Question

from library.access import ANYONE, visible_to
from library.catalogue.record import write_record
from library.durable import write_bytes, write_text
from library.engines import Batch, Entry
from library.engines.whoosh_engine import WhooshEngine
from library.formats.page_store import PageStore
from library.library import Library
from library.model import Access, Edition, Kind, Page, Place, Work
from library.query import Node, parse
from library.request import SearchRequest

EVERYBODY = frozenset(Access)
PLAIN, ANEW, AGAIN, WHOLE = "ours", "ours, whole answer anew", "ours, asked again", "ours, whole result"


class Ours:
    """A library in a root folder. Only the records and pages that the questions meet are written out."""

    def __init__(self, root: Path, corpus: Corpus) -> None:
        self._root = root
        self._corpus = corpus
        self._first: Library | None = None
        self._library: Library | None = None

    def build(self, entries: Iterable[Entry]) -> None:
        """Index these editions, from nothing."""
        engine = WhooshEngine(self._index)

        def fill(batch: Batch) -> None:
            for entry in entries:
                batch.put(entry)

        engine.rebuild(fill)
        engine.close()

    def build_copies(self, once: Path) -> None:
        """Index every edition several times, out of the index of another library that has each once."""
        source = once / "index" / "whoosh"
        stamp = json.loads((source / "stamp.json").read_text(encoding="utf-8"))
        multiply(source / stamp["folder"], self._index / "generation-copies", self._corpus.copies)
        write_text(self._index / "stamp.json", json.dumps({**stamp, "folder": "generation-copies"}))

    def size(self) -> int:
        """Bytes of the index, without the texts of the pages, which lie beside it."""
        return folder_size(self._index)

    def open(self) -> None:
        """A new engine and a new library on the same folder; the thesaurus alone is kept."""
        self.close()
        engine = WhooshEngine(self._index)
        if self._first is None:
            self._documents.mkdir(parents=True, exist_ok=True)
            shutil.copy(THESAURUS, self._documents)
            self._first = Library.open(self._root)
        self._library = Library(self._root, self._first.settings, self._first.thesaurus, engine)

    def ways(self) -> Mapping[str, Callable[[Question], int]]:
        """The works and counts alone, the engine's whole answer, and the whole library's."""
        return {PLAIN: self._works, ANEW: self._anew, AGAIN: self._engine, WHOLE: self._whole}

    def close(self) -> None:
        """Let go of the index."""
        if self._library is not None:
            self._library.close()
            self._library = None

    def write_what_is_met(self, questions: Iterable[Question], editions: int) -> None:
        """Write the records and the pages of every work that these questions find."""
        works = {
            hit.work
            for question in questions
            for hit in self._opened.engine.search(node(question), request(question), visible_to(ANYONE)).hits
        }
        met: dict[str, list[Entry]] = {}
        for entry in self._corpus.entries(editions):
            if entry.work in works:
                met.setdefault(entry.work, []).append(entry)
        for entries in met.values():
            self._write(entries)

    def total(self, question: Question, visible: frozenset[Access]) -> tuple[int, int]:
        """How many works and how many editions the engine finds."""
        answer = self._opened.engine.search(node(question), request(question), visible)
        return answer.total, answer.editions

    @property
    def _opened(self) -> Library:
        assert self._library is not None, "open it first"
        return self._library

    @property
    def _index(self) -> Path:
        return self._root / "index" / "whoosh"

    @property
    def _documents(self) -> Path:
        return self._root / "documents"

    def _works(self, question: Question) -> int:
        engine = self._opened.engine
        assert isinstance(engine, WhooshEngine)
        return len(engine.answerer().works(node(question), request(question), visible_to(ANYONE)).chosen.ids)

    def _anew(self, question: Question) -> int:
        engine = self._opened.engine
        assert isinstance(engine, WhooshEngine)
        return engine.answerer().found(node(question), request(question), visible_to(ANYONE)).editions

    def _engine(self, question: Question) -> int:
        return self._opened.engine.search(node(question), request(question), visible_to(ANYONE)).editions

    def _whole(self, question: Question) -> int:
        return self._opened.search(request(question), ANYONE).editions

    def _write(self, entries: list[Entry]) -> None:
        work = _work(entries)
        write_bytes(self._documents / work.id / "record.toml", write_record(work).encode("utf-8"), sync=False)
        store = PageStore(self._root / "index" / "pages")
        for entry, edition in zip(entries, work.editions, strict=True):
            store.put(edition.sha256, tuple(Page(n, str(n), text) for n, text in enumerate(entry.pages, 1)))


@cache
def node(question: Question) -> Node:
    """The question as a tree: read once, for the engine by itself is what is measured."""
    return parse(question.text).node


def request(question: Question) -> SearchRequest:
    """The question as the address of a page says it."""
    return SearchRequest.build(question.text, {facet: [value] for facet, value in question.filters})


def folder_size(folder: Path) -> int:
    """Bytes of all files in a folder and those below it."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _work(entries: list[Entry]) -> Work:
    """The work whose editions these are."""
    values, digits = entries[0].values, str(entries[0].date)
    country, _, city = values["place"][-1].partition("/")
    return Work(
        id=entries[0].work,
        kind=Kind(values["kind"][0]),
        editions=tuple(
            Edition(
                entry.language, entry.title, hashlib.sha256(entry.edition.encode()).hexdigest(), len(entry.pages),
                abstract=entry.abstract, received="2026-01-01T00:00:00Z",
            )
            for entry in entries
        ),
        date=f"{digits[:4]}-{digits[4:6]}-{digits[6:]}",
        topics=values["topic"],
        projects=values["project"],
        places=(Place(country, city),),
        access=entries[0].access,
    )  # fmt: skip

"""The engine for more than one machine, measured beside the others: every answer is looked up anew by the server.

The address of a server stands in LIBRARY_BENCH_OPENSEARCH, such as http://127.0.0.1:9200; what is indexed there stays
until it is indexed anew. The server may remember what it counted, as it does in use.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from corpus import Corpus
from multiplied import copied
from ours import EVERYBODY, node, request
from queries import Question

from library.analysis import Analysers
from library.engines import Batch, Entry
from library.engines.opensearch.batch import indexing, word_document
from library.engines.opensearch.documents import Documents, Preparing, work_id
from library.engines.opensearch.naming import Names
from library.engines.opensearch.place import Place
from library.engines.opensearch.schema import Json
from library.engines.opensearch.server import Server
from library.engines.opensearch_engine import OpenSearchEngine

ADDRESS = "LIBRARY_BENCH_OPENSEARCH"
WAY = "OpenSearch"


class Distributed:
    """A library on a server."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self._corpus = corpus
        address = f"opensearch+{os.environ[ADDRESS]}/bench-{folder.parent.name}"
        self._place = Place.read(address, folder)
        self._folder = folder
        self._engine: OpenSearchEngine | None = None

    def build(self, entries: Iterable[Entry]) -> None:
        """Index these editions, from nothing."""
        engine = OpenSearchEngine(self._place)

        def fill(batch: Batch) -> None:
            for entry in entries:
                batch.put(entry)

        engine.rebuild(fill)
        engine.close()
        self._folder.mkdir(parents=True, exist_ok=True)  # so that it is known to be built

    def build_copies(self, once: Path) -> None:
        """Index every edition several times under other names; each is made ready once.

        So it is the server's part of indexing that is measured. `once` is where the library of single editions is.
        """
        engine = OpenSearchEngine(self._place)
        copies = self._corpus.copies
        engine.rebuild(lambda _: None)  # makes the indices and their aliases
        server, names = Server(self._place), Names(self._place.prefix)
        preparing = Preparing(Analysers())
        words: Counter[str] = Counter()
        made: list[tuple[str, str, Documents]] = []
        self._folder.mkdir(parents=True, exist_ok=True)
        for entry in replace(self._corpus, copies=1).entries(int(once.parent.name)):
            documents = preparing.documents(entry)
            words.update(documents.words.keys())
            made.append((entry.edition, entry.work, documents))
        for copy in range(copies):
            server.bulk(self._copy(names.editions, made, copy))
        server.bulk(
            {"_op_type": "index", "_index": names.words, "_id": word, "_source": word_document(word, many * copies)}
            for word, many in words.items()
            if word
        )
        server.refresh(names.words)
        server.refresh(names.editions)
        server.close()
        engine.close()

    def _copy(self, index: str, made: list[tuple[str, str, Documents]], copy: int) -> Iterator[Json]:
        for edition, work, documents in made:
            name = copied(work, copy)
            yield indexing(index, work_id(name), name, {**documents.work, "work": name})
            own = {"edition": copied(edition, copy), "work": name}
            family = {**documents.edition["family"], "parent": work_id(name)}
            yield indexing(index, own["edition"], name, {**documents.edition, **own, "family": family})

    def size(self) -> int:
        """Bytes of the index on the server."""
        server, names = Server(self._place), Names(self._place.prefix)
        told = server.ask(lambda client: client.indices.stats(index=f"{names.version}-*", metric="store"))
        server.close()
        return int(told["_all"]["primaries"]["store"]["size_in_bytes"])

    def open(self) -> None:
        """New connections, and analysers that remember nothing."""
        self.close()
        self._engine = OpenSearchEngine(self._place)

    def ways(self) -> Mapping[str, Callable[[Question], int]]:
        """The engine's whole answer."""
        return {WAY: self._ask}

    def close(self) -> None:
        """Let go of the connections."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _ask(self, question: Question) -> int:
        assert self._engine is not None
        return self._engine.search(node(question), request(question), EVERYBODY).editions

"""Editions on their way into OpenSearch: sent as they come when an index is built anew, else all at the end."""

from __future__ import annotations

import json
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO

from library.engines import Entry
from library.engines.opensearch.documents import Preparing, work_id
from library.engines.opensearch.schema import Json

FULL_BYTES = 8 * 1024 * 1024
"""Documents are sent when so much of them has come together."""
SPOOLED_BYTES = 32 * 1024 * 1024
"""A batch that waits for its end is held in memory up to here, and in a file beyond."""

SENDERS = 2
"""Requests that are under way at once while more is made ready."""

Send = Callable[[Iterable[Json]], None]
"""Sends actions of a bulk request, and comes back when all of them are in."""


class Filling:
    """The batch of an index that is built anew: nobody sees it, so what is put is sent at once."""

    def __init__(self, index: str, words: str, send: Send, preparing: Preparing) -> None:
        self._index = index
        self._words_index = words
        self._send = send
        self._preparing = preparing
        self._waiting: list[Json] = []
        self._bytes = 0
        self._new: set[str] = set()
        self._works: set[str] = set()
        self._words: Counter[str] = Counter()
        self._senders = ThreadPoolExecutor(SENDERS, "filling")
        self._sent: deque[Future[None]] = deque()

    def put(self, entry: Entry) -> None:
        """Add an edition. ValueError when it was already put."""
        if entry.edition in self._new:
            raise ValueError(f"{entry.edition} was put twice in one batch")
        self._new.add(entry.edition)
        made = self._preparing.documents(entry)
        self._words.update(made.words.keys())
        if entry.work not in self._works:
            self._works.add(entry.work)
            self._waiting.append(indexing(self._index, work_id(entry.work), entry.work, made.work))
        self._waiting.append(indexing(self._index, entry.edition, entry.work, made.edition))
        self._bytes += 4 * sum(map(len, entry.pages))
        if self._bytes > FULL_BYTES:
            self._flush()

    def drop(self, edition: str) -> None:
        """Nothing is held that could be forgotten."""

    def finish(self) -> None:
        """Send the rest, and the words, and wait until all of it is in."""
        self._flush()
        while self._sent:
            self._sent.popleft().result()
        self._send(
            {"_op_type": "index", "_index": self._words_index, "_id": word, "_source": word_document(word, often)}
            for word, often in self._words.items()
            if word
        )

    def close(self) -> None:
        """Send nothing more."""
        self._senders.shutdown(cancel_futures=True)

    def _flush(self) -> None:
        """Send what has come together, while more is made ready; not more at once than the server takes in."""
        if len(self._sent) >= SENDERS:
            self._sent.popleft().result()
        self._sent.append(self._senders.submit(self._send, self._waiting))
        self._waiting, self._bytes = [], 0


class Changing:
    """The batch of an index that is searched meanwhile: nothing is sent before all of it is known."""

    def __init__(self, preparing: Preparing) -> None:
        self._preparing = preparing
        self._spool: IO[bytes] = tempfile.SpooledTemporaryFile(SPOOLED_BYTES)  # noqa: SIM115 - closed by `close`
        self._new: dict[str, frozenset[str]] = {}
        self._dropped: set[str] = set()

    def put(self, entry: Entry) -> None:
        """Add an edition, or replace what was held of it. ValueError when it was already put in this batch."""
        if entry.edition in self._new:
            raise ValueError(f"{entry.edition} was put twice in one batch")
        made = self._preparing.documents(entry)
        self._new[entry.edition] = frozenset(made.words) - {""}
        self._dropped.discard(entry.edition)
        self._write(("index", work_id(entry.work), entry.work, made.work))
        self._write(("index", entry.edition, entry.work, made.edition))

    def drop(self, edition: str) -> None:
        """Forget an edition; nothing happens when it was not held. What was put in this batch before stays."""
        if edition not in self._new:
            self._dropped.add(edition)

    @property
    def editions(self) -> tuple[str, ...]:
        """Every edition that is put or dropped."""
        return (*self._new, *self._dropped)

    def actions(self, index: str, held: frozenset[str]) -> Iterator[Json]:
        """What is to be sent; `held` are those of the editions that the index has."""
        for edition in sorted(self._dropped & held):
            yield {"_op_type": "delete", "_index": index, "_id": edition, "routing": edition.rpartition(".")[0]}
        self._spool.seek(0)
        for line in self._spool:
            _, name, work, document = json.loads(line)
            yield indexing(index, name, work, document)

    def words(self, index: str, held: frozenset[str]) -> Iterator[Json]:
        """What is to be said of words. Those of a replaced edition are counted already, unless they are new."""
        more: Counter[str] = Counter()
        for edition, words in self._new.items():
            more.update(dict.fromkeys(words, int(edition not in held)))
        for word, often in more.items():
            yield {
                "_op_type": "update", "_index": index, "_id": word, "retry_on_conflict": 3,
                "script": {"source": "ctx._source.editions += params.more", "params": {"more": often}},
                "upsert": word_document(word, max(often, 1)),
            }  # fmt: skip

    def close(self) -> None:
        """Let go of what waited."""
        self._spool.close()

    def _write(self, action: tuple[str, str, str, Json]) -> None:
        self._spool.write(json.dumps(action).encode() + b"\n")


def indexing(index: str, name: str, work: str, document: Json) -> Json:
    """A document to be added, or to take the place of one with the same id; on the shard of its work."""
    return {"_op_type": "index", "_index": index, "_id": name, "routing": work, "_source": document}


def word_document(word: str, editions: int) -> Json:
    """A word, and about how many editions have it."""
    return {"word": word, "first": word[:1], "editions": editions}

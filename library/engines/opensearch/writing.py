"""One writer at a time: a document on the server says who, and until when.

Each change that is sent puts the time off. A writer that was killed stops others for `LEASE_SECONDS` at most.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, NotFoundError, RequestError

from library.engines.opensearch.schema import writing_index
from library.engines.opensearch.server import Server
from library.engines.whoosh_batch import LOCK_SECONDS
from library.errors import EngineUnavailable

LEASE_SECONDS = 120.0
"""For how long a writer that says nothing more keeps others waiting; clocks of two machines differ by less."""
PAUSE_SECONDS = 0.25
ID = "writer"


class Writing:
    """The right to write into the indices of a library."""

    def __init__(self, server: Server, index: str) -> None:
        self._server = server
        self._index = index
        self._owner = uuid.uuid4().hex
        self._until = 0.0

    @contextmanager
    def alone(self) -> Iterator[Writing]:
        """Nobody else writes. Raises EngineUnavailable when somebody else keeps writing."""
        if not self._server.named(self._index):
            self._server.ask(self._made)
        patience = time.monotonic() + LOCK_SECONDS
        while not self._server.ask(self._claimed):
            if time.monotonic() > patience:
                raise EngineUnavailable(
                    f"another program is writing to the index at {self._server.shown}",
                    "wait until it has finished, then try again",
                )
            time.sleep(PAUSE_SECONDS)
        try:
            yield self
        finally:
            self._server.ask(self._released)

    def goes_on(self) -> None:
        """Tell that the writer is still at work; called as often as one likes."""
        if self._until - time.time() < LEASE_SECONDS / 2:
            self._server.ask(self._renewed)

    def _body(self) -> dict[str, Any]:
        self._until = time.time() + LEASE_SECONDS
        return {"owner": self._owner, "until": self._until}

    def _made(self, client: OpenSearch) -> None:
        try:
            client.indices.create(index=self._index, body=writing_index(self._server.place.replicas))
        except RequestError as error:
            if error.error != "resource_already_exists_exception":  # another writer was first
                raise

    def _claimed(self, client: OpenSearch) -> bool:
        try:
            client.create(index=self._index, id=ID, body=self._body())
        except ConflictError:
            return self._taken_over(client)
        return True

    def _taken_over(self, client: OpenSearch) -> bool:
        """Whether the writer before had gone without a word, so that its place could be taken."""
        try:
            held = client.get(index=self._index, id=ID)
        except NotFoundError:
            return False
        if held["_source"]["until"] > time.time():
            return False
        seen = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
        try:
            client.index(index=self._index, id=ID, body=self._body(), **seen)
        except ConflictError:
            return False
        return True

    def _renewed(self, client: OpenSearch) -> None:
        client.index(index=self._index, id=ID, body=self._body())

    def _released(self, client: OpenSearch) -> None:
        try:
            held = client.get(index=self._index, id=ID)
            if held["_source"]["owner"] == self._owner:
                seen = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
                client.delete(index=self._index, id=ID, **seen)
        except (NotFoundError, ConflictError):
            return  # somebody took it over: this one was silent for too long

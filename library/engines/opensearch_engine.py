"""The engine for more than one machine: OpenSearch keeps the index and finds, the analysis and the rules are ours."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial

from library.analysis import Analysers
from library.engines import Alike, Answer, Batch, Completion, Likeness, Neighbour
from library.engines.opensearch.asking import Asking
from library.engines.opensearch.batch import Changing, Filling
from library.engines.opensearch.completing import completions
from library.engines.opensearch.documents import Preparing
from library.engines.opensearch.failures import TooManyClauses
from library.engines.opensearch.likeness import alike
from library.engines.opensearch.naming import Names
from library.engines.opensearch.place import Place
from library.engines.opensearch.schema import EDITION, MOST_SHOWN, Json, editions_index, words_index
from library.engines.opensearch.searching import Searching
from library.engines.opensearch.server import Server
from library.engines.opensearch.shortening import shortened
from library.engines.opensearch.spelling import neighbours
from library.engines.opensearch.titles import titles
from library.engines.opensearch.writing import Writing
from library.errors import IndexOutOfDate
from library.model import Access
from library.query import Node
from library.request import SearchRequest

KEPT = "1m"
"""How long the index is kept as it was for who reads through all of it, after each step."""
TEMPLATE_PRIORITY = 200
"""Above templates that an operator may have for all indices."""


class OpenSearchEngine:
    """The indices of one library on a server, which several programs may ask and change."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._names = Names(place.prefix)
        self._server = Server(place)
        self._templates_told = False
        self._idle: deque[Analysers] = deque()
        """Analysers remember words and are not to be shared between threads: each search borrows some."""

    # -- what is held

    def held(self) -> Mapping[str, str]:
        """Every edition held, with its fingerprint. Raises IndexOutOfDate, EngineUnavailable."""
        self._current()
        found: dict[str, str] = {}
        body: Json = {
            "query": {"term": {"family": EDITION}}, "sort": [{"edition": "asc"}], "size": MOST_SHOWN, "_source": False,
            "docvalue_fields": ["edition", "fingerprint"], "track_total_hits": False,
        }  # fmt: skip
        with self._server.point_in_time(self._names.editions, KEPT) as point:
            after: Json = {}
            while True:
                pit = {"id": point, "keep_alive": KEPT}
                hits = self._server.search(None, {**body, **after, "pit": pit})["hits"]["hits"]
                found.update({hit["fields"]["edition"][0]: hit["fields"]["fingerprint"][0] for hit in hits})
                if len(hits) < MOST_SHOWN:
                    return found
                after = {"search_after": hits[-1]["sort"]}

    @contextmanager
    def batch(self, jobs: int = 1) -> Iterator[Batch]:
        """A batch of changes: sent when the block ends and seen when all of it is in, discarded when an exception
        leaves it. Raises IndexOutOfDate, and EngineUnavailable, also when another program keeps writing.

        What was sent of a batch that then failed is seen with the next one, which sends it again: a sync compares
        fingerprints.
        """
        index, words = self._current()
        with Writing(self._server, self._names.writing).alone() as writing:
            changing = Changing(Preparing(Analysers()))
            try:
                yield changing
                held = self._held_of(changing.editions)
                self._send(writing, changing.words(words, held))
                self._send(writing, changing.actions(index, held))
                self._server.refresh(words)
                self._server.refresh(index)
            finally:
                changing.close()

    def rebuild(self, fill: Callable[[Batch], None], jobs: int = 1) -> None:
        """Build the index anew beside the old one; searches see the old one until the alias is swapped.

        Raises EngineUnavailable, also when another program keeps writing.
        """
        with Writing(self._server, self._names.writing).alone() as writing:
            old = [*self._server.named(f"{self._names.editions}-*"), *self._server.named(f"{self._names.words}-*")]
            index, words = self._created()
            try:
                with closing(Filling(index, words, partial(self._send, writing), Preparing(Analysers()))) as batch:
                    fill(batch)
                    batch.finish()
                self._server.refresh(words)
                self._server.refresh(index)
                self._server.swap([
                    {"add": {"index": index, "alias": self._names.editions}},
                    {"add": {"index": words, "alias": self._names.words}},
                    *({"remove_index": {"index": name}} for name in old),
                ])  # fmt: skip
            except BaseException:
                self._server.delete(index)
                self._server.delete(words)
                raise

    def close(self) -> None:
        """Close the connections."""
        self._server.close()

    # -- searching

    def search(self, node: Node, request: SearchRequest, visible: frozenset[Access]) -> Answer:
        """The works that match, with exact counts. Raises IndexOutOfDate, EngineUnavailable."""
        for shorter in shortened(node):
            try:
                with self._asking(visible) as asking:
                    return Searching(asking, shorter, request).answer()
            except TooManyClauses as error:
                refused = error
        raise refused

    def counts(self, nodes: Sequence[Node], visible: frozenset[Access]) -> tuple[int, ...]:
        """For each query, the visible works that have all of it. Raises IndexOutOfDate, EngineUnavailable."""
        try:
            with self._asking(visible) as asking:
                return tuple(works for _, works in asking.whole(nodes))
        except TooManyClauses:
            if len(nodes) > 1:
                return tuple(works for node in nodes for works in self.counts((node,), visible))
            _, *shorter = shortened(nodes[0])
            if not shorter:
                raise
            return self.counts(shorter[:1], visible)

    # -- words and titles

    def neighbours(self, word: str, visible: frozenset[Access], most: int) -> tuple[Neighbour, ...]:
        """What is spelt nearly like a folded word. Raises IndexOutOfDate, EngineUnavailable."""
        with self._asking(visible) as asking:
            return neighbours(asking, word, most)

    def completions(self, before: str, beginning: str, visible: frozenset[Access], most: int) -> tuple[Completion, ...]:
        """The commonest words with a beginning, after the words before it. Raises IndexOutOfDate, EngineUnavailable."""
        with self._asking(visible) as asking:
            return completions(asking, before, beginning, most)

    def titles(self, beginnings: Sequence[str], visible: frozenset[Access], reader: str, most: int) -> tuple[str, ...]:
        """Editions whose title has words that begin so. Raises IndexOutOfDate, EngineUnavailable."""
        with self._asking(visible) as asking:
            return titles(asking, beginnings, reader, most)

    def alike(self, likeness: Likeness, visible: frozenset[Access], most: int) -> tuple[Alike, ...]:
        """The works that are most like this one. Raises IndexOutOfDate, EngineUnavailable."""
        with self._asking(visible) as asking:
            return alike(asking, likeness, most)

    # -- the server

    @contextmanager
    def _asking(self, visible: frozenset[Access]) -> Iterator[Asking]:
        try:
            analysers = self._idle.pop()
        except IndexError:
            analysers = Analysers()
        try:
            yield Asking(self._server, self._names.editions, self._names.words, analysers, visible)
        except IndexOutOfDate:
            self._current()  # says what is the matter
            raise
        finally:
            self._idle.append(analysers)

    def _current(self) -> tuple[str, str]:
        """The indices that answer now. Raises IndexOutOfDate."""
        editions, words = self._server.behind(self._names.editions), self._server.behind(self._names.words)
        if editions and words:
            return editions[0], words[0]
        if self._server.behind(self._names.any_version):
            raise IndexOutOfDate("the index on the search server was built by another version of the program")
        raise IndexOutOfDate("there is no index of this library on the search server")

    def _created(self) -> tuple[str, str]:
        """Two new indices, made as their templates say."""
        place, names = self._place, self._names
        index, words = names.built(names.editions), names.built(names.words)
        if not self._templates_told:
            layouts = {
                names.editions: editions_index(place.shards, place.replicas),
                names.words: words_index(place.replicas),
            }
            for alias, layout in layouts.items():
                template = {"index_patterns": [f"{alias}-*"], "template": layout, "priority": TEMPLATE_PRIORITY}
                self._server.put_template(alias, template)
            self._templates_told = True
        self._server.create(index)
        self._server.create(words)
        return index, words

    def _held_of(self, editions: Sequence[str]) -> frozenset[str]:
        """Those of the editions that the index has."""
        found: set[str] = set()
        for start in range(0, len(editions), MOST_SHOWN):
            some = list(editions[start : start + MOST_SHOWN])
            body: Json = {
                "query": {"terms": {"edition": some}}, "size": len(some), "_source": False,
                "docvalue_fields": ["edition"], "track_total_hits": False,
            }  # fmt: skip
            hits = self._server.search(self._names.editions, body)["hits"]["hits"]
            found.update(hit["fields"]["edition"][0] for hit in hits)
        return frozenset(found)

    def _send(self, writing: Writing, actions: Iterable[Json]) -> None:
        self._server.bulk(_telling(actions, writing))


def _telling(actions: Iterable[Json], writing: Writing) -> Iterator[Json]:
    """The actions as they are, with a sign of life between them."""
    for action in actions:
        writing.goes_on()
        yield action

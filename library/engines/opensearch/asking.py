"""Asking one index: queries, counted in editions and in works, all of them in few requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from library.analysis import Analysers
from library.engines.opensearch.clauses import filtered, seen
from library.engines.opensearch.glance import glance
from library.engines.opensearch.matching import Lanes, Match, Matching
from library.engines.opensearch.schema import EDITION, Json
from library.engines.opensearch.server import Server
from library.engines.opensearch.vocabulary import Vocabulary
from library.model import Access
from library.query import Node

TOGETHER = 200
"""Queries that are counted by one search; the searches go out together."""
WORKS: Json = {"works": {"parent": {"type": EDITION}}}
"""Counts the works that editions belong to: exactly, as a work and its editions are on one shard."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be counted for each of some queries, within a filter."""

    queries: Sequence[Json]
    within: Json
    aggs: Json
    """How the editions that match are put together; empty when they are only counted."""

    def bodies(self) -> list[Json]:
        """The searches that count them."""
        parts = [self.queries[start : start + TOGETHER] for start in range(0, len(self.queries), TOGETHER)]
        more: Json = {"aggs": self.aggs} if self.aggs else {}
        return [
            {
                "size": 0, "query": self.within, "track_total_hits": False,
                "aggs": {"each": {"filters": {"filters": list(some)}, **more}},
            }
            for some in parts
        ]  # fmt: skip


class Asking:
    """What several verbs need to ask of the index behind an alias. Made anew for each call: it holds what was counted.

    Raises IndexOutOfDate when there is nothing behind the alias.
    """

    def __init__(
        self, server: Server, alias: str, words: str, analysers: Analysers, visible: frozenset[Access]
    ) -> None:
        self.server = server
        self.alias = alias
        self.analysers = analysers
        self.vocabulary = Vocabulary(server, words)
        self.glance = glance(server, alias)
        self.lanes = Lanes(self.glance, analysers, self.vocabulary)
        self.matching = Matching(self.lanes, self.editions, self._extremes)
        unweighed = Lanes(self.glance, analysers, self.vocabulary)
        self.unscored = Matching(unweighed, lambda queries: [1] * len(queries), lambda *_: (0.0, 0.0))
        """The same without asking how rare words are, for what is only counted."""
        self.seen = seen(visible)

    def whole(self, nodes: Sequence[Node]) -> list[tuple[Match, int]]:
        """For each query what has all of it, and how many of the works that may be found.

        A query that is nothing but stop words in some language, and found in no other, is taken at its letters.
        """
        matches = self.matching.find_all(nodes)
        works = self.works([match.query for match in matches])
        empty = [place for place, many in enumerate(works) if not many and matches[place].neutral]
        literal = [self.matching.literally(nodes[place]) for place in empty]
        for place, query, many in zip(empty, literal, self.works(literal), strict=True):
            if many:
                matches[place], works[place] = Match(query, matches[place].neutral), many
        return list(zip(matches, works, strict=True))

    def editions(self, queries: Sequence[Json]) -> list[int]:
        """How many editions each of the queries matches, those that may not be found too."""
        return [int(bucket["doc_count"]) for bucket in self.buckets(queries, {}, {"term": {"family": EDITION}})]

    def works(self, queries: Sequence[Json]) -> list[int]:
        """How many works each of the queries finds, of those that may be found."""
        return [int(bucket["works"]["doc_count"]) for bucket in self.buckets(queries, WORKS, self.seen)]

    def buckets(self, queries: Sequence[Json], aggs: Json, within: Json) -> list[Json]:
        """For each of the queries the editions that match it and a filter, put together in the way of `aggs`."""
        return self.several([Counted(queries, within, aggs)])[0]

    def several(self, asked: Sequence[Counted]) -> list[list[Json]]:
        """The same for several filters, by one request."""
        bodies = [counted.bodies() for counted in asked]
        answers = iter(self.searches([body for some in bodies for body in some]))
        return [
            [bucket for _ in some for bucket in next(answers)["aggregations"]["each"]["buckets"]] for some in bodies
        ]

    def search(self, body: Json, preference: str = "") -> Any:
        """The answer of the index; with the same preference, of the same copies of its shards."""
        return self.server.search(self.alias, body, preference)

    def searches(self, bodies: Sequence[Json]) -> tuple[Json, ...]:
        """The answers of the index to several searches, by one request."""
        return self.server.searches([(self.alias, body) for body in bodies])

    def _extremes(self, one: Json, other: Json) -> tuple[float, float]:
        """The lowest score of the first query and the highest of the second; 0 where nothing matches."""
        kind: Json = {"term": {"family": EDITION}}
        bodies: list[Json] = [
            {
                "query": filtered(query, kind),
                "size": 1,
                "_source": False,
                "sort": [{"_score": order}],
                "track_scores": True,
            }
            for query, order in ((one, "asc"), (other, "desc"))
        ]
        lowest, highest = ([hit["_score"] for hit in found["hits"]["hits"]] for found in self.searches(bodies))
        return float(lowest[0]) if lowest else 0.0, float(highest[0]) if highest else 0.0

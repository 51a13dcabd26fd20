"""What an index holds at a glance: the languages it is searched in, and how many editions are in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from library.engines.opensearch.schema import EDITION, Json
from library.engines.opensearch.server import Server

MOST_SETS = 10_000
"""Different sets of languages that editions are searched in."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The languages of an index."""

    documents: Mapping[str, int]
    """Language → editions that are searched in it."""
    lane_sets: Mapping[str, frozenset[str]]
    """The sets of languages that editions have, under the name that stands in their documents."""

    @property
    def lanes(self) -> tuple[str, ...]:
        """Every language that editions are searched in, ascending."""
        return tuple(sorted(self.documents))

    def silent(self, neutral: frozenset[str]) -> Json:
        """A filter for the editions that have no lane but these."""
        names = [name for name, lanes in self.lane_sets.items() if lanes <= neutral]
        return {"terms": {"lane_set": names}}


def glance(server: Server, alias: str) -> Glance:
    """What is held now. OpenSearch remembers the answer until a change is committed.

    Raises IndexOutOfDate when there is nothing behind the alias.
    """
    found = server.search(alias, {
        "size": 0, "query": {"term": {"family": EDITION}},
        "aggs": {"sets": {"terms": {"field": "lane_set", "size": MOST_SETS}}},
    })  # fmt: skip
    sets = {bucket["key"]: bucket["doc_count"] for bucket in found["aggregations"]["sets"]["buckets"]}
    documents: dict[str, int] = {}
    for name, many in sets.items():
        for lane in name.split("+"):
            documents[lane] = documents.get(lane, 0) + many
    return Glance(documents, {name: frozenset(name.split("+")) for name in sets})

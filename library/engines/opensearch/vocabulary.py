"""The words of an index, folded and unstemmed, of all its languages: which begin so, which are spelt nearly so.

They lie in an index of their own, a document for each word, as OpenSearch does not list the words of a field. How
common a word is was told when the index was built and when editions were added: it orders the candidates, and whoever
names a word to a reader counts its works anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from library.analysis import MAX_TERM
from library.engines.letters import alike, allowed
from library.engines.opensearch.schema import Json
from library.engines.opensearch.server import Server

MOST_NEAR = 1_000
"""Words spelt nearly so that are compared letter by letter."""
MOST_LETTERS = 2_000
"""Different letters with which words begin."""


class Vocabulary:
    """Asks the index of words behind an alias."""

    def __init__(self, server: Server, alias: str) -> None:
        self._server = server
        self._alias = alias

    def beginning(self, prefix: str, most: int) -> tuple[str, ...]:
        """Words that begin so, those of most editions first, then alphabetically; at most that many."""
        if len(prefix) > MAX_TERM:
            return ()
        return self._words({"prefix": {"word": prefix}}, most, [{"editions": "desc"}, {"word": "asc"}])

    def near(self, word: str, most: int) -> tuple[str, ...]:
        """Words that are spelt nearly so, the nearest first, then alphabetically; at most that many.

        One letter may be wrong, missing, added or swapped with its neighbour, two in words of six letters or more
        (Lucene's rule); the first letter is right.
        """
        return tuple(name for _, name in self.distances(word)[:most])

    def distances(self, word: str) -> list[tuple[int, str]]:
        """Words that are spelt nearly so, each after the number of its differing letters, the nearest first."""
        if not word or len(word) > MAX_TERM + allowed(word):
            return []
        spelt: Json = {
            "value": word, "fuzziness": allowed(word), "prefix_length": 1, "transpositions": True,
            "max_expansions": MOST_NEAR, "rewrite": f"top_terms_boost_{MOST_NEAR}",
        }  # fmt: skip
        query = {"fuzzy": {"word": spelt}} if allowed(word) else {"term": {"word": word}}
        found = self._words(query, MOST_NEAR, [{"_score": "desc"}, {"word": "asc"}])
        return alike(word, (name for name in found if name[:1] == word[:1]))

    def held(self, words: Iterable[str]) -> frozenset[str]:
        """Those of the words that are used at all, in deleted editions too."""
        asked = sorted({word for word in words if 0 < len(word) <= MAX_TERM})
        return frozenset(self._words({"terms": {"word": asked}}, len(asked), [])) if asked else frozenset()

    def first_letters(self) -> tuple[str, ...]:
        """Every character that a word begins with, ascending."""
        found = self._server.search(
            self._alias, {"size": 0, "aggs": {"first": {"terms": {"field": "first", "size": MOST_LETTERS}}}}
        )
        return tuple(sorted(bucket["key"] for bucket in found["aggregations"]["first"]["buckets"]))

    def _words(self, query: Json, most: int, order: list[Json]) -> tuple[str, ...]:
        body = {
            "query": query, "size": most, "sort": order, "stored_fields": "_none_", "docvalue_fields": ["word"],
            "track_total_hits": False,
        }  # fmt: skip
        found = self._server.search(self._alias, body)
        return tuple(hit["fields"]["word"][0] for hit in found["hits"]["hits"])

"""Titles, found by the beginnings of their words as somebody types them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from library.engines.columns import LANGUAGE
from library.engines.opensearch.asking import Asking
from library.engines.opensearch.clauses import flat
from library.engines.opensearch.schema import Json
from library.engines.whoosh_batch import TITLE_KEY
from library.engines.whoosh_schema import facet_field

MOST_EDITIONS = 100
"""Of one work: more than there are languages."""
EDITIONS = "editions"


def titles(asking: Asking, beginnings: Sequence[str], reader: str, most: int) -> tuple[str, ...]:
    """Editions that may be found, one of each work, in one request: titles that begin so first, then the newest.

    Of a work it is the edition in the reader's language, else the first by its id, of those whose title has the words.
    """
    if not beginnings or not most or max(map(len, beginnings)) > TITLE_KEY:
        return ()
    having: list[Json] = [{"prefix": {"title_words": beginning}} for beginning in beginnings]
    whole = flat({"prefix": {"title_key": " ".join(beginnings)[: TITLE_KEY + 1]}}, 1.0)
    found = asking.search({
        "query": {"bool": {"filter": [asking.seen, *having], "should": [whole]}},
        "sort": [{"_score": "desc"}, {"date": "desc"}, {"work": "asc"}],
        "collapse": {"field": "work", "inner_hits": _every_edition()},
        "size": most, "_source": False, "track_total_hits": False,
    })  # fmt: skip
    return tuple(_chosen(hit["inner_hits"][EDITIONS]["hits"]["hits"], reader) for hit in found["hits"]["hits"])


def _every_edition() -> Json:
    return {
        "name": EDITIONS, "sort": [{"edition": "asc"}], "size": MOST_EDITIONS, "_source": False,
        "docvalue_fields": ["edition", facet_field(LANGUAGE)],
    }  # fmt: skip


def _chosen(hits: list[Any], reader: str) -> str:
    """The edition in the reader's language when there is one, else the first."""
    fields = [hit["fields"] for hit in hits]
    own = (one for one in fields if reader in one.get(facet_field(LANGUAGE), ()))
    return str(next(own, fields[0])["edition"][0])

"""In how many works something is used, and in which languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from library.engines.columns import LANGUAGE
from library.engines.opensearch.asking import WORKS, Asking
from library.engines.opensearch.documents import packed
from library.engines.opensearch.schema import Json
from library.engines.usage import Used
from library.engines.whoosh_schema import facet_field

MOST_LANGUAGES = 1_000
"""More than there are: counts of languages are exact on any number of shards."""


@dataclass(frozen=True, slots=True)
class Use:
    """How something is used that a query finds."""

    works: int
    languages: tuple[str, ...]
    """Of the editions that it finds, that of most of them first."""


def having(word: str) -> Json:
    """Editions that have a folded word."""
    return {"term": {"words": packed(word)}}


def uses(asking: Asking, queries: Sequence[Json], within: Json) -> list[Use]:
    """How each of the queries is met within a filter."""
    spoken: Json = {"spoken": {"terms": {"field": facet_field(LANGUAGE), "size": MOST_LANGUAGES}}}
    return [
        Use(int(bucket["works"]["doc_count"]), tuple(one["key"] for one in bucket["spoken"]["buckets"]))
        for bucket in asking.buckets(queries, {**WORKS, **spoken}, within)
    ]


def used_words(asking: Asking, words: Sequence[str], within: Json) -> list[Used]:
    """Those of the folded words that are used within a filter, in the order given."""
    found = uses(asking, [having(word) for word in words], within)
    return [Used(word, use.works, use.languages) for word, use in zip(words, found, strict=True) if use.works]

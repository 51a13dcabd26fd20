"""How editions lie in OpenSearch: the fields, and the stamp that says which program they were written for.

One document for each edition, its pages nested in it, and one for each work, on the same shard. Every text comes as
terms that are ready (`documents.py`): tokens parted by blanks, the terms of one token by a bar, `_` where nothing is
searched.
"""

from __future__ import annotations

from typing import Any

from library.analysis import ANALYSIS_VERSION
from library.engine_address import AUTO
from library.engines.whoosh_schema import LANES, facet_field, lane_field
from library.fields import FACETS, TEXT_FIELDS

SCHEMA_VERSION = "1"
EDITION, WORK = "edition", "work"
"""The two kinds of documents, in the field `family`."""
BETWEEN = 128
"""Positions between two pages or two labels, so that no phrase spans both: longer than any query."""
LONGEST_TOKEN = 1_024
"""Characters of a token with all of its terms; OpenSearch would cut it at 255."""
MOST_PAGES = 100_000
"""Of one edition."""
MOST_SHOWN = 10_000
"""Documents that one search gives at most, which is what OpenSearch allows without being told."""

Json = dict[str, Any]

STAMP = {"engine": "opensearch", "schema": SCHEMA_VERSION, "analysis": ANALYSIS_VERSION}

_BM25 = """
double length = doc.length / Math.max(1.0, (double) field.sumTotalTermFreq / field.docCount);
return query.boost * 2.2 * doc.freq / (doc.freq + 1.2 * (0.25 + 0.75 * length));
"""
"""BM25 with k1 = 1.2 and b = 0.75 as in the embedded engine (`lane.saturated`), without the rarity of the word: that
is of all fields of a language together, and of all shards, and comes as the boost."""
_RARE_BM25 = """
double length = doc.length / Math.max(1.0, (double) field.sumTotalTermFreq / field.docCount);
double rare = Math.log(1 + (field.docCount - term.docFreq + 0.5) / (term.docFreq + 0.5));
return query.boost * rare * 2.2 * doc.freq / (doc.freq + 1.2 * (0.25 + 0.75 * length));
"""
_OFTEN = "return query.boost * doc.freq;"
"""How often a word stands on a page."""


def named_field(facet: str) -> str:
    """The field that holds a facet's values folded, as somebody names them in a query."""
    return f"named_{facet}"


def editions_index(shards: int, replicas: int | str) -> Json:
    """Settings and fields of the index of editions; `replicas` is a number, or `auto` for one where there is room."""
    return {
        "settings": {
            "index": {
                **_copies(shards, replicas),
                "mapping.nested_objects.limit": MOST_PAGES,
                "mapping.total_fields.limit": 2_000,
                "max_inner_result_window": MOST_SHOWN,
            },
            "analysis": {
                "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": LONGEST_TOKEN}},
                "filter": {
                    "holes": {"type": "stop", "stopwords": ["_"]},
                    "bars": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]},
                },
                "analyzer": {"terms": {"type": "custom", "tokenizer": "blanks", "filter": ["holes", "bars"]}},
            },
            "similarity": {
                "saturated": {"type": "scripted", "script": {"source": _BM25}},
                "rare": {"type": "scripted", "script": {"source": _RARE_BM25}},
                "often": {"type": "scripted", "script": {"source": _OFTEN}},
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": STAMP,
            "_routing": {"required": True},
            "_source": {"includes": ["pages"]},
            "properties": {**_keywords(), **_texts()},
        },
    }


def words_index(replicas: int | str) -> Json:
    """Settings and fields of the index of words: each folded word, and about how many editions have it."""
    return {
        "settings": {"index": _copies(1, replicas)},
        "mappings": {
            "dynamic": "strict",
            "_meta": STAMP,
            "properties": {
                "word": {"type": "keyword"},
                "first": {"type": "keyword"},
                "editions": {"type": "long"},
            },
        },
    }


def writing_index(replicas: int | str) -> Json:
    """Settings and fields of the index that says who writes."""
    fields: Json = {"owner": {"type": "keyword"}, "until": {"type": "double"}}
    return {"settings": {"index": _copies(1, replicas)}, "mappings": {"dynamic": "strict", "properties": fields}}


def _copies(shards: int, replicas: int | str) -> Json:
    """A change is seen when the whole batch is in: nothing is refreshed before it is asked for."""
    copies: Json = {"auto_expand_replicas": "0-1"} if replicas == AUTO else {"number_of_replicas": replicas}
    return {"number_of_shards": shards, "refresh_interval": "-1", **copies}


def _keywords() -> Json:
    keyword: Json = {"type": "keyword"}
    facets = {facet_field(facet.name): keyword for facet in FACETS}
    names = {named_field(facet.name): keyword for facet in FACETS}
    return {
        "family": {"type": "join", "relations": {WORK: EDITION}},
        **dict.fromkeys(("edition", "work", "access", "lanes", "lane_set", "title_key"), keyword),
        "fingerprint": {"type": "keyword", "index": False},
        "date": {"type": "integer"},
        "years": {"type": "integer"},
        **facets,
        **names,
    }


def _texts() -> Json:
    plain: Json = {"type": "text", "analyzer": "terms"}
    text: Json = {**plain, "similarity": "saturated", "position_increment_gap": BETWEEN}
    pages: Json = {"number": {"type": "integer", "index": False}}
    fields: Json = {
        "words": {**plain, "similarity": "rare", "index_options": "freqs"},
        "title_words": {**plain, "index_options": "docs", "norms": False},
    }
    for lane in LANES:
        for field in TEXT_FIELDS:
            name = lane_field(field.name, lane)
            fields[name] = text
            if field.paged:
                pages[name] = {**text, "similarity": "often", "norms": False, "copy_to": name}
    return {**fields, "pages": {"type": "nested", "properties": pages}}

"""The few clauses of OpenSearch's query language that are used here, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from library.engines.opensearch.schema import EDITION, Json
from library.model import Access

NONE: Json = {"match_none": {}}
EVERY: Json = {"match_all": {}}


def flat(clause: Json, boost: float = 0.0) -> Json:
    """What matches the clause, all of it with one score."""
    return {"constant_score": {"filter": clause, "boost": boost}}


def every_of(clauses: Iterable[Json], without: Sequence[Json] = ()) -> Json:
    """What matches all of the clauses and none of the others; scores add up."""
    return {"bool": {"must": list(clauses), "must_not": list(without)}}


def some_of(clauses: Sequence[Json], least: int = 1) -> Json:
    """What matches at least one of the clauses, or so many; scores add up."""
    return {"bool": {"should": list(clauses), "minimum_should_match": least}} if clauses else NONE


def best_of(clauses: Sequence[Json], boost: float = 1.0) -> Json:
    """What matches at least one of the clauses, with the best of its scores."""
    return {"dis_max": {"queries": list(clauses), "boost": boost}} if clauses else NONE


def filtered(query: Json, *filters: Json) -> Json:
    """What matches the query and the filters, which do not change its scores."""
    return {"bool": {"must": [query], "filter": list(filters)}}


def within(filters: Sequence[Json]) -> Json:
    """What matches all of the filters."""
    return {"bool": {"filter": list(filters)}} if filters else EVERY


def seen(visible: frozenset[Access]) -> Json:
    """The editions that may be found with this access."""
    return within([{"term": {"family": EDITION}}, {"terms": {"access": sorted(access.value for access in visible)}}])

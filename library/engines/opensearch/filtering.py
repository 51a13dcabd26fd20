"""The filters of a request, and how many works each facet value would show: the rules of `engines/counting.py`.

OR inside a facet, AND between facets; a facet's counts ignore its own selection; counts are works, and exact.
Every value but the language is the work's, the same for all its editions; a work has one edition in a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from library.engines.columns import LANGUAGE
from library.engines.opensearch.clauses import some_of, within
from library.engines.opensearch.schema import EDITION, Json
from library.engines.whoosh_schema import facet_field
from library.fields import FACET_NAMES
from library.request import SearchRequest, years

MOST_VALUES = 10_000
"""Values of one facet that are counted."""
CHOSEN = "chosen"
"""What all filters leave, in an answer of OpenSearch."""


class Filtering:
    """The filters of one request."""

    def __init__(self, request: SearchRequest) -> None:
        self._request = request
        self._each = {name: _selected(request, name) for name, _ in request.filters}
        self._apart = tuple(name for name in self._each if name not in request.every)

    @property
    def chosen(self) -> Json:
        """What every filter lets through."""
        return within(list(self._each.values()))

    def aggregations(self) -> Json:
        """Counts of works for every value of every facet; those of a facet with a selection without that selection."""
        together = [name for name in FACET_NAMES if name not in self._apart and name != LANGUAGE]
        found: Json = {CHOSEN: {"filter": self.chosen, "aggs": {"works": _of_works(together)}}}
        for name in self._apart:
            if name != LANGUAGE:
                found[name] = {"filter": self._all_but(name), "aggs": {"works": _of_works([name])}}
        # A work has one edition in a language: editions are works here.
        found[LANGUAGE] = {"filter": self._all_but(LANGUAGE), "aggs": {LANGUAGE: _values(LANGUAGE)}}
        return found

    def counts(self, found: Mapping[str, Any]) -> dict[str, dict[str, int]]:
        """Facet name → value → works, from the answer to these aggregations."""
        counted: dict[str, dict[str, int]] = {}
        for name in FACET_NAMES:
            part = found[name] if name in found else found[CHOSEN]
            buckets = part[name] if name == LANGUAGE else part["works"][name]
            counted[name] = {bucket["key"]: bucket["doc_count"] for bucket in buckets["buckets"]}
        return counted

    def _all_but(self, facet: str) -> Json:
        return within([clause for name, clause in self._each.items() if name != facet])


def _of_works(facets: list[str]) -> Json:
    return {"parent": {"type": EDITION}, "aggs": {name: _values(name) for name in facets}}


def _values(facet: str) -> Json:
    return {"terms": {"field": facet_field(facet), "size": MOST_VALUES}}


def _selected(request: SearchRequest, facet: str) -> Json:
    """What has one of the values selected in a facet, or all of them where they are wanted together."""
    values = [_value(facet, value) for value in request.selected(facet)]
    return within(values) if facet in request.every else some_of(values)


def _value(facet: str, value: str) -> Json:
    span = years(value) if facet == "year" else None
    if span is not None:
        return {"range": {"years": {"gte": span[0], "lte": span[1]}}}
    return {"term": {facet_field(facet): value}}

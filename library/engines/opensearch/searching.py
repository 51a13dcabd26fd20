"""One search: match, filter, count, put in order, look again, and name the best pages of what is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from library.engines import Answer, EngineHit
from library.engines.answering import FEW
from library.engines.columns import LANGUAGE
from library.engines.nearness import CANDIDATES
from library.engines.opensearch.asking import WORKS, Asking
from library.engines.opensearch.clauses import EVERY, filtered, flat
from library.engines.opensearch.filtering import CHOSEN, Filtering
from library.engines.opensearch.ordering import Placed, Scored, in_order, order, placed, titled, weighed
from library.engines.opensearch.pages import NOWHERE, Looked, look
from library.engines.opensearch.relaxing import Relaxed, relaxed
from library.engines.opensearch.schema import MOST_SHOWN, Json
from library.engines.opensearch.turning import turned
from library.engines.standing import units
from library.engines.whoosh_schema import facet_field
from library.query import All, Everything, Node, Not, word_parts
from library.request import SearchRequest, Sort

MATCHED, COMPLETE = "matched", "complete"
"""In an answer of OpenSearch: what matches whatever is filtered, and what has all of the query."""
MOST_EDITIONS = 40
"""Of one work: more than there are languages."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for."""

    query: Json
    relaxed: Relaxed | None = None
    complete: tuple[str, ...] = ()
    """The works that have all of it, where others have most of it."""

    def scored(self, hit: Json) -> Scored:
        """An edition that was found."""
        fields, score = hit["fields"], float(hit["_score"] or 0.0)
        language = fields.get(facet_field(LANGUAGE), [""])[0]
        share, score = (self.relaxed.share_of(score), self.relaxed.score_of(score)) if self.relaxed else (1.0, score)
        return Scored(fields["edition"][0], fields["work"][0], language, share, score)


class Searching:
    """Answers one request."""

    def __init__(self, asking: Asking, node: Node, request: SearchRequest) -> None:
        self._asking = asking
        self._node = node
        self._request = request
        self._filtering = Filtering(request)
        self._asked = not isinstance(node, Everything)
        self._by_score = self._asked and request.sort is Sort.RELEVANCE
        told = repr((node, replace(request, page=1, per_page=1)))
        # The same copies of the shards for every page of an answer: another may reckon its averages otherwise.
        self._preference = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]

    def answer(self) -> Answer:
        """The works that match, may be found, and stand on the request's page, with exact counts."""
        query, found = self._found()
        aggregations = found["aggregations"]
        total = int(aggregations[CHOSEN]["works"]["doc_count"])
        complete = int(aggregations[COMPLETE]["works"]["doc_count"]) if query.relaxed else total
        return Answer(
            total=total,
            editions=int(aggregations[CHOSEN]["doc_count"]),
            hits=tuple(self._hits(query, found, total)),
            counts=self._filtering.counts(aggregations),
            complete=complete,
        )

    # -- what matches

    def _found(self) -> tuple[Query, Any]:
        """What was searched for in the end, and what OpenSearch found: first all of the query, then most of it."""
        match = self._asking.matching.find(self._node)
        if match.neutral:  # it has to be known first whether nothing has the words
            ((match, _),) = self._asking.whole([self._node])
        query = Query(match.query)
        found = self._search(query)
        parts = self._node.parts if isinstance(self._node, All) else ()
        matched = found["aggregations"][MATCHED]
        if len(word_parts(parts)) < 2 or matched["works"]["doc_count"] >= FEW:
            return query, found
        works = tuple(bucket["key"] for bucket in matched["which"]["buckets"])
        said = {part: self._asking.matching.find(part) for part in self._bare(parts)}
        steps = relaxed(self._asking.glance, parts, said, match.query, works)
        if steps is None:
            return query, found
        query = Query(steps.query, steps, works)
        again = self._search(query)
        more = again["aggregations"][MATCHED]["works"]["doc_count"] > len(works)
        return (query, again) if more else (Query(match.query), found)

    def _bare(self, parts: tuple[Node, ...]) -> Iterator[Node]:
        for part in parts:
            yield part.part if isinstance(part, Not) else part

    def _search(self, query: Query) -> Any:
        """The works of the head or of the page, and all counts."""
        start, size = self._span()
        complete = [{"terms": {"work": list(query.complete)}}]
        body: Json = {
            **self._body(query),
            "from": start, "size": size,
            "aggs": {
                **self._filtering.aggregations(),
                MATCHED: {"filter": EVERY, "aggs": {**WORKS, "which": {"terms": {"field": "work", "size": FEW}}}},
                COMPLETE: {"filter": {"bool": {"filter": [self._filtering.chosen, *complete]}}, "aggs": WORKS},
            },
        }  # fmt: skip
        return self._asking.search(body, self._preference)

    def _body(self, query: Query) -> Json:
        """The editions in order, the first of each work."""
        chosen = self._filtering.chosen
        if self._request.sort is Sort.TITLE:
            every = filtered(query.query, self._asking.seen, chosen)
            chosen = {"bool": {"filter": [chosen, titled(every, self._request.reader)]}}
        return {
            "query": filtered(self._in_steps(query), self._asking.seen),
            "post_filter": chosen,
            "collapse": {"field": "work"},
            "sort": order(self._request, self._asked),
            "stored_fields": "_none_", "docvalue_fields": ["work", "date"], "track_total_hits": False,
        }  # fmt: skip

    def _in_steps(self, query: Query) -> Json:
        """The query with the scores by which works are put in order."""
        if self._by_score:
            return query.query if query.relaxed else weighed(query.query, self._request.reader)
        complete = flat({"terms": {"work": list(query.complete)}}, 1.0)
        return {"bool": {"filter": [query.query], "should": [complete] if query.relaxed else []}}

    # -- what is shown

    def _span(self) -> tuple[int, int]:
        """From which work on, and how many: the whole head when the page has part of it."""
        start = (self._request.page - 1) * self._request.per_page
        if self._by_score and start < CANDIDATES:
            return 0, max(start + self._request.per_page, CANDIDATES)
        within = start + self._request.per_page <= MOST_SHOWN
        return (start, self._request.per_page) if within else (0, 0)

    def _hits(self, query: Query, found: Any, total: int) -> Iterator[EngineHit]:
        start, many = (self._request.page - 1) * self._request.per_page, self._request.per_page
        if start >= total:
            return
        first, size = self._span()
        hits = found["hits"]["hits"] if size else turned(self._asking, self._body(query), start, many)
        works = self._placed(query, {hit["fields"]["work"][0]: int(hit["fields"]["date"][0]) for hit in hits})
        looked: Mapping[str, Looked] = {}
        if self._by_score and start < CANDIDATES:
            head, rest = works[:CANDIDATES], works[CANDIDATES:]
            asked = len(units(self._node))
            if asked > 1:
                looked = look(self._asking, self._node, [one.edition for one in head])
            near = {edition: pages.nearness(asked) for edition, pages in looked.items()}
            works = [*in_order(head, near), *rest]
        shown = works[start - first : start - first + many] if size else works
        missing = [one.edition for one in shown if one.edition not in looked]
        looked = {**looked, **look(self._asking, self._node, missing)}
        for one in shown:
            pages = looked.get(one.edition, NOWHERE)
            yield EngineHit(one.work, one.edition, one.score, pages.pages, pages.more)

    def _placed(self, query: Query, works: Mapping[str, int]) -> list[Placed]:
        """These works, which have their dates with them, each with the edition that stands for it."""
        if not works:
            return []
        found = self._asking.search({
            "query": filtered(query.query, self._asking.seen, self._filtering.chosen, {"terms": {"work": list(works)}}),
            "size": min(len(works) * MOST_EDITIONS, MOST_SHOWN), "stored_fields": "_none_", "track_total_hits": False,
            "docvalue_fields": ["edition", "work", facet_field(LANGUAGE)],
        }, self._preference)  # fmt: skip
        editions: dict[str, list[Scored]] = {}
        for hit in found["hits"]["hits"]:
            one = query.scored(hit)
            editions.setdefault(one.work, []).append(one)
        reader = self._request.reader
        # A work that was withdrawn between two requests is left out.
        return [placed(work, date, editions[work], reader) for work, date in works.items() if work in editions]

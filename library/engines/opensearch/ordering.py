"""Works in order: which edition stands for each, and which work comes first. The rules of `engines/ranking.py`.

OpenSearch puts the works in order by their best edition; among the first `CANDIDATES`, what the reader's language and
the nearness of the words have to say is added here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from library.engines.columns import LANGUAGE
from library.engines.opensearch.clauses import EVERY, filtered, some_of
from library.engines.opensearch.schema import EDITION, WORK, Json
from library.engines.ranking import NEAR_TIE, OWN_LANGUAGE
from library.engines.whoosh_schema import facet_field
from library.request import SearchRequest, Sort


@dataclass(frozen=True, slots=True)
class Scored:
    """An edition that matched and passed every filter."""

    edition: str
    work: str
    language: str
    share: float
    """How much of the query it has."""
    score: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A work in its place, with the edition that stands for it."""

    work: str
    edition: str
    score: float
    """The highest of its editions."""
    weighed: float
    """The same, better for a work in the reader's language."""
    share: float
    date: int


def placed(work: str, date: int, editions: Sequence[Scored], reader: str) -> Placed:
    """A work with the edition that stands for it.

    The one with most of the query; of these the reader's own, when it scores at least half of the best; then the one
    that scores best, then the English one, then the first by id.
    """
    best = max(one.score for one in editions)
    own = {one for one in editions if reader and one.language == reader and one.score >= OWN_LANGUAGE * best}
    stands = min(editions, key=lambda one: (-one.share, one not in own, -one.score, one.language != "en", one.edition))
    share = max(one.share for one in editions)
    return Placed(work, stands.edition, best, best / NEAR_TIE if own else best, share, date)


def in_order(works: Iterable[Placed], near: Mapping[str, float]) -> list[Placed]:
    """Works by how much of the query they have, then by their score and the nearness of the words, then the newest.

    `near` is what the score of each edition is multiplied with.
    """
    return sorted(works, key=lambda one: (-one.share, -one.weighed * near.get(one.edition, 1.0), -one.date, one.work))


def order(request: SearchRequest, asked: bool) -> list[Json]:
    """The order of editions in OpenSearch, of which the first of each work counts; the score comes first in any case.

    Without words, or in another order, the score only says which works have all of the query.
    """
    newest: list[Json] = [{"date": "desc"}, {"work": "asc"}, {"edition": "asc"}]
    if asked and request.sort is Sort.RELEVANCE:
        return [{"_score": "desc"}, *newest]
    by: list[Json] = [{"title_key": "asc"}, {"work": "asc"}] if request.sort is Sort.TITLE else newest
    return [{"_score": "desc"}, *by]


def weighed(query: Json, reader: str) -> Json:
    """The query with better scores for the reader's language."""
    own = {"filter": {"term": {facet_field(LANGUAGE): reader}}, "weight": 1 / NEAR_TIE}
    return {"function_score": {"query": query, "functions": [own], "boost_mode": "multiply"}} if reader else query


def titled(found: Json, reader: str) -> Json:
    """Of the editions that are found only those whose title places their work: in the reader's language, else in
    English, else any."""
    speaks = [{"term": {facet_field(LANGUAGE): language}} for language in dict.fromkeys((reader, "en")) if language]
    classes: list[Json] = []
    for place in range(len(speaks) + 1):
        before = speaks[:place]
        here = speaks[place] if place < len(speaks) else EVERY
        without = [_beside(filtered(found, some_of(before)))] if before else []
        classes.append({"bool": {"filter": [here], "must_not": without}})
    return some_of(classes)


def _beside(edition: Json) -> Json:
    """Editions of works that have such an edition."""
    has: Json = {"has_child": {"type": EDITION, "query": edition}}
    return {"has_parent": {"parent_type": WORK, "query": has}}

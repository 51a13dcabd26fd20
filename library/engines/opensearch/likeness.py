"""Works that are like another one: the rules and weights of `engines/likeness.py`, in four requests.

First how rare the values and words are, then which works may be like it, then a closer look at these alone. Each value
and each word is a query with a name, and OpenSearch says which of them an edition met.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from library.engines import Alike, Likeness
from library.engines.lane import BODY, rarity
from library.engines.likeness import DIGITS, LEAST, SMALLEST, VALUES_WEIGHT, WORDS_WEIGHT, Weights, forms, most_telling
from library.engines.opensearch.asking import WORKS, Asking, Counted
from library.engines.opensearch.clauses import EVERY, filtered, flat, some_of
from library.engines.opensearch.documents import packed
from library.engines.opensearch.schema import MOST_SHOWN, Json
from library.engines.whoosh_schema import facet_field, lane_field
from library.query import Phrase

LOOKED_AT = 400
"""Works that are looked at closely: those best by their values, and as many by the words of each language."""

Telling = Mapping[str, Sequence[str]]
"""Language → its telling words."""
Queries = Sequence[Sequence[Json]]
"""A query for each of the values, then for each language one for each of its words."""


@dataclass(frozen=True, slots=True)
class _Met:
    """What the editions of a work met of some queries."""

    score: float = 0.0
    """Of the best of them."""
    places: frozenset[int] = frozenset()
    """Of the queries that any of them met."""
    lanes: frozenset[str] = frozenset()
    date: int = 0

    def with_edition(self, hit: Json) -> _Met:
        """The same with one more edition."""
        fields = hit["fields"]
        return _Met(
            max(self.score, float(hit["_score"])),
            self.places.union(map(int, hit.get("matched_queries", ()))),
            self.lanes.union(fields["lanes"]),
            max(self.date, int(fields["date"][0])),
        )


NOTHING = _Met()


def alike(asking: Asking, likeness: Likeness, most: int) -> tuple[Alike, ...]:
    """The works that are most like this one and may be found, the most alike first, then the newest."""
    weights, told = _rare(asking, likeness)
    phrases = [Phrase(word, language=language) for language, words in told.items() for word in words]
    said = {phrase: match.query for phrase, match in zip(phrases, asking.matching.find_all(phrases), strict=True)}
    queries = [
        [flat(_with(*one), weight) for one, weight in weights.items()],
        *([said[Phrase(word, language=language)] for word in words] for language, words in told.items()),
    ]
    works = _candidates(asking, likeness.work, queries)
    if not works:
        return ()
    by_values, *by_words = _look(asking, (likeness.work, *works), queries)
    judging = _Judging(likeness.work, weights, told, by_values, dict(zip(told, by_words, strict=True)))
    scores = {work: judging.score(work) for work in works}
    found = sorted((-score, -by_values[work].date, work) for work, score in scores.items() if score >= LEAST)
    return tuple(Alike(work, -score, judging.values(work), judging.words(work)) for score, _, work in found[:most])


def _rare(asking: Asking, likeness: Likeness) -> tuple[Weights, Telling]:
    """What each value counts: its weight times its rarity among the works that may be found; and the telling words."""
    values = tuple(likeness.values)
    lanes = [language for language in likeness.words if language in asking.glance.documents]
    words = {language: forms(asking.analysers[language], likeness.words[language]) for language in lanes}
    terms = {language: tuple({term for every, _, _ in found for term in every}) for language, found in words.items()}
    counts, *each = asking.several(
        [
            Counted([EVERY, *(_with(*one) for one in values)], asking.seen, WORKS),
            *(
                Counted([_body(lane, term) for term in some], {"term": {"lanes": lane}}, {})
                for lane, some in terms.items()
            ),
        ]
    )
    total, *having = (int(bucket["works"]["doc_count"]) for bucket in counts)
    weights = {
        one: likeness.values[one] * float(rarity(total, many)) for one, many in zip(values, having, strict=True) if many
    }
    told: dict[str, Sequence[str]] = {}
    for (language, found), buckets in zip(words.items(), each, strict=True):
        often = {term: int(bucket["doc_count"]) for term, bucket in zip(terms[language], buckets, strict=True)}
        documents = {every: max((often[term] for term in every), default=0) for every, _, _ in found}
        told[language] = most_telling(found, documents, asking.glance.documents[language])
    return weights, told


def _with(facet: str, value: str) -> Json:
    return {"term": {facet_field(facet): value}}


def _body(language: str, term: str) -> Json:
    return {"term": {lane_field(BODY.name, language): packed(term)}}


def _candidates(asking: Asking, work: str, queries: Queries) -> tuple[str, ...]:
    """The works that do best in one of the lists of queries, without this one."""
    asked = [some_of(some) for some in queries if some]
    bodies: list[Json] = [
        {
            "query": {"bool": {"must": [query], "filter": [asking.seen], "must_not": [{"term": {"work": work}}]}},
            "collapse": {"field": "work"}, "sort": [{"_score": "desc"}, {"date": "desc"}, {"work": "asc"}],
            "size": LOOKED_AT // len(asked), "stored_fields": "_none_", "docvalue_fields": ["work"],
            "track_total_hits": False,
        }
        for query in asked
    ]  # fmt: skip
    hits = (hit for found in asking.searches(bodies) for hit in found["hits"]["hits"])
    return tuple(dict.fromkeys(str(hit["fields"]["work"][0]) for hit in hits))


def _look(asking: Asking, works: Sequence[str], queries: Queries) -> list[dict[str, _Met]]:
    """What these works met of each of the lists of queries."""
    these: Json = {"terms": {"work": list(works)}}
    bodies: list[Json] = []
    for place, some in enumerate(queries):
        named: list[Json] = [{"bool": {"must": [query], "_name": str(number)}} for number, query in enumerate(some)]
        # Of the first list every edition is wanted, as it says in which languages a work is.
        found = some_of([flat(EVERY), *named]) if not place else some_of(named)
        fields = ["work", "lanes", "date"]
        bodies.append({
            "query": filtered(found, asking.seen, these), "size": MOST_SHOWN, "track_total_hits": False,
            "stored_fields": "_none_", "docvalue_fields": fields,
        })  # fmt: skip
    return [_by_work(found["hits"]["hits"]) for found in asking.searches(bodies)]


def _by_work(hits: Sequence[Any]) -> dict[str, _Met]:
    found: dict[str, _Met] = {}
    for hit in hits:
        work = hit["fields"]["work"][0]
        found[work] = found.get(work, NOTHING).with_edition(hit)
    return found


@dataclass(frozen=True, slots=True)
class _Judging:
    """How much works are like one, by what they and it met."""

    work: str
    weights: Weights
    told: Telling
    by_values: Mapping[str, _Met]
    by_words: Mapping[str, Mapping[str, _Met]]
    """Language → work → what it met of the language's telling words."""

    def score(self, work: str) -> float:
        """What is shared over what could be: of the values, and on the average of the languages that both have."""
        weights, met = tuple(self.weights.values()), self.by_values.get(work, NOTHING)
        values = math.fsum(weights[place] for place in met.places) / max(math.fsum(weights), SMALLEST)
        common = sum(language in met.lanes for language in self.told)
        words = math.fsum(self._share(language, work) for language in self.told) / max(common, 1)
        return round(VALUES_WEIGHT * values + WORDS_WEIGHT * words, DIGITS)

    def values(self, work: str) -> tuple[tuple[str, str], ...]:
        """The values that both have, those that count most first."""
        every = tuple(self.weights)
        shared = [every[place] for place in self.by_values.get(work, NOTHING).places]
        return tuple(sorted(shared, key=lambda one: (-self.weights[one], one)))

    def words(self, work: str) -> tuple[str, ...]:
        """The telling words that both have, in the first of the languages in which there are any."""
        for language, words in self.told.items():
            if self._share(language, work):
                return tuple(words[place] for place in sorted(self.by_words[language][work].places))
        return ()

    def _share(self, language: str, work: str) -> float:
        """0 to 1: what a work has of the telling words, against what the work itself has of them."""
        met = self.by_words[language]
        own = met.get(self.work, NOTHING).score
        return min(met.get(work, NOTHING).score / own, 1.0) if own else 0.0

"""A closer look at a few editions: on which pages the words of a query stand, and how near to each other.

OpenSearch names the pages that match, those with most of the different words first; where exactly the words stand is
found in the terms of the best of these pages, as the embedded engine finds it in its postings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from library.engines import PAGES_PER_HIT, PageMatch
from library.engines.nearness import COVERAGE, NEARNESS
from library.engines.opensearch.asking import Asking
from library.engines.opensearch.clauses import flat, some_of
from library.engines.opensearch.places import Places, Standing
from library.engines.opensearch.schema import Json
from library.engines.standing import units
from library.query import Node

LOOKED_AT = 2 * PAGES_PER_HIT + 2
"""Pages of an edition whose terms are fetched. OpenSearch counts a word twice where it stands under two terms; among so
many pages that have most of the different words, the best ones are."""
DIFFERENT = 10_000.0
"""What one more of the different words counts on a page, far above how often they stand there."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The pages of an edition on which words of a query stand."""

    best: tuple[Standing, ...]
    """The best of them, the best first, at most `LOOKED_AT`."""
    matching: int
    """How many match at all."""

    @property
    def pages(self) -> tuple[PageMatch, ...]:
        """The best pages."""
        return tuple(PageMatch(page.number, page.tokens) for page in self.best[:PAGES_PER_HIT])

    @property
    def more(self) -> int:
        """How many more match."""
        return max(self.matching - PAGES_PER_HIT, 0)

    def nearness(self, asked: int) -> float:
        """What the score of the edition is multiplied with, from 1 to 1.6: `engines/nearness.py`, from its best pages.

        `asked` is the number of different words.
        """
        coverage = max((page.different / asked for page in self.best), default=0.0)
        near = sum(
            1 / (token - before) ** 2
            for page in self.best
            for (before, one), (token, other) in zip(page.places, page.places[1:], strict=False)
            if one != other and token > before
        )
        full = (coverage * asked - 1) / (asked - 1) if asked > 1 else 0.0
        return 1 + COVERAGE * max(full, 0.0) + NEARNESS * near / (near + 1)


NOWHERE = Looked((), 0)


def look(asking: Asking, node: Node, editions: Sequence[str]) -> Mapping[str, Looked]:
    """The pages of these editions on which the words of the query stand."""
    places = Places(units(node), asking.lanes)
    clauses = [asked for asked in places.clauses() if asked]
    if not clauses or not editions:
        return {}
    scored = [flat(some_of(asked), DIFFERENT) for asked in clauses] + [one for asked in clauses for one in asked]
    inner: Json = {
        "size": LOOKED_AT, "sort": [{"_score": "desc"}, {"pages.number": "asc"}], "_source": ["pages"],
    }  # fmt: skip
    nested = {"nested": {"path": "pages", "query": some_of(scored), "inner_hits": inner, "score_mode": "none"}}
    found = asking.search({
        "query": {"bool": {"filter": [{"terms": {"edition": list(editions)}}, nested]}},
        "size": len(editions), "_source": False, "docvalue_fields": ["edition"], "track_total_hits": False,
    })  # fmt: skip
    return dict(_looked(hit, places) for hit in found["hits"]["hits"])


def _looked(hit: Json, places: Places) -> tuple[str, Looked]:
    inner = hit["inner_hits"]["pages"]["hits"]
    pages = [places.on(page["_source"]) for page in inner["hits"]]
    best = sorted(pages, key=lambda page: (-page.different, -len(page.places), page.number))
    return hit["fields"]["edition"][0], Looked(tuple(best), int(inner["total"]["value"]))

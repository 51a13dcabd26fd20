"""Both engines find the same for the judged queries, and put it in as good an order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import relevance

from library.library import Library
from library.result import SearchResult
from tests.opensearch.libraries import moved, room_for_one
from tests.relevance.judgements import read_judged

QUERIES = tuple(judged for judged in read_judged() if judged.relevant)
APART = 0.02
"""By how much the mean nDCG@10 of two engines may differ, over all queries and in each language."""

Answers = tuple[SearchResult, ...]


@pytest.fixture(scope="module")
def both(
    whole_root: Path, opensearch: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Answers, Answers]]:
    """What the built-in engine and OpenSearch answer, over all demonstration works."""
    with room_for_one(opensearch) as engine:
        second = moved(whole_root, tmp_path_factory.mktemp("engines") / "library", engine)
        with Library.open(whole_root) as embedded, Library.open(second) as distributed:
            distributed.index()
            yield tuple(one.ask(embedded) for one in QUERIES), tuple(one.ask(distributed) for one in QUERIES)


def test_the_means_of_both_engines_are_the_same(both: tuple[Answers, Answers]) -> None:
    embedded, distributed = (list(relevance.rows(QUERIES, works(answers))) for answers in both)
    assert len(embedded) == len({judged.language for judged in QUERIES}) + 2
    apart = {
        name: round(abs(one[0] - other[0]), 4)
        for (name, _, one), (_, _, other) in zip(embedded, distributed, strict=True)
    }
    assert max(apart.values()) <= APART, apart


def test_both_engines_find_and_count_the_same(both: tuple[Answers, Answers]) -> None:
    for judged, one, other in zip(QUERIES, *both, strict=True):
        assert found(one) == found(other), judged.text


def works(answers: Sequence[SearchResult]) -> list[tuple[str, ...]]:
    """The works of each answer, in their order."""
    return [tuple(hit.work for hit in answer.hits) for answer in answers]


def found(answer: SearchResult) -> tuple[object, ...]:
    """What has nothing to do with the order: how much there is of everything, and what the answer says of itself."""
    counts = (answer.total, answer.complete, answer.editions, answer.facets)
    return (*counts, answer.correction, answer.corrected, answer.expanded, answer.notices)

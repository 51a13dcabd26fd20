"""What members look for is found first: judged queries over all demonstration works. The judgements are in *.toml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.library import Library
from tests.relevance.judgements import Judged, read_judged

DOCUMENTS = Path(__file__).parents[2] / "documents"
QUERIES = read_judged()


def cases() -> Iterator[object]:
    """Every judgement as a test of its own: `fr-first-vie nocturne`."""
    for judged in QUERIES:
        for name in judged.judgements:
            reason = judged.fails.get(name)
            marks = [pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True)] if reason else []
            by = f"-{judged.role}" if judged.role != "reader" else ""
            yield pytest.param(judged, name, id=f"{judged.language}-{name}-{judged.text}{by}", marks=marks)


@pytest.fixture(scope="session")
def everything(whole_root: Path) -> Iterator[Library]:
    """A library of all demonstration works, open. For reading only."""
    with Library.open(whole_root) as library:
        yield library


@pytest.mark.parametrize(("judged", "name"), list(cases()))
def test_judgement(everything: Library, judged: Judged, name: str) -> None:
    answer = judged.ask(everything)
    found = [hit.work for hit in answer.hits]
    match name:
        case "first":
            assert found[:1] == [judged.first]
        case "top3":
            assert set(judged.top3) <= set(found[:3]), found
        case "not_in_top10":
            assert not set(judged.not_in_top10) & set(found[:10]), found
        case "same_count_as":
            other_answer = judged.ask(everything, judged.same_count_as)
            assert (answer.total, answer.editions) == (other_answer.total, other_answer.editions) != (0, 0)
        case "before":
            wanted, other = judged.before
            assert wanted in found[: found.index(other) if other in found else None], found
        case _:
            pytest.fail(f"{name} is not a judgement")


def test_the_judged_queries_are_many_and_in_many_languages() -> None:
    assert len(QUERIES) >= 120
    assert len({judged.language for judged in QUERIES}) >= 10
    assert sum(judged.across for judged in QUERIES) >= len(QUERIES) / 5


def test_each_query_is_judged_and_names_works_that_exist() -> None:
    shelves = {path.parent.name for path in DOCUMENTS.glob("*/record.toml")}
    for judged in QUERIES:
        assert judged.judgements, judged.text
        assert judged.works <= shelves, judged.text
        assert set(judged.fails) <= set(judged.judgements), judged.text


def test_what_is_asked_across_languages_does_not_exist_in_the_language_of_the_query(everything: Library) -> None:
    for judged in (judged for judged in QUERIES if judged.across):
        best = max(judged.relevant, key=lambda work: judged.relevant[work])
        work = everything.catalogue.get(best)
        assert work is not None and judged.language not in work.languages, judged.text

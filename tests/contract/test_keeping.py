"""What every engine promises of putting, replacing and dropping."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from library.engines import Batch, Engine
from library.errors import IndexOutOfDate
from library.query import parse
from library.request import SearchRequest
from tests.contract.conftest import Fill
from tests.contract.toy import ALL, TOY, entry


def found(engine: Engine, query: str = "") -> set[str]:
    """The works that a query finds."""
    answer = engine.search(parse(query).node, SearchRequest.build(query, per_page=100), ALL)
    return {hit.work for hit in answer.hits}


def test_what_is_held_is_told_with_its_fingerprint(filled: Fill) -> None:
    engine = filled([entry("a", fingerprint="one"), entry("b", "fr", fingerprint="two")])
    assert dict(engine.held()) == {"a.en": "one", "b.fr": "two"}


def test_put_replace_and_drop(filled: Fill) -> None:
    engine = filled(TOY)
    with engine.batch() as batch:
        batch.put(entry("nightlife", "en", "Nothing but silence.", fingerprint="2"))
        batch.drop("drugs.en")
        batch.drop("never-held.en")
        batch.put(entry("new", "en", "Brand new harm."))
    assert found(engine, "silence") == {"nightlife"}
    assert found(engine, "harm") == {"new"}
    assert engine.held()["nightlife.en"] == "2"
    assert "drugs.pl" in engine.held()


def test_an_exception_leaves_the_old_state(filled: Fill) -> None:
    engine = filled(TOY)
    before = dict(engine.held())
    with pytest.raises(ZeroDivisionError), engine.batch() as batch:
        batch.put(entry("new"))
        batch.drop("drugs.en")
        raise ZeroDivisionError
    assert dict(engine.held()) == before
    assert found(engine, "harm") == {"drugs"}
    with engine.batch() as batch:  # and the engine can be written to again
        batch.drop("drugs.en")
    assert found(engine, "harm") == set()


def test_many_small_batches(filled: Fill) -> None:
    engine = filled([])
    assert found(engine) == set()
    for number in range(12):
        with engine.batch() as batch:
            batch.put(entry(f"w{number}", "en", f"city number {number}"))
            if number % 3 == 2:
                batch.drop(f"w{number - 2}.en")
    expected = {f"w{number}" for number in range(12) if number % 3}
    assert found(engine) == found(engine, "city") == expected


def test_a_rebuild_that_fails_leaves_the_old_index(filled: Fill) -> None:
    engine = filled(TOY)

    def fail(batch: Batch) -> None:
        batch.put(entry("new"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.rebuild(fail)
    assert found(engine, "harm") == {"drugs"}


def test_a_rebuild_forgets_what_it_is_not_given(filled: Fill) -> None:
    engine = filled(TOY)
    assert found(engine, "harm")
    engine.rebuild(lambda batch: batch.put(entry("only", "en", "one")))
    assert found(engine) == {"only"}


def test_another_opener_sees_what_was_committed(
    filled: Fill, open_engine: Callable[[Path], Engine], tmp_path: Path
) -> None:
    writer = filled(TOY)
    reader = open_engine(tmp_path / "engine")
    assert found(reader, "harm") == {"drugs"}
    with writer.batch() as batch:
        batch.put(entry("new", "en", "harm"))
    assert found(reader, "harm") == {"drugs", "new"}


def test_no_index_is_a_message(open_engine: Callable[[Path], Engine], tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "nothing")
    with pytest.raises(IndexOutOfDate, match="no index") as told:
        found(engine)
    assert told.value.remedy == "run: library index"
    with pytest.raises(IndexOutOfDate):
        engine.held()

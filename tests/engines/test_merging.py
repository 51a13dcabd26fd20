"""Which segments a commit puts together, and that nothing is lost or comes back when it does."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import index as whoosh_index

from library.engines import whoosh_merging
from library.engines.whoosh_engine import WhooshEngine
from library.engines.whoosh_merging import MOST_SEGMENTS, TOGETHER
from tests.contract.toy import TOY, entry


def segments(folder: Path) -> list[str]:
    """The segments of the index, by their files."""
    return sorted(path.name for path in folder.rglob("*.arrays"))


def add(engine: WhooshEngine, number: int) -> None:
    """Put one edition, and another one that the next batch replaces."""
    with engine.batch() as batch:
        batch.put(entry(f"w{number}", "en", f"city number {number}"))
        batch.put(entry("last", "fr", f"ville {number}"))


def postings(folder: Path) -> list[tuple[str, bytes, str, float, bytes]]:
    """Every posting of the index as Whoosh reads it, by the name of its edition."""
    (place,) = folder.glob("generation-*")
    with whoosh_index.open_dir(str(place)).reader() as reader:
        items = list(reader.iter_postings())
    names = {document: term.decode() for field, term, document, *_ in items if field == "edition"}
    return sorted((field, term, names[document], *rest) for field, term, document, *rest in items)


def test_segments_put_together_have_the_postings_they_had(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_merging, "TOGETHER", 99)
    for number in range(6):
        add(engine, number)
    with engine.batch() as batch:
        batch.drop(TOY[1].edition)
    assert len(segments(folder)) == 7
    apart = postings(folder)
    monkeypatch.setattr(whoosh_merging, "TOGETHER", 1)
    with engine.batch() as batch:
        batch.drop("w3.en")
    assert len(segments(folder)) == 1
    assert postings(folder) == [one for one in apart if one[2] != "w3.en"]
    assert len({one[2] for one in apart}) == len(TOY) + 6
    assert len(apart) > 100


def test_small_segments_are_put_together(engine: WhooshEngine, folder: Path) -> None:
    for number in range(20):
        add(engine, number)
        assert len(segments(folder)) <= TOGETHER
    assert set(engine.held()) == {one.edition for one in TOY} | {f"w{n}.en" for n in range(20)} | {"last.fr"}


def test_a_large_segment_is_left_alone(engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = segments(folder)
    (path,) = folder.rglob("*.arrays")
    monkeypatch.setattr(whoosh_merging, "LITTLE", path.stat().st_size - 1)
    monkeypatch.setattr(whoosh_merging, "TOGETHER", 2)
    for number in range(3):
        add(engine, number)
    assert first in segments(folder)
    assert len(segments(folder)) == 2
    assert len(engine.held()) == len(TOY) + 4


def test_there_are_never_very_many(engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_merging, "LITTLE", 1)
    seen = set()
    for number in range(2 * MOST_SEGMENTS):
        add(engine, number)
        seen.add(len(segments(folder)))
    assert max(seen) == MOST_SEGMENTS
    assert len(engine.held()) == len(TOY) + 2 * MOST_SEGMENTS + 1

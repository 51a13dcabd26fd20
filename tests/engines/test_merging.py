"""Which segments a commit puts together, and that nothing is lost or comes back when it does."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import index as whoosh_index
from whoosh.reading import SegmentReader

from library.engines import whoosh_merging
from library.engines.whoosh_engine import WhooshEngine
from library.engines.whoosh_merging import MOST_SEGMENTS, TOGETHER, MergedReader
from tests.contract.toy import TOY, entry


def segments(folder: Path) -> list[str]:
    """The segments of the index, by their files."""
    return sorted(path.name for path in folder.rglob("*.arrays"))


def add(engine: WhooshEngine, number: int) -> None:
    """Put one edition, and another one that the next batch replaces."""
    with engine.batch() as batch:
        batch.put(entry(f"w{number}", "en", f"city number {number}"))
        batch.put(entry("last", "fr", f"ville {number}"))


def test_postings_are_read_as_whoosh_reads_them(engine: WhooshEngine, folder: Path) -> None:
    with engine.batch() as batch:
        batch.drop(TOY[1].edition)
    (place,) = folder.glob("generation-*")
    index = whoosh_index.open_dir(str(place))
    with index.reader() as reader:
        segment = reader.segment()
        assert set(segment.deleted_docs())
        ours = MergedReader(index.storage, index.schema, segment)
        theirs = SegmentReader(index.storage, index.schema, segment)
        found = list(ours.iter_postings())
        assert found == list(theirs.iter_postings())
        assert len(found) > 100
        ours.close()
        theirs.close()


def test_small_segments_are_put_together(engine: WhooshEngine, folder: Path) -> None:
    for number in range(20):
        add(engine, number)
        assert len(segments(folder)) <= TOGETHER
    assert set(engine.held()) == {one.edition for one in TOY} | {f"w{n}.en" for n in range(20)} | {"last.fr"}


def test_large_segments_are_left_alone_until_there_are_many(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_merging, "LITTLE", 0)
    (first,) = segments(folder)
    for number in range(MOST_SEGMENTS + 1):
        add(engine, number)
        assert len(segments(folder)) <= MOST_SEGMENTS
        if number < MOST_SEGMENTS - 1:
            assert len(segments(folder)) == number + 2
    assert first in segments(folder)
    assert len(engine.held()) == len(TOY) + MOST_SEGMENTS + 2

"""An index that is damaged, half gone or of another time is a message, and one command away from being whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from library.engines import whoosh_engine
from library.engines.whoosh_engine import WhooshEngine
from library.errors import EngineUnavailable, IndexOutOfDate
from library.query import Word
from library.request import SearchRequest
from tests.contract.toy import ALL, TOY, entry
from tests.engines.conftest import LEFT_OPEN, put_toy

Ruin = Callable[[Path], object]
pytestmark = [pytest.mark.usefixtures("left_open"), *LEFT_OPEN]


def total(engine: WhooshEngine, word: str = "harm") -> int:
    return engine.search(Word(word), SearchRequest(), ALL).total


def ruined(folder: Path, ruin: Ruin) -> WhooshEngine:
    """An engine on a folder where something was done to the index."""
    whole = WhooshEngine(folder)
    whole.rebuild(put_toy)
    whole.close()
    ruin(folder)
    return WhooshEngine(folder)


def cut(pattern: str, share: float = 0.5) -> Ruin:
    def ruin(folder: Path) -> None:
        (path,) = folder.glob(f"generation-*/{pattern}")
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])

    return ruin


def gone(pattern: str) -> Ruin:
    def ruin(folder: Path) -> None:
        for path in folder.glob(f"generation-*/{pattern}"):
            path.unlink()

    return ruin


def stamp(content: object) -> Ruin:
    text = content if isinstance(content, str) else json.dumps(content)
    return lambda folder: (folder / "stamp.json").write_text(text)


def changed(**values: str) -> Ruin:
    def ruin(folder: Path) -> None:
        path = folder / "stamp.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **values}))

    return ruin


def no_stamp(folder: Path) -> None:
    (folder / "stamp.json").unlink()


def stamp_folder(folder: Path) -> None:
    no_stamp(folder)
    (folder / "stamp.json").mkdir()


def no_folder(folder: Path) -> None:
    for place in folder.glob("generation-*"):
        shutil.rmtree(place)


DAMAGES: dict[str, Ruin] = {
    "no stamp": no_stamp,
    "empty stamp": stamp(""),
    "stamp of another kind": stamp([1, 2]),
    "stamp of nothing": stamp({}),
    "stamp that is a folder": stamp_folder,
    "older schema": changed(schema="0"),
    "other analysis": changed(analysis="other"),
    "stamp that points elsewhere": changed(folder="../../.."),
    "stamp that points nowhere": changed(folder="generation-none"),
    "no folder": no_folder,
    "no table of contents": gone("*.toc"),
    "table of contents cut": cut("*.toc"),
    "no arrays": gone("*.arrays"),
    "arrays cut": cut("*.arrays", 0.1),
    "arrays cut near their end": cut("*.arrays", 0.99),
    "arrays emptied": cut("*.arrays", 0),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_told_to_reader_and_keeper_and_a_rebuild_mends_it(tmp_path: Path, damage: Ruin) -> None:
    engine = ruined(tmp_path / "whoosh", damage)
    for ask in (lambda: total(engine), engine.held):
        with pytest.raises(IndexOutOfDate) as caught:
            ask()
        assert "library index" in caught.value.remedy
    with suppress(OSError):
        (tmp_path / "whoosh" / "stamp.json").rmdir()
    engine.rebuild(put_toy)
    assert total(engine) == 1
    assert len(engine.held()) == len(TOY)
    engine.close()


def test_half_a_rebuild_left_by_a_crash_is_in_nobody_s_way(engine: WhooshEngine, folder: Path) -> None:
    half = folder / "generation-crashed"
    half.mkdir()
    (half / "MAIN_x.arrays").write_bytes(b"half")
    assert total(engine) == 1
    engine.rebuild(put_toy)
    assert total(engine) == 1
    assert not half.exists()


def test_what_killed_writers_left_is_cleared_away_by_the_next_batch(engine: WhooshEngine, folder: Path) -> None:
    (current,) = folder.glob("generation-*")
    other = folder / "generation-half"
    other.mkdir()
    halves = (other / "MAIN_x.trm", folder / ".stamp.json.ab12.tmp", current / "_MAIN_2.toc.1795363.247152")
    for half in halves:
        half.write_bytes(b"half")
    with engine.batch() as batch:
        batch.put(entry("new", "en", "harm"))
    assert [half for half in halves if half.exists()] == []
    assert not other.exists()
    assert total(engine) == 2


def test_a_second_writer_is_told_to_wait(engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 0.01)
    other = WhooshEngine(folder)
    with engine.batch() as batch:
        batch.put(entry("first", "en", "first"))
        with pytest.raises(EngineUnavailable) as caught, other.batch():
            pass
        assert "wait" in caught.value.remedy
        with pytest.raises(EngineUnavailable):
            other.rebuild(put_toy)
        assert total(other, "first") == 0
    with other.batch() as batch:
        batch.put(entry("second", "en", "second"))
    assert (total(engine, "first"), total(engine, "second")) == (1, 1)
    other.close()


def test_a_rebuild_keeps_every_other_writer_out(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 0.01)
    other = WhooshEngine(folder)

    def fill(batch: object) -> None:
        for write in (lambda: other.rebuild(put_toy), lambda: other.batch().__enter__()):
            with pytest.raises(EngineUnavailable):
                write()
        assert total(other) == 1

    engine.rebuild(fill)
    assert len(engine.held()) == len(other.held()) == 0
    other.close()


def test_a_batch_without_an_index_is_a_message_and_makes_nothing(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "none")
    with pytest.raises(IndexOutOfDate), engine.batch():
        pass
    assert list(tmp_path.iterdir()) == []

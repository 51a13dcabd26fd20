"""Every engine, behind one fixture: a third engine is one more line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from library.engines import Engine, Entry
from library.engines.whoosh_engine import WhooshEngine

ENGINES: dict[str, Callable[[Path], Engine]] = {"whoosh": WhooshEngine}

Fill = Callable[[Iterable[Entry]], Engine]


@pytest.fixture(params=sorted(ENGINES))
def open_engine(request: pytest.FixtureRequest) -> Iterator[Callable[[Path], Engine]]:
    """Opens an engine on a folder; whatever was opened is closed afterwards."""
    opened: list[Engine] = []

    def open_one(folder: Path) -> Engine:
        engine = ENGINES[request.param](folder)
        opened.append(engine)
        return engine

    yield open_one
    for engine in opened:
        engine.close()


@pytest.fixture
def filled(open_engine: Callable[[Path], Engine], tmp_path: Path) -> Fill:
    """An engine that holds these entries."""

    def fill(entries: Iterable[Entry]) -> Engine:
        engine = open_engine(tmp_path / "engine")

        def put_all(batch: object) -> None:
            for entry in entries:
                batch.put(entry)  # type: ignore[attr-defined]

        engine.rebuild(put_all)
        return engine

    return fill

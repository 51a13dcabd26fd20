"""Every engine, behind one fixture: a third engine is one more line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from pathlib import Path

import pytest

from library.engines import Engine, Entry
from library.engines.whoosh_engine import WhooshEngine
from tests.opensearch.libraries import kept_apart

Opening = Callable[[Path], Engine]
ENGINES: dict[str, Callable[[pytest.FixtureRequest], AbstractContextManager[Opening]]] = {
    "opensearch": lambda request: kept_apart(request.getfixturevalue("opensearch")),
    "whoosh": lambda request: nullcontext(WhooshEngine),
}
"""How each of them is opened on a folder, and what it needs for that."""

Fill = Callable[[Iterable[Entry]], Engine]


@pytest.fixture(params=sorted(ENGINES))
def open_engine(request: pytest.FixtureRequest) -> Iterator[Opening]:
    """Opens an engine on a folder; whatever was opened is closed afterwards."""
    with ENGINES[request.param](request) as opening, ExitStack() as opened:
        yield lambda folder: opened.enter_context(closing(opening(folder)))


@pytest.fixture
def filled(open_engine: Opening, tmp_path: Path) -> Fill:
    """An engine that holds these entries."""

    def fill(entries: Iterable[Entry]) -> Engine:
        engine = open_engine(tmp_path / "engine")

        def put_all(batch: object) -> None:
            for entry in entries:
                batch.put(entry)  # type: ignore[attr-defined]

        engine.rebuild(put_all)
        return engine

    return fill

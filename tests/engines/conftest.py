"""A Whoosh engine with a few entries, for what only this engine promises."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.engines import Batch
from library.engines.whoosh_engine import WhooshEngine
from tests.contract.toy import TOY

LEFT_OPEN = (
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
)
"""Whoosh leaves files open when it cannot open the one after them: damage, or a rebuild in between."""


@pytest.fixture
def left_open() -> Iterator[None]:
    """What Whoosh left open is closed before the next test, not in the middle of it."""
    yield
    gc.collect()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "whoosh"


@pytest.fixture
def engine(folder: Path) -> Iterator[WhooshEngine]:
    """An engine that holds the toy library."""
    opened = WhooshEngine(folder)
    opened.rebuild(put_toy)
    yield opened
    opened.close()


def put_toy(batch: Batch) -> None:
    """Put every entry of the toy library."""
    for entry in TOY:
        batch.put(entry)

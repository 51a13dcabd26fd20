"""One small library for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from library.access import ANYONE
from library.library import Library
from library.ui.visit import Visit
from tests.web.small_library import small

Visiting = Callable[..., Visit]


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small library, indexed."""
    return small(tmp_path_factory)


@pytest.fixture
def visiting(root: Path) -> Iterator[Visiting]:
    """Makes a visit to the small library, at an address given as its parameters."""
    with Library.open(root) as library:

        def visit(language: str = "en", **params: str | tuple[str, ...]) -> Visit:
            given = {name: (value,) if isinstance(value, str) else value for name, value in params.items()}
            return Visit(library, ANYONE, library.texts(language), given)

        yield visit

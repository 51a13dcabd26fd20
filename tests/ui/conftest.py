"""One small library for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.small_library import build


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small library, indexed."""
    return build(tmp_path_factory.mktemp("library"))

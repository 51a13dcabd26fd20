"""One small library for all tests of this folder."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from tests.web.small_library import small

with warnings.catch_warnings():
    # Starlette's test client asks for httpx2 when only httpx is there; the tests import it once it is loaded.
    warnings.filterwarnings("ignore", message="Using `httpx`")
    import starlette.testclient  # noqa: F401


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small library, indexed."""
    return small(tmp_path_factory)

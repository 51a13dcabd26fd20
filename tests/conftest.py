"""What tests of every folder share: an empty library, and a real one of four demonstration works."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from library.library import Library

settings.register_profile("steady", deadline=None)  # on a busy machine an example may take long
settings.load_profile("steady")

DOCUMENTS = Path(__file__).parent.parent / "documents"
DEMO_WORKS = ("drones-ai-public-space", "football-without-hate", "rembrandt-square", "safer-nights")
"""The first one is for members only."""


@pytest.fixture
def empty_root(tmp_path: Path) -> Path:
    """A folder for a library with nothing in it."""
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library of four real works, indexed. For reading only: copy it to change it."""
    folder = tmp_path_factory.mktemp("demo")
    for work in DEMO_WORKS:
        shutil.copytree(DOCUMENTS / work, folder / "documents" / work)
    shutil.copy(DOCUMENTS / "topics.ttl", folder / "documents")
    with Library.open(folder) as library:
        report = library.index(jobs=2)
    assert (report.failed, report.problems) == ((), ())
    return folder


@pytest.fixture(scope="session")
def demo(demo_root: Path) -> Iterator[Library]:
    """The library of four real works, open. For reading only."""
    with Library.open(demo_root) as library:
        yield library


@pytest.fixture
def demo_copy(demo_root: Path, tmp_path: Path) -> Path:
    """A copy of the real library that may be changed."""
    return Path(shutil.copytree(demo_root, tmp_path / "demo"))

"""What tests of every folder share: an empty library, a real one of four demonstration works, and one of them all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from library.library import Library
from tests.opensearch.shared_server import RUNNING, required, shared_server
from tests.shared_folders import made_once, of_the_run

settings.register_profile("steady", deadline=None)  # on a busy machine an example may take long
settings.load_profile("steady")

TESTS = Path(__file__).parent
DOCUMENTS = TESTS.parent / "documents"
DEMO_WORKS = ("drones-ai-public-space", "football-without-hate", "rembrandt-square", "safer-nights")
"""The first one is for members only."""
LONG = (
    "contract/test_oracle.py", "relevance/test_engines.py", "contract/test_words.py", "opensearch/test_cluster.py",
    "contract/test_search.py", "opensearch/test_moving.py",
    "exchange/test_round_trip.py", "test_docs.py", "browser/test_signing_in.py", "browser/test_lists.py",
    "engines/test_crowd.py", "browser/test_accessible.py", "browser/test_desk.py", "browser/test_replicas.py",
    "browser/test_reader.py", "browser/test_mixed_drop.py", "browser/test_insight.py", "relevance/test_relevance.py",
    "test_killed.py", "arrivals/test_killed.py", "browser/test_reader_everywhere.py", "browser/test_journey.py",
    "exchange/test_killed.py", "browser/test_work_page.py", "test_demo.py",
)  # fmt: skip
"""Files of tests that take longest, two minutes to half of one, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes run the tests, what takes long begins first: at the end none waits for another."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        order = {name: place for place, name in enumerate(LONG)}
        items.sort(key=lambda item: order.get(item.path.relative_to(TESTS).as_posix(), len(LONG)))


@pytest.fixture
def empty_root(tmp_path: Path) -> Path:
    """A folder for a library with nothing in it."""
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library of four real works, indexed. For reading only: copy it to change it."""
    return made_once(tmp_path_factory, "demo", lambda folder: _index(folder, DEMO_WORKS))


@pytest.fixture(scope="session")
def whole_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library of all demonstration works, indexed. For reading only: copy it to change it."""
    works = sorted(path.parent.name for path in DOCUMENTS.glob("*/record.toml"))
    return made_once(tmp_path_factory, "whole", lambda folder: _index(folder, works))


def _index(folder: Path, works: Sequence[str]) -> None:
    for work in works:
        shutil.copytree(DOCUMENTS / work, folder / "documents" / work)
    shutil.copy(DOCUMENTS / "topics.ttl", folder / "documents")
    with Library.open(folder) as library:
        report = library.index(jobs=2)
    assert (report.failed, report.problems) == ((), ())


@pytest.fixture(scope="session")
def demo(demo_root: Path) -> Iterator[Library]:
    """The library of four real works, open. For reading only."""
    with Library.open(demo_root) as library:
        yield library


@pytest.fixture
def demo_copy(demo_root: Path, tmp_path: Path) -> Path:
    """A copy of the real library that may be changed."""
    return Path(shutil.copytree(demo_root, tmp_path / "demo"))


@pytest.fixture(scope="session")
def opensearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real OpenSearch server; where none can be had the tests are skipped, and say how to get it."""
    if running := os.environ.get(RUNNING):
        yield running.rstrip("/")
        return
    required()
    with shared_server(of_the_run(tmp_path_factory)) as address:
        yield address

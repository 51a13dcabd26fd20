"""Which engine a library searches with, and what is loaded for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from library.engines.choosing import chosen_engine
from library.engines.whoosh_engine import WhooshEngine
from library.errors import RecordError
from library.settings import FILE

ADDRESS = "opensearch+http://127.0.0.1:9/ours"
OPEN = """
import sys
from pathlib import Path
sys.modules.update(dict.fromkeys(sys.argv[2:]))  # as if not installed
from library.errors import LibraryError
from library.library import Library
try:
    with Library.open(Path(sys.argv[1])) as library:
        print(type(library.engine).__name__, "opensearchpy" in sys.modules)
except LibraryError as error:
    print(type(error).__name__, error.exit_code, error.message, error.remedy, sep="|")
"""


def opened(root: Path, *missing: str) -> str:
    """What opening a library says, in a process of its own in which some packages are missing."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(root), *missing],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    return done.stdout.strip()


def test_without_an_address_it_is_the_built_in_engine(empty_root: Path) -> None:
    engine = chosen_engine("", empty_root)
    assert isinstance(engine, WhooshEngine)
    engine.close()


def test_the_client_is_not_loaded_for_the_built_in_engine(empty_root: Path) -> None:
    assert opened(empty_root) == "WhooshEngine False"


def test_a_library_opens_with_the_engine_its_settings_name(empty_root: Path) -> None:
    (empty_root / FILE).write_text(f'engine = "{ADDRESS}"\n', encoding="utf-8")
    assert opened(empty_root) == "OpenSearchEngine True"


def test_a_package_that_is_missing_is_named_with_what_to_install(empty_root: Path) -> None:
    (empty_root / FILE).write_text(f'engine = "{ADDRESS}"\n', encoding="utf-8")
    kind, code, message, remedy = opened(empty_root, "opensearchpy").split("|")
    assert (kind, code) == ("LibraryError", "1")
    assert "the Python package opensearchpy, which is not installed" in message
    assert remedy == "run: pip install practice-library[opensearch]"


def test_an_address_that_is_not_right_is_named(empty_root: Path) -> None:
    with pytest.raises(RecordError, match="is not the address of a search engine"):
        chosen_engine("elsewhere", empty_root)

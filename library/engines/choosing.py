"""Which engine a library searches with: the built-in one, or the one its settings name."""

from __future__ import annotations

from pathlib import Path

from library.engines import Engine
from library.engines.opensearch.place import Place
from library.engines.whoosh_engine import WhooshEngine
from library.errors import LibraryError


def chosen_engine(address: str, root: Path) -> Engine:
    """The engine at an address; the built-in one, with its index below `root`, when the address is empty.

    What the other one needs is loaded only when it is asked for. Nothing is asked of a server yet.
    Raises RecordError when the address is not right, LibraryError when a package is missing.
    """
    if not address:
        return WhooshEngine(root / "index" / "whoosh")
    place = Place.read(address, root)
    try:
        from library.engines.opensearch_engine import OpenSearchEngine
    except ModuleNotFoundError as error:
        if (error.name or "library").startswith("library"):
            raise
        raise LibraryError(
            f"library.toml names a search engine that needs the Python package {error.name}, which is not installed",
            "run: pip install practice-library[opensearch]",
        ) from error
    return OpenSearchEngine(place)

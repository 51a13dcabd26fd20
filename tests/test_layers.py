"""Who imports whom: read from the source, so that a room's walls hold (DESIGN.md, section 3)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "library"
LAYERS = (
    {"errors", "model", "languages", "topics", "fields", "query", "request", "result", "access", "settings", "durable",
     "alone", "sign_in", "engine_address", "facets", "frames", "locales", "processes", "browser_parts", "__init__"},
    {"analysis", "beginnings", "catalogue", "formats", "engines", "accounts"},
    {"citing", "describe", "ingest", "insight", "indexing", "snippets", "expansion", "naming", "doctor", "wording",
     "correction", "suggestions", "likeness", "occurrences", "hits"},
    {"library"},
    {"desk", "exchange", "arrivals", "following"},
    {"cli", "web", "ui"},
)  # fmt: skip
"""Lower rooms first: a room imports from its own layer and from lower ones."""
QUARANTINE = {
    "streamlit": {"ui"}, "starlette": {"web"}, "whoosh": {"engines"}, "opensearchpy": {"engines"},
    "urllib3": {"engines"}, "pypdf": {"formats"},
    "pypdfium2": {"formats"}, "typer": {"cli"}, "rich": {"cli"}, "rdflib": {"topics"}, "tomlkit": {"catalogue"},
    "luqum": {"query"}, "Stemmer": {"analysis"}, "stopwordsiso": {"analysis"}, "rapidfuzz": {"engines"},
    "py3langid": {"describe"}, "langdetect": {"describe"}, "PIL": {"formats"}, "babel": {"languages", "locales"},
    "filelock": {"catalogue"}, "argon2": {"accounts"}, "citeproc": {"citing"}, "lxml": {"citing", "formats"},
    "charset_normalizer": {"formats"}, "datasketch": {"ingest"},
}  # fmt: skip
"""A framework lives in one room."""
STRANGERS = ({"engines", "catalogue"},)
"""Rooms that never import each other, though one layer."""


def layer(room: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if room in rooms)


def imported(tree: ast.AST, package: str) -> Iterator[str]:
    """The full names of everything a module imports, inside functions and type checks too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join((*above, *filter(None, [node.module])))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def violations(source: str, path: Path) -> list[str]:
    """What a module of the package, at this path in it, imports against the rules."""
    room = path.parts[0].removesuffix(".py")
    package = ".".join(("library", *path.parts[:-1]))
    found = []
    for name in imported(ast.parse(source), package):
        first, *rest = name.split(".")
        if first in QUARANTINE and room not in QUARANTINE[first]:
            found.append(f"{path} imports {first}, which lives in {sorted(QUARANTINE[first])}")
        if first == "library" and rest and (PACKAGE / rest[0]).with_suffix("").name in set().union(*LAYERS):
            if layer(rest[0]) > layer(room):
                found.append(f"{path} imports upwards: {rest[0]}")
            if {room, rest[0]} in STRANGERS:
                found.append(f"{path} imports {rest[0]}: they never meet")
    return found


def modules() -> list[Path]:
    return sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=str)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    assert violations((PACKAGE / path).read_text(encoding="utf-8"), path) == []


def test_every_room_has_its_layer() -> None:
    assert {path.parts[0].removesuffix(".py") for path in modules()} <= set().union(*LAYERS)


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("from library.library import Library", "engines/odd.py"),
        ("import library.cli", "doctor.py"),
        ("from library import ui", "library.py"),
        ("from ..ui import pages", "catalogue/odd.py"),
        ("from . import library", "indexing.py"),
        ("from library.catalogue import Catalogue", "engines/odd.py"),
        ("def late():\n    from library.engines import Entry", "catalogue/odd.py"),
        ("import streamlit as st", "web/odd.py"),
        ("from whoosh.index import open_dir", "library.py"),
        ("from pypdf import PdfReader", "ingest/odd.py"),
        ("if True:\n    import rdflib", "describe/odd.py"),
        ("from library.analysis import fold", "query.py"),
    ],
)
def test_a_planted_import_is_found(source: str, where: str) -> None:
    assert len(violations(source, Path(where))) == 1


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("from library.model import Work", "engines/odd.py"),
        ("from library import languages", "topics.py"),
        ("from library import __version__", "web/odd.py"),
        ("from . import keys", "catalogue/odd.py"),
        ("import json, streamlit_like", "model.py"),
    ],
)
def test_a_lawful_import_is_let_through(source: str, where: str) -> None:
    assert violations(source, Path(where)) == []

"""The shape of the package: files and functions that can be read at once, names that say what they are."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "library"
TESTS = ROOT / "tests"
LONGEST_FILE, LONGEST_FUNCTION, USUAL_FUNCTION, USUAL_SHARE = 350, 60, 40, 0.95

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the package."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def lengths() -> Iterator[tuple[int, str]]:
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, Function) and node.end_lineno is not None:
                yield node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.name}"


@pytest.mark.parametrize("folder", [PACKAGE, TESTS], ids=["library", "tests"])
def test_no_file_is_too_long(folder: Path) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in folder.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_too_long_and_few_are_long() -> None:
    found = list(lengths())
    assert [name for length, name in found if length > LONGEST_FUNCTION] == []
    usual = sum(length <= USUAL_FUNCTION for length, _ in found)
    assert usual / len(found) >= USUAL_SHARE, sorted(found)[-15:]


def test_every_public_name_says_what_it_is() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path, tree in trees().items()
        for node in tree.body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert bare == []


def test_every_module_says_what_it_holds() -> None:
    assert [str(path) for path, tree in trees().items() if tree.body and not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("word", ["utils", "util", "helpers", "helper", "base", "common", "manager", "service", "misc"])
def test_files_are_named_after_things_of_the_subject(word: str) -> None:
    assert [path for path in PACKAGE.rglob(f"{word}*.py") if path.stem == word] == []


def test_what_is_not_code_is_installed_with_it() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert build == {"targets": {"wheel": {"packages": ["library"]}}}  # everything in the folder, nothing left out
    beside = {path.suffix or path.name for path in PACKAGE.rglob("*") if path.is_file()} - {".py", ".pyc"}
    assert beside == {".typed", ".toml", ".css", ".js", ".svg", ".csl"}
    assert (PACKAGE / "py.typed").is_file()


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []

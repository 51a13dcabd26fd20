"""Packages for the browser: what set-up is told to bring, and where it is found."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from library.browser_parts import OUTLINES, PDF_ENGINE, browser_part

ROOT = Path(__file__).resolve().parent.parent
AXE = "axe-core"


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / name).read_text(encoding="utf-8"))
    return found


def test_the_lock_file_pins_what_is_asked_for_and_names_no_place_to_get_it() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "://" not in lock
    asked = read("package.json")
    locked = {
        name.removeprefix("node_modules/"): entry for name, entry in read("package-lock.json")["packages"].items()
    }
    own = locked.pop("")
    wanted = {**asked["dependencies"], **asked["devDependencies"]}
    assert {name: entry["version"] for name, entry in locked.items()} == wanted
    assert all(entry["integrity"].startswith("sha512-") for entry in locked.values())
    assert (own["dependencies"], own["devDependencies"]) == (asked["dependencies"], asked["devDependencies"])
    assert {PDF_ENGINE, OUTLINES, AXE} <= set(wanted)


@pytest.mark.parametrize("name", [PDF_ENGINE, OUTLINES, AXE])
def test_set_up_brought_what_the_lock_file_pins(name: str) -> None:
    folder = browser_part(name)
    if folder is None:
        message = f"{name} is not installed: run `make parts`"
        if "browser" in os.environ.get("LIBRARY_REQUIRE", "").split(","):
            pytest.fail(message)
        pytest.skip(message)
    installed = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    assert installed == read("package-lock.json")["packages"][f"node_modules/{name}"]["version"]


def test_what_was_not_brought_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert browser_part(PDF_ENGINE) is None
    (tmp_path / "node_modules" / PDF_ENGINE).mkdir(parents=True)
    assert browser_part(PDF_ENGINE) is None, "a folder without its package.json was left half installed"
    (tmp_path / "node_modules" / PDF_ENGINE / "package.json").write_text("{}", encoding="utf-8")
    assert browser_part(PDF_ENGINE) == tmp_path / "node_modules" / PDF_ENGINE

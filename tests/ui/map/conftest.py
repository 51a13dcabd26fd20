"""The outlines: a small file of our own in the package's format, and the package itself where it is installed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from library.browser_parts import OUTLINES, browser_part

SQUARES = {"528": (4, 50), "724": (-6, 38), "124": (-100, 50)}
"""The numbers of the Netherlands, Spain and Canada, each with the south-west corner of a square country."""


@pytest.fixture(scope="session")
def squares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three square countries, and one that has only a name, whose border is shared with the first."""
    folder = tmp_path_factory.mktemp("outlines")
    side = [[0, 40], [40, 0], [0, -40], [-40, 0]]
    arcs = [[[x * 10, y * 10], *side] for x, y in SQUARES.values()]
    countries = [
        {"type": "Polygon", "arcs": [[number]], "id": code, "properties": {"name": "?"}}
        for number, code in enumerate(SQUARES)
    ]
    named = {"type": "MultiPolygon", "arcs": [[[~0]]], "properties": {"name": "Kosovo"}}
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {"countries": {"type": "GeometryCollection", "geometries": [*countries, named]}},
    }
    (folder / "countries-50m.json").write_text(json.dumps(topology), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def atlas() -> Path:
    """The installed package; without it the tests are skipped, unless LIBRARY_REQUIRE asks for a browser."""
    part = browser_part(OUTLINES)
    if part is None:
        message = "the outlines are not here: `make test` installs them with npm"
        if "browser" in os.environ.get("LIBRARY_REQUIRE", "").split(","):
            pytest.fail(message)
        pytest.skip(message)
    return part

"""The outlines of countries as the package `world-atlas` has them: Natural Earth (public domain) in TopoJSON.

The format: https://github.com/topojson/topojson-specification. Lines that two countries share are there once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from library.languages import country_of_name, country_of_number
from library.ui.map.views import Floats

DETAIL = "countries-50m.json"
"""Natural Earth at 1 : 50 million: small states are in it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A country: rings of lines, each line by its number, `~n` for line n backwards."""

    country: str
    """ISO 3166-1 alpha-2; empty when it has none."""
    rings: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Topology:
    """The countries and the lines that bound them."""

    shapes: tuple[Shape, ...]
    lines: tuple[tuple[Floats, Floats], ...]
    """Longitudes and latitudes of each line, in degrees."""


def read_topology(path: Path) -> Topology:
    """The countries in a file of the package. Raises OSError, and ValueError when it is not such a file."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        (east, north), (west, south) = read["transform"]["scale"], read["transform"]["translate"]
        lines = tuple(_line(arc, (east, west), (north, south)) for arc in read["arcs"])
        shapes = tuple(_shape(country) for country in read["objects"]["countries"]["geometries"])
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"{path.name} is not the TopoJSON of world-atlas: {error!r}") from None
    return Topology(shapes, lines)


def _line(arc: Sequence[Sequence[int]], east: tuple[float, float], north: tuple[float, float]) -> tuple[Floats, Floats]:
    """A line from its first point and the steps to each next one."""
    steps = np.cumsum(np.array(arc, dtype=np.int64), axis=0)
    degrees = steps.astype(np.float64) * (east[0], north[0]) + (east[1], north[1])
    return degrees[:, 0], degrees[:, 1]


def _shape(country: Mapping[str, Any]) -> Shape:
    name = str(country.get("properties", {}).get("name", ""))
    code = country_of_number(str(country.get("id", ""))) or country_of_name(name)
    return Shape(code, tuple(_rings(country)))


def _rings(country: Mapping[str, Any]) -> Iterator[tuple[int, ...]]:
    """Every ring, those around holes too: a ring within a ring is a hole by the even-odd rule."""
    match country.get("type"):
        case "Polygon":
            yield from (tuple(ring) for ring in country["arcs"])
        case "MultiPolygon":
            yield from (tuple(ring) for polygon in country["arcs"] for ring in polygon)

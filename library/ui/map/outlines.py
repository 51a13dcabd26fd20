"""The countries as they are drawn: in the drawing's own units, simplified, cut off at its edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from library.ui.map.lines import Ring, area, clipped, room, simplified
from library.ui.map.topology import DETAIL, read_topology
from library.ui.map.views import FRAMES, Floats, View, laid_flat

TOLERANCE = {View.EUROPE: 0.7, View.WORLD: 0.45}
"""How far a simplified line may be from the true one, in units of the drawing, which is 800 wide."""
LEAST = 1.5
"""Area of the smallest island that is drawn; the largest part of a country is drawn however small."""
BEYOND = 6.0
"""How far the outlines go beyond the edges of the drawing, so that no cut is seen."""
TRIED = 7
"""Rows and columns of spots that are tried for a number in a country."""
TENTHS = 10
"""Paths are written in tenths of the drawing's units, so that they are whole numbers."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A country on the map."""

    country: str
    """ISO 3166-1 alpha-2; empty for land whose country has no code."""
    path: str
    """As in the attribute `d` of an SVG path, in tenths."""
    largest: Ring
    """The border of its largest part."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number may stand in a country."""

    x: float
    y: float
    room: float
    """How far it is from the border."""


@cache
def outlines(folder: Path, view: View) -> tuple[Outline, ...]:
    """Every country that is in the view, from the package's folder; worked out once for a process.

    Raises OSError, and ValueError when the package holds something else.
    """
    topology = read_topology(folder / DETAIL)
    lines = tuple(_drawn(line, view) for line in topology.lines)
    found = ((shape.country, _within(_rings(shape.rings, lines), view)) for shape in topology.shapes)
    return tuple(Outline(country, "".join(map(_path, rings)), rings[0]) for country, rings in found if rings)


@cache
def spots(outline: Outline) -> tuple[Spot, ...]:
    """Spots in the largest part of a country, the farthest from its border first; none in the smallest states."""
    ring = outline.largest
    across, down = _between([x for x, _ in ring]), _between([y for _, y in ring])
    tried = (Spot(x, y, room(x, y, ring)) for x in across for y in down)
    return tuple(sorted((spot for spot in tried if spot.room > 0), key=lambda spot: -spot.room))


def _drawn(line: tuple[Floats, Floats], view: View) -> Floats:
    """A line in the drawing. Countries share it, so that simplified borders still meet."""
    points = np.column_stack(laid_flat(view, *line))
    frame = FRAMES[view]
    low, high = points.min(axis=0), points.max(axis=0)
    if high[0] < -BEYOND or high[1] < -BEYOND or low[0] > frame.width + BEYOND or low[1] > frame.height + BEYOND:
        return points[[0, *range(4, len(points) - 1, 4), -1]]  # not seen: it only closes a ring
    return simplified(points, TOLERANCE[view])


def _rings(rings: Iterable[Sequence[int]], lines: Sequence[Floats]) -> list[Ring]:
    """Rings of points from rings of lines; where two lines meet, their common point is taken once."""
    whole = [[lines[n] if n >= 0 else lines[~n][::-1] for n in ring] for ring in rings]
    return [tuple((float(x), float(y)) for part in parts for x, y in part[:-1]) for parts in whole]


def _within(rings: Iterable[Ring], view: View) -> list[Ring]:
    """What is seen of rings, the largest first; of small islands only the largest."""
    frame = FRAMES[view]
    edges = (-BEYOND, -BEYOND, frame.width + BEYOND, frame.height + BEYOND)
    whole = [ring for ring in rings if not (view is View.WORLD and _torn(ring, frame.width))]
    seen = sorted((ring for each in whole if (ring := clipped(each, *edges))), key=area, reverse=True)
    return [ring for number, ring in enumerate(seen) if number == 0 or area(ring) >= LEAST]


def _torn(ring: Ring, width: float) -> bool:
    """Whether a ring of the world's map reaches over its edge: an islet of the Aleutians, and Antarctica."""
    xs = [x for x, _ in ring]
    return max(xs) - min(xs) > width / 2


def _path(ring: Ring) -> str:
    """A ring as steps from point to point; each point is rounded by itself, so that errors do not add up."""
    points = [(round(x * TENTHS), round(y * TENTHS)) for x, y in ring]
    kept = [point for before, point in pairwise((points[-1], *points)) if point != before] or points[:1]
    if len(kept) < 3:  # smaller than a point: a point that can be seen
        x, y = kept[0]
        return f"M{x - TENTHS} {y - TENTHS}h{2 * TENTHS}v{2 * TENTHS}h-{2 * TENTHS}z"
    steps = " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{steps}z".replace(" -", "-")


def _between(values: Sequence[float]) -> list[float]:
    """Steps from the lowest to the highest of some values, without these themselves."""
    low, high = min(values), max(values)
    return [low + (high - low) * (step + 0.5) / TRIED for step in range(TRIED)]

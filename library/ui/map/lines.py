"""Lines made plain: as few points as the eye needs, and nothing outside the drawing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import sqrt

import numpy as np

from library.ui.map.views import Floats

Point = tuple[float, float]
Ring = tuple[Point, ...]


def simplified(points: Floats, tolerance: float) -> Floats:
    """The line without the points that lie closer than the tolerance to what is left; its ends stay.

    Douglas and Peucker, Algorithms for the reduction of the number of points required to represent a digitized line
    or its caricature (1973). Points are rows of two columns.
    """
    kept = np.zeros(len(points), dtype=bool)
    kept[[0, -1]] = True
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        away = _away(points[first + 1 : last], points[first], points[last])
        farthest = int(np.argmax(away))
        if away[farthest] > tolerance:
            middle = first + 1 + farthest
            kept[middle] = True
            waiting += [(first, middle), (middle, last)]
    return points[kept]


def _away(points: Floats, start: Floats, end: Floats) -> Floats:
    """How far points are from the stretch between two others."""
    along = end - start
    length = float(along @ along)
    if length == 0:
        return np.asarray(np.hypot(*(points - start).T))
    share = np.clip((points - start) @ along / length, 0, 1)
    return np.asarray(np.hypot(*(points - start - share[:, None] * along).T))


def clipped(ring: Ring, left: float, top: float, right: float, bottom: float) -> Ring:
    """The part of a ring inside a rectangle.

    Sutherland and Hodgman, Reentrant polygon clipping (1974): one side after the other. Parts that fall apart
    stay joined along the side, where no line is seen when the rectangle is larger than the drawing.
    """
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        ring = tuple(_beyond(ring, axis, limit, sign)) if ring else ()
    return ring


def _beyond(ring: Ring, axis: int, limit: float, sign: int) -> Iterator[Point]:
    """The part of a ring on one side of a line: where the coordinate is greater than the limit, or with -1 smaller."""
    for before, here in pairwise((ring[-1], *ring)):
        was, stays = (before[axis] - limit) * sign >= 0, (here[axis] - limit) * sign >= 0
        if was != stays:
            share = (limit - before[axis]) / (here[axis] - before[axis])
            other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
            yield (limit, other) if axis == 0 else (other, limit)
        if stays:
            yield here


def area(ring: Ring) -> float:
    """The area within a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((ring[-1], *ring)))) / 2 if ring else 0.0


def room(x: float, y: float, ring: Ring) -> float:
    """How far inside a ring a point lies; negative when it is outside."""
    nearest, within = float("inf"), False
    for (ax, ay), (bx, by) in pairwise((ring[-1], *ring)):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            within = not within
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        share = min(max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1) if length else 0.0
        nearest = min(nearest, (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2)
    return sqrt(nearest) if within else -sqrt(nearest)

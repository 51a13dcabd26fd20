"""Lines made plain: nothing outside the drawing, nothing the eye would miss."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.ui.map.lines import Ring, area, clipped, room, simplified
from library.ui.map.views import Floats

NUMBERS = st.floats(-100, 100, allow_nan=False).map(lambda number: round(number, 3))
POINTS = st.tuples(NUMBERS, NUMBERS)
SQUARE: Ring = ((0, 0), (10, 0), (10, 10), (0, 10))


def line(points: list[tuple[float, float]]) -> Floats:
    return np.array(points, dtype=np.float64)


def away(point: tuple[float, float], kept: Floats) -> float:
    """How far a point is from a line, measured at many places of it."""
    shares = np.linspace(0, 1, 201)[:, None]
    along = np.concatenate([a + shares * (b - a) for a, b in pairwise(kept)])
    return float(np.hypot(*(along - np.array(point)).T).min())


@given(st.lists(POINTS, min_size=2, max_size=12), st.floats(0.1, 20))
def test_a_simplified_line_keeps_its_ends_and_stays_near(points: list[tuple[float, float]], tolerance: float) -> None:
    kept = simplified(line(points), tolerance)
    assert (kept[0] == points[0]).all() and (kept[-1] == points[-1]).all()
    assert {tuple(point) for point in kept.tolist()} <= set(points)
    assert all(away(point, kept) <= tolerance + 1.5 for point in points), "1.5: half the step of the measuring"


def test_a_straight_line_needs_two_points_and_a_corner_three() -> None:
    assert simplified(line([(0, 0), (1, 0.1), (2, 0), (9, 0)]), 0.5).tolist() == [[0, 0], [9, 0]]
    assert simplified(line([(0, 0), (5, 5), (9, 0)]), 0.5).tolist() == [[0, 0], [5, 5], [9, 0]]
    assert len(simplified(line([(0, 0), (5, 5), (0, 0)]), 0.5)) == 3, "a ring is not folded into nothing"


@given(st.lists(POINTS, min_size=3, max_size=12))
def test_what_is_cut_lies_inside(ring: list[tuple[float, float]]) -> None:
    cut = clipped(tuple(ring), -20, -10, 30, 40)
    assert all(-20 <= x <= 30 and -10 <= y <= 40 for x, y in cut)


@given(st.lists(POINTS, min_size=3, max_size=12))
def test_what_lies_inside_is_not_cut(ring: list[tuple[float, float]]) -> None:
    assert clipped(tuple(ring), -100, -100, 100, 100) == tuple(ring)


def test_half_of_a_square_is_half_of_its_area() -> None:
    assert area(SQUARE) == 100
    assert area(clipped(SQUARE, 5, -50, 50, 50)) == 50
    assert clipped(SQUARE, 20, 20, 30, 30) == ()
    assert area(()) == 0


@pytest.mark.parametrize(("x", "y", "far"), [(5, 5, 5), (1, 5, 1), (-3, -4, -5), (10, 5, 0)])
def test_room_is_the_distance_from_the_border(x: float, y: float, far: float) -> None:
    assert abs(room(x, y, SQUARE)) == abs(far)
    assert (room(x, y, SQUARE) < 0) == (far < 0)


@given(POINTS)
def test_room_is_never_more_than_the_way_to_a_corner(point: tuple[float, float]) -> None:
    nearest = min(hypot(point[0] - x, point[1] - y) for x, y in SQUARE)
    assert abs(room(*point, SQUARE)) <= nearest + 1e-9

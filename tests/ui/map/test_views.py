"""Where points of the globe stand on the map, against values that others have published."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.ui.map.views import CENTRE, FRAMES, View, laid_flat, point

EARTH = 6_371_007.2
"""Radius in metres of the sphere with the surface of the Earth (Snyder, Professional Paper 1395, table 1)."""


def test_the_centre_of_the_european_grid_is_where_the_plane_begins() -> None:
    frame = FRAMES[View.EUROPE]
    assert point(View.EUROPE, *CENTRE) == pytest.approx((-frame.left * frame.scale, frame.top * frame.scale))


def test_a_point_is_where_the_european_grid_has_it() -> None:
    """The example of EPSG Guidance Note 7-2, method 9820: 50° N, 5° E is 3962799.45 m east, 2999718.85 m north."""
    frame = FRAMES[View.EUROPE]
    east, north = (3_962_799.45 - 4_321_000) / EARTH, (2_999_718.85 - 3_210_000) / EARTH
    expected = ((east - frame.left) * frame.scale, (frame.top - north) * frame.scale)
    assert point(View.EUROPE, 5, 50) == pytest.approx(expected, abs=0.8), "a line's width"


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_point_of_the_globe_has_a_place(longitude: float, latitude: float) -> None:
    for view in View:
        assert np.isfinite(point(view, longitude, latitude)).all()


@given(st.floats(-20, 38), st.floats(36, 69))
def test_areas_are_kept(longitude: float, latitude: float) -> None:
    """A patch of the globe has the same share of the drawing wherever it lies."""
    half = 0.01
    across = np.array([longitude - half, longitude + half, longitude + half, longitude - half])
    up = np.array([latitude - half, latitude - half, latitude + half, latitude + half])
    x, y = laid_flat(View.EUROPE, across, up)
    drawn = abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2 / FRAMES[View.EUROPE].scale ** 2
    true = np.radians(2 * half) * (np.sin(np.radians(latitude + half)) - np.sin(np.radians(latitude - half)))
    assert drawn == pytest.approx(float(true), rel=1e-3)


@pytest.mark.parametrize(
    "place", [(-9.14, 38.72), (24.94, 60.17), (-21.9, 64.15), (14.5, 35.9), (33.4, 35.2), (29, 41)]
)
def test_europe_holds_its_cities(place: tuple[float, float]) -> None:
    assert FRAMES[View.EUROPE].holds(*point(View.EUROPE, *place))


@pytest.mark.parametrize("place", [(-73.6, 45.5), (139.7, 35.7), (-46.6, -23.5), (174.8, -41.3), (-150, 61)])
def test_the_world_holds_what_europe_does_not(place: tuple[float, float]) -> None:
    assert not FRAMES[View.EUROPE].holds(*point(View.EUROPE, *place))
    assert FRAMES[View.WORLD].holds(*point(View.WORLD, *place))


def test_the_far_east_of_russia_is_in_the_east() -> None:
    assert point(View.WORLD, -170, 66)[0] > point(View.WORLD, 178, 66)[0] > point(View.WORLD, 0, 0)[0]

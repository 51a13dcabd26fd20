"""How the globe is laid flat: Europe by areas, or the whole world when works lie outside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CENTRE = (10.0, 52.0)
"""Longitude and latitude, in degrees, of the centre of EPSG:3035 (https://epsg.io/3035), the European grid."""


class View(StrEnum):
    """What part of the world the map shows."""

    EUROPE = "europe"
    WORLD = "world"


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a plane that is shown, and how large."""

    left: float
    bottom: float
    right: float
    top: float
    """In units of the plane: radii of the globe for Europe, degrees for the world."""
    width: float = 800.0
    """Of the drawing, in units of its own."""

    @property
    def scale(self) -> float:
        """Units of the drawing for one of the plane."""
        return self.width / (self.right - self.left)

    @property
    def height(self) -> float:
        """Of the drawing."""
        return (self.top - self.bottom) * self.scale

    def holds(self, x: float, y: float) -> bool:
        """Whether a place of the drawing is inside it."""
        return 0 <= x <= self.width and 0 <= y <= self.height


FRAMES = {
    View.EUROPE: Frame(-0.430, -0.335, 0.425, 0.375),
    View.WORLD: Frame(-168.5, -58.0, 191.5, 84.0),
}
"""Europe from Iceland to the Caucasus and from the Sahara's edge to the North Cape; the world without Antarctica,
from Alaska to the Bering Strait."""


def laid_flat(view: View, longitudes: Floats, latitudes: Floats) -> tuple[Floats, Floats]:
    """Where points of the globe, in degrees, stand in the drawing: rightwards and downwards from its corner."""
    frame = FRAMES[view]
    x, y = _equal_area(longitudes, latitudes) if view is View.EUROPE else (_unrolled(longitudes), latitudes)
    return (x - frame.left) * frame.scale, (frame.top - y) * frame.scale


def point(view: View, longitude: float, latitude: float) -> tuple[float, float]:
    """Where one point of the globe stands in the drawing."""
    x, y = laid_flat(view, np.array([longitude]), np.array([latitude]))
    return float(x[0]), float(y[0])


def _unrolled(longitudes: Floats) -> Floats:
    """Longitudes from the left edge of the world's map on: the far east of Russia stays in the east."""
    left = FRAMES[View.WORLD].left
    return (longitudes - left) % 360 + left


def _equal_area(longitudes: Floats, latitudes: Floats) -> tuple[Floats, Floats]:
    """The Lambert azimuthal equal-area projection of a sphere of radius 1.

    J. P. Snyder, Map Projections: A Working Manual, US Geological Survey Professional Paper 1395 (1987),
    equations 22-4, 22-5 and 24-2. EPSG:3035 does the same to an ellipsoid; at the size of the drawing the two
    are less than a line's width apart.
    """
    turned = np.radians(longitudes - CENTRE[0])
    up, middle = np.radians(latitudes), np.radians(CENTRE[1])
    across = 1 + np.sin(middle) * np.sin(up) + np.cos(middle) * np.cos(up) * np.cos(turned)
    stretch = np.sqrt(2 / np.maximum(across, 1e-9))  # the antipode of the centre, in the Pacific, has no place
    x = stretch * np.cos(up) * np.sin(turned)
    y = stretch * (np.cos(middle) * np.sin(up) - np.sin(middle) * np.cos(up) * np.cos(turned))
    return x, y

"""The map: a picture of land and countries shaded by their works, and on it numbers and circles that are links.

The picture is SVG in the address of an image, for Streamlit takes drawings out of a page. Pointers may use the links;
to the keyboard and to screen readers the list beside the map says and leads to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from math import hypot, log2, sqrt
from pathlib import Path
from urllib.parse import quote

import numpy as np

from library.ui.map.outlines import TENTHS, Outline, outlines, spots
from library.ui.map.views import FRAMES, Floats, Frame, View, laid_flat, point

RADIUS = {View.EUROPE: 5.0, View.WORLD: 3.0}
"""Of the circle of one work, in units of the drawing; areas grow with the works."""
LARGEST = 24.0
PILL = 11.0
"""Half the height of a number."""
ENOUGH = 5.0
"""Room around the middle of a number in its country: it may cover the border, but not stand on it."""
SHADES = 4
LOOK = (
    "svg{background:#f4f7f7}path{stroke-width:8;stroke-linejoin:round;fill-rule:evenodd}.g{fill:none;stroke:#e2e9e9}"
    ".l{fill:#e3e0d8;stroke:#fdfcfa}.c{stroke:#fdfcfa}"
    ".s1{fill:#a9cfd0}.s2{fill:#83b7b9}.s3{fill:#5b9c9f}.s4{fill:#388187}"
    "@media(prefers-color-scheme:dark){svg{background:#141b21}.g{stroke:#202a31}.l{fill:#2b333b;stroke:#151b20}"
    ".c{stroke:#151b20}.s1{fill:#1f5156}.s2{fill:#2a666b}.s3{fill:#377c81}.s4{fill:#479398}}"
)
"""A picture does not see the style sheets of the page: these are its colours, by light and by dark."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A country or a city with works."""

    value: str
    """As in an address: `NL`, or `NL/Amsterdam`."""
    said: str
    """What it is called and how many works it has, in words."""
    works: int
    link: str
    position: tuple[float, float] | None = None
    """Longitude and latitude, in degrees, of a city whose record has them."""


@dataclass(frozen=True, slots=True)
class _Circle:
    """What a number keeps clear of."""

    x: float
    y: float
    radius: float


def place_map(countries: Iterable[Marked], cities: Iterable[Marked], folder: Path | None) -> str:
    """The map with these countries and cities; without the folder of the outlines, circles on a graticule.

    Raises OSError, and ValueError when the folder holds something else.
    """
    lands, towns = tuple(countries), tuple(city for city in cities if city.position is not None)
    view = _view(lands, towns, folder)
    drawn = outlines(folder, view) if folder else ()
    circles = [_circle(city, view) for city in towns]
    frame = FRAMES[view]
    links = [_town(city, circle, frame) for city, circle in zip(towns, circles, strict=True)]
    links += _numbers(lands, drawn, circles, frame)
    image = f'<img src="data:image/svg+xml,{quote(picture(lands, drawn, view), safe=_PLAIN)}" alt="">'
    shape = f"aspect-ratio:{frame.width:.0f}/{frame.height:.0f}"
    return f'<div class="map" style="{shape}" aria-hidden="true">{image}{"".join(links)}</div>'


_PLAIN = " ,;:=/@!()*'{}"
"""Signs that may stand in the address of an image in quotes, and make it shorter."""


def picture(lands: Iterable[Marked], drawn: Iterable[Outline], view: View) -> str:
    """The land and the shaded countries as SVG."""
    frame, found = FRAMES[view], {outline.country: outline.path for outline in drawn}
    parts = [f"<path class='g' d='{_graticule(view)}'/>", f"<path class='l' d='{''.join(found.values())}'/>"]
    for land in lands:
        shade = min(1 + int(log2(max(land.works, 1))), SHADES)
        parts.append(f"<path class='c s{shade}' d='{found.get(land.value, '')}'/>" * (land.value in found))
    size = f"0 0 {frame.width * TENTHS:.0f} {frame.height * TENTHS:.0f}"
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{size}'><style>{LOOK}</style>{''.join(parts)}</svg>"


def _view(lands: tuple[Marked, ...], towns: tuple[Marked, ...], folder: Path | None) -> View:
    """Europe, unless something lies outside of it."""
    europe = FRAMES[View.EUROPE]
    if any(not europe.holds(*point(View.EUROPE, *town.position)) for town in towns if town.position):
        return View.WORLD
    if folder is None:
        return View.EUROPE
    beyond = {land.value for land in lands} - {outline.country for outline in outlines(folder, View.EUROPE)}
    if not beyond:
        return View.EUROPE
    return View.WORLD if any(outline.country in beyond for outline in outlines(folder, View.WORLD)) else View.EUROPE


def _circle(city: Marked, view: View) -> _Circle:
    x, y = point(view, *city.position) if city.position else (0.0, 0.0)
    return _Circle(x, y, min(RADIUS[view] * sqrt(max(city.works, 1)), LARGEST))


def _town(city: Marked, circle: _Circle, frame: Frame) -> str:
    return _linked(city, "map-city", f"{_at(circle.x, circle.y, frame)};width:{200 * circle.radius / frame.width:.2f}%")


def _numbers(
    lands: Iterable[Marked], drawn: Iterable[Outline], circles: Iterable[_Circle], frame: Frame
) -> Iterator[str]:
    """The number of works of each country, in it or beside it, clear of the circles and of each other."""
    found = {outline.country: outline for outline in drawn}
    taken = list(circles)
    for land in lands:
        if outline := found.get(land.value):
            half = PILL * (0.7 + 0.3 * len(str(land.works)))
            x, y = _free(outline, taken, half)
            taken.append(_Circle(x, y, half))
            yield _linked(land, "map-number", _at(x, y, frame), str(land.works))


def _free(outline: Outline, taken: list[_Circle], half: float) -> tuple[float, float]:
    """Where a number stands best: in the country when there is room, else beside it."""

    def clear(x: float, y: float) -> float:
        return min((hypot(x - other.x, y - other.y) - other.radius for other in taken), default=1000.0)

    inside = max(spots(outline), key=lambda spot: min(spot.room, clear(spot.x, spot.y), 30.0), default=None)
    if inside is not None and inside.room > ENOUGH and clear(inside.x, inside.y) > half:
        return inside.x, inside.y
    xs, ys = [x for x, _ in outline.largest], [y for _, y in outline.largest]
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    beside = [(min(xs) - half, middle[1]), (max(xs) + half, middle[1])]
    beside += [(middle[0], min(ys) - PILL), (middle[0], max(ys) + PILL)]
    return max(beside, key=lambda spot: min(clear(*spot), half + 2))


def _linked(marked: Marked, name: str, style: str, inside: str = "") -> str:
    """A part of the map that leads to its works; the list has the link that the keyboard reaches."""
    return (
        f'<a class="{name}" style="{style}" href="{escape(marked.link)}" title="{escape(marked.said)}"'
        f' aria-label="{escape(marked.said)}" tabindex="-1">{inside}</a>'
    )


def _at(x: float, y: float, frame: Frame) -> str:
    return f"left:{100 * x / frame.width:.2f}%;top:{100 * y / frame.height:.2f}%"


def _graticule(view: View) -> str:
    """Meridians and parallels, every ten degrees, or thirty for the world."""
    step, fine = (10, 2) if view is View.EUROPE else (30, 10)
    east = (-60, 91) if view is View.EUROPE else (-150, 181)
    north = (20, 86) if view is View.EUROPE else (-60, 91)
    lines = [
        *((np.full_like(up, along), up) for along in range(*east, step) for up in [_stretch(north, fine)]),
        *((along, np.full_like(along, up)) for up in range(*north, step) for along in [_stretch(east, fine)]),
    ]
    paths = (np.column_stack(laid_flat(view, *line)) * TENTHS for line in lines)
    return "".join("M" + " ".join(f"{x:.0f} {y:.0f}" for x, y in points) for points in paths)


def _stretch(ends: tuple[int, int], step: int) -> Floats:
    return np.arange(ends[0], ends[1], step, dtype=np.float64)

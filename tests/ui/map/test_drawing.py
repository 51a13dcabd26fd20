"""The map: every country and city with works has its number or circle, and each leads to its works."""

from __future__ import annotations

import re
from math import hypot
from pathlib import Path
from urllib.parse import unquote

import pytest

from library.ui.map.drawing import PILL, Marked, place_map
from library.ui.map.views import FRAMES, View, point
from tests.ui.test_cards import NASTY, Seen

AMSTERDAM, MADRID, MONTREAL = (4.9, 52.37), (-3.7, 40.42), (-73.6, 45.5)


def country(code: str, works: int = 1) -> Marked:
    return Marked(code, f"{code}: {works} works", works, f"./?place={code}")


def city(name: str, position: tuple[float, float] | None, works: int = 1) -> Marked:
    return Marked(name, f"{name}: {works}", works, f"./?place={name}", position)


def places(markup: str, name: str) -> list[tuple[float, float]]:
    """Where the links of one sort stand, in hundredths of the map."""
    found = re.findall(rf'class="map-{name}" style="left:([\d.-]+)%;top:([\d.-]+)%', markup)
    return [(float(left), float(top)) for left, top in found]


def picture(markup: str) -> str:
    found = re.search(r'src="data:image/svg\+xml,([^"]*)"', markup)
    assert found
    return unquote(found[1])


def test_countries_are_numbered_and_cities_stand_where_they_lie(squares: Path) -> None:
    markup = place_map([country("NL", 3), country("ES", 12)], [city("NL/Amsterdam", AMSTERDAM)], squares)
    assert Seen(markup).links() == ["./?place=NL/Amsterdam", "./?place=NL", "./?place=ES"]
    assert Seen(markup).text == "312"
    frame = FRAMES[View.EUROPE]
    x, y = point(View.EUROPE, *AMSTERDAM)
    assert places(markup, "city")[0] == pytest.approx((100 * x / frame.width, 100 * y / frame.height), abs=0.01)
    assert markup.count('tabindex="-1"') == 3 and 'aria-hidden="true"' in markup, "the list is for the keyboard"
    assert "class='c s2'" in picture(markup) and "class='c s4'" in picture(markup)


def test_a_number_keeps_clear_of_the_circles(squares: Path) -> None:
    markup = place_map([country("NL")], [city("NL/Middle", (6, 52), 9)], squares)
    frame = FRAMES[View.EUROPE]
    (ax, ay), (bx, by) = places(markup, "number")[0], places(markup, "city")[0]
    assert hypot((ax - bx) / 100 * frame.width, (ay - by) / 100 * frame.height) > 15 + PILL


def test_areas_of_circles_grow_with_the_works(squares: Path) -> None:
    widths = [
        float(found)
        for works in (1, 4)
        for found in re.findall(r"width:([\d.]+)%", place_map([], [city("x", AMSTERDAM, works)], squares))
    ]
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.02)


@pytest.mark.parametrize(
    ("countries", "cities"), [(["NL", "CA"], []), (["NL"], [MONTREAL]), (["NL", "CA"], [AMSTERDAM, MONTREAL])]
)
def test_the_map_widens_to_what_lies_outside_europe(
    squares: Path, countries: list[str], cities: list[tuple[float, float]]
) -> None:
    markup = place_map(map(country, countries), [city(f"c{n}", place) for n, place in enumerate(cities)], squares)
    assert f"aspect-ratio:800/{FRAMES[View.WORLD].height:.0f}" in markup
    shown = places(markup, "number") + places(markup, "city")
    assert len(shown) == len(countries) + len(cities)
    assert all(0 <= left <= 100 and 0 <= top <= 100 for left, top in shown)


def test_a_country_without_outline_does_not_widen_it(squares: Path) -> None:
    markup = place_map([country("NL"), country("GI"), country("no such")], [], squares)
    assert f"aspect-ratio:800/{FRAMES[View.EUROPE].height:.0f}" in markup
    assert len(places(markup, "number")) == 1


def test_without_outlines_the_circles_stand_on_a_graticule() -> None:
    markup = place_map([country("NL")], [city("NL/Amsterdam", AMSTERDAM), city("ES/Nowhere", None)], None)
    assert (len(places(markup, "city")), len(places(markup, "number"))) == (1, 0)
    assert re.search(r"class='g' d='M[\d -]", picture(markup))
    assert "aspect-ratio:800/316" in place_map([], [city("CA/Montréal", MONTREAL)], None)


def test_nothing_of_a_record_becomes_markup(squares: Path) -> None:
    nasty = Marked(NASTY, NASTY, 1, f"./?place={NASTY}", AMSTERDAM)
    markup = place_map([Marked("NL", NASTY, 1, NASTY), Marked(NASTY, NASTY, 1, NASTY)], [nasty], squares)
    seen = Seen(markup)
    assert {tag for tag, _ in seen.tags} == {"div", "img", "a"}
    assert all(not name.startswith("on") for _, attributes in seen.tags for name in attributes)
    assert "script" not in picture(markup) and "onerror" not in picture(markup)


def test_with_every_country_the_map_stays_small(atlas: Path) -> None:
    europe = [
        "NL",
        "BE",
        "LU",
        "DE",
        "FR",
        "ES",
        "PT",
        "IT",
        "AT",
        "CH",
        "PL",
        "CZ",
        "SK",
        "HU",
        "SE",
        "GR",
        "MT",
        "XK",
    ]
    markup = place_map([country(code, n + 1) for n, code in enumerate(europe)], [city("x", MADRID)], atlas)
    assert len(markup.encode()) < 80_000
    assert len(places(markup, "number")) == len(europe)
    assert len(place_map([country("CA"), country("NL")], [], atlas).encode()) < 80_000

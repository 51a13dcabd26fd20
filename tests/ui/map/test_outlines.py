"""The countries as they are drawn: the right ones, where they lie, in few points."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.languages import countries
from library.ui.map.lines import area, room
from library.ui.map.outlines import outlines, spots
from library.ui.map.topology import read_topology
from library.ui.map.views import View, point

CAPITALS = {
    "NL": (4.9, 52.37),
    "ES": (-3.7, 40.42),
    "PL": (21.0, 52.23),
    "FR": (2.35, 48.86),
    "CZ": (14.42, 50.09),
    "XK": (21.17, 42.66),
}


def test_countries_are_known_by_number_or_by_name(squares: Path) -> None:
    topology = read_topology(squares / "countries-50m.json")
    assert [shape.country for shape in topology.shapes] == ["NL", "ES", "CA", "XK"]
    longitudes, latitudes = topology.lines[0]
    assert longitudes.tolist() == pytest.approx([4, 4, 8, 8, 4])
    assert latitudes.tolist() == pytest.approx([50, 54, 54, 50, 50])


def test_what_lies_outside_the_view_is_left_out(squares: Path) -> None:
    assert {outline.country for outline in outlines(squares, View.EUROPE)} == {"NL", "ES", "XK"}
    assert {outline.country for outline in outlines(squares, View.WORLD)} == {"NL", "ES", "CA", "XK"}


def test_a_border_drawn_backwards_is_the_same_border(squares: Path) -> None:
    found = {outline.country: outline for outline in outlines(squares, View.EUROPE)}
    assert set(found["NL"].largest) == set(found["XK"].largest)
    assert area(found["NL"].largest) == pytest.approx(area(found["XK"].largest))


def test_a_number_finds_room_in_the_middle(squares: Path) -> None:
    square = next(outline for outline in outlines(squares, View.EUROPE) if outline.country == "NL")
    best = spots(square)[0]
    assert best.room == pytest.approx(room(best.x, best.y, square.largest))
    assert best.room > 0.75 * room(*point(View.EUROPE, 6, 52), square.largest) > 0, "the middle of the square"


@pytest.mark.parametrize("content", ["{}", "[]", '{"transform": {}}', "no json", '{"transform": {"scale": [1]}}'])
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "countries-50m.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError):
        outlines(tmp_path, View.EUROPE)


def test_no_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        outlines(tmp_path, View.EUROPE)


@pytest.mark.parametrize("country", CAPITALS)
def test_a_capital_lies_in_its_country(atlas: Path, country: str) -> None:
    outline = next(outline for outline in outlines(atlas, View.EUROPE) if outline.country == country)
    assert room(*point(View.EUROPE, *CAPITALS[country]), outline.largest) > 0
    others = [other for other in outlines(atlas, View.EUROPE) if other.country not in (country, "")]
    assert all(room(*point(View.EUROPE, *CAPITALS[country]), other.largest) < 1 for other in others)


def test_every_country_but_the_tiniest_is_in_the_world(atlas: Path) -> None:
    drawn = [outline.country for outline in outlines(atlas, View.WORLD) if outline.country]
    missing = set(countries()) - set(drawn)
    # No shapes of their own in Natural Earth's countries at this scale: parts of another country, and islands.
    assert missing <= {
        *("AQ", "BQ", "BV", "CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ", "TK", "TV", "UM", "YT"),
        *("AC", "CP", "CQ", "DG", "EA", "IC", "TA"),
    }
    assert not missing & {"MT", "LI", "SM", "VA", "MC", "AD", "LU", "CY"}


def test_the_outlines_are_small(atlas: Path) -> None:
    assert sum(len(outline.path) for outline in outlines(atlas, View.EUROPE)) < 30_000
    assert sum(len(outline.path) for outline in outlines(atlas, View.WORLD)) < 50_000

"""The places: a map, and a list in which every place stands that any work names."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from library.analysis import fold
from library.browser_parts import OUTLINES, browser_part
from library.model import Work
from library.result import FacetValue
from library.ui.links import anchor, search_link
from library.ui.map.drawing import Marked, place_map
from library.ui.visit import Visit

LOG = logging.getLogger(__name__)

Position = tuple[float, float]


def places(visit: Visit) -> str:
    """The map, the countries with their cities, and what has to be said of both. Raises IndexOutOfDate."""
    t = visit.t
    works = visit.library.works(visit.user)
    values = [value for value in visit.whole().facet("place") if value.count]
    without = sum(not work.places for work in works)
    notes = [t("browse.no_place", count=without)] if without and values else []
    if not values:
        return f"<p>{escape(t('browse.no_places'))}</p>"
    folder = browser_part(OUTLINES)
    if folder is None:
        notes.append(t("browse.no_outlines"))
    found = positions(works)
    drawn = _map(values, found, folder, visit)
    lost = [value for value in values if value.parent and value.value not in found]
    if lost:
        notes.append(t("browse.no_position", count=len(lost)))
    said = "".join(f'<p class="browse-facts">{escape(note)}</p>' for note in notes)
    return f'<div class="browse-places">{drawn}<div>{_list(values, visit)}{said}</div></div>'


def positions(works: Sequence[Work]) -> Mapping[str, Position]:
    """Longitude and latitude of each city, from the first work whose record has them."""
    found: dict[str, Position] = {}
    for work in works:
        for place in work.places:
            if place.city and place.longitude is not None and place.latitude is not None:
                found.setdefault(place.id, (place.longitude, place.latitude))
    return found


def _map(values: Sequence[FacetValue], found: Mapping[str, Position], folder: Path | None, visit: Visit) -> str:
    """The map; when the package of the outlines is not what it should be, the map does without them."""
    countries = [_marked(value, None, visit) for value in values if not value.parent]
    cities = [_marked(value, found[value.value], visit) for value in values if value.value in found]
    try:
        return place_map(countries, cities, folder)
    except (OSError, ValueError) as error:
        LOG.warning("no outlines on the map: %s", error)
        return place_map(countries, cities, None)


def _marked(value: FacetValue, position: Position | None, visit: Visit) -> Marked:
    said = visit.t("browse.marked", place=value.label, works=visit.t("count.works", count=value.count))
    return Marked(value.value, said, value.count, _link(value, visit), position)


def _list(values: Sequence[FacetValue], visit: Visit) -> str:
    """The countries by their names, each with its cities."""
    below: dict[str, list[FacetValue]] = {}
    for value in values:
        below.setdefault(value.parent, []).append(value)
    items = "".join(
        f"<li>{_item(country, visit)}{_cities(below.get(country.value, ()), visit)}</li>"
        for country in sorted(below.get("", ()), key=lambda value: fold(value.label))
    )
    return f'<ul class="place-list">{items}</ul>'


def _cities(cities: Sequence[FacetValue], visit: Visit) -> str:
    items = "".join(f"<li>{_item(city, visit)}</li>" for city in sorted(cities, key=lambda v: fold(v.label)))
    return f"<ul>{items}</ul>" if items else ""


def _item(value: FacetValue, visit: Visit) -> str:
    name = anchor(_link(value, visit), value.label, ' dir="auto"')
    return f'{name} <span class="number">{value.count}</span>'


def _link(value: FacetValue, visit: Visit) -> str:
    return search_link(visit.start().with_values("place", [value.value]))

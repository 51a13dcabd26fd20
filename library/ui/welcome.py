"""What the start page says before anything is asked: what the library holds, and where one may begin."""

from __future__ import annotations

from html import escape

from library.result import FacetValue, SearchResult
from library.ui.links import anchor, search_link, theme_link
from library.ui.masthead import holds
from library.ui.visit import Visit


def welcome(visit: Visit, whole: SearchResult) -> str:
    """The opening lines, the themes, and the sorts of works."""
    t = visit.t
    return (
        f'<section class="welcome"><p class="lead">{escape(t("masthead.about"))}</p>'
        f'<p class="holds">{escape(holds(whole, t))}</p>{theme_list(whole, visit)}{_kinds(whole, visit)}</section>'
    )


def theme_list(whole: SearchResult, visit: Visit) -> str:
    """The top themes of the library, each a link to its page."""
    themes = [value for value in whole.facet("topic") if not value.parent and value.count]
    return _list(
        "themes", visit.t("themes.label"), [(theme_link(value.value, visit.chosen), value) for value in themes]
    )


def _kinds(whole: SearchResult, visit: Visit) -> str:
    kinds = [value for value in whole.facet("kind") if value.count]
    start = visit.start()
    links = [(search_link(start.with_values("kind", [value.value])), value) for value in kinds]
    return _list("themes", visit.t("kinds.label"), links)


def _list(name: str, heading: str, values: list[tuple[str, FacetValue]]) -> str:
    if not values:
        return ""
    said = escape(heading)
    items = "".join(_value(link, value) for link, value in values)
    return f'<nav class="{name}" aria-label="{said}"><h2>{said}</h2><ul>{items}</ul></nav>'


def _value(link: str, value: FacetValue) -> str:
    return f'<li>{anchor(link, value.label)} <span class="number">{value.count}</span></li>'

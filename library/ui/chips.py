"""The filters in force as chips, each a link to the same search without it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from library.locales import Texts
from library.request import SearchRequest
from library.ui.links import search_link

Label = Callable[[str, str], str]
"""The name of a facet value: facet, value → words."""


def chips(request: SearchRequest, label: Label, t: Texts) -> str:
    """Every filter in force, removable one by one or all at once; nothing when there is none."""
    values = [(facet, value) for facet, chosen in request.filters for value in chosen]
    if not values:
        return ""
    items = [_chip(request, facet, value, label(facet, value), t) for facet, value in values]
    if len(values) > 1:
        without = escape(search_link(request.without_filters()))
        items.append(f'<li><a class="chip-clear" href="{without}">{escape(t("filters.clear"))}</a></li>')
    return f'<ul class="chips" aria-label="{escape(t("filters.active"))}">{"".join(items)}</ul>'


def _chip(request: SearchRequest, facet: str, value: str, label: str, t: Texts) -> str:
    link = escape(search_link(request.toggle(facet, value)))
    # Spoken: "Remove filter: Language French"; seen: "Language French ×".
    return (
        f'<li><a class="chip" href="{link}"><span class="unseen">{escape(t("filters.remove"))}</span>'
        f'<span class="chip-facet">{escape(t(f"facet.{facet}"))}</span> <bdi>{escape(label)}</bdi>'
        f'<span class="chip-cross" aria-hidden="true"></span></a></li>'
    )

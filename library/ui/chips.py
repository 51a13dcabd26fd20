"""The filters in force as chips, each a link to the same search without it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from library.locales import Texts
from library.request import SearchRequest
from library.result import Expansion
from library.ui.links import search_link

SHOWN_LABELS = 5
"""Labels of a topic that are named on its chip; there are up to a hundred."""

_CROSS = '<span class="chip-cross" aria-hidden="true"></span>'

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


def wider(request: SearchRequest, expanded: tuple[Expansion, ...], t: Texts) -> str:
    """What was searched beyond the words typed, each topic removable; or the way back to searching it."""
    items = [_wider(request, expansion, t) for expansion in expanded]
    if request.narrow:
        link = escape(search_link(request.with_narrow(())))
        said = f'<span class="unseen">{escape(t("filters.remove"))}</span>{escape(t("wider.off"))}'
        items.append(f'<li><a class="chip" href="{link}">{said}{_CROSS}</a></li>')
    return f'<ul class="chips wider" aria-label="{escape(t("wider.label"))}">{"".join(items)}</ul>' if items else ""


def _wider(request: SearchRequest, expansion: Expansion, t: Texts) -> str:
    link = escape(search_link(request.with_narrow((*request.narrow, expansion.topic))))
    shown = ", ".join(f"<bdi>{escape(label)}</bdi>" for label in expansion.labels[:SHOWN_LABELS])
    rest = len(expansion.labels) - SHOWN_LABELS
    more = f" {escape(t('wider.more', count=rest))}" if rest > 0 else ""
    said = escape(t("wider.also", term=expansion.term))
    unseen = f'<span class="unseen">{escape(t("filters.remove"))}</span>'
    return (
        f'<li><a class="chip" href="{link}">{unseen}<span class="chip-facet">{said}</span>'
        f'<span class="chip-words">{shown}{more}</span>{_CROSS}</a></li>'
    )


def _chip(request: SearchRequest, facet: str, value: str, label: str, t: Texts) -> str:
    link = escape(search_link(request.toggle(facet, value)))
    # Spoken: "Remove filter: Language French"; seen: "Language French ×".
    return (
        f'<li><a class="chip" href="{link}"><span class="unseen">{escape(t("filters.remove"))}</span>'
        f'<span class="chip-facet">{escape(t(f"facet.{facet}"))}</span> <bdi>{escape(label)}</bdi>'
        f"{_CROSS}</a></li>"
    )

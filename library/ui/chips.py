"""The filters in force as chips, each a link to the same search without it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from library.locales import Texts
from library.request import SearchRequest
from library.result import Expansion
from library.topics import Thesaurus
from library.ui.links import search_link

READ_MOST = ("en", "fr", "de", "es", "it", "pt", "nl", "pl")
"""Languages whose labels are named first on a topic's chip: those that most members read."""
SHOWN_LABELS = 3
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


def wider(request: SearchRequest, expanded: tuple[Expansion, ...], thesaurus: Thesaurus, t: Texts) -> str:
    """What was searched beyond the words typed, each topic removable; or the way back to searching it."""
    items = [_wider(request, expansion, thesaurus, t) for expansion in expanded]
    if request.narrow:
        items.append(_narrow(request, bool(expanded), thesaurus, t))
    return f'<ul class="chips wider" aria-label="{escape(t("wider.label"))}">{"".join(items)}</ul>' if items else ""


def _wider(request: SearchRequest, expansion: Expansion, thesaurus: Thesaurus, t: Texts) -> str:
    link = escape(search_link(request.with_narrow((*request.narrow, expansion.topic))))
    others = _others(expansion, thesaurus, t.language)
    shown = ", ".join(f"<bdi{_lang(others[label])}>{escape(label)}</bdi>" for label in list(others)[:SHOWN_LABELS])
    rest = len(others) - SHOWN_LABELS
    more = f'<span class="chip-more">{escape(t("wider.more", count=rest))}</span>' if rest > 0 else ""
    return (
        f'<li><a class="chip" href="{link}"><span class="unseen">{escape(t("wider.remove"))}</span>'
        f'<span class="chip-facet">{escape(t("wider.also", term=expansion.term))}</span>'
        f'<span class="chip-words">{shown}</span>{more}{_CROSS}</a></li>'
    )


def _narrow(request: SearchRequest, partly: bool, thesaurus: Thesaurus, t: Texts) -> str:
    """The way back; while other topics are still searched in all languages, it names those that are not."""
    topics = ", ".join(thesaurus.label(topic, t.language) for topic in request.narrow)
    said = t("wider.off_for", topics=topics) if partly else t("wider.off")
    return (
        f'<li><a class="chip" href="{escape(search_link(request.with_narrow(())))}">'
        f'<span class="unseen">{escape(t("filters.remove"))}</span>'
        f'<span class="chip-words">{escape(said)}</span>{_CROSS}</a></li>'
    )


def _others(expansion: Expansion, thesaurus: Thesaurus, reader: str) -> dict[str, str]:
    """The labels that were searched beside the words typed, the reader's own first; with its language where known."""
    topic = thesaurus.get(expansion.topic)
    labels = topic.labels if topic else {}
    preferred = {labels[language]: language for language in (reader, *READ_MOST) if language in labels}
    first = {label: language for label, language in preferred.items() if label in expansion.labels}
    every = {label: first.get(label, "") for label in (*first, *expansion.labels)}
    return {label: language for label, language in every.items() if label.casefold() != expansion.term.casefold()}


def _lang(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _chip(request: SearchRequest, facet: str, value: str, label: str, t: Texts) -> str:
    link = escape(search_link(request.toggle(facet, value)))
    # Spoken: "Remove filter: Language French"; seen: "Language French ×".
    return (
        f'<li><a class="chip" href="{link}"><span class="unseen">{escape(t("filters.remove"))}</span>'
        f'<span class="chip-facet">{escape(t(f"facet.{facet}"))}</span> <bdi>{escape(label)}</bdi>'
        f"{_CROSS}</a></li>"
    )

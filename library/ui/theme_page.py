"""The page of a theme: what belongs under it, what the library has on it, and where one may go on from it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from library.request import SearchRequest, Sort
from library.result import FacetValue, SearchResult
from library.topics import Topic
from library.ui.browse.themes import label_language, narrower_list, scope_note, theme_name
from library.ui.cards import Shelf, cards
from library.ui.heads import Head
from library.ui.links import anchor, page_link, search_link, theme_link
from library.ui.masthead import open_page
from library.ui.visit import Visit
from library.ui.welcome import theme_list
from library.ui.years import bars, histogram

NEWEST = 6
"""Works shown on the page."""
NEIGHBOURS = 8
"""Themes named that often occur together with this one."""
MOST_VALUES = 10
"""Values of a facet listed at the side."""
DESCRIPTION = 200
"""Characters of a description that search engines show."""


def show_theme(visit: Visit) -> None:
    """The page at `theme?id=…`; for an id that no theme has, the themes there are. Raises IndexOutOfDate."""
    topic = visit.thesaurus.get(visit.first("id"))
    open_page(visit, "theme", topic.label(visit.t.language) if topic else visit.t("theme.unknown"))
    st.html(theme(topic, visit) if topic else unknown(visit))


def theme_head(visit: Visit) -> Head:
    """What the first document of the page says; a 404 where there is no such theme."""
    topic, name = visit.thesaurus.get(visit.first("id")), visit.library.settings.name
    if topic is None:
        return Head(f"{visit.t('theme.unknown')} – {name}", visit.t("theme.unknown_hint"), found=False)
    note, _ = scope_note(topic, visit.t.language)
    label = topic.label(visit.t.language)
    described = _short(note) or visit.t("masthead.about")
    metadata = (("og:title", label), ("og:description", described), ("og:type", "website"))
    canonical = theme_link(topic.id, visit.chosen)
    return Head(f"{label} – {name}", described, metadata=metadata, canonical=canonical)


def theme(topic: Topic, visit: Visit) -> str:
    """The whole page of a theme. Raises IndexOutOfDate."""
    # Together, so that the counts of other themes are those of works that have this one too.
    asked = SearchRequest.build(
        filters={"topic": [topic.id]}, every=["topic"], sort=Sort.NEWEST, per_page=NEWEST, reader=visit.chosen
    )
    found = visit.search(asked)
    main = [_narrower(topic, found, visit), _works(topic, found, visit)]
    side = [_facet("kind", found, topic, visit), _years(found, topic, visit), _facet("language", found, topic, visit)]
    side += [_facet("place", found, topic, visit), _facet("project", found, topic, visit)]
    side.append(_neighbours(topic, found, visit))
    return (
        f'<div class="theme">{_opening(topic, visit)}<div class="theme-body"><div>{"".join(main)}</div>'
        f'<aside class="theme-side" aria-label="{escape(visit.t("theme.side"))}">{"".join(side)}</aside></div></div>'
    )


def unknown(visit: Visit) -> str:
    """What is said of a theme that is none, with those there are. Raises IndexOutOfDate."""
    t = visit.t
    every = anchor(page_link("browse", visit.chosen), t("theme.all"))
    return (
        f'<div class="theme theme-missing"><h1 data-arrive="theme">{escape(t("theme.unknown"))}</h1>'
        f'<p class="theme-scope">{escape(t("theme.unknown_hint"))} {every}</p>{theme_list(visit.whole(), visit)}</div>'
    )


def _opening(topic: Topic, visit: Visit) -> str:
    """The way down to the theme, its name, what belongs under it and what else it is called."""
    t = visit.t
    above = [visit.thesaurus.by_id[one] for one in reversed(visit.thesaurus.with_ancestors(topic.id)[1:])]
    steps = [anchor(page_link("browse", visit.chosen), t("theme.all")), *(theme_name(one, visit) for one in above)]
    way = "".join(f"<li>{step}</li>" for step in steps)
    note, language = scope_note(topic, t.language)
    scope = f'<p class="theme-scope"{_spoken(language, visit)}>{escape(note)}</p>' if note else ""
    heading = f'<h1 data-arrive="theme"{_spoken(label_language(topic, t.language), visit)}>'
    return (
        f'<nav class="breadcrumb" aria-label="{escape(t("theme.above"))}"><ol>{way}</ol></nav>'
        f"{heading}{escape(topic.label(t.language))}</h1>{scope}{_names(topic, visit)}"
    )


def _names(topic: Topic, visit: Visit) -> str:
    """Other names in the reader's language; names in other languages wait in a list that opens."""
    t = visit.t
    own = topic.alternatives.get(t.language, ())
    also = f"<p><span>{escape(t('theme.also'))}</span> {escape(', '.join(own))}</p>" if own else ""
    others = "".join(
        f'<li lang="{escape(language)}" dir="auto">{escape(label)}</li>'
        for language, label in sorted(topic.labels.items())
        if language not in (t.language, label_language(topic, t.language))
    )
    summary = escape(t("theme.other_languages"))
    elsewhere = f"<details><summary>{summary}</summary><ul>{others}</ul></details>" if others else ""
    return f'<div class="theme-names">{also}{elsewhere}</div>' if also or elsewhere else ""


def _narrower(topic: Topic, found: SearchResult, visit: Visit) -> str:
    counts = {value.value: value.count for value in found.facet("topic")}
    below = narrower_list(topic, counts, visit)
    heading = f"<h2>{escape(visit.t('theme.narrower'))}</h2>"
    return f'<section class="theme-narrower">{heading}{below}</section>' if below else ""


def _works(topic: Topic, found: SearchResult, visit: Visit) -> str:
    """The newest works, and the way to all of them."""
    t = visit.t
    if not found.total:
        return f"<p>{escape(t('theme.no_works'))}</p>"
    link = search_link(visit.start().with_values("topic", [topic.id]))
    every = f'<p class="theme-all">{anchor(link, t("browse.all", count=found.total), _BUTTON)}</p>'
    listed = cards(found.hits, Shelf.of(visit, found.hits))
    return f"<section><h2>{escape(t('answer.newest'))}</h2>{listed}{every}</section>"


def _years(found: SearchResult, topic: Topic, visit: Visit) -> str:
    drawn = bars(found.facet("year"))
    within = visit.start().with_values("topic", [topic.id])
    heading = f"<h2>{escape(visit.t('year.chart'))}</h2>"
    return f"<section>{heading}{histogram(drawn, within, visit.t)}</section>" if drawn else ""


def _facet(facet: str, found: SearchResult, topic: Topic, visit: Visit) -> str:
    """The commonest values of a facet among the theme's works, each a link to these works."""
    listed = found.facet(facet)
    said = {(value.parent, value.count) for value in listed}  # a country whose works are all those of one city
    values = [value for value in listed if value.count and (value.value, value.count) not in said][:MOST_VALUES]
    within = visit.start().with_values("topic", [topic.id])
    items = [(search_link(within.with_values(facet, [value.value])), value) for value in values]
    return _listed(visit.t(f"facet.{facet}"), items)


def _neighbours(topic: Topic, found: SearchResult, visit: Visit) -> str:
    """Themes that occur together with this one; those above and below it always do."""
    kin = set(visit.thesaurus.with_ancestors(topic.id))
    values = [
        value
        for value in found.facet("topic")
        if value.count and value.value not in kin and topic.id not in visit.thesaurus.with_ancestors(value.value)
    ]
    # A theme at the top counts all below it: named only when none of these is.
    leaves = [value for value in values if not any(other.parent == value.value for other in values)]
    often = sorted(leaves, key=lambda value: -value.count)[:NEIGHBOURS]
    items = [(theme_link(value.value, visit.chosen), value) for value in often]
    return _listed(visit.t("theme.together"), items)


def _listed(heading: str, items: Sequence[tuple[str, FacetValue]]) -> str:
    lines = "".join(
        f'<li>{anchor(link, value.label, _AUTO)} <span class="number">{value.count}</span></li>'
        for link, value in items
    )
    return f"<section><h2>{escape(heading)}</h2><ul>{lines}</ul></section>" if lines else ""


_AUTO = ' dir="auto"'
_BUTTON = ' class="button"'


def _spoken(language: str, visit: Visit) -> str:
    return f' lang="{escape(language)}"' if language and language != visit.t.language else ""


def _short(text: str) -> str:
    """A text cut at a word where search engines would cut it."""
    if len(text) <= DESCRIPTION:
        return text
    return text[:DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"

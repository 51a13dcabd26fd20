"""The filters: a list of boxes for each facet, with the number of works that each would show; years as bars."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from library.fields import FACETS, FacetField
from library.locales import Texts
from library.request import COMBINED, SearchRequest, between
from library.result import FacetValue, SearchResult
from library.ui import address
from library.ui.facet_rows import AT_ONCE, Row, arranged
from library.ui.years import bars, histogram, limits

DEEPEST = 3
"""Levels of a tree that are drawn further and further in."""
FROM, TO = "year-from", "year-to"
"""The places of the two fields for years in the session."""
_SIGNS = re.compile(r"([\\`*_\[\]<>~$:#|]|&(?=#?\w+;)|^[-+](?=\s)|(?<=\d)[.)](?=\s))")
"""Signs that would mean something in Markdown. No others are marked: the marks are read aloud."""


def show_facets(result: SearchResult, asked: SearchRequest, t: Texts) -> None:
    """Every facet that has something to choose."""
    for facet in FACETS:
        values = result.facet(facet.name)
        if not values:
            continue
        st.html(f'<h2 class="facet-name">{escape(t(facet.label_key))}</h2>')
        if facet.name == "year":
            _years(values, asked, t)
        else:
            _boxes(facet, values, asked, t)


def box_label(value: FacetValue) -> str:
    """The words beside a box, as Markdown: a label comes from a file or an address, so no sign in it means anything."""
    plain = _SIGNS.sub(r"\\\1", value.label)
    return f"{plain} `{value.count}`"


def filter_box(t: Texts) -> str:
    """A field that narrows the list below it while one types: page.js does it, and shows the field only then."""
    words = escape(t("facet.filter"))
    return (
        f'<div class="facet-filter"><input type="search" aria-label="{words}" placeholder="{words}">'
        f'<p role="status" hidden>{escape(t("facet.filter_none"))}</p></div>'
    )


def _boxes(facet: FacetField, values: tuple[FacetValue, ...], asked: SearchRequest, t: Texts) -> None:
    if facet.name in asked.every or (facet.name in COMBINED and len(asked.selected(facet.name)) > 1):
        _switch(facet.name, asked, t)
    rows = arranged(values, facet.tree)
    for row in rows.shown:
        _line(facet.name, row)
    if rows.more:
        with st.expander(t("facet.more"), key=f"facet-more-{facet.name}"):
            if len(rows.more) > AT_ONCE:
                st.html(filter_box(t))
            for row in rows.more:
                _line(facet.name, row)


def _switch(facet: str, asked: SearchRequest, t: Texts) -> None:
    """Whether a work must have everything selected in the facet, or one of it."""
    key = f"facet-every-{facet}"
    address.show_in(key, facet in asked.every)
    st.toggle(t("facet.every"), key=key, on_change=_switched, args=(facet, key))


def _line(facet: str, row: Row) -> None:
    if row.caption:
        st.html(f'<p class="facet-caption">{escape(row.value.label)}</p>')
        return
    value = row.value
    # The part before the dash becomes a class: the style sheet moves deeper lines in.
    key = f"facet-d{min(row.depth, DEEPEST)}-{facet}-{value.value}"
    address.show_in(key, value.selected)
    st.checkbox(
        box_label(value),
        key=key,
        disabled=value.count == 0 and not value.selected,
        on_change=_ticked,
        args=(facet, value.value, key),
    )


def _years(values: tuple[FacetValue, ...], asked: SearchRequest, t: Texts) -> None:
    if drawn := bars(values):
        st.html(histogram(drawn, asked, t))
    with st.container(horizontal=True, key="facet-years"):
        for key, label, value in zip((FROM, TO), (t("year.from"), t("year.to")), limits(asked), strict=True):
            address.show_in(key, value)
            st.number_input(label, 0, 9999, None, 1, "%04d", key=key, on_change=_years_typed)


def _ticked(facet: str, value: str, key: str) -> None:
    """Do what the box says now to the search that the address says now."""
    request = address.asked()
    if bool(st.session_state[key]) != (value in request.selected(facet)):
        address.go(request.toggle(facet, value))


def _switched(facet: str, key: str) -> None:
    address.go(address.asked().with_every(facet, bool(st.session_state[key])))


def _years_typed() -> None:
    """Choose the years between the two fields, and no others."""
    chosen = between(st.session_state[FROM], st.session_state[TO])
    address.go(address.asked().with_values("year", [chosen]))

"""The filters: a list of boxes for each facet, with the number of works that each would show."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from library.fields import FACETS
from library.locales import Texts
from library.result import FacetValue, SearchResult
from library.ui import address
from library.ui.facet_rows import Row, arranged

DEEPEST = 3
"""Levels of a tree that are drawn further and further in."""
_SIGNS = re.compile(r"([\\`*_\[\]<>~$:#|]|&(?=#?\w+;)|^[-+](?=\s)|(?<=\d)[.)](?=\s))")
"""Signs that would mean something in Markdown. No others are marked: the marks are read aloud."""


def show_facets(result: SearchResult, t: Texts) -> None:
    """Every facet that has something to choose."""
    for facet in FACETS:
        values = result.facet(facet.name)
        if not values:
            continue
        st.html(f'<h2 class="facet-name">{escape(t(facet.label_key))}</h2>')
        rows = arranged(values, facet.tree)
        for row in rows.shown:
            _line(facet.name, row)
        if rows.more:
            with st.expander(t("facet.more"), key=f"facet-more-{facet.name}"):
                for row in rows.more:
                    _line(facet.name, row)


def box_label(value: FacetValue) -> str:
    """The words beside a box, as Markdown: a label comes from a file or an address, so no sign in it means anything."""
    plain = _SIGNS.sub(r"\\\1", value.label)
    return f"{plain} `{value.count}`"


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


def _ticked(facet: str, value: str, key: str) -> None:
    """Do what the box says now to the search that the address says now."""
    request = address.asked()
    if bool(st.session_state[key]) != (value in request.selected(facet)):
        address.go(request.toggle(facet, value))

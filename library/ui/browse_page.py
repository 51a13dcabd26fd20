"""Browsing: one page with a tab for each way through the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from html import escape
from types import MappingProxyType

import streamlit as st

from library.ui.browse.languages import languages
from library.ui.browse.places import places
from library.ui.browse.shelves import kinds, projects, years
from library.ui.browse.themes import theme_tree
from library.ui.heads import Head
from library.ui.links import current, page_link
from library.ui.masthead import open_page
from library.ui.visit import Visit


class By(StrEnum):
    """The ways through the library, in the order of their tabs."""

    THEME = "theme"
    PLACE = "place"
    PROJECT = "project"
    YEAR = "year"
    LANGUAGE = "language"
    KIND = "kind"


PARTS: Mapping[By, Callable[[Visit], str]] = MappingProxyType(
    {
        By.THEME: theme_tree,
        By.PLACE: places,
        By.PROJECT: projects,
        By.YEAR: years,
        By.LANGUAGE: languages,
        By.KIND: kinds,
    }
)


def show_browse(visit: Visit) -> None:
    """The page at `browse?by=…`; by theme when the address says nothing known. Raises IndexOutOfDate."""
    by = way(visit)
    open_page(visit, "browse", visit.t(f"browse.{by}"))
    st.html(browse(visit, by))


def browse_head(visit: Visit) -> Head:
    """What the first document of the page says."""
    by = way(visit)
    title = f"{visit.t(f'browse.{by}')} – {visit.library.settings.name}"
    return Head(title, visit.t("masthead.about"), canonical=page_link("browse", visit.chosen, by=by.value))


def way(visit: Visit) -> By:
    """The way that the address names."""
    named = visit.first("by")
    return By(named) if named in set(By) else By.THEME


def browse(visit: Visit, by: By) -> str:
    """The heading, the tabs, and what the chosen one shows."""
    t = visit.t
    tabs = "".join(f"<li>{_tab(one, one is by, visit)}</li>" for one in By)
    return (
        f'<div class="browse"><h1 data-arrive="browse" data-announce>{escape(t(f"browse.{by}"))}</h1>'
        f'<nav class="tabs" aria-label="{escape(t("browse.ways"))}"><ul>{tabs}</ul></nav>{PARTS[by](visit)}</div>'
    )


def _tab(by: By, here: bool, visit: Visit) -> str:
    """A link to a way; `data-keep` lets the keyboard stay on it when the page has changed."""
    link = escape(page_link("browse", visit.chosen, by=by.value))
    words = escape(visit.t(f"facet.{'topic' if by is By.THEME else by}"))
    return f'<a href="{link}" data-keep="tab-{by}"{current(here, "page")}>{words}</a>'

"""The head of every page: what this library is called, where its pages are, and in which languages it speaks."""

from __future__ import annotations

from html import escape

import streamlit as st

from library.locales import Texts
from library.result import SearchResult
from library.ui.language_menu import languages_menu
from library.ui.links import anchor, current, page_link
from library.ui.list_link import list_link
from library.ui.person import person
from library.ui.search_box import search_box
from library.ui.visit import Visit

PAGES = ("", "browse", "list")
"""The pages that the head of every page leads to."""


def open_page(visit: Visit, page: str, title: str = "") -> None:
    """Put the head of a page on the screen, with the search box, and its title into the window."""
    name = visit.library.settings.name
    st.set_page_config(page_title=f"{title} – {name}" if title else name, layout="wide")
    st.html(masthead(visit, page))
    # By itself: what never changes is never drawn again, and so keeps what is being typed.
    st.html(search_box(visit.t, visit.chosen, large=page == ""))


def masthead(visit: Visit, page: str) -> str:
    """The head of a page, with where the reader is."""
    t, reader = visit.t, visit.chosen
    home = anchor(page_link("", reader), visit.library.settings.name)
    name = f"<h1>{home}</h1>" if page == "" else f'<p class="masthead-name">{home}</p>'
    items = "".join(_page(visit, other, other == page) for other in PAGES)
    who = person(t, visit.user, visit.library.settings.sign_in.way, visit.form_token, reader)
    return (
        f'<header class="masthead">{name}<nav class="pages" aria-label="{escape(t("masthead.pages"))}">'
        f"<ul>{items}</ul></nav>{who}{languages_menu(visit.t)}</header>"
    )


def _page(visit: Visit, page: str, here: bool) -> str:
    if page == "list":
        return f"<li>{list_link(visit.t, visit.chosen, here)}</li>"
    words = visit.t(f"page.{page}") if page else visit.t("page.search")
    return f"<li>{anchor(page_link(page, visit.chosen), words, current(here, 'page'))}</li>"


def holds(whole: SearchResult, t: Texts) -> str:
    """How much there is: works, editions and languages."""
    counts = (
        t("count.works", count=whole.total),
        t("count.editions", count=whole.editions),
        t("count.languages", count=sum(1 for value in whole.facet("language") if value.count)),
    )
    return " · ".join(counts)

"""The same library the plain Streamlit way, for `benchmarks/pages.py` to compare with: widgets, and elements per card.

    LIBRARY_ROOT=FOLDER streamlit run benchmarks/plain_streamlit.py

It searches as our pages do (the same `Library`, the same answers) and shows the same facts, as Streamlit's tutorials
would: a text input, a multiselect per facet in the sidebar, per card an image, a subheader, captions, Markdown and a
page link.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from library.access import ANYONE
from library.formats.covers import cover_path
from library.library import Library
from library.request import PER_PAGE, SearchRequest, Sort
from library.result import Hit, Passage, SearchResult

ORDERS = tuple(sort.value for sort in Sort)
FACETS = ("topic", "language", "kind", "year", "place", "project")


@st.cache_resource
def opened() -> Library:
    """The library in the folder that LIBRARY_ROOT names."""
    return Library.open(Path(os.environ.get("LIBRARY_ROOT") or "."))


def search_page() -> None:
    """Box, filters, works found."""
    library = opened()
    whole = library.search(SearchRequest.build(reader="en", per_page=1), ANYONE)
    st.title(library.settings.name)
    st.caption(f"{whole.total} works, {whole.editions} editions")
    words = st.text_input("Search", key="words")
    filters = show_filters(whole)
    order = st.sidebar.selectbox("Order", ORDERS, key="order")
    number = st.sidebar.number_input("Page", 1, 1000, 1, key="number")
    asked = SearchRequest.build(words, filters, Sort(order), int(number), reader="en")
    result = library.search(asked, ANYONE)
    st.header(f"{result.total} works found")
    for hit in result.hits:
        card(hit, library)
    st.caption(f"Page {int(number)} of {max(-(-result.total // PER_PAGE), 1)}")


def show_filters(whole: SearchResult) -> Mapping[str, tuple[str, ...]]:
    """A multiselect for each facet in the sidebar; what is chosen there."""
    chosen = {}
    for facet in FACETS:
        labels = {value.value: value.label for value in whole.facet(facet) if value.count}
        picked = st.sidebar.multiselect(
            facet.title(), list(labels), format_func=labels.__getitem__, key=f"facet_{facet}"
        )
        chosen[facet] = tuple(picked)
    return chosen


def card(hit: Hit, library: Library) -> None:
    """One work."""
    picture, words = st.columns([1, 5])
    cover = cover_path(library.covers, hit.sha256)
    if cover:
        picture.image(str(cover))
    with words:
        st.subheader(hit.title)
        st.caption(" · ".join(filter(None, (hit.kind, str(hit.year or ""), ", ".join(hit.places)))))
        for passage in hit.pages or ():
            if passage.text:
                st.markdown(f"p. {passage.label}: {marked(passage)}")
        if hit.abstract and not any(passage.text for passage in hit.pages):
            st.markdown(hit.abstract)
        st.caption(f"{', '.join(hit.languages)} · {', '.join(hit.topics)}")
        st.page_link(WORK, label="Open", query_params={"id": hit.work})


def marked(passage: Passage) -> str:
    """The passage with its marks in bold."""
    out, place = "", 0
    for start, end in passage.marks:
        out += f"{passage.text[place:start]}**{passage.text[start:end]}**"
        place = end
    return out + passage.text[place:]


def themes_page() -> None:
    """The themes with their counts."""
    library = opened()
    st.title("Themes")
    for theme in library.search(SearchRequest.build(reader="en", per_page=1), ANYONE).facet("topic"):
        if theme.count:
            st.page_link(SEARCH, label=f"{theme.label} ({theme.count})")


def work_page() -> None:
    """A work with its editions."""
    library = opened()
    work = library.get(st.query_params.get("id", ""), ANYONE)
    for edition in work.editions:
        st.header(edition.title)
        st.caption(f"{edition.language} · {edition.pages} pages")
        st.markdown(edition.abstract)
        if cover := cover_path(library.covers, edition.sha256):
            st.image(str(cover))
    for similar in library.like(work.id, ANYONE, "en"):
        st.page_link(WORK, label=similar.title, query_params={"id": similar.work})


SEARCH = st.Page(search_page, title="Search", url_path="search", default=True)
THEMES = st.Page(themes_page, title="Themes", url_path="themes")
WORK = st.Page(work_page, title="Work", url_path="work")
st.navigation([SEARCH, THEMES, WORK]).run()

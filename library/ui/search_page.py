"""The search page: box, filters, works found. Everything on it follows from the address."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from library.access import User
from library.formats.covers import cover_path
from library.library import Library
from library.locales import Texts
from library.request import SearchRequest
from library.result import SearchResult
from library.ui import address
from library.ui.answer import Answer, answer_head, most_words_head, nothing_found, theme_list
from library.ui.cards import Shelf, cards
from library.ui.chips import chips, wider
from library.ui.facets import show_facets
from library.ui.masthead import masthead
from library.ui.paging import paging

BOX = "words"
"""The search box's place in the session."""


def show_search(library: Library, user: User, language: str) -> None:
    """The page for the search in the address, to this person, in this language."""
    asked = address.asked()
    t = library.texts(language)
    st.set_page_config(page_title=_page_title(asked, library.settings.name), layout="wide")
    whole = library.search(SearchRequest.build(reader=address.reader(), per_page=1), user, language)
    st.html(masthead(library.settings.name, whole, asked, t))
    _search_box(asked, t)
    result = library.search(replace(asked, reader=address.reader()), user, language)
    with st.sidebar:
        show_facets(result, asked, t)
    answer = Answer(asked, result, whole, t)
    shelf = Shelf(t, library.thesaurus, asked, _covered(library, result))
    st.html("".join(_main(answer, shelf)))


def _main(answer: Answer, shelf: Shelf) -> list[str]:
    """The parts of the page below the box, in their order."""
    asked, result, t = answer.asked, answer.result, answer.t
    parts = [chips(asked, shelf.label, t), wider(asked, result.expanded, shelf.thesaurus, t)]
    if not asked.query and not asked.filters and asked.page == 1:
        parts.append(theme_list(answer.whole, asked, t))
    parts.append(answer_head(answer))
    if result.hits:
        parts += [*_listed(answer, shelf), paging(asked, result.total, t)]
    else:
        parts.append(nothing_found(answer, shelf.label))
    return parts


def _listed(answer: Answer, shelf: Shelf) -> list[str]:
    """The works found; those that have only most of the words stand under a heading of their own."""
    result, asked = answer.result, answer.asked
    complete = max(result.complete - (asked.page - 1) * asked.per_page, 0)
    if not result.complete or complete >= len(result.hits):
        return [cards(result.hits, shelf)]
    whole = [cards(result.hits[:complete], shelf)] if complete else []
    return [*whole, most_words_head(answer), cards(result.hits[complete:], shelf)]


def _search_box(asked: SearchRequest, t: Texts) -> None:
    """The box, showing the words in the address; blanks around what is being typed are left alone."""
    typed = st.session_state.get(BOX)
    if typed is None or asked.with_query(typed).query != asked.query:
        address.show_in(BOX, asked.query)
    st.text_input(
        t("box.label"),
        key=BOX,
        type="search",
        placeholder=t("box.placeholder"),
        label_visibility="collapsed",
        on_change=_typed,
    )


def _typed() -> None:
    address.go(address.asked().with_query(str(st.session_state[BOX] or "")))


def _covered(library: Library, result: SearchResult) -> frozenset[str]:
    """The files among those shown that have a cover."""
    return frozenset(hit.sha256 for hit in result.hits if hit.sha256 and cover_path(library.covers, hit.sha256))


def _page_title(asked: SearchRequest, name: str) -> str:
    """The title of the browser's window: what was searched, then where."""
    return f"{asked.query} – {name}" if asked.query else name

"""The address of the page is its only state: read here, and written nowhere else.

Callbacks change what the address says at that moment, never what it said when the page was drawn:
a word typed and a box ticked in one breath must both count.
"""

from __future__ import annotations

import streamlit as st

from library.locales.negotiation import interface_language, reader_language
from library.request import SearchRequest


def asked() -> SearchRequest:
    """The search in the address. Never fails, whatever stands there."""
    return SearchRequest.from_params({name: st.query_params.get_all(name) for name in st.query_params})


def reader() -> str:
    """The language whose editions the reader wants first: any of the library's."""
    return reader_language(asked().reader, _accepted())


def interface() -> str:
    """The language in which to speak with the reader: the first that they read of those that have texts."""
    return interface_language(asked().reader, _accepted())


def go(request: SearchRequest) -> None:
    """Show another search: one more entry in the browser's history, none when it is the same."""
    st.query_params.from_dict(request.to_params())


def show_in(key: str, value: object) -> None:
    """Make a widget show what the address says, before it is drawn.

    Only where they differ: writing the same value again would overwrite what a person types meanwhile.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _accepted() -> str:
    """The languages that the browser asks for, as it asked for the first document too."""
    return st.context.headers.get("Accept-Language") or st.context.locale or ""

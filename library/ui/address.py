"""The address of the page is its only state: read here, and written nowhere else.

Callbacks change what the address says at that moment, never what it said when the page was drawn:
a word typed and a box ticked in one breath must both count.
"""

from __future__ import annotations

import streamlit as st

from library.request import SearchRequest


def asked() -> SearchRequest:
    """The search in the address. Never fails, whatever stands there."""
    return SearchRequest.from_params({name: st.query_params.get_all(name) for name in st.query_params})


def go(request: SearchRequest) -> None:
    """Show another search: one more entry in the browser's history, none when it is the same."""
    st.query_params.from_dict(request.to_params())


def show_in(key: str, value: object) -> None:
    """Make a widget show what the address says, before it is drawn.

    Only where they differ: writing the same value again would overwrite what a person types meanwhile.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value

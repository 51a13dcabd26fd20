"""The address of the page is its only state: read here; it changes when a link is followed or page.js writes it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from library.request import SearchRequest


def params() -> Mapping[str, tuple[str, ...]]:
    """What the address says after the question mark, each name with its values."""
    return {name: tuple(st.query_params.get_all(name)) for name in st.query_params}


def asked() -> SearchRequest:
    """The search in the address. Never fails, whatever stands there."""
    return SearchRequest.from_params(params())

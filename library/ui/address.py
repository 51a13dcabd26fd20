"""The address of the page is its only state: read here; it changes when a link is followed or page.js writes it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from library.locales.negotiation import interface_language, reader_language
from library.request import SearchRequest


def params() -> Mapping[str, tuple[str, ...]]:
    """What the address says after the question mark, each name with its values."""
    return {name: tuple(st.query_params.get_all(name)) for name in st.query_params}


def asked() -> SearchRequest:
    """The search in the address. Never fails, whatever stands there."""
    return SearchRequest.from_params(params())


def origin() -> str:
    """Where this browser reached the library, the path below which it is served included; empty when it is unclear."""
    page = st.context.url or ""
    return page.rpartition("/")[0] if page.count("/") > 2 else page


def reader() -> str:
    """The language whose editions the reader wants first: any of the library's."""
    return reader_language(asked().reader, _accepted())


def interface() -> str:
    """The language in which to speak with the reader: the first that they read of those that have texts."""
    return interface_language(asked().reader, _accepted())


def _accepted() -> str:
    """The languages that the browser asks for, as it asked for the first document too."""
    return st.context.headers.get("Accept-Language") or st.context.locale or ""

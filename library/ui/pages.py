"""The script that Streamlit runs for every view: which page, for whom, in which language."""

from __future__ import annotations

import logging

import streamlit as st

from library.access import ANYONE
from library.errors import LibraryError
from library.locales import load_texts
from library.ui import address
from library.ui.apology import apology, unexpected
from library.ui.opening import opened
from library.ui.search_page import show_search

LOG = logging.getLogger(__name__)


def sorry(error: Exception) -> bool:
    """Say that the program failed without showing how; the server's log has the rest."""
    LOG.error("a page failed", exc_info=error)
    st.html(unexpected(load_texts(address.interface())))
    return True


def main() -> None:
    """Draw the page. The one place where what the library cannot do becomes words on it."""
    language = address.interface()
    try:
        library = opened()
        # Sign-in comes later: then the person is known from the cookie that the routes read too.
        page = st.Page(lambda: show_search(library, ANYONE, language), title=library.settings.name, default=True)
        st.navigation([page], position="hidden").run()
    except LibraryError as error:
        LOG.warning("%s (%s)", error.message, error.remedy)
        st.html(apology(error, load_texts(language)))


if __name__ == "__main__":
    main()

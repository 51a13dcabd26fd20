"""The script that Streamlit runs for every view: which page, for whom, in which language."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from library.access import ANYONE
from library.errors import LibraryError
from library.library import Library
from library.locales import load_texts
from library.ui import address
from library.ui.apology import apology, unexpected
from library.ui.doors import DOORS
from library.ui.opening import opened, visitors
from library.ui.visit import Visit
from library.web.csrf import steady_token

LOG = logging.getLogger(__name__)

Draw = Callable[[Visit], None]


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
        pages = [
            st.Page(_drawing(door.draw, library, language), title=name or "search", url_path=name, default=not name)
            for name, door in DOORS.items()
        ]
        st.navigation(pages, position="hidden").run()
    except LibraryError as error:
        LOG.warning("%s (%s)", error.message, error.remedy)
        st.html(apology(error, load_texts(language)))


def _drawing(draw: Draw, library: Library, language: str) -> Callable[[], None]:
    """A page as Streamlit calls it, without anything to give."""
    # Looked up at every run: in a page that stays open, too, whoever was signed out is a reader at once.
    cookies = dict(st.context.cookies)
    user = visitors().user_of_cookies(cookies)
    token = steady_token(visitors(), cookies) if user != ANYONE else ""
    return lambda: draw(Visit(library, user, library.texts(language), address.params(), address.reader(), token))


if __name__ == "__main__":
    main()

"""Where the server starts: the pages, and beside them the routes for files, covers and machines.

Streamlit finds `app` by reading this file, so the call must stand here as it is.
"""

import streamlit as st

from library.ui.opening import opened, visitors, warm
from library.ui.pages import sorry
from library.ui.provider import provider
from library.ui.reader import reading
from library.ui.shell import front
from library.ui.signing_in import signing_in
from library.web import SigningIn, middleware, routes

app = st.App(
    "library/ui/pages.py",
    routes=routes(opened, front(opened), reading(), SigningIn(visitors(), provider(), signing_in(opened))),
    middleware=middleware(visitors()),
    lifespan=warm,
    on_script_error=sorry,
)

"""The library behind the pages and the routes: opened once for the whole process."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

from library.access import ANYONE
from library.accounts import Accounts
from library.arrivals import OCR, ArrivalsWorker, read_scans
from library.citing.reference import References
from library.errors import LibraryError
from library.following import Following
from library.library import Library
from library.request import SearchRequest
from library.web import Visitors

LOG = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def following() -> Following:
    """That library, and what is followed of what others change. Raises LibraryError."""
    return Following.open(_root())


def opened() -> Library:
    """The library in the folder that LIBRARY_ROOT names, or in the current one. Raises LibraryError."""
    return following().library()


@st.cache_resource(show_spinner=False)
def accounts() -> Accounts:
    """The accounts and sessions of that library. Raises LibraryError."""
    return Accounts.open(_root() / "private")


@st.cache_resource(show_spinner=False)
def visitors() -> Visitors:
    """Who signs in to that library."""
    return Visitors(lambda: opened().settings.sign_in, accounts)


def _root() -> Path:
    return Path(os.environ.get("LIBRARY_ROOT") or ".")


@st.cache_resource(show_spinner=False)
def references() -> References:
    """What makes references to works, as a list of literature has them."""
    return References()


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Open the library and search once before the first person comes; what is not in order is told on the page.

    While the application runs, what staff hand in is worked through in the background; a library that cannot be opened
    yet is waited for.
    """
    worker = ArrivalsWorker(opened, {OCR: read_scans})
    worker.start()
    try:
        await asyncio.to_thread(lambda: opened().search(SearchRequest(), ANYONE))
    except LibraryError as error:
        LOG.warning("the library is not ready: %s (%s)", error.message, error.remedy)
    try:
        yield
    finally:
        await asyncio.to_thread(worker.stop)

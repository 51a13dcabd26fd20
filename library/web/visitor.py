"""Who is asking, as the cookies of a request say: the one place where cookies become a `User`."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from library.access import ANYONE, User
from library.accounts import Accounts
from library.errors import LibraryError
from library.sign_in import SignIn, Way

LOG = logging.getLogger(__name__)

SESSION = "__Host-session"
"""The cookie of a session. Browsers take a `__Host-` one from this very host only, over TLS (RFC 6265bis, 4.1.3)."""

_PLACE = "library.visitors"
"""Where a request carries them."""


class Visitors:
    """Knows the people who sign in to one library."""

    def __init__(self, settings: Callable[[], SignIn], open_accounts: Callable[[], Accounts]) -> None:
        """Nothing is opened before somebody comes with a cookie. Both may raise LibraryError."""
        self._settings = settings
        self._open = open_accounts

    @property
    def settings(self) -> SignIn:
        """How people sign in here. Raises LibraryError."""
        return self._settings()

    @property
    def accounts(self) -> Accounts:
        """The accounts and sessions. Raises LibraryError."""
        return self._open()

    def user_of_cookies(self, cookies: Mapping[str, str]) -> User:
        """The person behind these cookies; anyone when they name nobody, or when nobody can be looked up."""
        name = cookies.get(SESSION, "")
        if not name:
            return ANYONE
        try:
            settings = self.settings
            return (self.accounts.user(name, settings) if settings.way is not Way.NONE else None) or ANYONE
        except (LibraryError, sqlite3.Error) as error:  # less than somebody's rights, never more
            LOG.error("nobody can be looked up, everybody is a reader: %s", error)
            return ANYONE


class Recognising:
    """Lets every request carry the visitors that its person is looked up among."""

    def __init__(self, app: ASGIApp, visitors: Visitors) -> None:
        self._app = app
        self._visitors = visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""
        if scope["type"] in ("http", "websocket"):
            scope = {**scope, _PLACE: self._visitors}
        await self._app(scope, receive, send)


def visitors_of(request: HTTPConnection) -> Visitors | None:
    """The visitors that a request carries; None where nobody signs in."""
    found = request.scope.get(_PLACE)
    return found if isinstance(found, Visitors) else None


def user_of(request: HTTPConnection) -> User:
    """The person behind a request, looked up anew each time: who was signed out, or has another role, is so at once."""
    visitors = visitors_of(request)
    return visitors.user_of_cookies(request.cookies) if visitors is not None else ANYONE


def private(user: User, public: Mapping[str, str]) -> dict[str, str]:
    """The headers of an answer that may depend on who asks: nobody else gets it from a cache.

    `public` are those for anyone; browsers keep nothing of what somebody saw who was signed in.
    """
    vary = ", ".join(filter(None, [public.get("Vary", ""), "Cookie"]))
    return {**public, "Vary": vary, **({} if user == ANYONE else {"Cache-Control": "private, no-store"})}

"""Signing in and out: a document of its own, and what it sends."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from library.access import ANYONE, User
from library.accounts import Refused, SignedIn
from library.errors import LibraryError
from library.sign_in import Way, identity
from library.web import csrf
from library.web.forms import came_from, local_address, small_form
from library.web.front import interface_language
from library.web.visitor import SESSION, Visitors, user_of

LOG = logging.getLogger(__name__)

KNOWN = "__Host-known"
"""The cookie of a browser that has signed in with a name before; it opens nothing."""
NEXT = "__Host-next"
"""The cookie that says that this browser went to the provider from here, and where it wants to go afterwards."""
A_YEAR = 31_536_000
A_DAY = 86_400
A_WHILE = 900
"""Seconds that the way over the provider may take."""
UNSEEN = {"Cache-Control": "no-store"}
AWAY = {**UNSEEN, "Clear-Site-Data": '"cache"'}
"""Whoever uses this browser next does not find what was read."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a provider says of somebody who comes from it."""

    claims: Mapping[str, object]
    ticket: str
    """The cookie in which it was sent: it counts once."""
    until: float
    """When it stops counting, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What is known of the way over a provider."""

    address: Callable[[str], str]
    """Where the way to the provider of this name begins. Raises LibraryError when it is not set up."""
    word: Callable[[Mapping[str, str]], Word | None]
    """What the provider says, from the cookies; None when that is forged, too old, or not there."""
    cookies: Callable[[Mapping[str, str]], tuple[str, ...]]
    """Which of these cookies carry it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the document says."""

    way: Way
    user: User
    language: str
    token: str
    """For its form."""
    then: str
    """Where to go afterwards, relative."""
    name: str = ""
    """As it was typed before."""
    failed: str = ""
    """Empty, or `wrong`, `wait`, `stale`, `provider`."""
    wait: int = 0
    """Seconds."""
    chosen: str = ""
    """The interface language when the address asks for it, to be kept in links."""


class SigningIn:
    """The routes for signing in and out."""

    def __init__(self, visitors: Visitors, provider: Provider, document: Callable[[Asked], str]) -> None:
        self._visitors = visitors
        self._provider = provider
        self._document = document

    async def show(self, request: Request) -> Response:
        """The document; with `with=provider` the way to the provider, when a page of ours leads there."""
        if self._way() is Way.NONE:
            return HTMLResponse(self._shown(request), 404, UNSEEN)
        given = request.query_params.get("next")
        then = local_address(given) if given else came_from(request)
        if self._way() is Way.OIDC and request.query_params.get("with") == "provider":
            return self._leave(request, then)
        return self._answer(request, then)

    async def send(self, request: Request) -> Response:
        """A name and a password: a new session, or the document once more, not telling which of them is wrong."""
        if self._way() is not Way.ACCOUNTS:
            return HTMLResponse(self._shown(request), 404, UNSEEN)
        form = await small_form(request)
        then, name = local_address(form.get("next", "")), form.get("name", "")[:300]
        try:
            csrf.check_before(request, form)
        except HTTPException:  # another site, or a form that was open for days
            return self._answer(request, then, 403, failed="stale")
        known, address = request.cookies.get(KNOWN, "")[:200], request.client.host if request.client else ""
        try:
            tried = await run_in_threadpool(
                self._visitors.accounts.sign_in, name, form.get("password", ""), address, known
            )
        except (LibraryError, sqlite3.Error) as error:
            LOG.error("nobody can sign in: %s", error)
            return Response("The library cannot answer just now.", 503, UNSEEN, "text/plain")
        if isinstance(tried, Refused):
            LOG.warning("a sign-in from %s failed%s", address, " too soon" if tried.wait else "")
            failed, wait = ("wait", int(tried.wait) + 1) if tried.wait else ("wrong", 0)
            return self._answer(request, then, 429 if wait else 403, name=name, failed=failed, wait=wait)
        return self._begun(request, tried, then)

    async def sign_out(self, request: Request) -> Response:
        """End the session for good, here and wherever its cookie was copied to."""
        form = await small_form(request)
        if user_of(request) != ANYONE:
            await csrf.check(request, form)
            self._visitors.accounts.sessions.end(request.cookies[SESSION])
        answer = RedirectResponse("./", 303, AWAY)
        for name in (SESSION, NEXT):
            _drop(answer, name)
        self._forget(request, answer)
        return answer

    def arrived(self, request: Request) -> Response | None:
        """Begin the session of somebody who comes back from the provider; None when nobody does.

        The provider's cookie counts once, for a few minutes, and in the browser that went there from here: no other
        site can sign somebody in under another name, and a copied cookie is worth nothing.
        """
        if not self._provider.cookies(request.cookies) or self._way() is not Way.OIDC:
            return None
        then, word = request.cookies.get(NEXT), self._provider.word(request.cookies)
        who = identity(word.claims) if word is not None and then is not None else None
        if then is None or word is None or who is None:
            return None
        begun = self._visitors.accounts.welcome(who, self._visitors.settings, word.ticket, word.until)
        if begun is None:
            return None
        return self._begun(request, begun, local_address(unquote(then)))

    def _leave(self, request: Request, then: str) -> Response:
        if request.headers.get("sec-fetch-site") not in (None, "none", "same-origin"):
            return self._answer(request, then)  # another site may not begin this
        try:
            answer = RedirectResponse(self._provider.address(self._visitors.settings.provider), 303, UNSEEN)
        except LibraryError as error:
            LOG.error("%s (%s)", error.message, error.remedy)
            return self._answer(request, then, 503, failed="provider")
        self._forget(request, answer)
        _keep(answer, NEXT, quote(then, safe=""), A_WHILE)
        return answer

    def _begun(self, request: Request, begun: SignedIn, then: str) -> Response:
        """To the page wanted, with the cookie of a new session; one that this browser had before ends."""
        before = request.cookies.get(SESSION)
        if before:
            self._visitors.accounts.sessions.end(before)
        answer = RedirectResponse(then, 303, UNSEEN)
        _keep(answer, SESSION, begun.session, int(begun.lasts))
        if begun.known:
            _keep(answer, KNOWN, begun.known, A_YEAR)
        _drop(answer, NEXT)
        self._forget(request, answer)
        return answer

    def _answer(
        self, request: Request, then: str, status: int = 200, *, name: str = "", failed: str = "", wait: int = 0
    ) -> Response:
        user = user_of(request)
        value = csrf.before(request)
        token = csrf.token(request) if user != ANYONE else csrf.token_before(request, value)
        language, chosen = interface_language(request), request.query_params.get("ui", "")
        chosen = chosen if chosen == language else ""
        asked = Asked(self._way(), user, language, token, then, name, failed, wait, chosen)
        answer = HTMLResponse(self._document(asked), status, UNSEEN)
        if user == ANYONE:
            _keep(answer, csrf.BEFORE, value, A_DAY)
        if wait:
            answer.headers["Retry-After"] = str(wait)
        return answer

    def _shown(self, request: Request) -> str:
        return self._document(Asked(Way.NONE, ANYONE, interface_language(request), "", "./"))

    def _way(self) -> Way:
        try:
            return self._visitors.settings.way
        except LibraryError as error:
            LOG.error("nobody can sign in: %s", error)
            return Way.NONE

    def _forget(self, request: Request, answer: Response) -> None:
        for name in self._provider.cookies(request.cookies):
            answer.delete_cookie(name, path="/", httponly=True, samesite="lax")


def _keep(answer: Response, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")


def _drop(answer: Response, name: str) -> None:
    answer.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")

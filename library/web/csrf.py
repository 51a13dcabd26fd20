"""Whether a form was sent by a page of ours: no other site may act in the name of somebody who is signed in here.

A page puts `token(request)` into a hidden field called `FIELD`; the route that takes the form calls
`await check(request, form)` before it does anything. A script may send the token in the header `HEADER` instead.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request

from library.access import ANYONE
from library.web.visitor import SESSION, Visitors, user_of, visitors_of

FIELD = "token"
HEADER = "X-Form-Token"
BEFORE = "__Host-before"
"""The cookie that the form for signing in is bound to, while there is no session."""

_TOKEN = re.compile(r"(?P<salt>[A-Za-z0-9_-]{22})\.(?P<mark>[0-9a-f]{64})")
_DRAWN = re.compile(r"[A-Za-z0-9_-]{43}")
_STEADY = "A" * 22
"""The salt of a token that should be the same each time. Such a one never travels in an answer that is compressed."""
_MESSAGE = (
    "This form was not sent by a page of this library, or you were signed out meanwhile. "
    "Go back, load the page anew, and send it again."
)


def token(request: HTTPConnection) -> str:
    """The token for the forms of a document, bound to the session; empty when nobody is signed in.

    It is another one each time: what is compressed together with it, and how long that gets, tells nothing of it.
    """
    if user_of(request) == ANYONE:
        return ""
    return _token(_secret(request), request.cookies[SESSION], secrets.token_urlsafe(16))


def steady_token(visitors: Visitors, cookies: Mapping[str, str]) -> str:
    """The same for a page of somebody who is signed in: it stays as it is, so that the page need not be drawn again."""
    return _token(visitors.accounts.secret, cookies.get(SESSION, ""), _STEADY)


def before(request: HTTPConnection) -> str:
    """The value of the cookie `BEFORE`: the one that the browser has, or a new one to be set."""
    value = request.cookies.get(BEFORE, "")
    return value if _DRAWN.fullmatch(value) else secrets.token_urlsafe(32)


def token_before(request: HTTPConnection, value: str) -> str:
    """The token for the form for signing in, bound to that cookie."""
    return _token(_secret(request), f"before\0{value}", secrets.token_urlsafe(16))


async def check(request: Request, form: Mapping[str, object]) -> None:
    """Raise HTTPException 403 unless the form comes from a page of ours that the same person was shown."""
    if user_of(request) == ANYONE:
        raise HTTPException(403, _MESSAGE)
    _check(request, form, request.cookies[SESSION])


def check_before(request: Request, form: Mapping[str, object]) -> None:
    """The same for the form for signing in: nobody is signed in by another site, under another name."""
    value = request.cookies.get(BEFORE, "")
    if not _DRAWN.fullmatch(value):
        raise HTTPException(403, _MESSAGE)
    _check(request, form, f"before\0{value}")


def _check(request: Request, form: Mapping[str, object], bound: str) -> None:
    shown = form.get(FIELD) or request.headers.get(HEADER, "")
    read = _TOKEN.fullmatch(shown) if isinstance(shown, str) else None
    if read is None or not from_here(request):
        raise HTTPException(403, _MESSAGE)
    if not hmac.compare_digest(read[0], _token(_secret(request), bound, read["salt"])):
        raise HTTPException(403, _MESSAGE)


def from_here(request: HTTPConnection) -> bool:
    """Whether a request comes from a page of ours, as far as the browser says (Fetch Metadata; Origin, RFC 6454).

    A browser that says nothing is left to the token. The scheme is not compared: a proxy may take TLS off.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.casefold() == request.headers.get("host", "").casefold() != ""
    except ValueError:
        return False


def _secret(request: HTTPConnection) -> bytes:
    visitors = visitors_of(request)
    if visitors is None:
        raise HTTPException(404)
    return visitors.accounts.secret


def _token(secret: bytes, bound: str, salt: str) -> str:
    shown = f"form\0{salt}\0{bound}".encode("utf-8", "replace")
    return f"{salt}.{hmac.new(secret, shown, hashlib.sha256).hexdigest()}"

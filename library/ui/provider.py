"""Streamlit's sign-in over OpenID Connect: the one place that knows how Streamlit keeps who came back from a provider.

Streamlit does the protocol (state, nonce, PKCE, the token). What it then puts into its cookie is read here once and
exchanged for a session of ours, which can be ended. None of this is promised by Streamlit: a test that signs in at a
real provider fails at an upgrade that changes it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping

from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri, validate_auth_credentials
from streamlit.errors import StreamlitAuthError
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from library.errors import UsageError
from library.web import Provider, Word

AT_MOST = 600
"""Seconds after which Streamlit's cookie is not exchanged any more."""
_DAYS = (AT_MOST + 0.5) / 86_400
MOST_COOKIES = 20
"""Parts of the cookie that are looked at: a browser keeps no more than some kilobytes for one host."""


def provider() -> Provider:
    """How one gets to the provider and what it says, for the routes."""
    return Provider(
        _address,
        lambda cookies: word(cookies, get_cookie_secret(), get_origin_from_redirect_uri() or "", time.time()),
        _cookies,
    )


def _address(name: str) -> str:
    try:
        validate_auth_credentials(name)
        return "." + generate_login_redirect_url(name)
    except StreamlitAuthError as error:
        raise UsageError(
            f"the provider “{name}” is not set up: {' '.join(str(error).split())}",
            "write it into .streamlit/secrets.toml, see docs/sign-in.md",
        ) from None


def word(cookies: Mapping[str, str], secret: str, origin: str, now: float) -> Word | None:
    """What the provider said, from cookies that Streamlit signed with a secret for an origin; None in doubt."""

    def part(name: str) -> bytes | None:
        # Cookies are Latin-1 on the way (RFC 9110, 5.5); what is not was never signed by Streamlit.
        signed = cookies.get(name, "").encode("latin-1", "replace")
        return decode_signed_value(secret, name, signed, _DAYS) if signed else None

    if not secret or not origin or len(_cookies(cookies)) > MOST_COOKIES:
        return None
    whole = get_cookie_with_chunks(part, USER_COOKIE_NAME)
    try:
        claims = json.loads(whole) if whole is not None else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(claims, dict) or claims.get("is_logged_in") is not True or claims.get("origin") != origin:
        return None
    until = claims.get("exp")
    if not isinstance(until, int | float) or isinstance(until, bool) or until <= now:
        return None
    parts = (name for name in _cookies(cookies) if not name.startswith(TOKENS_COOKIE_NAME))
    return Word(claims, "\n".join(cookies[name] for name in sorted(parts)), min(float(until), now + AT_MOST))


def _cookies(cookies: Mapping[str, str]) -> tuple[str, ...]:
    """The cookies of Streamlit's sign-in, with those that a long one is split into."""
    return tuple(name for name in cookies if name.startswith((USER_COOKIE_NAME, TOKENS_COOKIE_NAME)))

"""The headers that every answer carries, and the doors of Streamlit that are shut."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from library.web.compressed import CompressedScripts
from library.web.visitor import Recognising, Visitors

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)
"""Nothing from elsewhere. Streamlit writes its styles into the page, hence 'unsafe-inline' for them."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

SHUT = ("/_stcore/metrics",)
"""Public in Streamlit, and nobody's business: names and sizes of what is kept in memory."""


class SecurityHeaders:
    """Adds `HEADERS` to every answer over HTTP; other connections, the pages' own among them, pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with our headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if scope["path"].rstrip("/") in SHUT:
            await _shut(send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


async def _shut(send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def middleware(visitors: Visitors | None = None) -> tuple[Middleware, ...]:
    """What stands around every answer; with the visitors of this library, its people are recognised."""
    recognising = (Middleware(Recognising, visitors),) if visitors is not None else ()
    return (Middleware(SecurityHeaders), *recognising, Middleware(CompressedScripts))

"""Streamlit's scripts and styles, compressed once: a first visit then loads about a third of what it would.

Streamlit sends them as they lie on the disk. Their names change with their content, so what was compressed stays right.
"""

from __future__ import annotations

import gzip

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIX, ENDINGS = "/static/", (".js", ".css")
MOST_FILES = 300
"""Files that are kept compressed; Streamlit 1.67 has fewer, some kilobytes each."""


class CompressedScripts:
    """Answers for a script or style of Streamlit's with its compressed form, for browsers that take it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, in fewer bytes."""
        if not _wanted(scope):
            await self._app(scope, receive, send)
            return
        kept = self._kept.get(scope["path"])
        if kept is None:
            messages: list[Message] = []

            async def keep(message: Message) -> None:
                messages.append(message)

            await self._app(scope, receive, keep)
            start, body = messages[0], b"".join(message.get("body", b"") for message in messages[1:])
            if start["status"] != 200 or "content-encoding" in Headers(raw=start["headers"]):
                for message in messages:
                    await send(message)
                return
            kept = _compressed(start, body)
            if len(self._kept) < MOST_FILES:
                self._kept[scope["path"]] = kept
        start, body = kept
        await send({**start, "headers": list(start["headers"])})  # others on the way add to the headers
        await send({"type": "http.response.body", "body": body})


def _wanted(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    asked = Headers(scope=scope)
    path: str = scope["path"]
    # Parts, and what the browser has already, are left to Streamlit.
    plain = "range" not in asked and "if-none-match" not in asked and "if-modified-since" not in asked
    return path.startswith(PREFIX) and path.endswith(ENDINGS) and plain and "gzip" in asked.get("accept-encoding", "")


def _compressed(start: Message, body: bytes) -> tuple[Message, bytes]:
    packed = gzip.compress(body, 9, mtime=0)
    changed: Message = {**start, "headers": list(start["headers"])}
    headers = MutableHeaders(scope=changed)
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(packed))
    headers.add_vary_header("Accept-Encoding")
    if "etag" in headers:
        headers["etag"] = f"W/{headers['etag'].removeprefix('W/')}"  # other bytes, the same content (RFC 9110, 8.8.1)
    return changed, packed

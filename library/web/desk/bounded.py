"""A request whose body may be only so long: it is counted as it comes, whatever its head says."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

LONGEST_FORM = 4_000_000
"""Bytes of a form without files: a record with every section of a practice sheet in eight languages has a tenth."""


def bounded(request: Request, most: int = LONGEST_FORM) -> Request:
    """The same request; reading more than so many bytes of it raises HTTPException 413."""
    said = request.headers.get("content-length", "0")
    if not said.isascii() or not said.isdigit() or len(said) > 15 or int(said) > most:
        raise HTTPException(413)
    left = most

    async def receive() -> Message:
        nonlocal left
        message = await request.receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413)
        return message

    return Request(request.scope, receive)

"""Whether a form was sent by a page of ours. Until people can sign in, nobody can send one."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request


def token(_: Request) -> str:
    """The token for the forms of a page; empty when nobody is signed in."""
    return ""


async def check(_: Request, __: Mapping[str, object]) -> None:
    """Raise HTTPException 403 unless the form comes from a page of ours that the same person was shown."""
    raise HTTPException(403)

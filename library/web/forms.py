"""Small forms, as browsers send them, and where to go afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 64 * 1024
"""Bytes of a form without files."""
MOST_FIELDS = 200
FORM = "application/x-www-form-urlencoded"
LONGEST_ADDRESS = 2_000

_LOCAL = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*")
"""What the part of an address after the host is made of (RFC 3986); no `\\`, which browsers take for `/`."""


async def small_form(request: Request) -> Mapping[str, str]:
    """The fields of a form, the last value of each; never read beyond what a form of ours can have.

    Raises HTTPException: 413 when it is too large, 415 when it is no form.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != FORM:
        raise HTTPException(415, "This is not a form of this library.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413, "This form is too large.")
    try:
        text = body.decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace"))
    except ValueError:
        raise HTTPException(400, "This form cannot be read.") from None


def local_address(given: str) -> str:
    """An address of this library to go on to, relative to a page; the start page for everything else.

    What stands there may have been written by anybody: it never leads to another host.
    """
    rest = given.removeprefix(".").lstrip("/")
    path = rest.partition("?")[0]
    odd = len(rest) > LONGEST_ADDRESS or not _LOCAL.fullmatch(rest) or ".." in path.split("/") or "//" in path
    return "./" if odd or path.split("/")[0].startswith(("sign-", "auth", "oauth2")) else f"./{rest}"


def came_from(request: Request) -> str:
    """The page of this library from which a link was followed, relative; the start page when it came from elsewhere."""
    try:
        referer = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "./"
    if not referer.netloc or referer.netloc.casefold() != request.headers.get("host", "").casefold():
        return "./"
    page = referer.path.rpartition("/")[2]  # the pages lie one level deep, whatever a proxy puts before them
    return local_address(f"{page}?{referer.query}" if referer.query else page)

"""Counting what readers search for and open: without their names, and never of those who ask not to be counted."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from library.access import ANYONE, User
from library.errors import LibraryError
from library.insight import Search, Use
from library.insight.counting import settled
from library.library import Library
from library.locales.negotiation import interface_language, reader_language
from library.request import SearchRequest
from library.result import FacetValue
from library.web.csrf import from_here
from library.web.parameters import MOST
from library.web.visitor import user_of

LOG = logging.getLogger(__name__)

LONGEST = 8_000
"""Bytes of an address that is told: no page makes a longer one."""
TAKE = "download"
"""The parameter by which a link says that a file is to be taken away rather than opened."""

_PROGRAMS = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor", re.IGNORECASE)


class Counting:
    """The route that pages tell of a search that has stood for a while."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library

    async def searched(self, request: Request) -> Response:
        """Count the search whose address after the question mark is in the body. The answer says nothing: 204.

        How many works it finds is looked up here, not believed.
        """
        if from_here(request) and wants_counting(request):
            told = await _body(request)
            if told:
                await run_in_threadpool(self._count, request, told)
        return Response(status_code=204, headers={"Cache-Control": "no-store"})

    def _count(self, request: Request, told: str) -> None:
        try:
            library, user = self._open(), user_of(request)
            if library.insight.on:
                library.insight.searched(search_told(library, user, told, _accepted(request)), user, _who(request))
        except (
            LibraryError
        ) as error:  # counting is nobody's trouble; the health page tells of an index that is not well
            LOG.info("a search was not counted: %s", error.message)


def search_told(library: Library, user: User, told: str, accepted: str) -> Search | None:
    """The search in an address as it is counted; None when it may not be. Raises LibraryError.

    `accepted` is what the browser says of languages.
    """
    params: dict[str, list[str]] = {}
    for name, value in islice(parse_qsl(told, errors="replace"), MOST):
        params.setdefault(name, []).append(value)
    chosen = next(iter(params.get("ui", ())), "")
    reader = reader_language(chosen, accepted)
    asked = replace(SearchRequest.from_params(params), page=1, per_page=1)
    if not asked.query and not asked.filters:
        return None
    known = {name: frozenset(v.value for v in values if v.count) for name, values in _facets(library, asked)}
    result = library.search(asked.read_in(reader), user)
    return settled(asked, result, interface_language(chosen, accepted), reader, known)


def count_use(library: Library, user: User, request: Request, work: str, language: str, use: Use) -> None:
    """Count a use of an edition that is answered, when this is the beginning of it and a person asks."""
    begins = request.headers.get("range", "bytes=0-").replace(" ", "").startswith("bytes=0-")
    if request.method == "GET" and begins and wants_counting(request):
        library.insight.used(work, language, use, user, _who(request))


def wants_counting(request: Request) -> bool:
    """Whether a person is behind a request who does not ask to be left out.

    Do Not Track and Global Privacy Control (https://www.w3.org/TR/gpc/) are taken at their word.
    """
    asks_not = "1" in {request.headers.get("dnt"), request.headers.get("sec-gpc")}
    ahead = "prefetch" in request.headers.get("sec-purpose", "")
    return not (asks_not or ahead or _PROGRAMS.search(request.headers.get("user-agent", "")))


def _facets(library: Library, asked: SearchRequest) -> tuple[tuple[str, tuple[FacetValue, ...]], ...]:
    """The values that the library has, where filters have to be held against them."""
    return library.search(SearchRequest.build(per_page=1), ANYONE).facets if asked.filters else ()


async def _body(request: Request) -> str:
    """What is told; empty when it is too long to be an address."""
    told = b""
    try:
        async for part in request.stream():
            told += part
            if len(told) > LONGEST:
                return ""
    except ClientDisconnect:
        return ""
    return told.decode("utf-8", "replace").lstrip("?")


def _accepted(request: Request) -> str:
    return request.headers.get("accept-language", "")


def _who(request: Request) -> str:
    """The address that a request comes from: it tells one person's searches apart for an hour, and is never kept."""
    return request.client.host if request.client is not None else ""

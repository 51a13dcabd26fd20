"""What machines ask for: is it well, and what may be crawled."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from library.access import ANYONE
from library.errors import LibraryError
from library.library import Library
from library.request import SearchRequest

ROBOTS = """User-agent: *
# Every search is an address of its own: there is no end to them.
Disallow: /*?
Disallow: /_stcore/
# The pages of works and of themes are not endless; the longest rule that fits decides (RFC 9309, 2.2.2).
Allow: /work?id=
Allow: /theme?id=
Allow: /
"""


class Machines:
    """The routes for monitors and crawlers."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library

    def health(self, request: Request) -> Response:
        """200 while a search is answered; 503 with the kind of error when not, and never a detail."""
        headers = {"Cache-Control": "no-store"}
        try:
            self._open().search(SearchRequest.build(per_page=1), ANYONE)
        except LibraryError as error:
            return JSONResponse({"status": "unavailable", "error": type(error).__name__}, 503, headers)
        return JSONResponse({"status": "ok"}, headers=headers)

    def robots(self, request: Request) -> Response:
        """Works may be found by search engines; searches are not for them."""
        return PlainTextResponse(ROBOTS)

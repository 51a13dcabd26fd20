"""What the search box asks for while somebody types."""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from library.errors import LibraryError
from library.languages import UNKNOWN, normalise
from library.library import Library
from library.suggestions import MAX_TYPED
from library.web.visitor import user_of

LOG = logging.getLogger(__name__)

PRIVATE = {"Cache-Control": "no-store"}
"""Another person may see other works, and has typed other things."""


class Suggesting:
    """The route for suggestions."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library

    def suggest(self, request: Request) -> Response:
        """What may be meant by `q`, for somebody who reads `reader`: `{"suggestions": […]}`."""
        text = request.query_params.get("q", "")[:MAX_TYPED]
        asked = normalise(request.query_params.get("reader", ""))
        try:
            found = self._open().suggest(text, user_of(request), "" if asked == UNKNOWN else asked)
        except LibraryError as error:
            LOG.warning("%s: %s (%s)", request.url.path, error.message, error.remedy)
            return JSONResponse({"error": "The library cannot answer just now."}, 503, PRIVATE)
        return JSONResponse({"suggestions": [suggestion.as_json() for suggestion in found]}, headers=PRIVATE)

"""Reading an edition: the document that shows it, and where the words of a query stand in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from library.access import User
from library.errors import LibraryError, NotAllowed
from library.formats.kinds import format_of
from library.insight import Use
from library.library import Library
from library.locales import LANGUAGES
from library.model import LANGUAGE_TAG, SLUG, Edition, Work, edition_id
from library.occurrences import Occurrences, sentence
from library.request import SearchRequest
from library.web.counting import count_use
from library.web.front import interface_language
from library.web.visitor import private, user_of

LOG = logging.getLogger(__name__)

LONGEST = 100
"""Characters of an identifier in an address; none is longer."""
MOST_DIGITS = 6
PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language"}
"""Who may read it may change, and so may the record."""
BUSY = "The library cannot answer just now."


@dataclass(frozen=True, slots=True)
class Opened:
    """An edition as somebody opens it."""

    library: Library
    work: Work
    edition: Edition
    page: int
    """From 1; where to open it."""
    asked: SearchRequest
    """The words to mark, topics that are left alone, and the interface language when it was asked for."""
    found: Occurrences
    language: str
    """Of the interface."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the reader's documents are drawn."""

    document: Callable[[Opened], str]
    refusal: Callable[[Library, str], str]
    """In an interface language; the same whether a work is hidden or not there."""


class Reader:
    """The routes of the reader."""

    def __init__(self, open_library: Callable[[], Library], reading: Reading) -> None:
        self._open = open_library
        self._reading = reading

    def document(self, request: Request) -> Response:
        """The document for an edition, at a page, with words marked; 404 for whatever is not open to this person."""
        user = user_of(request)
        headers = private(user, PRIVATE)
        try:
            library = self._open()
            language = interface_language(request)
            try:
                opened = _opened(library, user, request, language)
            except NotAllowed:
                return HTMLResponse(self._reading.refusal(library, language), 404, headers)
            if not format_of(opened.edition).has_pages:  # of others the document asks for the file, which is counted
                count_use(library, user, request, opened.work.id, opened.edition.language, Use.READ)
            return HTMLResponse(self._reading.document(opened), headers=headers)
        except LibraryError as error:
            LOG.warning("%s: %s (%s)", request.url.path, error.message, error.remedy)
            return Response(BUSY, 503, media_type="text/plain")

    def occurrences(self, request: Request) -> Response:
        """Where the words of `q` stand in an edition: `{"forms", "pages", "total", "said"}`."""
        user = user_of(request)
        headers = private(user, PRIVATE)
        try:
            library = self._open()
            opened = _opened(library, user, request, interface_language(request))
            said = sentence(opened.found, opened.edition, library.texts(opened.language))
            return JSONResponse({**opened.found.as_json(), "said": said}, headers=headers)
        except NotAllowed:
            return JSONResponse({"error": "Not found."}, 404, headers)
        except LibraryError as error:
            LOG.warning("%s: %s (%s)", request.url.path, error.message, error.remedy)
            return JSONResponse({"error": BUSY}, 503, headers)


def _opened(library: Library, user: User, request: Request, language: str) -> Opened:
    """What the address of a request asks for. Raises NotAllowed."""
    params = request.query_params
    name, tag = params.get("id", ""), params.get("language", "")
    if len(name) > LONGEST or not SLUG.fullmatch(name):
        raise NotAllowed(name[:LONGEST])
    work = library.get(name, user)
    if tag and (len(tag) > LONGEST or not LANGUAGE_TAG.fullmatch(tag)):
        raise NotAllowed(name)
    edition = work.edition(tag) if tag else work.best_edition(language)
    if edition is None:
        raise NotAllowed(edition_id(name, tag))
    explicit = params.get("ui", "")
    asked = SearchRequest.build(
        params.get("q", ""), narrow=params.getlist("narrow"), reader=explicit if explicit in LANGUAGES else ""
    )
    found = library.occurrences(name, edition.language, asked.query, user, asked.narrow)
    return Opened(library, work, edition, _page(params.get("page", ""), edition), asked, found, language)


def _page(text: str, edition: Edition) -> int:
    """The page in an address, within the document."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 1
    return min(max(number, 1), max(edition.pages, 1))

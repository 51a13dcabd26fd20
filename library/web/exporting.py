"""Works to take away: all that answer a search, or a list of them, as a file for other programs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from library.citing import Cited, Format, Imprint, export
from library.errors import LibraryError
from library.library import Library
from library.model import edition_id
from library.request import SearchRequest
from library.web.files import not_found
from library.web.front import interface_language, reads
from library.web.parameters import parameters
from library.web.visitor import user_of

LOG = logging.getLogger(__name__)

PRIVATE = {"Cache-Control": "no-store"}
"""Another person may see other works."""
SEVERAL = "works"
"""The name of a file with any number of works."""


class Exporting:
    """The route for exports."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library

    def export(self, request: Request) -> Response:
        """The works in a `format`: those of the search in the address, or each `work` that it names.

        400 for an unknown format, 404 when none of the works named is open to this person.
        """
        wanted = request.query_params.get("format", "")
        if wanted not in set(Format):
            known = ", ".join(Format)
            return PlainTextResponse(f"There is no such format; there are {known}.", 400, PRIVATE)
        try:
            return self._export(request, Format(wanted))
        except LibraryError as error:
            LOG.warning("%s: %s (%s)", request.url.path, error.message, error.remedy)
            return PlainTextResponse("The library cannot answer just now.", 503, PRIVATE)

    def _export(self, request: Request, form: Format) -> Response:
        library, user = self._open(), user_of(request)
        language = interface_language(request)
        asked = _asked(request, reads(request))
        works = parameters(request).get("work", ())
        if works:
            edition = request.query_params.get("edition", "") if len(works) == 1 else ""
            cited = library.gathered(
                works,
                user,
                *filter(None, [edition, *parameters(request).get("language", ())[:1], asked.reader, language]),
            )
            if not cited:
                return not_found()
            name = edition_id(cited[0][0].id, cited[0][1].language) if len(works) == 1 else SEVERAL
        else:
            cited, name = library.listed(asked, user), SEVERAL
        imprint = Imprint(
            library.settings.name,
            library.settings.address or origin(request),
            library.texts(language),
            library.thesaurus,
        )
        return _file(cited, form, imprint, name)


def origin(request: Request) -> str:
    """Where the reader reached the library, the path below which it is served included; empty when it is unclear.

    A proxy in front may say that it speaks HTTPS. Whoever says so wrongly misleads nobody but himself.
    """
    secure = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip() == "https"
    try:
        reached = request.base_url.replace(scheme="https") if secure else request.base_url
        return str(reached).rstrip("/")
    except ValueError:  # the request names a host that cannot be one
        return ""


def _asked(request: Request, language: str) -> SearchRequest:
    """The search in the address, of somebody who reads this language."""
    asked = SearchRequest.from_params(parameters(request))
    return asked if asked.reader else replace(asked, reader=language)


def _file(cited: Sequence[Cited], form: Format, imprint: Imprint, name: str) -> Response:
    made = export(form, cited, imprint)
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}.{made.ending}"'}
    return Response(made.text.encode("utf-8"), headers={**headers, "Content-Type": made.media_type})

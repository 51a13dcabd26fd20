"""Files and covers, for those who may read them.

A browser's viewer reads a PDF piece by piece: an answer to a range must stay a range, so nothing on the way
may compress it (Streamlit's own middleware would).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from library.errors import LibraryError, NotAllowed
from library.formats.covers import cover_path
from library.formats.kinds import FileFormat
from library.insight import Use
from library.library import Library
from library.model import LANGUAGE_TAG, SLUG, Access, edition_id
from library.web.counting import TAKE, count_use
from library.web.visitor import user_of

LOG = logging.getLogger(__name__)

_ENDINGS = "|".join(each.value for each in FileFormat)
_FILE = re.compile(rf"(?P<work>{SLUG.pattern})/(?P<language>{LANGUAGE_TAG.pattern})\.(?P<ending>{_ENDINGS})")
_COVER = re.compile(rf"(?P<work>{SLUG.pattern})/(?P<language>{LANGUAGE_TAG.pattern})\.(?P<ending>webp)")

CONFINED = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
"""For files that a browser could run: they are only ever taken away, and opened elsewhere have no origin of ours."""
ONE_YEAR = 31_536_000
LONGEST = 200
"""Characters of an address below /files/ or /covers/; no identifier is longer, and no file name can be."""


class Files:
    """The routes for files and covers of one library."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library

    def file(self, request: Request) -> Response:
        """The file of an edition: whole, in ranges, or nothing new."""
        return self._answer(request, _FILE, self._file)

    def cover(self, request: Request) -> Response:
        """The cover of an edition."""
        return self._answer(request, _COVER, self._cover)

    def _answer(
        self, request: Request, form: re.Pattern[str], serve: Callable[[Request, re.Match[str]], Response]
    ) -> Response:
        """One answer for whatever is not open to this person: hidden, missing, or no such address."""
        path = request.path_params["path"]
        asked = form.fullmatch(path) if len(path) <= LONGEST else None
        try:
            return serve(request, asked) if asked else not_found()
        except NotAllowed:
            return not_found()
        except LibraryError as error:
            LOG.warning("%s: %s (%s)", request.url.path, error.message, error.remedy)
            return Response("The library cannot answer just now.", 503, media_type="text/plain")

    def _file(self, request: Request, asked: re.Match[str]) -> Response:
        library, user = self._open(), user_of(request)
        work, language = asked["work"], asked["language"]
        path = library.file(work, language, user)
        found = library.get(work, user)
        edition = found.edition(language)
        form = FileFormat(edition.format) if edition is not None else FileFormat.PDF
        if asked["ending"] != form:
            # The address of a file that another has taken the place of, cited somewhere.
            return RedirectResponse(f"{language}{form.ending}", 302, {"Cache-Control": "no-store"})
        taken = TAKE in request.query_params or not form.has_pages
        # Asked about each time, answered with 304 while it is the same: a corrected file is seen at once.
        answer = FileResponse(
            path,
            media_type=form.media_type,
            filename=f"{edition_id(work, language)}{form.ending}",
            content_disposition_type="attachment" if taken else "inline",
            stat_result=path.stat(),
            headers={
                "Cache-Control": f"{_who(found.needs is Access.PUBLIC)}, no-cache",
                "Content-Encoding": "identity",
            },
        )
        answer.headers["Content-Type"] = form.media_type  # without a charset: what a file says of itself counts
        if not form.has_pages:
            answer.headers.update(CONFINED)
        held = unchanged(request, answer)
        if held is None:
            count_use(library, user, request, found.id, language, Use.DOWNLOAD if taken else Use.READ)
        return held or answer

    def _cover(self, request: Request, asked: re.Match[str]) -> Response:
        library, user = self._open(), user_of(request)
        found = library.get(asked["work"], user)
        edition = found.edition(asked["language"])
        path = cover_path(library.covers, edition.sha256) if edition else None
        if edition is None or path is None:
            return not_found()
        # The page adds the content's own number to the address, so that address may be kept for good, unless it may
        # be somebody's right to see it that ends.
        public = found.needs is Access.PUBLIC
        fixed = public and request.query_params.get("v", "") == edition.sha256[:12]
        age = f"max-age={ONE_YEAR}, immutable" if fixed else "no-cache"
        headers = {"Cache-Control": f"{_who(public)}, {age}"}
        answer = FileResponse(path, media_type="image/webp", stat_result=path.stat(), headers=headers)
        return unchanged(request, answer) or answer


def not_found() -> Response:
    """The one refusal: not a word in it tells a hidden work from a missing one."""
    return Response("Not found.", 404, {"Cache-Control": "no-store"}, media_type="text/plain")


def _who(public: bool) -> str:
    return "public" if public else "private"


def unchanged(request: Request, answer: Response) -> Response | None:
    """304 when the browser already has exactly this file (RFC 9110, 13.1: an entity tag outweighs a date)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        same = "*" in known or answer.headers["etag"] in known
    else:
        since = request.headers.get("if-modified-since")
        same = since is not None and since == answer.headers.get("last-modified")
    return Response(status_code=304, headers=_kept(answer)) if same else None


def _kept(answer: Response) -> Headers:
    kept = ("etag", "last-modified", "cache-control", "content-encoding")
    return Headers({name: answer.headers[name] for name in kept if name in answer.headers})

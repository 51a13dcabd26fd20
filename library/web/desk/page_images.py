"""The picture of a page of a file, for those who may see drafts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property

from starlette.responses import Response

from library.access import Right
from library.errors import NotAllowed, UnreadableFile
from library.formats.page_pictures import PagePictures
from library.library import Library
from library.model import Status
from library.web.desk.entrance import Entered
from library.web.files import not_found, unchanged

LONGEST_MARK = 400
FORMAT = "pdf"


class PageImages:
    """The route for pictures of pages."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library

    @cached_property
    def _pictures(self) -> PagePictures:
        return PagePictures(self._open().root / "index" / "page-images")

    def picture(self, entered: Entered) -> Response:
        """The page that the address names; 404 for files that have no pages to be drawn."""
        visit = entered.visit
        work = entered.desk.work(visit.first("work"))
        if work.status is not Status.DRAFT and not visit.may(Right.KEEP):
            raise NotAllowed(work.id)
        edition = work.edition(visit.first("language"))
        number = visit.first("page")
        if edition is None or edition.format != FORMAT or not (number.isascii() and number.isdigit()):
            return not_found()
        if len(number) > len(str(edition.pages)) or not 1 <= int(number) <= edition.pages:
            return not_found()
        path = visit.library.catalogue.file(work.id, edition)
        mark = visit.first("mark")[:LONGEST_MARK]
        try:
            picture = self._pictures.picture(path, edition.sha256, int(number), mark)
        except UnreadableFile:
            return not_found()
        # Who may see it is asked every time: a right may end, and another person may come to this browser.
        headers = {"Cache-Control": "private, no-cache", "ETag": f'"{hashlib.sha256(picture).hexdigest()}"'}
        answer = Response(picture, headers=headers, media_type="image/webp")
        return unchanged(entered.request, answer) or answer

"""Receiving files: one by one from a script, or many from a plain form; and how far each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from library.arrivals import Arrival, Arrivals, Stage
from library.arrivals.folder import NAME
from library.arrivals.receiving import MOST_BYTES, MOST_PACKED
from library.formats.kinds import FileFormat
from library.library import Library
from library.ui.desk.adding import adding_page
from library.ui.desk.arrival_rows import arrival_row
from library.ui.desk.visit import DeskVisit
from library.web.desk.bounded import bounded
from library.web.desk.entrance import PRIVATE, Entered

PIECE = 1024 * 1024
LONGEST_NAME = 1_000
MOST_SENT = MOST_PACKED + PIECE
"""Bytes of one request: what is larger than a file may be is refused kindly up to here, and cut off beyond."""
MOST_FILES = 1_000
BACK = ("desk", "desk/add")


class Receiving:
    """The routes for adding files."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library

    @cached_property
    def arrivals(self) -> Arrivals:
        """Where files arrive."""
        return Arrivals(self._open().root)

    def page(self, entered: Entered) -> Response:
        """The page on which files are added, with those of the batch that the address names."""
        asked = entered.visit.first("batch")
        batch = asked if NAME.fullmatch(asked) else self.arrivals.new_batch()
        endings = tuple(each.ending for each in FileFormat)
        rows = self.arrivals.status(entered.visit.user, batch).arrivals
        return entered.page(adding_page(entered.visit, batch, rows, endings, MOST_BYTES, MOST_PACKED))

    def told(self, entered: Entered) -> Response:
        """How far the files are, as rows of markup: of a batch, or of all that are under way or were refused."""
        batch, user = entered.visit.first("batch"), entered.visit.user
        if batch:
            rows = self.arrivals.status(user, batch).arrivals
        else:
            rows = tuple(one for status in self.arrivals.open_batches(user) for one in status.arrivals)
        return _rows(entered.visit, rows)

    async def receive(self, entered: Entered, request: Request) -> Response:
        """Take one file, which is the whole body; its name and its batch stand in the address."""
        visit = entered.visit
        name, batch = visit.first("name")[:LONGEST_NAME], visit.first("batch")
        try:
            stream = bounded(request, MOST_SENT).stream()
            arrival = await self.arrivals.receive_stream(visit.user, name, stream, batch)
        except ClientDisconnect:
            return Response(status_code=400)
        return _rows(visit, (arrival,))

    def add(self, entered: Entered, form: FormData) -> Response:
        """Take the files of a form, for browsers without script."""
        batch = str(form.get("batch", ""))
        for upload in (*form.getlist("files"), *form.getlist("folder")):
            if isinstance(upload, UploadFile) and upload.filename:
                name = upload.filename[:LONGEST_NAME]
                self.arrivals.receive(entered.visit.user, name, _pieces(upload), batch)
        return entered.go("desk/add", batch=batch, done="sent")

    def dismiss(self, entered: Entered, form: FormData) -> Response:
        """Take an arrival that is done off the list."""
        batch, _, name = str(form.get("arrival", "")).partition("/")
        self.arrivals.dismiss(entered.visit.user, batch, name)
        back = str(form.get("back", ""))
        if back == "desk/add":
            return entered.go(back, batch=batch)
        return entered.go("desk", done="dismissed")

    def open_arrivals(self, entered: Entered) -> tuple[tuple[Arrival, ...], tuple[Arrival, ...]]:
        """What is being worked through, and what was refused."""
        every = [one for status in self.arrivals.open_batches(entered.visit.user) for one in status.arrivals]
        working = tuple(one for one in every if not one.stage.done)
        return working, tuple(one for one in every if one.stage is Stage.REJECTED)


def _rows(visit: DeskVisit, arrivals: tuple[Arrival, ...]) -> Response:
    rows = [{"key": one.label, "markup": arrival_row(visit, one)} for one in arrivals]
    return JSONResponse({"rows": rows}, headers=PRIVATE)


def _pieces(upload: UploadFile) -> Iterator[bytes]:
    while piece := upload.file.read(PIECE):
        yield piece

"""Taking the library away and bringing records in: downloads, rehearsals, imports, and taking them back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from threading import Thread
from typing import BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from library.access import Right, Role, User
from library.errors import UsageError
from library.exchange import Batch, Form, UndoReport, batches, export, undo_batch
from library.exchange.export import NAME, TYPES, ZIP
from library.exchange.handed import HandedIn
from library.exchange.undoing import Undoing
from library.library import Library
from library.ui.desk.exchange import AUDIENCES, FILES, choices, exchange_page
from library.ui.desk.visit import DeskVisit
from library.web.desk.entrance import PRIVATE, Entered

CHUNK = 256 * 1024
PATIENCE = 1.5
"""Seconds that a form waits for a small import before its page says how far it is."""


class Exchanging:
    """The pages and actions of exchange."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library

    def page(self, entered: Entered) -> Response:
        """The page; with what was handed in, or with what taking an import back would do, as the address asks."""
        visit = entered.visit
        if not visit.may(Right.IMPORT):
            return entered.page(exchange_page(visit, ()))
        name, undo = visit.first("handed"), visit.first("undo")
        handed = self._handed_in.get(name) if name else None
        report = self._handed_in.report(name) if handed is not None else None
        every = batches(visit.library)
        undone = undo_batch(visit.library, visit.user, undo, dry_run=True) if undo else _undone(visit, every)
        return entered.page(exchange_page(visit, every, handed, report, undone, self._handed_in.at_work))

    def download(self, entered: Entered) -> Response:
        """The library in the `format` of the address, `as` somebody may see it. 400 when there is no such format."""
        visit = entered.visit
        asked, audience = visit.first("format"), visit.first("as") or AUDIENCES[0]
        if asked not in choices() or audience not in AUDIENCES:
            return PlainTextResponse(f"There is no such format; there are {', '.join(choices())}.", 400, PRIVATE)
        form, files = Form(asked.removesuffix(FILES)), asked.endswith(FILES)
        user = visit.user if audience == "staff" else User(Role(audience))
        folder = visit.library.root / "private"
        folder.mkdir(mode=0o700, exist_ok=True)
        made = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed when its last byte was sent
        try:
            export(visit.library, user, form, made, files=files)
            size = made.tell()
            made.seek(0)
        except BaseException:
            made.close()
            raise
        media_type, ending = ZIP if files else TYPES[form]
        named = f"{NAME}-{asked}-{datetime.now(UTC):%Y-%m-%d}.{ending}"
        head = {**PRIVATE, "Content-Disposition": f'attachment; filename="{named}"', "Content-Length": str(size)}
        return StreamingResponse(_chunks(made), headers={**head, "Content-Type": media_type})

    def rehearse(self, entered: Entered, form: FormData) -> Response:
        """Take in what was handed in, and look what importing it would do."""
        sent = form.get("records")
        if not isinstance(sent, UploadFile) or not sent.filename:
            raise UsageError("no file was sent", "choose a table or a ZIP file")
        encoding = form.get("encoding", "")
        handed = self._handed_in.receive(entered.visit.user, sent.filename, _pieces(sent), str(encoding))
        return self._worked(entered, handed.id, dry_run=True)

    def again(self, entered: Entered, form: FormData) -> Response:
        """Look once more what importing it would do."""
        return self._worked(entered, str(form.get("handed", "")), dry_run=True)

    def do(self, entered: Entered, form: FormData) -> Response:
        """Import what was rehearsed."""
        return self._worked(entered, str(form.get("handed", "")), dry_run=False)

    def undo(self, entered: Entered, form: FormData) -> Response:
        """Take an import back."""
        visit = entered.visit
        report = self._handed_in.undo(visit.user, str(form.get("batch", "")))
        return entered.go("desk/exchange", undone=report.batch)

    def _worked(self, entered: Entered, name: str, *, dry_run: bool) -> Response:
        """Begin the work, which goes on when the form is answered; the page tells how far it is."""
        work = Thread(
            target=self._handed_in.work, args=(entered.visit.user, name), kwargs={"dry_run": dry_run}, name="import"
        )
        work.start()
        work.join(PATIENCE)
        return entered.go("desk/exchange", handed=name)

    @cached_property
    def _handed_in(self) -> HandedIn:
        return HandedIn(self._open())


def _undone(visit: DeskVisit, every: tuple[Batch, ...]) -> UndoReport | None:
    """That an import was taken back, and the works that were left as they are, since somebody has changed them."""
    asked = visit.first("undone")
    if not any(batch.name == asked and batch.undone for batch in every):
        return None
    try:
        works = undo_batch(visit.library, visit.user, asked, dry_run=True).works
    except UsageError:  # every work of it was put aside
        works = ()
    return UndoReport(asked, False, tuple(one for one in works if one.how is Undoing.LEFT))


def _pieces(sent: UploadFile) -> Iterator[bytes]:
    while chunk := sent.file.read(CHUNK):
        yield chunk


def _chunks(made: BinaryIO) -> Iterator[bytes]:
    with made:
        while chunk := made.read(CHUNK):
            yield chunk

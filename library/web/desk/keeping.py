"""Keeping works: replacing files, adding languages, withdrawing, restoring, putting two together."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from library.arrivals import AskedScans
from library.errors import Conflict, NotAllowed, RecordError, UnreadableFile, UsageError
from library.formats.kinds import FileFormat
from library.model import LANGUAGE_TAG, Status, Work
from library.ui.desk.keeping import Kept, keeping_page, merging_page
from library.web.desk.entrance import Entered
from library.web.desk.listing import named

MOST_FOUND = 30
PIECE = 1024 * 1024


def keeping(entered: Entered) -> Response:
    """The page of what can be done with a work."""
    return _page(entered, entered.desk.work(entered.visit.first("id")))


def merging(entered: Entered) -> Response:
    """What putting two works together would do."""
    into, other = (entered.desk.work(entered.visit.first(name)) for name in ("into", "other"))
    if into.id == other.id or Status.WITHDRAWN in (into.status, other.status):
        raise NotAllowed(other.id)
    return entered.page(merging_page(entered.visit, into, other))


def replace_file(entered: Entered, form: FormData) -> Response:
    """Put another file in the place of an edition's."""
    language = _text(form, "language")

    def do(work: Work) -> Response:
        with _uploaded(form) as (path, source):
            entered.desk.replace(work.id, language, path, source, _text(form, "why"))
        return entered.go("desk/work", id=work.id, language=language, done="replaced")

    return _trying(entered, form, do)


def add_language(entered: Entered, form: FormData) -> Response:
    """Add an edition in one more language."""
    language = _text(form, "language")

    def do(work: Work) -> Response:
        if language and not LANGUAGE_TAG.fullmatch(language[:35]):
            raise NotAllowed(work.id)
        with _uploaded(form) as (path, source):
            grown = entered.desk.add_language(work.id, language, path, source, _text(form, "title"))
        return entered.go("desk/work", id=work.id, language=grown.editions[-1].language, done="language_added")

    return _trying(entered, form, do)


def read_scans(entered: Entered, form: FormData) -> Response:
    """Have the pages of an edition that have no text read by OCR, in the background."""
    work = entered.desk.work(_text(form, "id"))
    task = AskedScans(entered.visit.library).ask(entered.desk, work.id, _text(form, "language"))
    return entered.go("desk/work", id=work.id, language=task.request.rpartition(":")[2])


def withdraw(entered: Entered, form: FormData) -> Response:
    """Take a work out of the library, with a reason."""

    def do(work: Work) -> Response:
        entered.desk.withdraw(work.id, _text(form, "why"))
        return entered.go("desk/work", id=work.id, done="withdrawn")

    return _trying(entered, form, do)


def restore(entered: Entered, form: FormData) -> Response:
    """Bring a withdrawn work back."""

    def do(work: Work) -> Response:
        entered.desk.restore(work.id, _text(form, "why"))
        return entered.go("desk/work", id=work.id, done="restored")

    return _trying(entered, form, do)


def merge(entered: Entered, form: FormData) -> Response:
    """Put two works together."""
    into = entered.desk.work(_text(form, "into"))
    entered.desk.merge(into.id, _text(form, "other"), _text(form, "why"))
    return entered.go("desk/work", id=into.id, done="merged")


def join(entered: Entered, form: FormData) -> Response:
    """Make a draft one of the languages of the work that it was found to belong to."""
    into, draft = entered.desk.work(_text(form, "into")), _draft(entered, form)
    language = draft.editions[0].language
    entered.desk.join(draft.id, into.id)
    return entered.go("desk/work", id=into.id, language=language, done="joined")


def discard(entered: Entered, form: FormData) -> Response:
    """Away with a draft that is the same as a work that is there."""
    other, draft = entered.desk.work(_text(form, "other")), _draft(entered, form)
    entered.desk.discard(draft.id, other.id)
    return entered.go("desk", done="discarded")


def take_place(entered: Entered, form: FormData) -> Response:
    """Put the file of a draft in the place of a known edition's."""
    draft = _draft(entered, form)
    other, place = _text(form, "other"), _text(form, "place")
    entered.desk.take_place(draft.id, _text(form, "language"), other, place)
    return entered.go("desk/work", id=other, language=place, done="replaced")


def _page(entered: Entered, work: Work, problem: tuple[str, str] = ("", "")) -> Response:
    visit = entered.visit
    words = visit.first("q")[:200]
    others = (other for other in visit.library.works(visit.user) if other.id != work.id)
    ready = [other for other in others if other.status is not Status.WITHDRAWN]
    found = tuple(other for other in ready if named(other, words))[:MOST_FOUND] if words else ()
    endings = tuple(each.ending for each in FileFormat)
    return entered.page(keeping_page(visit, Kept(work, endings, found, problem)), 422 if any(problem) else 200)


def _trying(entered: Entered, form: FormData, do: Callable[[Work], Response]) -> Response:
    """Do something with the work that the form names; what cannot be done is said on the page it came from."""
    work = entered.desk.work(_text(form, "id"))
    try:
        return do(work)
    except (Conflict, RecordError, UnreadableFile, UsageError) as error:
        return _page(entered, entered.desk.work(work.id), (error.message, error.remedy))


def _draft(entered: Entered, form: FormData) -> Work:
    """The draft that the form names. Raises NotAllowed when it is none."""
    work = entered.desk.work(_text(form, "id"))
    if work.status is not Status.DRAFT:
        raise NotAllowed(work.id)
    return work


@contextmanager
def _uploaded(form: FormData) -> Iterator[tuple[Path, str]]:
    """The file that was sent, for as long as it is looked at, and the name it was given. Raises UsageError."""
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise UsageError("no file was sent", "choose a file first")
    with tempfile.NamedTemporaryFile(prefix="library-sent-") as file:
        while piece := upload.file.read(PIECE):
            file.write(piece)
        file.flush()
        yield Path(file.name), upload.filename


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""

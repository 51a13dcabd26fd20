"""Reading a PDF: pdfium for the pages and the cover, pypdf for what the file says of itself.

A hostile PDF can end the process that reads it. `library.formats.read` calls this in a child process;
call it directly only on files you trust.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from library.errors import Reason, UnreadableFile
from library.formats.kinds import FileFormat
from library.formats.pdf_opened import OpenedPdf, open_pdf
from library.formats.pdf_pages import pages_of
from library.formats.reading import Embedded, Limits, Line, Reading
from library.formats.received import HEADER_WITHIN, contents
from library.formats.text_repair import clean_metadata

T = TypeVar("T")


def read_pdf(path: Path, limits: Limits) -> Reading:
    """Everything the library takes from one PDF; `UnreadableFile` says why when there is nothing to take."""
    name = f"“{clean_metadata(path.name)}”"
    data = contents(path, name, limits)
    if b"%PDF-" not in data[:HEADER_WITHIN]:
        raise UnreadableFile(
            Reason.UNKNOWN_FORMAT,
            f"{name} is not a PDF, whatever it is called",
            "save or export it as PDF and add that",
        )
    return read_pdf_bytes(name, data, limits)


def read_pdf_bytes(name: str, data: bytes, limits: Limits) -> Reading:
    """The same of a file that is in memory already; `name` is for messages."""
    opened = open_pdf(name, data)
    try:
        _check_pages(opened, name, limits)
        labels: tuple[str, ...] = _part(opened, "its page numbers as printed", opened.first.labels, ())
        return Reading(
            format=FileFormat.PDF.value,
            pages=pages_of(opened, name, labels),
            embedded=_embedded(opened),
            first_page=_first_page(opened),
            outline=_part(opened, "its table of contents", opened.first.outline, ()),
            cover=_cover(opened),
            notices=tuple(opened.notices),
        )
    finally:
        opened.close()


def _check_pages(opened: OpenedPdf, name: str, limits: Limits) -> None:
    """Refuse a file without pages, or with more than the library takes."""
    count = opened.first.page_count
    if count < 1:
        raise UnreadableFile(Reason.EMPTY, f"{name} is a PDF without pages", "fetch or export the file again")
    if count > limits.pages:
        raise UnreadableFile(
            Reason.TOO_MANY_PAGES,
            f"{name} has {count:,} pages; the library reads up to {limits.pages:,}",
            "add it in parts, or without the annexes",
        )


def _embedded(opened: OpenedPdf) -> Embedded:
    """What pypdf finds the file to say of itself; pdfium's shorter answer when pypdf cannot read it."""
    for file in (opened.pypdf, opened.pdfium):
        if file is not None:
            found = _part(opened, "some of what it says of itself", file.embedded, None)
            if found is not None:
                return found
    return Embedded()


def _first_page(opened: OpenedPdf) -> tuple[Line, ...]:
    file = opened.pdfium
    return _part(opened, "the lines of its first page", file.first_page, ()) if file else ()


def _cover(opened: OpenedPdf) -> bytes:
    file = opened.pdfium
    return _part(opened, "its cover", file.cover, b"") if file else b""


def _part(opened: OpenedPdf, what: str, read: Callable[[], T], missing: T) -> T:
    """One part of the file that the rest can do without: a part that cannot be read becomes a notice."""
    try:
        return read()
    except MemoryError:
        raise
    except Exception:
        opened.notices.append(f"the file is not quite in order: {what} could not be read")
        return missing

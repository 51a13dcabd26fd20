"""Reading a PDF: pdfium for the pages and the cover, pypdf for what the file says of itself.

A hostile PDF can end the process that reads it. `library.formats.read` calls this in a child process;
call it directly only on files you trust.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from library.errors import Reason, UnreadableFile
from library.formats.pdf_opened import OpenedPdf, open_pdf
from library.formats.pdf_pages import pages_of
from library.formats.reading import Embedded, Limits, Line, Reading
from library.formats.text_repair import clean_metadata

HEADER_WITHIN = 1_024
"""Bytes: PDF readers agree to look for `%PDF-` no further than this."""

T = TypeVar("T")


def read_pdf(path: Path, limits: Limits) -> Reading:
    """Everything the library takes from one PDF; `UnreadableFile` says why when there is nothing to take."""
    name = f"“{clean_metadata(path.name)}”"
    opened = open_pdf(name, _contents(path, name, limits))
    try:
        _check_pages(opened, name, limits)
        labels: tuple[str, ...] = _part(opened, "its page numbers as printed", opened.first.labels, ())
        return Reading(
            format="pdf",
            pages=pages_of(opened, name, labels),
            embedded=_embedded(opened),
            first_page=_first_page(opened),
            outline=_part(opened, "its table of contents", opened.first.outline, ()),
            cover=_cover(opened),
            notices=tuple(opened.notices),
        )
    finally:
        opened.close()


def _contents(path: Path, name: str, limits: Limits) -> bytes:
    """The bytes of the file, once it is known to be a PDF of a size that may be read."""
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            raise UnreadableFile(
                Reason.TOO_LARGE,
                f"{name} is {_megabytes(size)}; the library reads files up to {_megabytes(limits.bytes)}",
                "make a smaller copy, for example by reducing its pictures, and add that one",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            Reason.NOT_FOUND,
            f"{name} cannot be opened: {error.strerror or 'the disk does not give it'}",
            "check that the file is there and that you may read it",
        ) from error
    if not data:
        raise UnreadableFile(Reason.EMPTY, f"{name} is empty: it has no bytes at all", "fetch or save the file again")
    if b"%PDF-" not in data[:HEADER_WITHIN]:
        raise UnreadableFile(
            Reason.UNKNOWN_FORMAT,
            f"{name} is not a PDF, whatever it is called",
            "save or export it as PDF and add that",
        )
    return data


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB"


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

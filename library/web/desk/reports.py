"""The import reports of a work's editions."""

from __future__ import annotations

from library.arrivals import AskedScans
from library.formats.ocr import Ocr, available, packages_for
from library.ingest.report import ImportReport, read_report
from library.ingest.scans import pages_to_read
from library.languages import UNKNOWN
from library.library import Library
from library.model import Edition, Work
from library.ui.desk.unread import Unread


def reports_of(library: Library, work: Work) -> tuple[tuple[Edition, ImportReport], ...]:
    """Each edition with what was found in its file when it came in."""
    folder = library.catalogue.folder / work.id
    return tuple((edition, read_report(folder, edition.sha256)) for edition in work.editions)


def silent_pages(library: Library, edition: Edition) -> tuple[int, ...]:
    """The pages of an edition on which no text was found, and that nobody has said to have none."""
    return tuple(number for number in pages_to_read(library.pages, edition) if number not in edition.ocr)


def unread_of(library: Library, work: Work) -> dict[str, Unread]:
    """The pages without text of each edition that has any, by its language, and what can be done about them."""
    silent = {edition.language: silent_pages(library, edition) for edition in work.editions}
    if not any(silent.values()):
        return {}
    ocr, asked = available(), AskedScans(library).latest(work.id)
    return {
        language: Unread(pages, asked.get(language), _missing(ocr, language))
        for language, pages in silent.items()
        if pages
    }


def _missing(ocr: Ocr | None, language: str) -> str:
    """The packages without which pages in a language cannot be read here."""
    able = ocr is not None and (language == UNKNOWN or language in ocr.languages)
    return "" if able else packages_for(language)

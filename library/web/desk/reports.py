"""The import reports of a work's editions."""

from __future__ import annotations

from library.ingest.report import ImportReport, read_report
from library.library import Library
from library.model import Edition, Work


def reports_of(library: Library, work: Work) -> tuple[tuple[Edition, ImportReport], ...]:
    """Each edition with what was found in its file when it came in."""
    folder = library.catalogue.folder / work.id
    return tuple((edition, read_report(folder, edition.sha256)) for edition in work.editions)

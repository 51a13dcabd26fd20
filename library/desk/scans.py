"""Pages without text, read by OCR when a person asks for it; the record then names them, and the index follows."""

from __future__ import annotations

from dataclasses import replace

from library.access import Right, demand
from library.catalogue import Action
from library.desk.shelves import Shelves
from library.errors import UsageError
from library.ingest.scans import Progress, ScanReport, pages_to_read, read_scans
from library.model import Status, Work


def read_edition(
    shelves: Shelves, work: str, language: str, printed: tuple[str, ...], again: bool, jobs: int, progress: Progress
) -> ScanReport:
    """Read the pages of one edition that have no text. It takes seconds for each page.

    Nobody is kept from changing the record meanwhile: what OCR found is put into it as it stands then. Raises
    NotAllowed when it is published and this person may change drafts only, UsageError, OcrMissing, RecordError.
    """
    found = shelves.get(work)
    _let(shelves, found)
    edition = found.edition(language)
    if edition is None:
        raise UsageError(f"“{work}” has no edition in {language}", "name one of its languages")
    if not pages_to_read(shelves.library.pages, edition):
        raise UsageError(f"every page of “{work}” in {language} has text, or is known to have none", "nothing is to do")
    folder = shelves.catalogue.folder / work
    report = read_scans(folder, edition, shelves.library.pages, printed, again=again, jobs=jobs, progress=progress)
    now = shelves.get(work)
    _let(shelves, now)
    editions = tuple(
        replace(each, ocr=report.edition.ocr) if each.sha256 == edition.sha256 else each for each in now.editions
    )
    if editions == now.editions:
        return report
    why = f"{language}, {len(report.read)} pages, {report.engine} ({'+'.join(report.packs)})"
    expected = shelves.catalogue.version(work)
    shelves.save(replace(now, editions=editions), shelves.deed(Action.OCR, why), expected)
    return report


def _let(shelves: Shelves, work: Work) -> None:
    """Let those who change a record: anybody at the desk a draft, whoever keeps works the others too."""
    demand(shelves.user, Right.EDIT if work.status is Status.DRAFT else Right.KEEP, work.id)

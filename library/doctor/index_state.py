"""Whether the index answers for the records, and whether pages can be found by their words."""

from __future__ import annotations

from collections.abc import Iterator

from library.doctor.finding import Finding, Patient, Severity
from library.errors import EngineUnavailable, IndexOutOfDate
from library.model import TextSource, edition_id


def index(patient: Patient) -> Iterator[Finding]:
    """An index that is missing, of another version, behind the records, or in an engine that does not answer."""

    def sync() -> None:
        patient.indexing.sync()

    try:
        behind = patient.indexing.behind()
    except IndexOutOfDate as error:
        yield Finding("index", Severity.ERROR, "index", error.message, error.remedy, sync)
        return
    except EngineUnavailable as error:
        yield Finding("index", Severity.ERROR, "index", error.message, error.remedy, exit_code=error.exit_code)
        return
    if behind:
        names = ", ".join(behind[:5]) + (" …" if len(behind) > 5 else "")
        message = f"{len(behind)} editions are not indexed as they are: {names}"
        yield Finding("index", Severity.ERROR, "index", message, "run: library index", sync)


def text(patient: Patient) -> Iterator[Finding]:
    """Editions with pages that hold no text and are not known to: nobody can find them by their words."""
    for work, edition in patient.editions():
        stored = patient.pages.get(edition.sha256)
        if stored is None:
            continue
        silent = (number for number, source in enumerate(stored.sources, 1) if source is TextSource.NONE)
        empty = [number for number in silent if number not in edition.without_text]
        if empty:
            pages = f"pages {', '.join(map(str, empty[:20]))}" + (" …" if len(empty) > 20 else "")
            yield Finding(
                "text", Severity.WARNING, edition_id(work.id, edition.language), f"no text on {pages}",
                "read them by OCR (library ocr), ask for a file with text, or name them in the record as without_text",
            )  # fmt: skip

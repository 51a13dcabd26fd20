"""`library ocr`: pages without text are read from their pictures, where tesseract is installed."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from library.access import Role, User
from library.cli.terminal import Session, out, print_json, progress_bar
from library.desk import Desk
from library.errors import UnreadableFile, UsageError
from library.formats.pdf_pages import page_ranges
from library.ingest.scans import ScanReport, pages_to_read
from library.languages import TAGS, UNKNOWN, normalise
from library.library import Library
from library.model import Edition

HELP = """Read the pages of a work that have no text, with tesseract (OCR).

Example: library ocr old-report --language fr
"""
WHO = User(Role.LIBRARIAN, "library ocr")


def ocr(
    context: typer.Context,
    work: Annotated[str, typer.Argument(metavar="WORK", help="The id of the work.")],
    edition: Annotated[str, typer.Option(help="Only the edition in this language.")] = "",
    language: Annotated[
        list[str] | None, typer.Option(help="What the pages are printed in, where the record does not say; repeatable.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read pages anew that were read before.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="How many pages are read side by side.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read pages without text."""
    session: Session = context.obj
    printed = tuple(_tag(each) for each in language or ())
    with session.library() as library:
        library.index()  # pages that are not kept are read first
        wanted = _editions(library, work, edition)
        with progress_bar(as_json) as tell:
            desk = Desk(library, WHO)
            reports = []
            for each in wanted:
                watch = partial(tell, each.language)
                reports.append(desk.read_scans(work, each.language, printed, again=again, jobs=jobs, progress=watch))
    if as_json:
        print_json({"work": work, "editions": [report.as_json() for report in reports]})
    else:
        _print(work, reports)
    if any(report.failed for report in reports):
        raise typer.Exit(UnreadableFile.exit_code)


def _tag(text: str) -> str:
    tag = normalise(text)
    if tag == UNKNOWN:
        raise UsageError(f"“{text}” is no language of the library", f"use one of {', '.join(TAGS)}")
    return tag


def _editions(library: Library, work: str, language: str) -> tuple[Edition, ...]:
    """The editions to read. Raises NotAllowed, UsageError."""
    found = library.get(work, WHO)
    if language:
        named = found.edition(language)
        if named is None:
            raise UsageError(f"“{work}” has no edition in {language}", f"it has {', '.join(found.languages)}")
        return (named,)
    return tuple(each for each in found.editions if pages_to_read(library.pages, each))


def _print(work: str, reports: list[ScanReport]) -> None:
    console = out()
    if not reports:
        console.print(f"every page of {work} has text, or is known to have none")
    for report in reports:
        said = f"{len(report.read)} pages read by {report.engine} ({'+'.join(report.packs)})"
        where = f": {page_ranges(report.read)}" if report.read else ""
        console.print(f"{work}.{report.edition.language}: {said}{where}")
        if report.nothing:
            console.print(f"  no text found: {page_ranges(report.nothing)}")
        for page, why in report.failed:
            console.print(f"  not read: page {page}: {why}")

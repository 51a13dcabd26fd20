"""`library add`: files into the library, with a report on every one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from library.cli.terminal import Session, out, print_json, progress_bar, trace
from library.describe.proposal import Evidence, Proposal, Source
from library.errors import UsageError
from library.formats.kinds import FileFormat
from library.ingest import Added, AddReport, Stated
from library.ingest.outcome import shown
from library.languages import TAGS, UNKNOWN, normalise
from library.library import Library
from library.model import MAX_SLUG, SLUG, Kind

HELP = """Add files (PDF, DOCX, ODT, HTML, EPUB), or every such file in a folder, to the library.

Example: library add --language fr fiche.pdf
"""

REJECTIONS_EXIT = 2


def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, or folders to search for files.")],
    language: Annotated[str, typer.Option(help="The language of the files; told from the text when left out.")] = "",
    kind: Annotated[str, typer.Option(help="The type of the works, such as practice-sheet.")] = "",
    topic: Annotated[list[str] | None, typer.Option(help="A topic by its id or a label; may be repeated.")] = None,
    work: Annotated[str, typer.Option(metavar="ID", help="Add to this work, or make it under this id.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Keep the works for staff until they are published.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would be done.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="How many files are read side by side.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Add files to the library."""
    session: Session = context.obj
    with session.library() as library:
        stated = _stated(library, language, kind, topic or [], work, draft)
        with progress_bar(as_json) as progress:
            report = library.add(paths, stated, dry_run=dry_run, jobs=jobs, progress=progress)
    trace(session, (refused.detail for refused in report.rejected))
    if as_json:
        print_json(report.as_json())
    else:
        _print(report, dry_run)
    if report.rejected:
        raise typer.Exit(REJECTIONS_EXIT)


def _stated(library: Library, language: str, kind: str, topics: list[str], work: str, draft: bool) -> Stated:
    """What the options say, checked. Raises UsageError."""
    tag = normalise(language) if language else ""
    if tag == UNKNOWN:
        raise UsageError(f"“{language}” is no language of the library", f"use one of {', '.join(TAGS)}")
    if kind and kind not in set(Kind):
        raise UsageError(f"“{kind}” is no type of work", f"use one of {', '.join(Kind)}")
    if work and not (SLUG.fullmatch(work) and len(work) <= MAX_SLUG):
        raise UsageError(f"“{work}” is no identifier", f"use small letters, digits and hyphens, {MAX_SLUG} at most")
    found = [(text, library.thesaurus.find(text)) for text in topics]
    for text, topic in found:
        if topic is None:
            raise UsageError(f"“{text}” is no topic of the thesaurus", "run: library topics")
    chosen = tuple(topic.id for _, topic in found if topic is not None)
    return Stated(tag, Kind(kind) if kind else None, chosen, work, draft)


def _print(report: AddReport, dry_run: bool) -> None:
    console = out()
    for added in report.added:
        _print_added(console, added)
    for same in report.unchanged:
        console.print(f"unchanged  {shown(same.path)}  is {same.edition}")
    for refused in report.rejected:
        console.print(
            f"rejected   {shown(refused.path)}\n           {refused.reason}\n           try: {refused.remedy}"
        )
    for warned in report.warnings:
        console.print(f"look at    {shown(warned.path)}\n           {warned.message}")
    would = "would be " if dry_run else ""
    console.print(
        f"{len(report.added)} {would}added, {len(report.unchanged)} unchanged, {len(report.rejected)} rejected",
        style="bold",
    )


def _print_added(console: Console, added: Added) -> None:
    """An added file, with every field that was proposed, how sure that is, and what speaks for it."""
    console.print(f"added      {shown(added.path)}  as {added.edition}  ({added.pages} {_pages(added)})")
    proposed = added.description
    named = [
        ("language", proposed.language),
        ("title", proposed.title),
        ("date", proposed.date),
        ("kind", proposed.kind),
    ]
    for name, proposal in [*named, *(("topic", topic) for topic in proposed.topics)]:
        if proposal.value:
            console.print(f"           {name:9}{_proposal(proposal)}")


def _pages(added: Added) -> str:
    return "pages" if FileFormat(added.reading.format).has_pages else f"sections, {added.reading.format.upper()}"


def _proposal(proposal: Proposal) -> str:
    return f"{proposal.value}  ({proposal.confidence:.0%}: {_evidence(proposal.evidence)})"


def _evidence(evidence: Evidence) -> str:
    said = f"“{evidence.snippet}”" if evidence.snippet else ""
    match evidence.source:
        case Source.PAGE | Source.THESAURUS if evidence.page:
            return f"page {evidence.page} {said}".strip()
        case Source.NONE:
            return "no evidence"
    return f"{evidence.source.value} {said}".strip()

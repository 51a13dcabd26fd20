"""`library import`: records and files of a table or a package into the library, and back out again by batch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from library.access import Role, User
from library.cli.adding import REJECTIONS_EXIT
from library.cli.terminal import Session, out, print_json, progress_bar, say
from library.errors import UsageError
from library.exchange import ImportReport, RowOutcome, State, UndoReport, Wanted, import_records, undo_batch
from library.exchange.importing import WHO
from library.exchange.undoing import Undoing
from library.model import edition_id

HELP = """Import records, with the files that lie beside them, or take an import back.

PATH is a table (CSV) or lines of JSON, a folder that holds one, DSpace items, or a ZIP file of any of these.

Example: library import records.csv --dry-run
"""
OPERATOR = User(Role.LIBRARIAN, WHO)


def import_into(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(metavar="PATH", help="A table, a folder or a ZIP file.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would be done.")] = False,
    batch: Annotated[str, typer.Option(metavar="NAME", help="The name under which it can be taken back.")] = "",
    undo: Annotated[str, typer.Option(metavar="BATCH", help="Take this import back instead.")] = "",
    encoding: Annotated[str, typer.Option(help="How a table is written that is not UTF-8: windows-1252.")] = "",
    jobs: Annotated[int, typer.Option(min=1, max=64, help="How many files are read side by side.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Import records and files."""
    session: Session = context.obj
    if (path is None) == (not undo):
        raise UsageError("name either what is to be imported, or the import to --undo", "see: library import --help")
    with session.library() as library:
        if path is None:
            undone = undo_batch(library, OPERATOR, undo, dry_run=dry_run)
            print_json(undone.as_json()) if as_json else _print_undone(out(), undone)
            if any(work.how is Undoing.LEFT for work in undone.works):
                raise typer.Exit(REJECTIONS_EXIT)
            return
        with progress_bar(as_json) as progress:
            report = import_records(library, OPERATOR, Wanted(path, dry_run, batch, encoding, jobs), progress)
    print_json(report.as_json()) if as_json else _print(out(), report)
    if report.of(State.REJECTED):
        raise typer.Exit(REJECTIONS_EXIT)


def _print(console: Console, report: ImportReport) -> None:
    for row in report.rows:
        if row.state is not State.UNCHANGED or row.notices:
            _print_row(console, row)
    for notice in report.notices:
        say(notice)
    would = "would be " if report.dry_run else ""
    counts = {state: len(report.of(state)) for state in State}
    console.print(
        f"{counts[State.ADDED]} {would}added, {counts[State.CHANGED]} changed, "
        f"{counts[State.UNCHANGED]} unchanged, {counts[State.REJECTED]} rejected",
        style="bold",
    )
    if not report.dry_run and (counts[State.ADDED] or counts[State.CHANGED]):
        console.print(f"take it back with: library import --undo {report.batch}")


def _print_row(console: Console, row: RowOutcome) -> None:
    named = edition_id(row.work, row.language) if row.work and row.language else row.work
    fields = f"  ({', '.join(row.fields)})" if row.fields else ""
    console.print(f"row {row.row:<5} {row.state.value:9} {named}{fields}")
    for fault in row.faults:
        field = f"{fault.field}: " if fault.field else ""
        console.print(f"          {field}{fault.reason}\n          try: {fault.remedy}")
    for notice in row.notices:
        console.print(f"          {notice}")


def _print_undone(console: Console, report: UndoReport) -> None:
    for work in report.works:
        console.print(f"{work.how.value:10} {work.work}" + (f"  {work.told}" if work.told else ""))
    would = "would be " if report.dry_run else ""
    left = sum(work.how is Undoing.LEFT for work in report.works)
    console.print(f"{len(report.works) - left} {would}taken back, {left} left as they are", style="bold")

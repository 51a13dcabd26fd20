"""`library insight`: what readers look for and take, and what the library lacks."""

from __future__ import annotations

from typing import Annotated

import typer

from library.access import Role, User
from library.cli.terminal import Session, out, print_json
from library.desk.insight import insight
from library.desk.insight_tables import TABLES, Table

HELP = """Tell what readers look for and take, and what is lacking.

Searches and uses are counted by the day, without anybody's name.

Example: library insight --days 90 --missing fr --missing de
"""
KEEPER = User(Role.LIBRARIAN, "command line")
MOST = 15
"""Rows of each table for a person; --json gives all."""
WIDEST = 48
"""Characters of a cell for a person."""


def tell(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=9999, help="How many of the last days are told of.")] = 30,
    missing: Annotated[
        list[str] | None, typer.Option("--missing", metavar="LANGUAGE", help="A language that works should have.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell what is searched for, read and missing."""
    session: Session = context.obj
    with session.library() as library:
        report = insight(library, KEEPER, days, missing or ())
    tables = {name: table(report) for name, table in TABLES.items()}
    if as_json:
        head: dict[str, object] = {"period": report.days, "counting": report.counting, "kept": report.kept}
        print_json({**head, **{name: table.as_json() for name, table in tables.items()}})
        return
    if not report.counting:
        out().print('nothing is counted: library.toml says insight = "off"')
    for name, table in tables.items():
        if name != "days" or any(day.searches or day.reads or day.downloads for day in report.by_day):
            _print(name, table)


def _print(name: str, table: Table) -> None:
    """A table as lines, its columns below each other."""
    console = out()
    console.print(f"\n{name}" + ("" if table.rows else ": none"))
    if not table.rows:
        return
    rows = table.rows[-MOST:] if name == "days" else table.rows[:MOST]  # of days the last ones
    shown = [table.columns, *(tuple(str(cell)[:WIDEST] for cell in row) for row in rows)]
    widths = [max(len(row[place]) for row in shown) for place in range(len(table.columns))]
    for row in shown:
        console.print("  " + "  ".join(map(str.ljust, row, widths)).rstrip())
    if len(table.rows) > MOST:
        console.print(f"  … and {len(table.rows) - MOST} more: --json prints all")

"""`library export`: the library, or what somebody may see of it, as a file for other programs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from library.cli.searching import Audience
from library.cli.terminal import Session, say
from library.durable import sync_folder
from library.errors import RecordError, UsageError
from library.exchange import Exported, Form, demand_whole, export, write_bag
from library.exchange.export import CITING, PACKAGES, counted
from library.library import Library

HELP = """Export the library: records, citations, packages with the files, a bag.

Example: library export --format csv --files -o library.zip
"""


def export_library(
    context: typer.Context,
    form: Annotated[Form, typer.Option("--format", help="csv, jsonl, dc, bibtex, ris, saf or bagit.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="Where it is written; standard output when left out."),
    ] = None,
    files: Annotated[
        bool, typer.Option("--files", help="Pack a table (csv, jsonl) with the files that it names, as a ZIP file.")
    ] = False,
    audience: Annotated[
        Audience, typer.Option("--as", help="Export what this person may see; staff see everything.")
    ] = Audience.STAFF,
) -> None:
    """Export the library."""
    session: Session = context.obj
    package = form in PACKAGES or files
    if package and out is None:
        raise UsageError(f"“{form}” is no text that could be printed", "name a file with -o")
    with session.library() as library:
        if form is Form.BAGIT and out is not None and out.suffix.lower() != ".zip":
            demand_whole(audience.user)
            bagged = write_bag(session.root, out)
            left = tuple(f"{name}: is a link, and left out" for name in bagged.left_out)
            done = counted(library.works(audience.user), left)
        elif out is None:
            done = export(library, audience.user, form, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            done = _written(library, audience, form, out, files)
    _tell(done, form, audience)
    if done.problems:
        raise typer.Exit(RecordError.exit_code)


def _written(library: Library, audience: Audience, form: Form, out: Path, files: bool) -> Exported:
    """The export as a file, which is there whole or not at all."""
    if out.is_dir():
        raise UsageError(f"{out} is a folder", "name a file with -o")
    unfinished = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("wb") as file:
            done = export(library, audience.user, form, file, files=files)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(out.parent)
    return done


def _tell(done: Exported, form: Form, audience: Audience) -> None:
    """What went out, and what whoever gives it on should know."""
    say(f"{done.works} works in {done.editions} editions exported")
    inside = {
        "drafts": done.drafts,
        "withdrawn works": done.withdrawn,
        "works for members or staff only": done.restricted,
    }
    named = ", ".join(f"{name} {count}" for name, count in inside.items() if count)
    if named and audience is not Audience.READER:
        say(f"among them: {named}; --as reader leaves these out")
    if form in CITING and audience is Audience.STAFF:
        say(f"{form} cannot say that a work is a draft or withdrawn: such works are left out")
    for problem in done.problems:
        say(f"not exported: {problem}")

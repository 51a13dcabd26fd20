"""The command itself: its options, its commands, and the one place where errors become words and exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from library import __version__
from library.cli import accounts, adding, exporting, importing, insight, keeping, scanning, searching, serving
from library.cli.terminal import Session, complain
from library.errors import LibraryError

app = typer.Typer(
    name="library",
    help="A searchable library of multilingual works on urban security.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"practice-library {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    root: Annotated[
        Path, typer.Option("--root", help="The folder that holds documents/ and index/.", envvar="LIBRARY_ROOT")
    ] = Path(),
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A searchable library of multilingual works on urban security."""
    context.obj = Session(root, debug)


app.command("add", help=adding.HELP)(adding.add)
app.command("index", help=keeping.INDEX_HELP)(keeping.index)
app.command("search", help=searching.SEARCH_HELP)(searching.search)
app.command("show", help=searching.SHOW_HELP)(searching.show)
app.command("topics", help=searching.TOPICS_HELP)(searching.topics)
app.command("check", help=keeping.CHECK_HELP)(keeping.check)
app.command("ocr", help=scanning.HELP)(scanning.ocr)
app.command("insight", help=insight.HELP)(insight.tell)
app.command("export", help=exporting.HELP)(exporting.export_library)
app.command("import", help=importing.HELP)(importing.import_into)
app.command("serve", help=serving.HELP)(serving.serve)
app.add_typer(accounts.users)


def main() -> None:
    """Run the command; what the library cannot do is said in two lines, with the exit code of its kind."""
    debug = "--debug" in sys.argv
    try:
        app()
    except LibraryError as error:
        if debug:
            traceback.print_exc()
        complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output, `head` say, has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - so that nothing is flushed into the closed pipe
        sys.exit(0)
    except OSError as error:  # a full disk, a folder that may not be written
        if debug:
            traceback.print_exc()
        complain(
            LibraryError(str(error), "look at the folder, its permissions and the space left; --debug shows where")
        )
        sys.exit(LibraryError.exit_code)

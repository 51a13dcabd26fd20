"""Write the pages that follow from the code: docs/cli.md, docs/errors.md and docs/fields.md.

python docs/generate.py            write them
python docs/generate.py --check    exit 1 and name every page that is not current
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import typer
from typer.testing import CliRunner

from library.cli import app
from library.errors import LibraryError, Reason
from library.fields import FACETS, TEXT_FIELDS
from library.languages import LANGUAGES, language_name
from library.locales import load_texts
from library.model import Kind
from library.request import COMBINED

HERE = Path(__file__).resolve().parent
WIDTH = 100
MADE = "<!-- Written by docs/generate.py: change the code, then run `make docs`. -->"

REASONS: Mapping[Reason, str] = {
    Reason.ENCRYPTED: "A password is needed to open the file, or it is protected by DRM.",
    Reason.DAMAGED: "Something in the file could not be read, and what could be read is no document.",
    Reason.EMPTY: "The file has no bytes, no pages, or, where it is no PDF, no text.",
    Reason.UNKNOWN_FORMAT: "The file is in no format that the library reads, whatever its name says.",
    Reason.TOO_LARGE: "The file is larger than the library reads, or unpacks to more.",
    Reason.TOO_MANY_PAGES: "The file has more pages than the library reads.",
    Reason.TOO_SLOW: "Reading the file took longer than a document may take.",
    Reason.TOO_MUCH_MEMORY: "Reading the file took more memory than a document may take.",
    Reason.CRASHED: "The process that read the file stopped at once. Nothing else was harmed.",
    Reason.FAULT: "The program failed on the file in a way nobody foresaw: `library --debug …` shows where.",
    Reason.NOT_FOUND: "There is no such file, or it may not be opened.",
}

REFUSALS: Mapping[str, str] = {
    "not-found": "There is no file or folder at that path.",
    "unreadable": "The file is there, but the system does not let the program read it.",
    "changed": "The file changed, or went away, while it was read.",
    "bad-record": "The record of the work named with `--work` is not right.",
    "language-taken": "The work named with `--work` has an edition in that language already.",
    "not-a-draft": "`--draft` is stated, but the work named with `--work` is published.",
    "id-taken": "Another program has just made a work with the same identifier.",
    "same-as-rejected": "The file is byte for byte one that was rejected earlier in the same run.",
}

EXIT_CODES = (
    ("0", "Done."),
    ("1", "The system refused something (a full disk, a folder that may not be written), or the program failed."),
    ("2", "The command was not understood, or `library add` or `library import` rejected something."),
    ("3", "A record is not right; `library index` could not index an edition; `library check` found an error."),
)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def first_paragraph(documented: object) -> str:
    """What a docstring says first, on one line."""
    return " ".join((inspect.getdoc(documented) or "").partition("\n\n")[0].split())


def help_of(*command: str) -> str:
    """The help of a command as it is printed on a terminal of a fixed width."""
    result = CliRunner().invoke(
        app,
        [*command, "--help"],
        prog_name="library",
        env={"LIBRARY_ROOT": None, "NO_COLOR": "1"},
        terminal_width=WIDTH,
        max_content_width=WIDTH,
    )
    if result.exit_code:
        raise SystemExit(f"library {' '.join(command)} --help fails: {result.output}")
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


def cli_page() -> str:
    """Every command with its help."""
    command = typer.main.get_command(app)
    parts = [
        "# The command line",
        MADE,
        "`--root` and `--debug` stand before the command: `library --root my-library search hosts`.\n"
        "Answers go to standard output, progress and notices to standard error.\n"
        "With `--json` the answer is one JSON object. Exit codes are in [errors.md](errors.md).",
        _help_section("library"),
        *(_help_section(" ".join(("library", *words)), *words) for words in _commands(command)),
    ]
    return "\n\n".join(parts) + "\n"


def _commands(command: object, *words: str) -> Iterator[tuple[str, ...]]:
    """Every command below one, each followed by its own."""
    below: Mapping[str, object] = getattr(command, "commands", {})
    for name, found in below.items():
        yield *words, name
        yield from _commands(found, *words, name)


def _help_section(title: str, *command: str) -> str:
    return f"## {title}\n\n```text\n{help_of(*command)}\n```"


def errors_page() -> str:
    """Every kind of error with its exit code, and every reason for which a file is refused."""
    kinds = [(f"`{e.__name__}`", str(e.exit_code), first_paragraph(e)) for e in _tree(LibraryError)]
    parts = [
        "# Errors and exit codes",
        MADE,
        "An error is printed in two lines, `error: …` and `try: …`: what is wrong and where, then what to do.\n"
        "`library --debug …` shows where in the program it arose.",
        "## Exit codes",
        table(("code", "when"), (*EXIT_CODES, ("4 to 7", "See the table of errors below."))),
        "## Errors",
        table(("error", "exit code", "what it means"), kinds),
        "## Why a file cannot be read",
        "A file that cannot be read does not stop the others: the report of `library add` names it with one of\n"
        "these reasons and with what to do. `library index` reports an edition whose file it cannot read.",
        table(("reason", "what it means"), ((f"`{reason.value}`", REASONS[reason]) for reason in Reason)),
        "## Why else `library add` rejects a file",
        table(("reason", "what it means"), ((f"`{name}`", meaning) for name, meaning in REFUSALS.items())),
    ]
    return "\n\n".join(parts) + "\n"


def _tree(error: type[LibraryError]) -> Iterator[type[LibraryError]]:
    """The error and every kind of it, in the order in which they were declared."""
    yield error
    for kind in error.__subclasses__():
        if kind.__module__ == LibraryError.__module__:
            yield from _tree(kind)


def fields_page() -> str:
    """What is searched, what is counted and filtered, and the closed lists of kinds and languages."""
    texts = load_texts("en")
    searched = [(f"`{f.name}`", f"{f.weight:g}", _yes(f.paged)) for f in TEXT_FIELDS]
    counted = [
        (f"`{f.name}`", texts(f.label_key), f"`--{f.option}`" if f.option else "", _yes(f.many), _yes(f.tree))
        for f in FACETS
    ]
    languages = [(f"`{tag.tag}`", language_name(tag.tag), _yes(bool(tag.stemmer))) for tag in LANGUAGES]
    parts = [
        "# Fields",
        MADE,
        "Fields are declared once, in `library/fields.py`.",
        "## Searched",
        "A word in a field counts as much as its weight says. In a field with page numbers the answer names pages.\n"
        "The title holds the subtitle too; the subject holds the labels of topics, places and projects.",
        table(("field", "weight", "page numbers"), searched),
        "## Counted and filtered",
        "In this order on the page. Several values of one facet mean “or”, several facets mean “and”.\n"
        f"All values together can be wanted of these (`--all`): {', '.join(COMBINED)}.\n"
        "In a tree, a value counts the works of the values below it.",
        table(("facet", "heading", "option", "several values", "tree"), counted),
        "## Kinds",
        table(("kind", "label"), ((f"`{kind.value}`", texts(f"kind.{kind.value}")) for kind in Kind)),
        "## Languages",
        "With stemming, a search finds other forms of a word too. A text in a language that could not be told stands\n"
        "under `und`; it is searched without stemming.",
        table(("tag", "language", "stemming"), languages),
    ]
    return "\n\n".join(parts) + "\n"


def _yes(value: bool) -> str:
    return "yes" if value else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or say which are not current."""
    parser = argparse.ArgumentParser(description="Write the pages that follow from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is not current")
    check = parser.parse_args(arguments).check
    pages = {"cli.md": cli_page(), "errors.md": errors_page(), "fields.md": fields_page()}
    old = [HERE / name for name, text in pages.items() if not _is_current(HERE / name, text)]
    for path in old:
        if check:
            print(f"docs/{path.name} is not current: run make docs", file=sys.stderr)
        else:
            path.write_text(pages[path.name], encoding="utf-8")
            print(f"docs/{path.name} written")
    return 1 if check and old else 0


def _is_current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())

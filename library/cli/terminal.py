"""What the command line prints: one JSON object, or words for a person; progress and notices go to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from library.errors import LibraryError
from library.indexing import Progress as Tell
from library.library import Library


@dataclass(frozen=True, slots=True)
class Session:
    """What the options before the command say."""

    root: Path
    debug: bool

    @contextmanager
    def library(self) -> Iterator[Library]:
        """The library of the root folder, closed at the end."""
        with Library.open(self.root) as library:
            yield library


def out() -> Console:
    """Where answers go. Text from files is never taken for markup."""
    return Console(markup=False, highlight=False, soft_wrap=True)


def print_json(value: object) -> None:
    """One JSON object on one line, in UTF-8."""
    sys.stdout.flush()
    sys.stdout.buffer.write((json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8"))
    sys.stdout.buffer.flush()


def say(message: str) -> None:
    """A line for the person, beside the answer."""
    print(message, file=sys.stderr)


def trace(session: Session, details: Iterable[str]) -> None:
    """Where in the program it went wrong, for whoever asked with --debug."""
    for detail in details if session.debug else ():
        if detail:
            say(detail)


def complain(error: LibraryError) -> None:
    """What went wrong, and what to do next."""
    say(f"error: {error.message}")
    if error.remedy:
        say(f"try: {error.remedy}")


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Tell]:
    """A progress bar on standard error, for each stage that tells of itself; nothing when nobody watches."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda *_: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        stages: dict[str, object] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bar.add_task(stage, total=total or None)
            bar.update(stages[stage], completed=done, total=total or None)  # type: ignore[arg-type]

        yield tell

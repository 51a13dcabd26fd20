"""A program that hands in files and works them through, to be killed in the middle (`tests/doomed.py`).

It reads files itself, not in a process of its own: that process touches no disk, so there is nothing to break off in
it, and forty of them would take minutes to start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from library.access import Role, User
from library.arrivals import Arrivals, Working
from library.describe import Describer
from library.describe.proposal import Description
from library.errors import UnreadableFile
from library.formats import Errand, Limits, from_json
from library.formats.reader_process import prepare
from library.formats.serving import Task
from library.ingest import Examiner
from library.ingest.examination import Examined
from library.ingest.examine import task
from library.ingest.shingles import shingles, signature
from library.library import Library
from library.topics import load_thesaurus

ANA = User(Role.CONTRIBUTOR, "ana@example.org")
BATCH = "batch"


@cache
def prepared() -> Task:
    """What reads and describes a file, loaded once."""
    prepare()
    signature(shingles(()))
    return task(Describer.open(load_thesaurus(Path("no-topics.ttl")), 2026))


class Here(Examiner):
    """Reads files in this very process."""

    def __init__(self) -> None:
        super().__init__(Path("no-topics.ttl"))

    def examine(
        self,
        path: Path,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        errand: Errand | None = None,
    ) -> Examined | UnreadableFile:
        """What was found in a file, or why it cannot be read."""
        try:
            answer = prepared()(path, limits, errand or Errand(path.name))
        except UnreadableFile as refusal:
            return refusal
        return Examined(path, from_json(answer["reading"]), Description.from_json(answer["description"]))  # type: ignore[arg-type]


def pieces(path: Path) -> Iterator[bytes]:
    """A file in pieces, as a network brings it."""
    with path.open("rb") as file:
        while chunk := file.read(4_096):
            yield chunk


def hand_in(root: Path, files: list[Path], said: int) -> None:
    """Hand in files one after the other, saying which of them were received, then work them through."""
    with Library.open(root) as library:
        arrivals = Arrivals(root)
        for path in files:
            arrivals.receive(ANA, path.name, pieces(path), BATCH)
            os.write(said, f"{path.name}\n".encode())
        with Working(library, arrivals, Here()) as working:
            working.through()


def arrive() -> None:
    """`arrive ROOT SAID FILE…`: the names of what was received are written into the file SAID."""
    root, said, *files = map(Path, sys.argv[1:])
    hand_in(root, files, os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))

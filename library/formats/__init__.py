"""Files in, pages out: what a document says, read in a process that may die without harm.

Importing this loads no PDF program: those live in `library.formats.reader_process` alone.
"""

from __future__ import annotations

from pathlib import Path

from library.formats.nursery import Nursery
from library.formats.reading import EXTRACTOR_VERSION, Embedded, Errand, Limits, Line, OutlineEntry, Reading
from library.formats.reading_json import as_json, from_json

__all__ = [
    "EXTRACTOR_VERSION",
    "Embedded",
    "Errand",
    "Limits",
    "Line",
    "Nursery",
    "OutlineEntry",
    "Reading",
    "as_json",
    "from_json",
    "read",
]


def read(path: Path, limits: Limits = Limits()) -> Reading:  # noqa: B008 - frozen, so sharing it is safe
    """Read one file in a process of its own; `UnreadableFile` says why when it cannot be read.

    For many files keep a `Nursery` open instead: starting one takes a quarter of a second.
    """
    with Nursery() as nursery:
        return from_json(nursery.run(path, limits))

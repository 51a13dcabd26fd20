"""Parts of an index, put into it in the end: what a batch holds never outgrows the memory that it may take.

Whoosh would sort what does not fit through temporary files of single postings, which takes as long again as all the
rest. Here a part is a segment, whose arrays are put together term by term.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.writing import SegmentWriter

from library.engines import Entry
from library.engines.whoosh_batch import Adding, open_writer
from library.engines.whoosh_merging import take
from library.engines.whoosh_schema import schema

MEGABYTE = 1 << 20


class Part:
    """An index in a folder of its own: a segment for every so many megabytes of postings."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self._index = FileStorage(str(folder)).create_index(schema())
        self._most = megabytes * MEGABYTE
        self._adding: Adding | None = None

    def add(self, entry: Entry) -> None:
        """Add an edition."""
        if self._adding is None:
            self._adding = Adding(open_writer(self._index))
        self._adding.add(entry)
        if self._adding.held >= self._most:
            self.commit()

    def commit(self) -> None:
        """Write what was added."""
        if self._adding is not None:
            self._adding.writer.commit(merge=False)
            self._adding = None

    def cancel(self) -> None:
        """Let go of what was added and not yet written."""
        if self._adding is not None and not self._adding.writer.is_closed:
            self._adding.writer.cancel()


class Alone:
    """What one process adds by itself: to the writer it is given, and beyond so many megabytes to a part in `place`.

    Used as a context manager, as a crew is.
    """

    def __init__(self, place: Path, writer: SegmentWriter, megabytes: int) -> None:
        self._place = place
        self._first = megabytes // 4 * MEGABYTE  # few: what the writer has is held until the end
        self._rest = megabytes - megabytes // 4
        self._adding = Adding(writer)
        self._part: Part | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._part is not None:
            self._part.cancel()
            shutil.rmtree(self._place, ignore_errors=True)

    def add(self, entry: Entry) -> None:
        """Add an edition."""
        if self._part is None and self._adding.held >= self._first:
            self._place.mkdir()
            self._part = Part(self._place, self._rest)
        (self._part or self._adding).add(entry)

    def finish(self) -> None:
        """Put the part into what the writer will commit."""
        if self._part is not None:
            self._part.commit()
            take_part(self._place, self._adding.writer)


def take_part(folder: Path, writer: SegmentWriter) -> None:
    """Put the part in a folder into what this writer will commit; one that was given nothing has no segment."""
    index = whoosh_index.open_dir(str(folder))
    with index.reader() as reader:
        segments = [leaf.segment() for leaf, _ in reader.leaf_readers()]
    for segment in segments:
        if segment is not None:
            take(writer, index.storage, segment)

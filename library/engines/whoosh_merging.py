"""How segments are put together without their postings passing through Whoosh, and which ones are when a batch ends.

Whoosh would look up each term of each field and sort every posting again; and by its own rule a batch of one edition
rewrites up to 89 others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import numpy as np
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from library.engines.whoosh_codec import EXTENSION, Item, arrays_of, live_of

TOGETHER = 5
"""Small segments from which they are put together."""
LITTLE = 500_000
"""Bytes of postings that a batch rewrites on the way: some 20 editions of 11 pages."""
MOST_SEGMENTS = 12
"""Segments from which larger ones are put together too."""


def take(writer: SegmentWriter, storage: Any, segment: Any) -> None:
    """Put the editions of a segment that were not deleted into the segment that is being written."""
    live = live_of(segment)
    numbers = np.where(live, writer.docnum + np.cumsum(live) - 1, -1)
    reader = _WithoutPostings(storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()
    writer.fieldwriter.take(arrays_of(storage, segment), numbers)


def merged(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """A merge policy of Whoosh: take some segments into the one that is being written, and return the others."""
    sizes = {one.segment_id(): writer.storage.file_length(one.make_filename(EXTENSION)) for one in segments}
    ascending = sorted(segments, key=lambda one: sizes[one.segment_id()])
    totals = list(accumulate(sizes[one.segment_id()] for one in ascending))
    most = LITTLE
    small = sum(total <= most for total in totals)
    while small < TOGETHER and len(segments) >= MOST_SEGMENTS:
        most *= 4
        small = sum(total <= most for total in totals)
    if small < TOGETHER:
        return segments
    for one in ascending[:small]:
        take(writer, writer.storage, one)
    return ascending[small:]


class _WithoutPostings(SegmentReader):  # type: ignore[misc]
    """What Whoosh itself keeps of the documents of a segment; the codec takes the postings."""

    def iter_postings(self) -> Iterator[Item]:
        """None."""
        return iter(())

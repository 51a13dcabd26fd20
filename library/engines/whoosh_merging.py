"""Which segments of the index are put together when a batch is committed, and how their postings are read for that.

Whoosh's own rule rewrites up to 89 editions while it adds one, which takes seconds. Here a commit rewrites little, and
only when so many segments have gathered that searches would feel them Whoosh's rule is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from whoosh.reading import SegmentReader
from whoosh.writing import MERGE_SMALL, SegmentWriter

from library.engines.segment_arrays import NUMBER, FieldArrays
from library.engines.whoosh_codec import EXTENSION, Item, arrays_of

TOGETHER = 5
"""Small segments from which they are put together."""
LITTLE = 500_000
"""Bytes of postings that a commit rewrites on the way: some 20 editions of 11 pages, 0.4 seconds."""
MOST_SEGMENTS = 24
"""Segments that searches do not feel."""


def merged(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """A merge policy of Whoosh: put some segments into the one that is being written, and return the others."""
    if len(segments) >= MOST_SEGMENTS:
        rest: list[Any] = MERGE_SMALL(writer, segments)
        return rest
    sizes = {id(one): writer.storage.file_length(one.make_filename(EXTENSION)) for one in segments}
    ascending = sorted(segments, key=lambda one: sizes[id(one)])
    small = sum(total <= LITTLE for total in accumulate(sizes[id(one)] for one in ascending))
    if small < TOGETHER:
        return segments
    for one in ascending[:small]:
        reader = MergedReader(writer.storage, writer.schema, one)
        writer.add_reader(reader)
        reader.close()
    return ascending[small:]


class MergedReader(SegmentReader):  # type: ignore[misc]
    """A segment whose postings are read from its arrays in order; Whoosh would look up each term of each field."""

    def iter_postings(self) -> Iterator[Item]:
        """Every posting of every edition that was not deleted: field, term, document, weight and value."""
        deleted = frozenset(self.segment().deleted_docs())
        for name, field in sorted(arrays_of(self.storage(), self.segment()).fields.items()):
            for place in range(len(field)):
                yield from _items(name, field, place, deleted)


def _items(name: str, field: FieldArrays, place: int, deleted: frozenset[int]) -> Iterator[Item]:
    term, postings = field.term(place), field.postings(place)
    values = postings.positions.tobytes()
    start = 0
    for document, often in zip(postings.ids.tolist(), postings.frequency.tolist(), strict=True):
        end = start + often * NUMBER.itemsize if values else 0
        if document not in deleted:
            yield name, term, document, float(often), values[start:end]
        start = end

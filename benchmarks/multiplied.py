"""A large index of our own out of a smaller one: every edition several times, under other names.

Indexing 100,000 editions takes an hour or more; how long a question takes hangs on the postings, not on how they got
there. The lexicon is that of the smaller index: words that only a larger library would have are missing, for the peers
as well, which index the same editions.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import open_dir

from library.engines.segment_arrays import BlockWriter, FieldArrays
from library.engines.whoosh_codec import ArrayCodec, ArrayFieldWriter, Item, segments_of
from library.engines.whoosh_schema import schema

OWN = ("edition", "work")
"""Fields whose values are different in every copy."""


class _Codec(ArrayCodec):
    """Writes what is put, and the fields of another segment several times."""

    def __init__(self, fields: dict[str, FieldArrays], size: int, copies: int) -> None:
        self._fields, self._size, self._copies = fields, size, copies

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """A segment to be read by the plain codec: it is written into the index."""
        return W3Segment(ArrayCodec(), indexname)

    def field_writer(self, storage: Any, segment: Any) -> _Writer:
        return _Writer(storage, segment, self._fields, np.arange(self._copies, dtype=np.uint32) * self._size)


class _Writer(ArrayFieldWriter):
    def __init__(
        self, storage: Any, segment: Any, fields: dict[str, FieldArrays], starts: np.ndarray[Any, Any]
    ) -> None:
        super().__init__(storage, segment)
        self._fields, self._starts = fields, starts

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Item]) -> None:
        super().add_postings(schema, lengths, items)
        for name, arrays in self._fields.items():
            if name not in OWN:
                block = BlockWriter(self._file)
                for place in range(len(arrays)):
                    self._term(block, arrays, place)
                self._blocks[name] = block.finish()

    def _term(self, block: BlockWriter, arrays: FieldArrays, place: int) -> None:
        postings, copies = arrays.postings(place), len(self._starts)
        ids = (postings.ids.astype(np.uint32) + self._starts[:, None]).ravel()
        often, positions = np.tile(postings.frequency, copies), np.tile(postings.positions, copies)
        block.term(arrays.term(place), array("I", ids.tobytes()), array("I", often.tobytes()), positions.tobytes())


def multiply(source: Path, target: Path, copies: int) -> None:
    """Write the index in one folder several times over into another. The source has one segment, nothing deleted."""
    with open_dir(str(source)).reader() as reader:
        (segment,) = segments_of(reader)
    fields = segment.arrays.fields
    names = {name: _single(fields[name], segment.size) for name in OWN}
    target.mkdir(parents=True)
    index = FileStorage(str(target)).create_index(schema())
    writer = index.writer(compound=False, codec=_Codec(fields, segment.size, copies))
    for copy in range(copies):
        for edition, work in zip(names["edition"], names["work"], strict=True):
            writer.add_document(edition=(copied(edition, copy),), work=(copied(work, copy),))
    writer.commit()


def copied(name: str, copy: int) -> str:
    """The name of a copy; the first one has the name as it is."""
    return f"c{copy}-{name}" if copy else name


def _single(arrays: FieldArrays, size: int) -> list[str]:
    rows, values = arrays.gather(np.arange(len(arrays))), arrays.values()
    names = [""] * size
    for term, number in zip(rows.terms.tolist(), rows.ids.tolist(), strict=True):
        names[number] = values[term]
    return names

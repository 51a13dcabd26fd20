"""A Whoosh codec that keeps terms and postings as plain arrays (`segment_arrays.py`).

Whoosh's own codec hashes the lexicon and pickles blocks of 128 postings; reading a common term back takes
milliseconds, and writing takes most of the time of a commit. Whoosh lets a codec be replaced: the commits,
the merging of segments and the lists of deleted documents stay Whoosh's.

The class is pickled into each index by its import path: moving it asks for another SCHEMA_VERSION.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldWriter, TermsReader
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import LeafMatcher
from whoosh.reading import IndexReader, TermInfo, TermNotFound

from library.engines.segment_arrays import (
    BlockWriter,
    FieldArrays,
    Segment,
    SegmentArrays,
    TermPostings,
    write_directory,
)

EXTENSION = ".arrays"

Item = tuple[str, bytes, int, float, bytes]
"""Field, term, document, weight and value, as Whoosh's pool hands them out: sorted by field, term, document."""
Part = tuple[str, bytes, int, bytes, bytes, bytes]
"""Field, term, number of the source, then documents, frequencies and positions as they are written."""


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with lexicon and postings as arrays."""

    length_stats = False
    """Whoosh would look up a field length for each posting, for a scoring of its own that is not used here."""

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """What writes the terms and postings of a segment."""
        return ArrayFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        """What reads them."""
        return ArrayTermsReader(arrays_of(storage, segment))


def arrays_of(storage: Any, segment: Any) -> SegmentArrays:
    """The arrays of a segment. Raises IndexOutOfDate when they are damaged, OSError when they are not there."""
    return SegmentArrays(Path(storage.folder) / segment.make_filename(EXTENSION))


def live_of(segment: Any) -> NDArray[np.bool_]:
    """(documents,) False for those of a segment that were deleted."""
    live = np.ones(segment.doc_count_all(), np.bool_)
    live[list(segment.deleted_docs())] = False
    return live


def segments_of(reader: IndexReader) -> tuple[Segment, ...]:
    """The segments of an open index, in order."""
    found = []
    for leaf, offset in reader.leaf_readers():
        segment = leaf.segment()
        if segment is not None:  # an index without any edition has a reader without a segment
            found.append(Segment(arrays_of(leaf.storage(), segment), offset, live_of(segment)))
    return tuple(found)


class ArrayFieldWriter(FieldWriter):  # type: ignore[misc]
    """Writes the terms and postings of a segment: those it is given one by one, and those of whole segments."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._file = segment.create_file(storage, EXTENSION)
        self._blocks: dict[str, dict[str, int]] = {}
        self._taken: list[tuple[SegmentArrays, NDArray[np.int64]]] = []
        self.is_closed = False

    def take(self, arrays: SegmentArrays, numbers: NDArray[np.int64]) -> None:
        """Write the postings of this segment too.

        `numbers` has the new number of each of its documents, ascending and after all that came before; -1 for deleted
        ones.
        """
        self._taken.append((arrays, numbers))

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Item]) -> None:
        """Write all postings of the segment."""
        del schema, lengths
        sources = [_given(items), *(_taken(number, *one) for number, one in enumerate(self._taken, 1))]
        for field, of_field in groupby(merge(*sources), key=itemgetter(0)):
            block = BlockWriter(self._file)
            for term, parts in groupby(of_field, key=itemgetter(1)):
                ids, frequency, values = (b"".join(column) for column in list(zip(*parts, strict=True))[3:])
                block.term(term, array("I", ids), array("I", frequency), values)
            self._blocks[field] = block.finish()

    def close(self) -> None:
        """Finish the file."""
        write_directory(self._file, self._blocks)
        self._file.close()
        self.is_closed = True


def _given(items: Iterable[Item]) -> Iterator[Part]:
    """What Whoosh's pool has of each term."""
    for (field, term), postings in groupby(items, key=itemgetter(0, 1)):
        ids, frequency, values = array("I"), array("I"), bytearray()
        for _, _, document, weight, value in postings:
            ids.append(document)
            frequency.append(int(weight))
            values += value
        yield field, term, 0, ids.tobytes(), frequency.tobytes(), bytes(values)


def _taken(source: int, arrays: SegmentArrays, numbers: NDArray[np.int64]) -> Iterator[Part]:
    """What a segment has of each term, in documents that were not deleted."""
    whole = bool((numbers >= 0).all())
    numbers = numbers.astype(np.int32)
    for name, field in sorted(arrays.fields.items()):
        for place in range(len(field)):
            found = field.postings(place)
            ids, frequency, positions = numbers[found.ids], found.frequency, found.positions
            if not whole:
                kept = ids >= 0
                positions = positions[np.repeat(kept, frequency)] if len(positions) else positions
                ids, frequency = ids[kept], frequency[kept]
            if len(ids):
                yield name, field.term(place), source, ids.tobytes(), frequency.tobytes(), positions.tobytes()


class ArrayTermsReader(TermsReader):  # type: ignore[misc]
    """The lexicon as Whoosh asks for it, mostly when it merges segments."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self._fields = arrays.fields

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self._fields.get(term[0])
        return field is not None and field.find(term[1]) >= 0

    def indexed_field_names(self) -> Iterable[str]:
        """Fields with terms."""
        return self._fields.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term of every field, in order."""
        for name in sorted(self._fields):
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from this one on."""
        field = self._fields.get(fieldname)
        if field is not None:
            yield from ((fieldname, field.term(place)) for place in range(field.place(prefix), len(field)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term with what is known of it."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The terms of a field from this one on, with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is known of a term. KeyError when it is not there."""
        found = self._postings(fieldname, text)
        if found is None:
            raise KeyError(f"{fieldname}:{text!r}")
        weight = float(found.frequency.sum())
        return TermInfo(weight=weight, df=len(found.ids), minid=int(found.ids[0]), maxid=int(found.ids[-1]))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often the term is met; 0 when it is not there."""
        found = self._postings(fieldname, text)
        return 0.0 if found is None else float(found.frequency.sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents; 0 when it is not there."""
        found = self._postings(fieldname, text)
        return 0 if found is None else len(found.ids)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """The postings of a term, one after the other. TermNotFound when it is not there."""
        found = self._postings(fieldname, text)
        if found is None:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        return ArrayMatcher(found, format_, scorer)

    def close(self) -> None:
        """Let go of the arrays; the file is unmapped with the last of them."""
        self._fields = {}

    def _postings(self, fieldname: str, text: bytes) -> TermPostings | None:
        field: FieldArrays | None = self._fields.get(fieldname)
        place = -1 if field is None else field.find(text)
        return None if field is None or place < 0 else field.postings(place)


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """The postings of a term, one after the other, for Whoosh when it merges segments."""

    def __init__(self, postings: TermPostings, format_: Any, scorer: Any) -> None:
        self.format = format_
        self.scorer = scorer
        self._postings = postings
        self._ends = np.cumsum(postings.frequency, dtype=np.int64) if len(postings.positions) else None
        self._at = 0

    def is_active(self) -> bool:
        """Whether there is a posting here."""
        return self._at < len(self._postings.ids)

    def id(self) -> int:
        """The document."""
        return int(self._postings.ids[self._at])

    def weight(self) -> float:
        """The weight in it."""
        return float(self._postings.frequency[self._at])

    def value(self) -> bytes:
        """Its positions, or nothing in a field without any."""
        if self._ends is None:
            return b""
        end = int(self._ends[self._at])
        return self._postings.positions[end - int(self._postings.frequency[self._at]) : end].tobytes()

    def next(self) -> None:
        """Go on to the next document."""
        self._at += 1

    def skip_to(self, document: int) -> None:
        """Go on to the first document from this one on."""
        self._at = max(self._at, int(np.searchsorted(self._postings.ids, document)))

    def reset(self) -> None:
        """Go back to the first document."""
        self._at = 0

    def copy(self) -> ArrayMatcher:
        """Another matcher at the same place."""
        other = ArrayMatcher(self._postings, self.format, self.scorer)
        other._at = self._at
        return other

"""How postings lie on disk: each term's documents, weights and positions as three plain arrays.

Whoosh's own codec pickles and compresses blocks of 128 postings; reading a common term back takes
milliseconds, and writing takes most of the time of a commit. Whoosh lets a codec be replaced: the
lexicon, the per-document files and the commits stay Whoosh's, only a term's postings are ours, and
numpy maps them as they are.

    count: uint32   ids: uint32 × count   weights: float32 × count   values: the bytes of each posting

The class is pickled into each index by its import path: moving it asks for another SCHEMA_VERSION.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from struct import Struct
from typing import Any

import numpy as np
from whoosh.codec.base import FieldWriter
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.matching import LeafMatcher

from library.engines.postings import TermPostings
from library.errors import IndexOutOfDate

_COUNT = Struct("<I")
_FIELD = Struct("!H")
_POSITION = 4
"""Bytes of a position."""

Item = tuple[str, bytes, int, float, bytes]
"""Field, term, document, weight and value, as Whoosh's pool hands them out: sorted by field, term, document."""


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with postings as arrays."""

    length_stats = False
    """Whoosh would look up a field length for each posting, for a scoring of its own that is not used here."""

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """What writes the postings of a segment."""
        return ArrayFieldWriter(storage, segment)

    def postings_reader(
        self, dbfile: Any, terminfo: W3TermInfo, format_: Any, term: Any = None, scorer: Any = None
    ) -> ArrayMatcher:
        """What reads the postings of a term."""
        start, length = terminfo.extent()
        # Whoosh 2.7.4 forgets to take the length out of what `struct` unpacks.
        (size,) = length if isinstance(length, tuple) else (length,)
        data = bytes(dbfile.get(start, size))
        if len(data) != size:
            raise IndexOutOfDate("the index is damaged: a file of it is cut short", "run: library index --rebuild")
        return ArrayMatcher(data, format_, term, scorer)


class ArrayFieldWriter(FieldWriter):  # type: ignore[misc]
    """Writes the postings of a segment, term by term."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._terms = OrderedHashWriter(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._fields: dict[str, int] = {}
        self._terms.extras["fieldmap"] = self._fields
        self._postings = segment.create_file(storage, W3Codec.POSTS_EXT)
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Item]) -> None:
        """Write all postings of the segment."""
        del schema, lengths
        for field, of_field in groupby(items, key=itemgetter(0)):
            prefix = _FIELD.pack(self._fields.setdefault(field, len(self._fields)))
            for term, postings in groupby(of_field, key=itemgetter(1)):
                self._term(prefix + term, postings)

    def close(self) -> None:
        """Finish both files."""
        self._terms.close()
        self._postings.close()
        self.is_closed = True

    def _term(self, key: bytes, postings: Iterator[Item]) -> None:
        ids, weights, values = array("I"), array("f"), bytearray()
        for _, _, document, weight, value in postings:
            ids.append(document)
            weights.append(weight)
            values += value
        start = self._postings.tell()
        written = b"".join((_COUNT.pack(len(ids)), ids.tobytes(), weights.tobytes(), values))
        self._postings.write(written)
        info = W3TermInfo(weight=sum(weights), df=len(ids), maxweight=max(weights), minid=ids[0], maxid=ids[-1])
        info.set_extent(start, len(written))
        self._terms.add(key, info.to_bytes())


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """The postings of a term: as arrays for us, one after the other for Whoosh when it merges segments."""

    def __init__(self, data: bytes, format_: Any, term: Any, scorer: Any) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._data = data
        self._arrays = decoded(data)
        self._ends = np.cumsum(self._arrays.weights.astype(np.int64)) if len(self._arrays.positions) else None
        self._at = 0

    def arrays(self) -> TermPostings:
        """All postings of the term in the segment, deleted documents included."""
        return self._arrays

    def is_active(self) -> bool:
        """Whether there is a posting here."""
        return self._at < len(self._arrays.ids)

    def id(self) -> int:
        """The document."""
        return int(self._arrays.ids[self._at])

    def weight(self) -> float:
        """The weight in it."""
        return float(self._arrays.weights[self._at])

    def value(self) -> bytes:
        """Its positions, or nothing in a field without any."""
        if self._ends is None:
            return b""
        end = int(self._ends[self._at])
        return self._arrays.positions[end - int(self._arrays.weights[self._at]) : end].tobytes()

    def next(self) -> None:
        """Go on to the next document."""
        self._at += 1

    def skip_to(self, document: int) -> None:
        """Go on to the first document from this one on."""
        self._at = max(self._at, int(np.searchsorted(self._arrays.ids, document)))

    def reset(self) -> None:
        """Go back to the first document."""
        self._at = 0

    def copy(self) -> ArrayMatcher:
        """Another matcher at the same place."""
        other = ArrayMatcher(self._data, self.format, self._term, self.scorer)
        other._at = self._at
        return other


def decoded(data: bytes) -> TermPostings:
    """The arrays in the bytes of one term."""
    (count,) = _COUNT.unpack_from(data)
    ids = np.frombuffer(data, np.uint32, count, _COUNT.size)
    weights = np.frombuffer(data, np.float32, count, _COUNT.size + _POSITION * count)
    positions = np.frombuffer(data, np.uint32, offset=_COUNT.size + 2 * _POSITION * count)
    return TermPostings(ids.view(np.int32), weights, positions)

"""How a segment of the index lies on disk: one file of plain arrays, mapped as it is and never parsed.

Each field has a block: the postings of its terms one after the other, then its lexicon. All numbers are unsigned,
32 bits, little-endian.

    postings of a term   documents × count, frequencies × count, then all positions in the order of the documents
    text                 the terms, ascending as bytes, each followed by a zero byte, padded to four
    ends                 where each term ends in the text (its zero byte left out)
    starts               where each term's postings begin, counted from the block's; one more for the last one's end
    counts               documents of each term
    lengths              frequencies in each document together, for fields that are scored

A directory of the blocks (JSON) and where it begins stand at the end of the file.
"""

from __future__ import annotations

import json
import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from library.errors import IndexOutOfDate

NUMBER = np.dtype("<u4")
END = Struct("<8sQ")
MAGIC = b"PLarray1"
SEPARATOR = b"\0"

Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class TermPostings:
    """One term in one segment: documents ascending, how often in each, and all positions one after the other.

    `positions` is empty for fields without positions; else document `i` owns the next `frequency[i]` of them.
    """

    ids: NDArray[np.int32]
    frequency: Numbers
    positions: Numbers


@dataclass(frozen=True, slots=True)
class Gathered:
    """The documents of several terms: one row for each posting, the terms in the order they were asked for."""

    terms: NDArray[np.intp]
    """Place of the term in what was asked for."""
    ids: NDArray[np.int32]
    frequency: Numbers


class FieldArrays:
    """One field of a segment: its lexicon in order, and the postings of each term."""

    def __init__(self, data: memoryview, block: Mapping[str, int]) -> None:
        terms = block["terms"]
        self._data = _numbers(data, block["postings"], block["size"])
        self._text = data[block["text"] : block["ends"]]
        self._ends = data[block["ends"] : block["starts"]].cast("I")
        self._starts = data[block["starts"] : block["counts"]].cast("I")  # one number of it is read faster than numpy's
        self.counts: Numbers = _numbers(data, block["counts"], terms)
        """(terms,) documents of each term, deleted ones included."""
        self.lengths: Numbers = _numbers(data, block["lengths"], block["documents"])
        """(documents,) frequencies together, up to the last document that has the field."""

    def __len__(self) -> int:
        return len(self._ends)

    def term(self, place: int) -> bytes:
        """The term at a place of the lexicon."""
        return bytes(self._text[self._ends[place - 1] + 1 if place else 0 : self._ends[place]])

    def place(self, term: bytes) -> int:
        """Where the first term stands that is not before this one; as many as there are terms when all are."""
        return bisect_left(range(len(self)), term, key=self.term)

    def find(self, term: bytes) -> int:
        """The place of a term; -1 when it is not there."""
        place = self.place(term)
        return place if place < len(self) and self.term(place) == term else -1

    def beginning(self, prefix: bytes) -> range:
        """The places of the terms that begin so."""
        after = prefix + b"\xff"  # no byte of UTF-8
        return range(self.place(prefix), self.place(after))

    def words(self, places: range) -> list[str]:
        """The terms at consecutive places; they must be words, which hold no zero byte."""
        if not places:
            return []
        start = self._ends[places.start - 1] + 1 if places.start else 0
        return bytes(self._text[start : self._ends[places.stop - 1]]).decode().split("\0")

    def values(self) -> list[str]:
        """All terms, whatever is in them."""
        words = self.words(range(len(self)))
        # A value with a zero byte in it looks like two.
        return words if len(words) == len(self) else [self.term(place).decode() for place in range(len(self))]

    def postings(self, place: int) -> TermPostings:
        """The postings of the term at a place, deleted documents included."""
        start, count = self._starts[place], int(self.counts[place])
        rows = self._data[start : self._starts[place + 1]]
        return TermPostings(rows[:count].view(np.int32), rows[count : 2 * count], rows[2 * count :])

    def gather(self, places: Sequence[int] | NDArray[np.intp]) -> Gathered:
        """The documents of the terms at these places."""
        counts = self.counts[places].astype(np.intp)
        terms = np.repeat(np.arange(len(counts)), counts)
        starts = np.frombuffer(self._starts, NUMBER)[places].astype(np.intp)
        rows = np.arange(len(terms)) + np.repeat(starts + counts - np.cumsum(counts), counts)
        return Gathered(terms, self._data[rows].view(np.int32), self._data[rows + counts[terms]])


class SegmentArrays:
    """The file of a segment, mapped."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        data = memoryview(self._map)
        try:
            magic, start = END.unpack(data[-END.size :])
            if magic != MAGIC:
                raise ValueError("it does not end as it should")
            blocks = json.loads(bytes(data[start : -END.size]))
            self.fields = {name: FieldArrays(data, block) for name, block in blocks.items()}
            """By name; a field without terms is not there."""
        except Exception as error:
            raise IndexOutOfDate(f"{path} is damaged: {error}", "run: library index --rebuild") from error


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the index, written at one time."""

    arrays: SegmentArrays
    offset: int
    """Number of its first edition in the index."""
    live: NDArray[np.bool_]
    """(editions,) False for deleted ones."""

    @property
    def size(self) -> int:
        """Editions, deleted ones included."""
        return len(self.live)


class BlockWriter:
    """Writes the block of one field, term by term in ascending order."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._postings = file.tell()
        self._text = bytearray()
        self._ends, self._starts, self._counts = array("I"), array("I", [0]), array("I")
        self._lengths: list[int] = []

    def term(self, term: bytes, ids: array[int], frequency: array[int], positions: bytes) -> None:
        """Write the postings of the next term."""
        self._text += term
        self._ends.append(len(self._text))
        self._text += SEPARATOR
        self._counts.append(len(ids))
        written = b"".join((ids.tobytes(), frequency.tobytes(), positions))
        self._file.write(written)
        self._starts.append(self._starts[-1] + len(written) // NUMBER.itemsize)
        lengths = self._lengths
        if ids[-1] >= len(lengths):
            lengths.extend([0] * (ids[-1] + 1 - len(lengths)))
        for document, often in zip(ids, frequency, strict=True):
            lengths[document] += often

    def finish(self) -> dict[str, int]:
        """Write the lexicon; returns where everything lies, in bytes, and how much there is of it."""
        self._text += b"\0" * (-len(self._text) % NUMBER.itemsize)
        block = {"postings": self._postings, "size": self._starts[-1], "terms": len(self._ends)}
        block["documents"] = len(self._lengths)
        parts: Iterable[tuple[str, bytes]] = (
            ("text", bytes(self._text)),
            ("ends", self._ends.tobytes()),
            ("starts", self._starts.tobytes()),
            ("counts", self._counts.tobytes()),
            ("lengths", array("I", self._lengths).tobytes()),
        )
        for name, part in parts:
            block[name] = self._file.tell()
            self._file.write(part)
        return block


def write_directory(file: BinaryIO, blocks: Mapping[str, Mapping[str, int]]) -> None:
    """End the file: what blocks there are, and where that stands."""
    start = file.tell()
    file.write(json.dumps(blocks).encode("utf-8"))
    file.write(END.pack(MAGIC, start))


def _numbers(data: memoryview, start: int, count: int) -> Numbers:
    found = np.frombuffer(data, NUMBER, count, start)
    return found

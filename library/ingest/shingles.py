"""What of a text is compared when near-duplicates are looked for: every run of four words, as numbers.

A signature stands for all runs of a text in two kilobytes (A. Broder, 1997): the share of places at which two
signatures agree is an estimate of the share of runs that two texts have in common. Signatures are kept in
`index/shingles/` under the sha256 of the file; whatever is missing is made again from the pages.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
import numpy.typing as npt

from library.analysis import folded_words
from library.formats.cache_files import content_path, write_whole
from library.formats.page_store import PageStore
from library.formats.reading import EXTRACTOR_VERSION

WORDS = 4
"""Words of a run: shorter ones occur in any two texts of one subject, longer ones are all lost to one changed word."""

PLACES = 512
"""Of a signature: an estimate of 80 % is then right to within 1.8 points (one standard deviation)."""

ENDING = ".shingles"
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""An odd number with its bits well mixed: 2⁶⁴ divided by the golden ratio (D. Knuth, volume 3, 6.4)."""
_AT_ONCE = 4_096
"""Runs that are signed at once: more would take memory by the hundred megabytes."""
_HEAD = struct.Struct("<16sII")
_VERSION = f"1/{EXTRACTOR_VERSION}/{WORDS}/{PLACES}".encode().ljust(16)

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Signature:
    """A text in short: how many different runs it has, and the least number of them in each of so many orders."""

    runs: int
    places: Places


def shingles(pages: Iterable[str]) -> Numbers:
    """Every run of four folded words of a text as a number, each once, in rising order; runs go on over pages."""
    words = [word for text in pages for word in folded_words(text)]
    known: dict[str, int] = {}
    for word in words:
        if word not in known:
            known[word] = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")
    numbers = np.fromiter((known[word] for word in words), dtype=np.uint64, count=len(words))
    if len(numbers) < WORDS:
        return numbers[:0]
    count = len(numbers) - WORDS + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(WORDS):
        mixed = (mixed ^ numbers[place : place + count]) * _MULTIPLIER  # what does not fit is dropped, as is meant
    return np.unique(mixed ^ (mixed >> np.uint64(32)))


def signature(found: Numbers) -> Signature:
    """The signature of the runs of a text."""
    from datasketch import MinHash  # it brings SciPy, a second to load: only where something is added

    sketch = MinHash(num_perm=PLACES, hashfunc=int)
    for start in range(0, len(found), _AT_ONCE):
        sketch.update_batch(found[start : start + _AT_ONCE] & np.uint64(0xFFFFFFFF))
    return Signature(len(found), np.asarray(sketch.hashvalues, dtype=np.uint32))


class Signatures:
    """The signatures of known files, for several threads: from memory, the folder, or made from the pages."""

    def __init__(self, store: PageStore, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._lock = RLock()
        self._rows: dict[str, int] = {}
        self._places: Places = np.empty((0, PLACES), dtype=np.uint32)
        self._runs: npt.NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def put(self, sha256: str, made: Signature) -> None:
        """Keep the signature of a file."""
        data = _HEAD.pack(_VERSION, self._letters(sha256), made.runs) + made.places.astype("<u4").tobytes()
        write_whole(content_path(self._folder, sha256, ENDING), data)
        with self._lock:
            self._remember(sha256, made)

    def of(self, files: Iterable[str]) -> tuple[list[str], npt.NDArray[np.int64], Places]:
        """The files whose signatures can be had, how many runs each has, and the places, a row for each."""
        with self._lock:
            found = [sha256 for sha256 in files if sha256 in self._rows or self._load(sha256)]
            rows = np.fromiter((self._rows[sha256] for sha256 in found), dtype=np.int64, count=len(found))
            return found, self._runs[rows], self._places[rows]

    def shingles(self, sha256: str) -> Numbers | None:
        """The runs of a known file, from its pages; None when they are not kept."""
        texts = self.texts(sha256)
        return None if texts is None else shingles(texts)

    def texts(self, sha256: str) -> tuple[str, ...] | None:
        """The texts of the pages of a known file; None when they are not kept."""
        stored = self._store.get(sha256)
        try:
            return None if stored is None else stored.all_texts()
        except OSError:  # the texts have gone from the disk since
            return None

    def _load(self, sha256: str) -> bool:
        made = self._read(sha256)
        if made is None:
            found = self.shingles(sha256)
            if found is None:
                return False
            self.put(sha256, signature(found))
            return True
        self._remember(sha256, made)
        return True

    def _read(self, sha256: str) -> Signature | None:
        """What the folder has; None when that is nothing, or is of another text: OCR may have found more since."""
        try:
            data = content_path(self._folder, sha256, ENDING).read_bytes()
            version, letters, runs = _HEAD.unpack_from(data)
            places = np.frombuffer(data, dtype="<u4", offset=_HEAD.size)
        except (OSError, ValueError, struct.error):
            return None
        right = version == _VERSION and letters == self._letters(sha256) and len(places) == PLACES
        return Signature(runs, places.astype(np.uint32)) if right else None

    def _letters(self, sha256: str) -> int:
        """The length of the text that is kept of a file, in bytes, as far as 32 bits go."""
        return self._store.length(sha256) & 0xFFFFFFFF

    def _remember(self, sha256: str, made: Signature) -> None:
        row = self._rows.get(sha256, len(self._rows))
        if row >= len(self._runs):
            more = max(2 * row, 64)
            self._places = _grown(self._places, more)
            self._runs = _grown(self._runs, more)
        self._places[row], self._runs[row] = made.places, made.runs
        self._rows[sha256] = row


def _grown(array: npt.NDArray[Any], rows: int) -> npt.NDArray[Any]:
    grown = np.zeros((rows, *array.shape[1:]), dtype=array.dtype)
    grown[: len(array)] = array
    return grown

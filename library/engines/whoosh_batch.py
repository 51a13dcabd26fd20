"""Editions on their way into a Whoosh index: each one analysed and added, an older one of the same id dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from library.analysis import Analysers, Folder, folded_words, tokens
from library.engines import Entry
from library.engines.columns import numbers
from library.engines.whoosh_codec import ArrayCodec, segments_of
from library.engines.whoosh_schema import LANES, LAST_TOKEN, STRIDE, SUBJECT_GAP, facet_field, lane_field
from library.languages import UNKNOWN

TITLE_KEY = 1_000
"""Characters of a title's folded words that are kept: they decide its place in the alphabet, and titles are found by
the beginnings of their words."""
LOCK_SECONDS = 60.0
"""How long a second writer waits for the first."""
NEVER_SPILLED = 1 << 20
"""Megabytes: how much is held is bounded in `whoosh_part.py`."""


def open_writer(index: FileIndex) -> SegmentWriter:
    """A writer of this index. Raises Whoosh's LockError."""
    return index.writer(timeout=LOCK_SECONDS, limitmb=NEVER_SPILLED, compound=False, codec=ArrayCodec())


class WhooshBatch:
    """What is put and dropped: dropped through one Whoosh writer, put through it or wherever `add` takes an entry."""

    def __init__(self, writer: SegmentWriter, index: FileIndex, add: Callable[[Entry], None]) -> None:
        self._writer = writer
        self._add = add
        self._new: set[str] = set()
        with index.reader() as reader:
            self._held: dict[str, int] = numbers(segments_of(reader))

    def put(self, entry: Entry) -> None:
        """Add an edition, or replace what the index held of it. ValueError when it was already put in this batch."""
        if entry.edition in self._new:
            raise ValueError(f"{entry.edition} was put twice in one batch")
        self.drop(entry.edition)
        self._add(entry)
        self._new.add(entry.edition)

    def drop(self, edition: str) -> None:
        """Forget an edition. Deleting by number: Whoosh's delete-by-term opens a searcher each time (150 ms)."""
        number = self._held.pop(edition, None)
        if number is not None:
            self._writer.delete_document(number)


class Adding:
    """Analyses editions and adds them to the segment that a Whoosh writer makes."""

    def __init__(self, writer: SegmentWriter) -> None:
        self.writer = writer
        self._analysers = Analysers()
        self._folder = Folder()

    @property
    def held(self) -> int:
        """Bytes of the postings that were added, as Whoosh reckons them."""
        return int(self.writer.pool.currentsize)

    def add(self, entry: Entry) -> None:
        """Add an edition."""
        self.writer.add_document(**self._document(entry))

    def _document(self, entry: Entry) -> dict[str, object]:
        pages = [tokens(text) for text in entry.pages]
        fields: dict[str, list[list[str]]] = {
            "title": [tokens(entry.title)],
            "abstract": [tokens(entry.abstract)],
            "subject": [tokens(label) for label in entry.subject],
            "body": pages,
        }
        words: dict[str, int] = {}
        for parts in fields.values():
            for part in parts:
                self._folder.count(part, words)
        lanes = tuple(lane if lane in LANES else UNKNOWN for lane in entry.lanes)
        return {
            "edition": (entry.edition,),
            "work": (entry.work,),
            "pages": (str(len(entry.pages)),),
            "fingerprint": (entry.fingerprint,),
            "access": (entry.access.value,),
            "lane": lanes,
            "date": (f"{entry.date:08d}",),
            "title_key": (" ".join(folded_words(entry.title))[:TITLE_KEY] or "~",),
            "words": words,
            **{facet_field(name): values for name, values in entry.values.items() if values},
            **{
                lane_field(name, lane): self._places(name, parts, lane)
                for lane in lanes
                for name, parts in fields.items()
            },
        }

    def _places(self, field: str, parts: list[list[str]], lane: str) -> Mapping[str, list[int]]:
        """The terms of a field with their positions: a page, or a label, after another."""
        analyser = self._analysers[lane]
        found: dict[str, list[int]] = {}
        start = 0
        for number, part in enumerate(parts):
            if field == "body":
                start = number * STRIDE
                analyser.place(part, found, start, start + LAST_TOKEN)
            else:
                analyser.place(part, found, start, LAST_TOKEN)
                start += len(part) + SUBJECT_GAP
        return found

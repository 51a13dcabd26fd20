"""What is remembered of the texts of known editions, from one file that is added to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from library.describe.versions import Signs, signs
from library.formats.page_store import PageStore
from library.ingest.near_duplicates import NearDuplicates
from library.ingest.shingles import Signatures
from library.model import Edition, Work

REMEMBERED = 3_000
"""Editions whose signs stay in memory: some ten kilobytes each, a hundred for a long one."""


class KnownTexts:
    """The signs and the signatures of known editions, each made once from the pages that are kept."""

    def __init__(self, store: PageStore, shingles: Path) -> None:
        self._store = store
        self._signs: dict[tuple[str, str, str], Signs | None] = {}
        self._lock = Lock()
        self.near = NearDuplicates(Signatures(store, shingles))

    def signs(self, edition: Edition) -> Signs | None:
        """What of an edition is likely to be the same in its translations; None when its text is not kept."""
        key = (edition.sha256, edition.language, edition.source)
        found = self._signs.get(key)
        if found is None:  # what was not kept before may be by now
            found = self._read(edition)
            with self._lock:
                if len(self._signs) >= REMEMBERED:
                    self._signs.pop(next(iter(self._signs)))  # the one that came first
                self._signs[key] = found
        return found

    def prepare(self, works: Sequence[Work], stopped: Callable[[], bool]) -> None:
        """Read what the next file will be compared with, until there is something better to do."""
        editions = [edition for work in works for edition in work.editions]
        for number, edition in enumerate(editions):
            if stopped():
                return
            self.near.prepare(edition.sha256)
            if number < REMEMBERED:
                self.signs(edition)

    def _read(self, edition: Edition) -> Signs | None:
        stored = self._store.get(edition.sha256)
        try:
            texts = stored.all_texts() if stored is not None else None
        except OSError:  # the texts have gone from the disk since
            texts = None
        if stored is None or texts is None:
            return None
        return signs(texts, stored.outline, edition.language, edition.source)

"""What is remembered of the texts of known editions, from one file that is added to the next."""

from __future__ import annotations

from pathlib import Path

from library.describe.versions import Signs, signs
from library.formats.page_store import PageStore
from library.ingest.near_duplicates import NearDuplicates
from library.ingest.shingles import Signatures
from library.model import Edition


class KnownTexts:
    """The signs and the signatures of known editions, each made once from the pages that are kept."""

    def __init__(self, store: PageStore, shingles: Path) -> None:
        self._store = store
        self._signs: dict[tuple[str, str, str], Signs | None] = {}
        self.near = NearDuplicates(Signatures(store, shingles))

    def signs(self, edition: Edition) -> Signs | None:
        """What of an edition is likely to be the same in its translations; None when its text is not kept."""
        key = (edition.sha256, edition.language, edition.source)
        if self._signs.get(key) is None:  # what was not kept before may be by now
            self._signs[key] = self._read(edition)
        return self._signs[key]

    def _read(self, edition: Edition) -> Signs | None:
        stored = self._store.get(edition.sha256)
        try:
            texts = stored.all_texts() if stored is not None else None
        except OSError:  # the texts have gone from the disk since
            texts = None
        if stored is None or texts is None:
            return None
        return signs(texts, stored.outline, edition.language, edition.source)

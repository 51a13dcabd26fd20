"""The text of pages, kept in `index/pages/` under the sha256 of the file it was read from.

`<sha256>.txt` holds the pages one after the other, `<sha256>.json` says where each begins and what else is known
of it. A snippet so costs one short read, and nothing here has to be in the search index.
It is a cache: whatever is missing, damaged or of another version is read from the document again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from library.formats.cache_files import content_path, write_whole
from library.formats.reading import EXTRACTOR_VERSION, OutlineEntry
from library.model import Page, TextSource

TEXT_ENDING = ".txt"
FACTS_ENDING = ".json"
REMEMBERED = 5_000
"""Files whose page offsets and labels stay in memory: some kilobytes each."""


@dataclass(frozen=True, slots=True)
class StoredPages:
    """The pages of one file as they were kept; texts are read when asked for."""

    numbers: tuple[int, ...]
    labels: tuple[str, ...]
    languages: tuple[tuple[str, ...], ...]
    sources: tuple[TextSource, ...]
    outline: tuple[OutlineEntry, ...]
    _file: Path
    _offsets: tuple[int, ...]
    """In bytes: where each page begins, and where the last one ends."""

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def size(self) -> int:
        """Bytes of all texts."""
        return self._offsets[-1]

    @property
    def by_ocr(self) -> tuple[int, ...]:
        """Numbers of the pages that OCR read."""
        pairs = zip(self.numbers, self.sources, strict=True)
        return tuple(number for number, source in pairs if source is TextSource.OCR)

    def text(self, number: int) -> str:
        """The text of the page with this number, from 1; `KeyError` when there is no such page."""
        try:
            position = self.numbers.index(number)
        except ValueError:
            raise KeyError(number) from None
        start, end = self._offsets[position], self._offsets[position + 1]
        with self._file.open("rb") as file:
            file.seek(start)
            return _text(file.read(end - start))

    def all_texts(self) -> tuple[str, ...]:
        """The texts of all pages, in order, in one read."""
        data = self._file.read_bytes()
        return tuple(_text(data[start:end]) for start, end in pairwise(self._offsets))

    def pages(self) -> tuple[Page, ...]:
        """All pages as they were put in, in one read."""
        parts = zip(self.numbers, self.labels, self.all_texts(), self.sources, self.languages, strict=True)
        return tuple(Page(*part) for part in parts)


class PageStore:
    """The folder where the text of pages is kept, by the content of the file they come from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._remembered: dict[str, tuple[int, StoredPages]] = {}
        """With the time at which its facts were written: another program may read its pages by OCR."""

    def put(self, sha256: str, pages: Sequence[Page], outline: Sequence[OutlineEntry] = ()) -> None:
        """Keep the pages of the file with this sha256, in place of what was kept of it before."""
        facts_path = content_path(self._folder, sha256, FACTS_ENDING)
        texts = [page.text.encode("utf-8") for page in pages]
        facts = {
            "version": EXTRACTOR_VERSION,
            "offsets": list(accumulate(map(len, texts), initial=0)),
            "numbers": [page.number for page in pages],
            "labels": [page.label for page in pages],
            "sources": [page.source.value for page in pages],
            "languages": [list(page.languages) for page in pages],
            "outline": [[entry.title, entry.page, entry.level] for entry in outline],
        }
        self._remembered.pop(sha256, None)
        # The facts come last: without them there is no entry, so a crash in between leaves nothing to misread.
        write_whole(content_path(self._folder, sha256, TEXT_ENDING), b"".join(texts))
        write_whole(facts_path, json.dumps(facts, ensure_ascii=False).encode("utf-8"))

    def get(self, sha256: str) -> StoredPages | None:
        """What is kept of the file with this sha256; None when that is nothing, damaged, or of another version."""
        facts_path = content_path(self._folder, sha256, FACTS_ENDING)
        text_path = content_path(self._folder, sha256, TEXT_ENDING)
        try:
            facts = json.loads(facts_path.read_bytes())
            if facts["version"] != EXTRACTOR_VERSION:
                return None
            stored = _stored(facts, text_path)
            return stored if text_path.stat().st_size == stored._offsets[-1] else None
        except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
            return None

    def holds(self, sha256: str) -> bool:
        """Whether anything is kept of the file with this sha256: a look at the folder, without opening a file."""
        endings = (FACTS_ENDING, TEXT_ENDING)
        return all(content_path(self._folder, sha256, ending).is_file() for ending in endings)

    def length(self, sha256: str) -> int:
        """Bytes of text that are kept of the file with this sha256; 0 when there are none."""
        try:
            return content_path(self._folder, sha256, TEXT_ENDING).stat().st_size
        except OSError:
            return 0

    def remembered(self, sha256: str) -> StoredPages | None:
        """The same as `get`, from memory when it was asked for before: its texts may have gone from the disk since."""
        written = self._written(sha256)
        known = self._remembered.get(sha256)
        if known is not None and written in (known[0], 0):
            return known[1]
        stored = self.get(sha256)
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        if stored is not None:
            self._remembered[sha256] = written, stored
        return stored

    def _written(self, sha256: str) -> int:
        """When what is kept of a file was written, in nanoseconds; 0 when it is gone."""
        try:
            return content_path(self._folder, sha256, FACTS_ENDING).stat().st_mtime_ns
        except OSError:
            return 0

    def drop(self, sha256: str) -> None:
        """Forget the pages of a file; nothing happens when there were none."""
        self._remembered.pop(sha256, None)
        for ending in (FACTS_ENDING, TEXT_ENDING):
            content_path(self._folder, sha256, ending).unlink(missing_ok=True)


def _text(data: bytes) -> str:
    # A byte that a bad disk changed must not take the search down with it.
    return data.decode("utf-8", "replace")


def _stored(facts: dict[str, Any], text_path: Path) -> StoredPages:
    stored = StoredPages(
        numbers=tuple(map(int, facts["numbers"])),
        labels=tuple(map(str, facts["labels"])),
        languages=tuple(tuple(map(str, languages)) for languages in facts["languages"]),
        sources=tuple(map(TextSource, facts["sources"])),
        outline=tuple(OutlineEntry(str(title), int(page), int(level)) for title, page, level in facts["outline"]),
        _file=text_path,
        _offsets=tuple(map(int, facts["offsets"])),
    )
    lengths = {len(stored.labels), len(stored.languages), len(stored.sources), len(stored._offsets) - 1}
    if lengths != {len(stored)} or stored._offsets[0] != 0 or list(stored._offsets) != sorted(stored._offsets):
        raise ValueError("the parts do not fit each other")
    return stored

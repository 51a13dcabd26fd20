"""The catalogue → the engine: only what changed is put or dropped; whatever is missing is read again.

Everything here is derived: a lost index costs nothing but time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from library.catalogue import Catalogue
from library.engines import Batch, Engine, Entry
from library.errors import EngineUnavailable, IndexOutOfDate, UnreadableFile
from library.formats import EXTRACTOR_VERSION
from library.formats.covers import put_cover
from library.formats.ocr_pages import kept, with_ocr
from library.formats.page_store import PageStore, StoredPages
from library.ingest.examination import Examined, examine
from library.languages import country_name
from library.model import Edition, Place, Work, edition_id
from library.topics import Thesaurus

OTHER_LANE = 0.2
"""Share of the letters from which a second language is searched in its own analysis too (facts: 15 to 20 %)."""

PAGES_FOR_PROCESSES = 10_000
"""Pages from which several processes write the index sooner than one: each starts first, and the parts are put together
by one (measured on busy cores: 4,000 pages take longer, 10,000 take 0.87 of the time, 55,000 from 0.72 to 1.03)."""

OWED = ".owed"
"""A file beside the index: there is one while the index lacks a change that could not be written into it."""

Progress = Callable[[str, int, int], None]
"""Told of each step: the stage (`reading`, `indexing`), how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class Unindexed:
    """An edition that could not be indexed, and why."""

    edition: str
    reason: str
    remedy: str
    detail: str = field(default="", repr=False)
    """For whoever mends the program: where it failed; empty when it is the file that is at fault."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a sync did."""

    put: int = 0
    dropped: int = 0
    unchanged: int = 0
    read: int = 0
    """Files that had to be read again because their pages were not kept."""
    failed: tuple[Unindexed, ...] = ()
    problems: tuple[str, ...] = ()
    """Records that could not be read."""

    def as_json(self) -> dict[str, object]:
        """The object that `library index --json` prints."""
        return {
            "put": self.put,
            "dropped": self.dropped,
            "unchanged": self.unchanged,
            "read": self.read,
            "failed": [{"edition": f.edition, "reason": f.reason, "remedy": f.remedy} for f in self.failed],
            "problems": list(self.problems),
        }


class Indexing:
    """Keeps an engine in step with a catalogue."""

    def __init__(
        self, catalogue: Catalogue, engine: Engine, store: PageStore, covers: Path, topics: Path, thesaurus: Thesaurus
    ) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._store = store
        self._covers = covers
        self._topics = topics
        self._thesaurus = thesaurus
        self._owed = covers.parent / OWED

    def sync(self, *, rebuild: bool = False, jobs: int = 1, progress: Progress = lambda *_: None) -> IndexReport:
        """Put what is new or changed, drop what is gone; all of it anew when asked, or when there is no good index."""
        census = self._catalogue.census()
        editions = {edition_id(w.id, e.language): (w, e) for w in census.works for e in w.editions}
        held = None if rebuild else self._held()
        fingerprints = {name: fingerprint(work, edition, self._thesaurus) for name, (work, edition) in editions.items()}
        wanted = [name for name in editions if held is None or held.get(name) != fingerprints[name]]
        gone = [] if held is None else [name for name in held if name not in editions]
        lost = [pair for pair in editions.values() if not self._store.holds(pair[1].sha256)]
        read, failed = self._read_missing([*lost, *(editions[name] for name in wanted)], jobs, progress)
        ready = [name for name in wanted if name not in {f.edition for f in failed}]

        def fill(batch: Batch) -> None:
            for name in gone:
                self._put_now(batch, name)
            for done, name in enumerate(ready, 1):
                self._put_now(batch, name)
                progress("indexing", done, len(ready))

        writers = jobs if sum(editions[name][1].pages for name in ready) >= PAGES_FOR_PROCESSES else 1
        with self._owing():
            if held is None:
                self._engine.rebuild(fill, writers)
            elif wanted or gone:
                with self._engine.batch(writers) as batch:
                    fill(batch)
        return IndexReport(
            put=len(ready),
            dropped=len(gone),
            unchanged=len(editions) - len(wanted),
            read=read,
            failed=failed,
            problems=tuple(str(problem) for problem in census.problems),
        )

    def put(self, editions: Iterable[str]) -> None:
        """Index these editions, by their ids, as their records say; the rest of the index is left alone."""
        with self._owing(), self._engine.batch() as batch:
            for name in dict.fromkeys(editions):
                self._put_now(batch, name)

    def follow(self, before: Work | None, after: Work) -> None:
        """Bring the index in step with one work that was changed, as its record says by now.

        Raises IndexOutOfDate, EngineUnavailable.
        """
        if any(not self._kept(after, edition) for edition in after.editions):
            self.sync()  # which reads the file again
            return
        both = (before, after) if before is not None else (after,)
        names = {edition_id(work.id, edition.language) for work in both for edition in work.editions}
        with self._owing(), self._engine.batch() as batch:
            for name in sorted(names):
                self._put_now(batch, name)

    def _put_now(self, batch: Batch, name: str) -> None:
        """Index an edition as its record says at this moment, while nobody else writes; leave it out without one.

        So what is committed last is what the record says then, in whatever order those who changed it come here.
        """
        work, _, language = name.rpartition(".")
        found = self._catalogue.sound(work)
        edition = found.edition(language) if found is not None else None
        entry = self.entry(found, edition) if found is not None and edition is not None else None
        if entry is None:
            batch.drop(name)
        else:
            batch.put(entry)

    @contextmanager
    def _owing(self) -> Iterator[None]:
        """Note for whoever keeps the index in step that something could not be written into it."""
        try:
            yield
        except (EngineUnavailable, IndexOutOfDate):
            with suppress(OSError):  # it is found all the same, only later
                self._owed.parent.mkdir(parents=True, exist_ok=True)
                self._owed.touch()
            raise

    @property
    def owes(self) -> bool:
        """Whether a change could not be written into the index, by this program or another, since `catch_up`."""
        return self._owed.exists()

    def catch_up(self) -> IndexReport | None:
        """Put and drop whatever the index does not answer for; None when it answers for all.

        Raises EngineUnavailable when another program writes still, IndexOutOfDate when there is no index at all.
        """
        self._owed.unlink(missing_ok=True)  # first: what is left behind from now on is noted anew
        return self.sync() if self.behind() else None

    def behind(self) -> tuple[str, ...]:
        """Editions whose record the index does not answer for. Raises IndexOutOfDate when there is none at all."""
        works = self._catalogue.census().works
        now = {edition_id(w.id, e.language): fingerprint(w, e, self._thesaurus) for w in works for e in w.editions}
        held = self._engine.held()
        return tuple(sorted(name for name in now.keys() | held.keys() if now.get(name) != held.get(name)))

    def entry(self, work: Work, edition: Edition) -> Entry | None:
        """An edition as an engine takes it; None when its pages are not kept."""
        stored = self._store.get(edition.sha256)
        return None if stored is None else make_entry(work, edition, stored, self._thesaurus)

    def _held(self) -> dict[str, str] | None:
        try:
            return dict(self._engine.held())
        except IndexOutOfDate:
            return None

    def _read_missing(
        self, editions: list[tuple[Work, Edition]], jobs: int, progress: Progress
    ) -> tuple[int, tuple[Unindexed, ...]]:
        """Read the files whose pages or covers are not kept; what cannot be read is reported, not raised."""
        failed: list[Unindexed] = []
        missing: dict[Path, tuple[Work, Edition]] = {}
        for work, edition in editions:
            if self._kept(work, edition):
                continue
            path = self._catalogue.file(work.id, edition)
            if path.is_file():
                missing[path] = (work, edition)
            else:
                name = edition_id(work.id, edition.language)
                failed.append(
                    Unindexed(name, f"its file {path.name} is missing", f"put it back in documents/{work.id}")
                )
        for done, (path, result) in enumerate(examine(missing, self._topics, jobs), 1):
            work, edition = missing[path]
            if isinstance(result, UnreadableFile):
                name = edition_id(work.id, edition.language)
                failed.append(Unindexed(name, result.message, result.remedy, result.detail))
            else:
                self._keep(work, edition, result)
            progress("reading", done, len(missing))
        return len(missing), tuple(failed)

    def _kept(self, work: Work, edition: Edition) -> bool:
        """Whether its pages are kept as its record has them: with the text of those that OCR read, and of no others.

        Pages that the record claims, and of which no text is there, would not be kept either if it were read again.
        """
        stored = self._store.get(edition.sha256)
        if stored is None or stored.by_ocr == edition.ocr:
            return stored is not None
        read = kept(self._catalogue.folder / work.id, edition.sha256)
        there = read.texts if read is not None else {}
        return stored.by_ocr == tuple(page for page in edition.ocr if page in there)

    def _keep(self, work: Work, edition: Edition, examined: Examined) -> None:
        read = kept(self._catalogue.folder / work.id, edition.sha256) if edition.ocr else None
        pages = with_ocr(examined.reading.pages, read, edition.ocr)
        self._store.put(edition.sha256, pages, examined.reading.outline)
        put_cover(self._covers, edition.sha256, examined.reading.cover)


def make_entry(work: Work, edition: Edition, stored: StoredPages, thesaurus: Thesaurus) -> Entry:
    """An edition with its pages as an engine takes it."""
    texts = stored.all_texts()
    return Entry(
        edition=edition_id(work.id, edition.language),
        work=work.id,
        language=edition.language,
        lanes=lanes_of(edition.language, stored.languages, texts),
        access=work.needs,
        fingerprint=fingerprint(work, edition, thesaurus),
        title=f"{edition.title} {edition.subtitle}".strip(),
        abstract=edition.abstract,
        subject=tuple(_subject(work, edition.language, thesaurus)),
        pages=texts,
        values={
            "topic": tuple(_with_ancestors(work.topics, thesaurus)),
            "language": (edition.language,),
            "kind": (work.kind.value,),
            "year": (str(work.year),) if work.year else (),
            "place": tuple(_places(work.places)),
            "project": work.projects,
        },
        date=_as_number(work.date),
    )


def fingerprint(work: Work, edition: Edition, thesaurus: Thesaurus) -> str:
    """What the index entry of an edition depends on, in short: equal when a sync may leave it alone."""
    labels = [thesaurus.label(topic, edition.language) for topic in _with_ancestors(work.topics, thesaurus)]
    facts = (
        EXTRACTOR_VERSION, edition, work.kind, work.date, work.topics, labels, work.projects, work.places, work.needs,
    )  # fmt: skip
    return hashlib.sha256(repr(facts).encode("utf-8", "replace")).hexdigest()[:24]


def lanes_of(language: str, pages: Iterable[tuple[str, ...]], texts: tuple[str, ...]) -> tuple[str, ...]:
    """The edition's own language, and every other that fills a good part of its pages."""
    letters: Counter[str] = Counter()
    for found, text in zip(pages, texts, strict=True):
        for name in found:
            letters[name] += len(text) // len(found)
    total = max(sum(map(len, texts)), 1)
    return (
        language,
        *(name for name, count in letters.most_common() if name != language and count / total >= OTHER_LANE),
    )


def _subject(work: Work, language: str, thesaurus: Thesaurus) -> Iterator[str]:
    yield from (thesaurus.label(topic, language) for topic in work.topics)
    for place in work.places:
        yield from (name for name in (place.city, country_name(place.country, language)) if name)
    yield from work.projects


def _with_ancestors(topics: tuple[str, ...], thesaurus: Thesaurus) -> Iterator[str]:
    yield from dict.fromkeys(above for topic in topics for above in thesaurus.with_ancestors(topic))


def _places(places: tuple[Place, ...]) -> Iterator[str]:
    yield from dict.fromkeys(value for place in places for value in (place.country, place.id))


def _as_number(date: str) -> int:
    """`2020-05` as 20200500: sorts as dates do, the vaguer date first."""
    digits = date.replace("-", "")
    return int(digits.ljust(8, "0")) if digits else 0

"""The stages from a path to a catalogued edition, for `library add` and for the staff desk.

What a person states always wins over what a file says; what nobody states is taken from the description
when that is sure enough, and left open otherwise.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from library.catalogue import Action, Catalogue, Deed
from library.describe.proposal import Description
from library.describe.versions import Signs, signs
from library.durable import write_bytes
from library.errors import UnreadableFile
from library.formats.covers import put_cover
from library.formats.page_store import PageStore
from library.ingest.drafted import Given, Stated, edition_of, report_of, work_of
from library.ingest.examination import Examined, examine
from library.ingest.families import Families, Version
from library.ingest.files import offered, sha256_of
from library.ingest.identifiers import free_id
from library.ingest.known_texts import KnownTexts
from library.ingest.near_duplicates import Known, NearDuplicate
from library.ingest.outcome import Added, Outcome, Rejected, Unchanged, Warned
from library.ingest.report import ImportReport, read_report, report_name
from library.ingest.shingles import Signature
from library.languages import UNKNOWN, language_name
from library.model import Edition, Status, Work, edition_id

SHOWN_NAMES = 5
TRIES = 5
"""At making a work under an id that is free: another program may take the same one at the same moment."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Likenings:
    """What of the library a file is like."""

    signs: Signs
    signature: Signature
    version: Version | None
    near: tuple[NearDuplicate, ...]
    seconds: float


class Ingest:
    """One batch of files on its way into the catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: PageStore,
        covers: Path,
        topics: Path,
        texts: KnownTexts,
        stated: Stated,
        dry_run: bool = False,
    ) -> None:
        self._catalogue = catalogue
        self._store = store
        self._covers = covers
        self._topics = topics
        self._stated = stated
        self._dry_run = dry_run
        works = catalogue.census().works
        self._works = {work.id: work for work in works}
        self._taken = set(catalogue.identifiers())
        self._texts = texts
        self._families = Families(works, texts, dict(self._proposed(works)))
        self._known = {e.sha256: edition_id(work.id, e.language) for work in works for e in work.editions}
        self._editions = [Known(work.id, e.language, e.sha256) for work in works for e in work.editions]

    def run(self, paths: Iterable[Path], jobs: int = 1) -> Iterator[Outcome]:
        """The outcome of every file, in order; each added edition is in the catalogue when it is handed out."""
        found = offered(paths)
        for path in found.missing:
            yield Rejected(path, "not-found: there is no such file or folder", "check the path")
        yield from _left_alone(found.left_alone)
        fresh: dict[Path, str] = {}
        seen: dict[str, Path] = {}
        again: list[tuple[Path, str]] = []
        for path in found.files:
            try:
                digest = sha256_of(path)
            except OSError as error:
                yield Rejected(path, f"unreadable: {error.strerror or error}", "check the file's permissions")
                continue
            if digest in self._known:
                yield Unchanged(path, self._known[digest])
            elif digest in seen:
                again.append((path, digest))
            else:
                seen[digest], fresh[path] = path, digest
        for path, result in examine(fresh, self._topics, jobs):
            yield from self._take(Given(path, fresh[path], path.name), result)
        for path, digest in again:
            yield self._repeated(path, digest, seen[digest])

    def one(
        self, given: Given, examined: Callable[[], Examined | UnreadableFile], tell: Tell = lambda _: None
    ) -> tuple[Outcome, ...]:
        """The outcome of one file, the first of these, and what a person should look at.

        It is examined only when it is new; `tell` is told when the stage `near-duplicates` begins.
        """
        if given.sha256 in self._known:
            return (Unchanged(given.path, self._known[given.sha256]),)
        return tuple(self._take(given, examined(), tell))

    def _take(self, given: Given, found: Examined | UnreadableFile, tell: Tell = lambda _: None) -> Iterator[Outcome]:
        path = given.path
        if isinstance(found, UnreadableFile):
            yield Rejected(path, f"{found.reason.value}: {found.message}", found.remedy, found.detail)
            return
        language = self._stated.language or found.description.language.value or UNKNOWN
        work = self._works.get(self._stated.work)
        refused = self._refused(given, work, language)
        if refused is not None:
            yield refused
            return
        tell("near-duplicates")
        edition = edition_of(given, language, found)
        like = self._likenings(given, work, edition, found)
        doubts = tuple(self._doubts(found.description, language, work))
        report = _report(given, edition, found, like, doubts)
        try:
            catalogued = self._catalogued(work, edition, given, found.description, report)
        except FileExistsError as error:
            taken = Path(str(error)).name
            yield Rejected(path, f"id-taken: another program has just made “{taken}”", "add the file again")
            return
        self._remember(catalogued, edition, found, like)
        confidence = 1.0 if self._stated.language else found.description.language.confidence
        yield Added(
            path=path,
            work=catalogued,
            edition=edition_id(catalogued.id, language),
            language=language,
            confidence=confidence,
            title=edition.title,
            pages=edition.pages,
            description=found.description,
            reading=found.reading,
            version=like.version,
            near_duplicates=like.near,
        )
        if like.version is not None:
            yield Warned(path, self._may_be(like.version, catalogued, language))
        for message in (*(one.said() for one in like.near), *found.reading.notices, *doubts):
            yield Warned(path, message)

    def _likenings(self, given: Given, work: Work | None, edition: Edition, found: Examined) -> _Likenings:
        """The work that a file may be another language of, unless the person has named one, and near-duplicates."""
        began = time.perf_counter()
        texts = [page.text for page in found.reading.pages]
        new = signs(texts, found.reading.outline, edition.language, given.last_name)
        version = None if self._stated.work else self._families.version(new)
        others = [one for one in self._editions if work is None or one.work != work.id]
        near, signature = self._texts.near.find(texts, others)
        return _Likenings(new, signature, version, near, time.perf_counter() - began)

    def _remember(self, work: Work, edition: Edition, found: Examined, like: _Likenings) -> None:
        """Keep what further files of the batch, and the index, need of one that was added."""
        self._families.join(work.id if like.version is None else like.version.work, like.signs)
        self._works[work.id] = work
        self._taken.add(work.id)
        self._known[edition.sha256] = edition_id(work.id, edition.language)
        if not self._dry_run:
            self._editions.append(Known(work.id, edition.language, edition.sha256))
            self._store.put(edition.sha256, found.reading.pages, found.reading.outline)
            self._texts.near.keep(edition.sha256, like.signature)
            put_cover(self._covers, edition.sha256, found.reading.cover)

    def _refused(self, given: Given, work: Work | None, language: str) -> Rejected | None:
        """Why a file that could be read is not taken all the same."""
        path = given.path
        if work is None and self._stated.work in self._taken:
            return Rejected(path, f"bad-record: the record of “{self._stated.work}” is not right", "run: library check")
        if work is not None and work.edition(language) is not None:
            return Rejected(
                path,
                f"language-taken: the work “{work.id}” already has an edition in {language}",
                "name another work, or state another language with --language",
            )
        if work is not None and self._stated.draft and work.status is Status.PUBLISHED:
            return Rejected(
                path,
                f"not-a-draft: the work “{work.id}” is published, so its new edition would be seen at once",
                "leave --draft out, or make the work a draft in its record first",
            )
        with suppress(OSError):
            if sha256_of(path) == given.sha256:
                return None
        return Rejected(path, "changed: the file changed, or went away, while it was read", "add it when it is at rest")

    def _catalogued(
        self, work: Work | None, edition: Edition, given: Given, description: Description, report: ImportReport
    ) -> Work:
        """The work with its new edition, written into the catalogue unless this is a rehearsal."""
        if work is not None:
            grown = replace(work, editions=(*work.editions, edition))
            if self._dry_run:
                return grown
            name = report_name(edition.sha256)
            write_bytes(self._catalogue.folder / work.id / name, report.as_bytes())
            why = f"added the {edition.language} edition from {edition.source}"
            deed = Deed(given.who, why, Action.ADD_LANGUAGE)
            return self._catalogue.add_edition(grown, edition.language, given.path, deed)
        new = work_of(self._stated, edition, description, self._free_id)
        return new if self._dry_run else self._created(new, edition, given, report)

    def _created(self, new: Work, edition: Edition, given: Given, report: ImportReport) -> Work:
        """The new work in the catalogue, under another id when its own has just been taken and nobody asked for it."""
        deed = Deed(given.who, f"from {given.source}", Action.ADD)
        beside = {report_name(edition.sha256): report.as_bytes()}
        for _ in range(TRIES):
            try:
                return self._catalogue.create(new, {edition.language: given.path}, deed, beside)
            except OSError as error:
                if not isinstance(error, FileExistsError) and error.errno != errno.ENOTEMPTY:
                    raise
                if self._stated.work:
                    break
            self._taken.add(new.id)
            new = replace(new, id=self._free_id(edition.title))
        raise FileExistsError(new.id)

    def _free_id(self, title: str) -> str:
        return free_id(title, self._taken)

    def _proposed(self, works: Iterable[Work]) -> Iterator[tuple[str, str]]:
        """Each draft that was taken for a version of a work when it came in, and that work."""
        for work in works:
            if work.status is Status.DRAFT and not work.merged_into:
                for edition in work.editions:
                    version = read_report(self._catalogue.folder / work.id, edition.sha256).version
                    if version is not None:
                        yield work.id, version.work

    def _may_be(self, version: Version, work: Work, language: str) -> str:
        """That a file looks like another language of a work, why, and how to put it there."""
        first = "" if self._dry_run else f"take out “{work.id}” and "
        reasons = "; ".join(version.reasons)
        return (
            f"version: it may be the {language_name(language)} version of “{version.work}” ({reasons}); "
            f"if it is, {first}add the file with --work {version.work}"
        )

    def _doubts(self, description: Description, language: str, work: Work | None) -> Iterator[str]:
        if work is not None and (self._stated.kind or self._stated.topics):
            yield f"kind and topics: “{work.id}” has its own, so those stated were left aside"
        if self._stated.language:
            if description.language.value not in {self._stated.language, UNKNOWN, ""}:
                yield f"language: stated as {language}, but the text looks like {description.language.value}"
            return
        if language == UNKNOWN:
            yield "language: could not be told; state it with --language, or in the record"
        yield from description.warnings

    def _repeated(self, path: Path, digest: str, first: Path) -> Outcome:
        """A file whose bytes came earlier in the same batch: it shares the first one's fate."""
        if digest in self._known:
            return Unchanged(path, self._known[digest])
        return Rejected(path, f"same-as-rejected: it is byte for byte “{first.name}”, which was rejected", "see there")


def _report(given: Given, edition: Edition, found: Examined, like: _Likenings, doubts: tuple[str, ...]) -> ImportReport:
    return replace(
        report_of(edition, found, given.who, given.arrival),
        near_duplicates=like.near,
        version=like.version,
        warnings=doubts,
        stages=(*found.stages, ("near-duplicates", round(like.seconds, 4))),
    )


def _left_alone(paths: tuple[Path, ...]) -> Iterator[Warned]:
    if paths:
        names = ", ".join(path.name for path in paths[:SHOWN_NAMES]) + (" …" if len(paths) > SHOWN_NAMES else "")
        yield Warned(
            paths[0].parent, f"left alone, being in other formats by their names ({len(paths)} in all): {names}"
        )

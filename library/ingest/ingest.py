"""The stages from a path to a catalogued edition.

What a person states always wins over what a file says; what nobody states is taken from the description
when that is sure enough, and left open otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from library.analysis import fold, tokens
from library.catalogue import Action, Catalogue, Deed
from library.describe.proposal import Description, Proposal
from library.describe.versions import signs
from library.errors import UnreadableFile
from library.formats.covers import put_cover
from library.formats.page_store import PageStore
from library.formats.text_repair import clean_metadata
from library.ingest.examination import Examined, examine
from library.ingest.families import Families, Version
from library.ingest.files import offered, sha256_of
from library.ingest.outcome import Added, Outcome, Rejected, Unchanged, Warned
from library.languages import UNKNOWN, language_name
from library.model import MAX_SLUG, Edition, Kind, Status, Work, edition_id

SURE_ENOUGH = 0.4
"""Confidence from which a proposed year, topic or kind goes into the record: our judgement."""
WHO = "library add"
SLUG_WORDS = 8
SHOWN_NAMES = 5


@dataclass(frozen=True, slots=True)
class Stated:
    """What the person who adds says of the files; it wins over whatever is found in them."""

    language: str = ""
    kind: Kind | None = None
    topics: tuple[str, ...] = ()
    work: str = ""
    """Add to this work, or make it under this id."""
    draft: bool = False


class Ingest:
    """One batch of files on its way into the catalogue."""

    def __init__(
        self, catalogue: Catalogue, store: PageStore, covers: Path, topics: Path, stated: Stated, dry_run: bool = False
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
        self._families = Families(works, store)
        self._known = {e.sha256: edition_id(work.id, e.language) for work in works for e in work.editions}

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
            yield from self._take(path, fresh[path], result)
        for path, digest in again:
            yield self._repeated(path, digest, seen[digest])

    def _take(self, path: Path, digest: str, result: Examined | UnreadableFile) -> Iterator[Outcome]:
        if isinstance(result, UnreadableFile):
            yield Rejected(path, f"{result.reason.value}: {result.message}", result.remedy, result.detail)
            return
        language = self._stated.language or result.description.language.value or UNKNOWN
        work = self._works.get(self._stated.work)
        refused = self._refused(path, digest, work, language)
        if refused is not None:
            yield refused
            return
        edition = self._edition(path, digest, language, result)
        try:
            catalogued = self._catalogued(work, edition, path, result.description)
        except FileExistsError as error:
            taken = Path(str(error)).name
            yield Rejected(path, f"id-taken: another program has just made “{taken}”", "add the file again")
            return
        version = self._version(catalogued, edition, path, result)
        self._works[catalogued.id] = catalogued
        self._taken.add(catalogued.id)
        self._known[digest] = edition_id(catalogued.id, language)
        if not self._dry_run:
            self._store.put(digest, result.reading.pages, result.reading.outline)
            put_cover(self._covers, digest, result.reading.cover)
        confidence = 1.0 if self._stated.language else result.description.language.confidence
        yield Added(
            path=path,
            work=catalogued,
            edition=edition_id(catalogued.id, language),
            language=language,
            confidence=confidence,
            title=edition.title,
            pages=edition.pages,
            description=result.description,
            reading=result.reading,
            version=version,
        )
        if version is not None:
            yield Warned(path, self._may_be(version, catalogued, language))
        for message in (*result.reading.notices, *self._doubts(result.description, language)):
            yield Warned(path, message)
        if work is not None and (self._stated.kind or self._stated.topics):
            yield Warned(path, f"kind and topics: “{work.id}” has its own, so those stated were left aside")

    def _version(self, work: Work, edition: Edition, path: Path, result: Examined) -> Version | None:
        """The work that this file may be another language of; not asked when the person has named a work."""
        texts = [page.text for page in result.reading.pages]
        new = signs(texts, result.reading.outline, edition.language, path.name)
        if self._stated.work:
            self._families.join(work.id, new)
            return None
        return self._families.place(work.id, new)

    def _refused(self, path: Path, digest: str, work: Work | None, language: str) -> Rejected | None:
        """Why a file that could be read is not taken all the same."""
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
            if sha256_of(path) == digest:
                return None
        return Rejected(path, "changed: the file changed, or went away, while it was read", "add it when it is at rest")

    def _edition(self, path: Path, digest: str, language: str, result: Examined) -> Edition:
        return Edition(
            language=language,
            title=clean_metadata(result.description.title.value) or clean_metadata(path.stem) or "?",
            subtitle=clean_metadata(_sure(result.description.subtitle)),
            sha256=digest,
            pages=len(result.reading.pages),
            bytes=path.stat().st_size,
            source=clean_metadata(path.name.encode("utf-8", "replace").decode("utf-8")),
            received=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    def _catalogued(self, work: Work | None, edition: Edition, path: Path, description: Description) -> Work:
        """The work with its new edition, written into the catalogue unless this is a rehearsal."""
        if work is not None:
            grown = replace(work, editions=(*work.editions, edition))
            if not self._dry_run:
                why = f"added the {edition.language} edition from {edition.source}"
                deed = Deed(WHO, why, Action.ADD_LANGUAGE)
                return self._catalogue.add_edition(grown, edition.language, path, deed)
            return grown
        new = Work(
            id=self._stated.work or self._free_id(edition.title),
            kind=self._stated.kind or _kind(description),
            editions=(edition,),
            date=_sure(description.date),
            topics=self._stated.topics or tuple(t.value for t in description.topics if t.confidence >= SURE_ENOUGH),
            status=Status.DRAFT if self._stated.draft else Status.PUBLISHED,
        )
        if not self._dry_run:
            self._catalogue.create(new, {edition.language: path}, Deed(WHO, f"from {edition.source}", Action.ADD))
        return new

    def _free_id(self, title: str) -> str:
        """An identifier made from the title that no work has yet."""
        words = [word for word in (re.sub(r"[^a-z0-9]", "", fold(token)) for token in tokens(title)) if word]
        stem = "-".join(words[:SLUG_WORDS])[: MAX_SLUG - 6].strip("-") or "work"
        number, name = 1, stem
        while name in self._taken:
            number += 1
            name = f"{stem}-{number}"
        return name

    def _may_be(self, version: Version, work: Work, language: str) -> str:
        """That a file looks like another language of a work, why, and how to put it there."""
        first = "" if self._dry_run else f"take out “{work.id}” and "
        reasons = "; ".join(version.reasons)
        return (
            f"version: it may be the {language_name(language)} version of “{version.work}” ({reasons}); "
            f"if it is, {first}add the file with --work {version.work}"
        )

    def _doubts(self, description: Description, language: str) -> Iterator[str]:
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


def _left_alone(paths: tuple[Path, ...]) -> Iterator[Warned]:
    if paths:
        names = ", ".join(path.name for path in paths[:SHOWN_NAMES]) + (" …" if len(paths) > SHOWN_NAMES else "")
        yield Warned(paths[0].parent, f"left alone, being no PDF by their names ({len(paths)} in all): {names}")


def _sure(proposal: Proposal) -> str:
    return proposal.value if proposal.confidence >= SURE_ENOUGH else ""


def _kind(description: Description) -> Kind:
    value = _sure(description.kind)
    return Kind(value) if value in set(Kind) else Kind.PUBLICATION

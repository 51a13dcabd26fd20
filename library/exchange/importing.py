"""Importing records and files: every row is judged, every work is written whole, and all of it is one batch.

A run that was ended is begun again: what it had done is found to be there already, and nothing is done twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from library.access import Right, User, demand
from library.catalogue import Action, Deed
from library.catalogue.journal import now
from library.durable import copy_file, write_bytes
from library.errors import Conflict, EngineUnavailable, RecordError, UnreadableFile, UsageError
from library.exchange.beside import Beside, located
from library.exchange.judging import Judge, Plan, Row
from library.exchange.offer import Offer
from library.exchange.report import Fault, ImportReport, RowOutcome, State
from library.exchange.source import Source, opened
from library.formats.covers import put_cover
from library.formats.ocr_pages import kept, ocr_path, with_ocr
from library.ingest.drafted import report_of
from library.ingest.examination import Examined, examine
from library.ingest.report import report_name
from library.library import Library
from library.model import MAX_SLUG, SLUG, Work, edition_id
from library.topics import Thesaurus, load_thesaurus

WHO = "library import"
ORIGIN = "imported"
"""The folder of a work that says by which import it was made, written in the same moment as the work."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported, and how."""

    path: Path
    """A table, a file of lines, a folder, or a ZIP file."""
    dry_run: bool = False
    batch: str = ""
    """The name under which it can be taken back; one made from its content when it is empty."""
    encoding: str = ""
    """Of a table that is not UTF-8."""
    jobs: int = 1


def import_records(
    library: Library, user: User, wanted: Wanted, progress: Progress = lambda *_: None, name: str = ""
) -> ImportReport:
    """Import what is wanted, and bring the index in step; `name` is what people call it, when its path says otherwise.

    Raises NotAllowed, UsageError, OSError.
    """
    demand(user, Right.IMPORT)
    if wanted.batch and not (SLUG.fullmatch(wanted.batch) and len(wanted.batch) <= MAX_SLUG):
        raise UsageError(f"“{wanted.batch[:80]}” is no name for a batch", "use small letters, digits and hyphens")
    thesaurus, topics = library.thesaurus, None
    with opened(wanted.path, thesaurus, wanted.encoding, name) as source:
        if not library.topics_file.exists() and (source.folder / "topics.ttl").is_file():
            topics = source.folder / "topics.ttl"
            thesaurus = load_thesaurus(topics)
        batch = wanted.batch or source.batch
        deed = Deed(user.name or WHO, f"imported from {name or wanted.path.name}", Action.IMPORT, batch)
        if topics is not None and not wanted.dry_run:
            library.topics_file.parent.mkdir(parents=True, exist_ok=True)
            copy_file(topics, library.topics_file)
        rows: list[RowOutcome] = []
        for plan in Importing(library, thesaurus, source).plans(wanted.jobs):
            rows.extend(plan.rows if wanted.dry_run else _done(library, plan, deed))
            progress("importing", len(rows), len(source.offers))
    told = (
        *source.notices,
        *(("topics.ttl: the library had no topics and takes these",) if topics is not None else ()),
    )
    rows.sort(key=lambda row: row.row)
    changed = any(row.state in (State.ADDED, State.CHANGED) for row in rows)
    if changed and not wanted.dry_run and not indexed(library, topics is not None):
        told = (*told, "another program is writing the index: run library index")
    return ImportReport(batch, wanted.dry_run, tuple(rows), told)


class Importing:
    """The rows of a source, work by work, judged against a library."""

    def __init__(self, library: Library, thesaurus: Thesaurus, source: Source) -> None:
        self._library = library
        self._thesaurus = thesaurus
        self._source = source
        works = library.catalogue.census().works
        self._known = {e.sha256: (work.id, e.language) for work in works for e in work.editions}
        self._taken = set(library.catalogue.identifiers())

    def plans(self, jobs: int = 1) -> Iterator[Plan]:
        """What is to be done to each work, in the order of its first row; judged when it is asked for."""
        groups = self._grouped()
        fresh: dict[Path, Row] = {}
        for rows in groups.values():
            for row in rows:
                if row.fault is None and row.beside is not None and row.beside.sha256 not in self._known:
                    fresh[row.beside.path] = row
        results = examine(fresh, self._library.topics_file, jobs) if fresh else iter(())
        for key, rows in groups.items():
            yield self._judged(key, tuple(self._examined(row, results, fresh) for row in rows))

    def _grouped(self) -> dict[str, list[Row]]:
        """The rows of each work together; a row that names none belongs to the work that has its file."""
        groups: dict[str, list[Row]] = {}
        seen: dict[str, int] = {}
        for offer in self._source.offers:
            found = located(self._source.folder, offer.file) if offer.file and not offer.problem else None
            beside = found if isinstance(found, Beside) else None
            fault = found if isinstance(found, Fault) else self._fault(offer, beside, seen)
            if beside is not None:
                seen.setdefault(beside.sha256, offer.row)
            owner = self._known.get(beside.sha256, ("", ""))[0] if beside is not None else ""
            key = offer.work or owner or f"\n{offer.row}"  # the editions of one item or line belong together
            groups.setdefault(key, []).append(Row(offer, beside, None, fault))
        return groups

    def _fault(self, offer: Offer, beside: Beside | None, seen: dict[str, int]) -> Fault | None:
        """Why a row cannot be taken, whatever else it says."""
        if offer.work and not (SLUG.fullmatch(offer.work) and len(offer.work) <= MAX_SLUG):
            return Fault("work", f"“{offer.work[:80]}” is no identifier", "use small letters, digits and hyphens")
        if beside is None:
            named = offer.work or offer.file or offer.problem
            return None if named else Fault("work", "is missing, and so is a file", "name the work, or its file")
        if beside.sha256 in seen:
            return Fault("file", f"row {seen[beside.sha256]} names the same file", "take one of them out")
        work, language = self._known.get(beside.sha256, (offer.work, ""))
        if offer.work and work != offer.work:
            return Fault("file", f"is in the library already, as {edition_id(work, language)}", "name that work")
        return None

    def _examined(
        self, row: Row, results: Iterator[tuple[Path, Examined | UnreadableFile]], fresh: dict[Path, Row]
    ) -> Row:
        """The row with what was found in its file, when that is new."""
        if row.beside is None or fresh.get(row.beside.path) is not row:
            return row
        path, result = next(results)
        if path != row.beside.path:
            raise AssertionError(f"{path} was examined out of turn")
        if isinstance(result, UnreadableFile):
            return replace(row, fault=Fault("file", f"{result.reason.value}: {result.message}", result.remedy))
        return replace(row, examined=result)

    def _judged(self, key: str, rows: tuple[Row, ...]) -> Plan:
        identifier = key if SLUG.fullmatch(key) else ""
        try:
            version = self._library.catalogue.version(identifier) if identifier in self._taken else ""
            before = self._library.catalogue.get(identifier) if version else None
        except RecordError:
            fault = Fault("work", f"the record of “{identifier}” is not right", "run: library check")
            rows = tuple(replace(row, fault=fault) for row in rows)
            version, before = "", None
        plan = Judge(identifier, before, self._thesaurus, self._taken, now()).judged(rows)
        if plan.after is not None:
            self._taken.add(plan.after.id)
        readings = {row.beside.sha256: row.examined for row in rows if row.beside and row.examined}
        scanned = {row.beside.sha256: row.beside.ocr for row in rows if row.beside and row.beside.ocr}
        return replace(plan, version=version, readings=readings, scanned=scanned)


def _done(library: Library, plan: Plan, deed: Deed) -> tuple[RowOutcome, ...]:
    """Do what was judged; the rows as they ended."""
    if plan.after is None or not plan.is_needed:
        return plan.rows
    reports = {report_name(digest): _report(plan.after, digest, found, deed) for digest, found in plan.readings.items()}
    reports |= _scanned(library.catalogue.folder / plan.after.id, plan)
    try:
        if plan.before is None:
            origin = {"batch": deed.batch, "who": deed.who, "why": deed.why, "rows": [row.row for row in plan.rows]}
            said = (json.dumps(origin, ensure_ascii=False) + "\n").encode("utf-8")
            library.catalogue.create(plan.after, plan.files, deed, {**reports, f"{ORIGIN}/{deed.batch}.json": said})
        else:
            for name, content in reports.items():
                write_bytes(library.catalogue.folder / plan.after.id / name, content)
            _changed(library, plan.before, plan.after, plan, deed)
    except (Conflict, FileExistsError):
        fault = Fault("work", "somebody else changed this work in the meantime", "import once more")
        return tuple(replace(row, state=State.REJECTED, fields=(), faults=(*row.faults, fault)) for row in plan.rows)
    claimed = {edition.sha256: edition.ocr for edition in plan.after.editions}
    for digest, examined in plan.readings.items():
        pages = with_ocr(examined.reading.pages, plan.scanned.get(digest), claimed.get(digest, ()))
        library.pages.put(digest, pages, examined.reading.outline)
        put_cover(library.covers, digest, examined.reading.cover)
    return plan.rows


def _scanned(folder: Path, plan: Plan) -> dict[str, bytes]:
    """What came of texts by OCR, as it is kept: of pages that the record names. What is here already stays."""
    written: dict[str, bytes] = {}
    for edition in plan.after.editions if plan.after is not None else ():
        came, here = plan.scanned.get(edition.sha256), kept(folder, edition.sha256)
        if came is None or not edition.ocr or (here is not None and here.texts.keys() >= set(edition.ocr)):
            continue
        whole = came if here is None else replace(here, texts={**came.texts, **here.texts})
        written[ocr_path(folder, edition.sha256).relative_to(folder).as_posix()] = whole.as_json().encode("utf-8")
    return written


def _report(work: Work, digest: str, found: Examined, deed: Deed) -> bytes:
    """What was found in a file, for whoever reviews the draft."""
    edition = next((edition for edition in work.editions if edition.sha256 == digest), work.editions[0])
    return report_of(replace(edition, sha256=digest), found, deed.who, deed.batch).as_bytes()


def _changed(library: Library, before: Work, after: Work, plan: Plan, deed: Deed) -> None:
    """New files first, each with a record that names it; then the record as it is to be."""
    catalogue, work, expected = library.catalogue, before, plan.version
    for language, source in plan.files.items():
        edition = after.edition(language)
        if edition is None:
            continue
        there = work.edition(language)
        editions = tuple(edition if e is there else e for e in work.editions) + (() if there else (edition,))
        work = catalogue.add_edition(replace(work, editions=editions), language, source, deed, expected)
        expected = catalogue.version(work.id)
    names = {edition.language: edition.file for edition in work.editions}
    named = tuple(replace(edition, file=names[edition.language]) for edition in after.editions)
    catalogue.save(replace(after, editions=named), deed, expected)


def indexed(library: Library, anew: bool = False) -> bool:
    """Bring the index in step; whether it could be. Topics that have just come are read by opening the library anew."""
    try:
        if anew:
            with Library.open(library.root) as fresh:
                fresh.index()
        else:
            library.index()
    except EngineUnavailable:
        return False
    return True

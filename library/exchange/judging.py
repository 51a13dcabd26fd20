"""What each row of one work comes to: its record as it would be, or why the row cannot be taken. Nothing is written.

A rehearsal and the real import judge alike; the real one then does what was judged.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from library.catalogue import parse_record
from library.catalogue.record import write_record
from library.describe.proposal import Description
from library.errors import Problem
from library.exchange.beside import Beside
from library.exchange.columns import BY_NAME, SHARED, Misread, own_texts, shared_texts
from library.exchange.editions import Refusal, edition_of, language_of, missing
from library.exchange.offer import Offer
from library.exchange.report import Fault, RowOutcome, State
from library.formats.ocr_pages import OcrPages
from library.ingest.drafted import Stated, work_of
from library.ingest.examination import Examined
from library.ingest.identifiers import free_id
from library.model import SLUG, Edition, Status, Work
from library.topics import Thesaurus

OF_WORK = tuple(column.name for column in SHARED)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the file that lies beside the table for it."""

    offer: Offer
    beside: Beside | None
    examined: Examined | None
    """What was found in the file, when the library does not have it yet."""
    fault: Fault | None = None
    """Why it cannot be taken, whatever it says."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to one work, and what became of its rows."""

    before: Work | None
    after: Work | None
    """None when nothing could be made of its rows."""
    files: Mapping[str, Path]
    """The files that come in, by language."""
    rows: tuple[RowOutcome, ...]
    version: str = ""
    """Of the record that was judged: it is written over no other."""
    readings: Mapping[str, Examined] = field(default_factory=dict)
    """What was read in the files, by their checksums."""
    scanned: Mapping[str, OcrPages] = field(default_factory=dict)
    """What OCR had read in them, and came with them."""

    @property
    def is_needed(self) -> bool:
        """Whether anything would be written."""
        return self.after is not None and self.after != self.before


class Judge:
    """Judges the rows of one work, one after the other; a row that is rejected leaves no trace."""

    def __init__(
        self, identifier: str, before: Work | None, thesaurus: Thesaurus, taken: Container[str], now: str
    ) -> None:
        self._id = identifier
        self._before = before
        self._work = before
        self._thesaurus = thesaurus
        self._taken = taken
        self._now = now
        self._said: dict[str, tuple[int, object]] = {}
        self._rows: dict[str, int] = {}
        self._files: dict[str, Path] = {}

    def judged(self, rows: tuple[Row, ...]) -> Plan:
        """What the rows come to together."""
        outcomes = tuple(self._outcome(row) for row in rows)
        return Plan(self._before, self._work, self._files, outcomes)

    def _outcome(self, row: Row) -> RowOutcome:
        try:
            return self._taken_in(row)
        except Refusal as refusal:
            offer = row.offer
            return RowOutcome(offer.row, State.REJECTED, self._id or offer.work, offer.language[:40],
                              faults=refusal.faults, notices=offer.notices)  # fmt: skip

    def _taken_in(self, row: Row) -> RowOutcome:
        """The row as part of the work. Raises Refusal."""
        if row.fault is not None:
            raise Refusal(row.fault)
        offer = row.offer
        if offer.problem:
            raise Refusal(Fault("", offer.problem, "mend that row"))
        language = language_of(offer, row.beside, row.examined, self._work)
        if row.beside is None and missing(offer, self._work, language):
            raise Refusal(Fault("file", f"there is no “{offer.file[:80]}” beside the table", "put the file there"))
        if language in self._rows:
            raise Refusal(Fault("language", f"row {self._rows[language]} is the same edition", "take one of them out"))
        values, notices = self._values(offer)
        self._agree(offer.row, values)
        existing = self._work.edition(language) if self._work is not None else None
        edition = edition_of(existing, language, values, row.beside, row.examined, self._now)
        base = self._base(edition, row.examined)
        after = self._valid(_with(base, values, edition), language)
        told = [*offer.notices, *notices, *self._proposed(values, existing, row), *_unread(values, edition)]
        fields = _changed(self._work, after, language)
        state = State.ADDED if existing is None else State.CHANGED if fields else State.UNCHANGED
        self._work, self._id = after, after.id
        self._rows[language] = offer.row
        self._said |= {name: (offer.row, values[name]) for name in OF_WORK if name in values and name not in self._said}
        if row.beside is not None and (existing is None or existing.sha256 != row.beside.sha256):
            self._files[language] = row.beside.path
        return RowOutcome(
            offer.row, state, after.id, language, fields if existing is not None else (), notices=tuple(told)
        )

    def _values(self, offer: Offer) -> tuple[dict[str, object], list[str]]:
        """What the row says, as values of its fields. Raises Refusal with every text that is none."""
        values: dict[str, object] = {}
        faults: list[Fault] = []
        notices: list[str] = []
        for name, texts in offer.texts.items():
            column = BY_NAME[name]
            if column.kept and not any(text.strip() for text in texts):
                continue
            try:
                values[name] = column.read(texts)
            except Misread as wrong:
                faults.append(Fault(name, wrong.reason, wrong.remedy))
        if "topics" in values:
            values["topics"] = tuple(dict.fromkeys(self._topics(offer.texts["topics"], faults, notices)))
        if faults:
            raise Refusal(*faults)
        return values, notices

    def _topics(self, texts: tuple[str, ...], faults: list[Fault], notices: list[str]) -> list[str]:
        """The identifiers of topics that are named by label, code or identifier; what the record has, it may keep."""
        known = self._work.topics if self._work is not None else ()
        found: list[str] = []
        for text in filter(None, (text.strip() for text in texts)):
            topic = self._thesaurus.find(text)
            if topic is None and len(self._thesaurus) and text not in known and not SLUG.fullmatch(text):
                faults.append(Fault("topics", f"“{text[:60]}” is no topic of the thesaurus", "run: library topics"))
                continue
            if topic is None and len(self._thesaurus):
                notices.append(f"topics: “{text[:60]}” is not in the thesaurus; kept as it is")
            found.append(topic.id if topic is not None else text)
        return found

    def _agree(self, row: int, values: Mapping[str, object]) -> None:
        """See that rows of one work say the same of it. Raises Refusal."""
        faults = [
            Fault(name, f"row {self._said[name][0]} says otherwise of the same work", "make them the same")
            for name in OF_WORK
            if name in values and name in self._said and self._said[name][1] != values[name]
        ]
        if faults:
            raise Refusal(*faults)

    def _base(self, edition: Edition, examined: Examined | None) -> Work:
        """The work as it was, or a new one: a draft with what its file proposes, for the row to say otherwise."""
        if self._work is not None:
            return self._work
        described = examined.description if examined is not None else Description()
        new = work_of(Stated(work=self._id), edition, described, lambda title: free_id(title, self._taken))
        return replace(new, editions=(), status=Status.DRAFT)

    def _valid(self, work: Work, language: str) -> Work:
        """The work as its record will be read. Raises Refusal with every problem that the record would have."""
        found, problems = parse_record(write_record(work), work.id, work.id)
        if found is None:
            raise Refusal(*(_fault(problem, language) for problem in problems))
        return found

    def _proposed(self, values: Mapping[str, object], existing: Edition | None, row: Row) -> list[str]:
        """What the row leaves open and was taken from the file instead."""
        if existing is not None:
            return []
        asked = ["title", *(("kind", "date", "topics") if self._work is None else ())]
        left = [name for name in asked if name not in values] + ([] if row.offer.language else ["language"])
        told = [f"not said, and taken from the file where it says so: {', '.join(left)}"] if left else []
        if "status" not in values and self._work is None:
            told.append("status: not said, so the work is a draft")
        return told


def _unread(values: Mapping[str, object], edition: Edition) -> list[str]:
    """What is told of pages that OCR read elsewhere, and whose text did not come."""
    claimed: tuple[int, ...] = values.get("ocr", ())  # type: ignore[assignment]
    left = [str(page) for page in claimed if page not in edition.ocr]
    told = f"ocr: the text of pages {', '.join(left)[:200]} did not come with the file: run library ocr"
    return [told] if left else []


def _with(work: Work, values: Mapping[str, object], edition: Edition) -> Work:
    """The work with what a row says of it, and its edition in its place."""
    there = work.edition(edition.language)
    editions = tuple(edition if e is there else e for e in work.editions)
    shared = {name: values[name] for name in OF_WORK if name in values}
    return replace(work, editions=editions if there is not None else (*editions, edition), **shared)  # type: ignore[arg-type]


def _changed(before: Work | None, after: Work, language: str) -> tuple[str, ...]:
    """The columns of one edition whose values are others now."""
    was = _texts(before, language)
    is_ = _texts(after, language)
    return tuple(name for name in is_ if was.get(name) != is_[name])


def _texts(work: Work | None, language: str) -> dict[str, tuple[str, ...]]:
    edition = work.edition(language) if work is not None else None
    if work is None or edition is None:
        return {}
    return {**shared_texts(work), **own_texts(edition)}


def _fault(problem: Problem, language: str) -> Fault:
    """A problem of the record that would be, as one of the row: `editions.fr.title` is its column `title`."""
    parts = [part for part in problem.key.split(".") if part not in {"editions", "sections", language}]
    name = parts[0] if parts else "language"
    return Fault(name if name in BY_NAME else "", problem.message, problem.remedy)

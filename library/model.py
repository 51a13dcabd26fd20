"""The words of the library: works, editions, pages, and the closed lists that describe them.

Languages are BCP 47 tags, dates ISO 8601 (a year, a month or a day), countries ISO 3166-1 alpha-2.
Work and edition follow the LRM: an edition is a work in one language, one file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,60}\.(?:pdf|docx|odt|html|epub)")
"""The name of an edition's file in the folder of its work."""
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
ISO_DATE = re.compile(r"(?P<year>[12]\d{3})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")
"""The form of a date; `is_date` also asks the calendar."""
MAX_SLUG = 80


class Kind(StrEnum):
    """What sort of work it is: the closed list of the network's document types."""

    PUBLICATION = "publication"
    GUIDE = "guide"
    PRACTICE_SHEET = "practice-sheet"
    FACT_SHEET = "fact-sheet"
    POLICY_PAPER = "policy-paper"
    RESOLUTION = "resolution"
    MANIFESTO = "manifesto"
    AUDIT = "audit"
    RESEARCH = "research"
    CONFERENCE_REPORT = "conference-report"
    ACTIVITY_REPORT = "activity-report"
    NEWSLETTER = "newsletter"
    BROCHURE = "brochure"
    TRAINING = "training"


class Access(StrEnum):
    """Who may find and read a work."""

    PUBLIC = "public"
    MEMBERS = "members"
    STAFF = "staff"


class Status(StrEnum):
    """Where a work stands in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Section(StrEnum):
    """The parts that every practice sheet has, in this order, so that sheets can be compared part by part."""

    CONTEXT = "context"
    OBJECTIVES = "objectives"
    ACTIVITIES = "activities"
    PARTNERS = "partners"
    BUDGET = "budget"
    EVALUATION = "evaluation"
    LESSONS = "lessons"
    CONTACT = "contact"


class TextSource(StrEnum):
    """Where the text of a page came from."""

    TEXT_LAYER = "text-layer"
    OCR = "ocr"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a practice happened: a country, and a city in it when there is one."""

    country: str
    """ISO 3166-1 alpha-2, such as `NL`."""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def id(self) -> str:
        """The facet value: `NL`, or `NL/Amsterdam`."""
        return f"{self.country}/{self.city}" if self.city else self.country


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an edition, with its text as it was read."""

    number: int
    """From 1, as a PDF viewer counts."""
    label: str
    """As printed: `iv`, `12`, `A-3`; the number when the file gives no labels."""
    text: str
    source: TextSource = TextSource.TEXT_LAYER
    languages: tuple[str, ...] = ()
    """Languages found on the page, the most text first; empty when none was sure."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A work in one language: one file."""

    language: str
    title: str
    sha256: str
    """Of the file as received, in hexadecimal."""
    pages: int
    subtitle: str = ""
    abstract: str = ""
    bytes: int = 0
    source: str = ""
    """The name the file had when it was received."""
    received: str = ""
    """When it came in: ISO 8601 date and time, UTC."""
    without_text: tuple[int, ...] = ()
    """Numbers of pages that are known to hold no text, such as scans and photographs, in rising order."""
    sections: tuple[tuple[Section, str], ...] = ()
    """The parts of a practice sheet in their fixed order, as plain text; empty when nobody has taken them down."""
    file: str = ""
    """The name of its file in the folder of the work, when that is not the language and `.pdf`: never overwritten."""
    ocr: tuple[int, ...] = ()
    """Numbers of pages whose text was read by a machine from their picture, in rising order."""

    @property
    def file_name(self) -> str:
        """The name of its file in the folder of the work."""
        return self.file or f"{self.language}.pdf"

    @property
    def format(self) -> str:
        """What sort of file it is, by its ending: `pdf`, `docx`."""
        return self.file_name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Work:
    """One publication, fact sheet or practice sheet, whatever its languages."""

    id: str
    kind: Kind
    editions: tuple[Edition, ...]
    """In the order of the record; at least one."""
    date: str = ""
    """Date of publication, ISO 8601 to the precision known; empty when unknown."""
    topics: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    access: Access = Access.PUBLIC
    status: Status = Status.PUBLISHED
    publish_on: str = ""
    """The day, ISO 8601, from which a draft is published by itself; empty when a person decides."""
    reason: str = ""
    """Why it was withdrawn, in words for readers."""
    merged_into: str = ""
    """The work that took its editions, when it was withdrawn for that."""

    @property
    def year(self) -> int | None:
        """The year of publication, when it is known."""
        return int(self.date[:4]) if self.date else None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can be read in, in the order of the record."""
        return tuple(edition.language for edition in self.editions)

    @property
    def needs(self) -> Access:
        """The access a reader needs: what is not published is for staff, whatever the record grants."""
        return self.access if self.status is Status.PUBLISHED else Access.STAFF

    def edition(self, language: str) -> Edition | None:
        """The edition in that language, if there is one."""
        return next((edition for edition in self.editions if edition.language == language), None)

    def best_edition(self, *languages: str) -> Edition:
        """The first edition in one of these languages, in their order; else English; else the first there is."""
        for language in (*languages, "en"):
            found = self.edition(language)
            if found is not None:
                return found
        return self.editions[0]


def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar: `2016`, `2016-05`, `2016-05-31`."""
    if not ISO_DATE.fullmatch(text):
        return False
    try:
        return len(text) < len("2016-05-31") or bool(date.fromisoformat(text))
    except ValueError:
        return False


def edition_id(work: str, language: str) -> str:
    """The identifier of an edition: `rembrandt-square.fr`."""
    return f"{work}.{language}"

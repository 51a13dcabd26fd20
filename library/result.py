"""What is answered: works with their best pages, and how many there are of everything.

The same SearchResult is printed by the command line, sent by the JSON interface and drawn on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Passage:
    """A page that matched, with the text to show and where the words stand in it."""

    number: int
    """Page number, from 1."""
    label: str
    """As printed on the page."""
    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    """Start and end of each word to mark, in characters of `text`, in order and apart."""
    by_ocr: bool = False
    """Whether a machine read the text from a picture of the page: it may err."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A work that matched, shown by its best edition."""

    work: str
    edition: str
    language: str
    languages: tuple[str, ...]
    """Every language of the work, the shown one included."""
    title: str
    kind: str
    year: int | None
    topics: tuple[str, ...]
    score: float
    pages: tuple[Passage, ...] = ()
    more_pages: int = 0
    """How many more pages of this edition matched than are listed."""
    sha256: str = ""
    """Of the shown edition's file: names its cover."""
    abstract: str = ""
    """In the language of `called`."""
    places: tuple[str, ...] = ()
    access: str = "public"
    called: str = ""
    """The title in the reader's language, where an edition has one and another edition is shown; else the title."""
    called_in: str = ""
    """The language of that title."""
    format: str = "pdf"
    """Of the shown edition's file."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its name in the reader's language, and how many works it would show."""

    value: str
    label: str
    count: int
    selected: bool = False
    parent: str = ""
    """The broader value in a tree; empty at its top."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A topic's label met in the query, and its labels in other languages that were searched too."""

    term: str
    topic: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the answer must say about itself: a text key, and what to put into the text."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a SearchRequest."""

    query: str
    total: int
    """Works found."""
    complete: int
    """Works with all the words; they come first, works with most of the words follow."""
    editions: int
    """Editions found, in all languages."""
    took_ms: float
    hits: tuple[Hit, ...]
    facets: tuple[tuple[str, tuple[FacetValue, ...]], ...]
    """Facet name and its values, in the order of `FACETS`."""
    correction: str | None = None
    """The query as it may have been meant."""
    corrected: bool = False
    """Whether the works shown are those of the correction, nothing being found for the query as typed."""
    expanded: tuple[Expansion, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def relaxed(self) -> bool:
        """Whether works with most of the words, but not all, are among those found."""
        return self.complete < self.total

    def facet(self, name: str) -> tuple[FacetValue, ...]:
        """The values of one facet."""
        return next((values for facet, values in self.facets if facet == name), ())

    def as_json(self) -> dict[str, object]:
        """The object that `library search --json` prints (a contract: DESIGN.md, section 7)."""
        return {
            "query": self.query,
            "total": self.total,
            "editions": self.editions,
            "took_ms": round(self.took_ms, 2),
            "relaxed": self.relaxed,
            "correction": self.correction,
            "expanded": [{"term": e.term, "topic": e.topic, "labels": list(e.labels)} for e in self.expanded],
            "hits": [_hit_json(hit) for hit in self.hits],
            "facets": {
                name: [{"value": v.value, "label": v.label, "count": v.count, "selected": v.selected} for v in values]
                for name, values in self.facets
            },
        }


class SuggestionKind(StrEnum):
    """What is suggested."""

    TOPIC = "topic"
    PLACE = "place"
    PHRASE = "phrase"
    TITLE = "title"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something a reader who is still typing may be looking for."""

    kind: SuggestionKind
    label: str
    """In the reader's language, or as texts have it."""
    count: int
    """Works that choosing it shows."""
    matched: str = ""
    """The name that was typed, when it is another than the label."""
    query: str = ""
    """What to search for; empty for a value of a facet."""
    facet: str = ""
    value: str = ""
    """The facet's value to choose."""
    work: str = ""
    """The work that has the title."""

    def as_json(self) -> dict[str, object]:
        """An object for the search box."""
        return {
            "kind": self.kind.value,
            "label": self.label,
            "count": self.count,
            "matched": self.matched,
            "query": self.query,
            "facet": self.facet,
            "value": self.value,
            "work": self.work,
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """What two works share: a value of a facet, or a telling word."""

    facet: str
    """Name of the facet; empty for a word."""
    label: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A work that is like another one, and why."""

    work: str
    edition: str
    language: str
    languages: tuple[str, ...]
    title: str
    kind: str
    year: int | None
    score: float
    """0 to 1."""
    reasons: tuple[Reason, ...]
    sha256: str = ""
    """Of the shown edition's file: names its cover."""

    def as_json(self) -> dict[str, object]:
        """An object for the page of a work."""
        return {
            "work": self.work,
            "edition": self.edition,
            "language": self.language,
            "languages": list(self.languages),
            "title": self.title,
            "kind": self.kind,
            "year": self.year,
            "score": round(self.score, 4),
            "reasons": [{"facet": reason.facet, "label": reason.label} for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Chapter:
    """One entry of an edition's table of contents."""

    title: str
    page: int
    """Page number, from 1."""
    label: str
    """As printed on that page."""
    level: int = 0
    """0 for a chapter, 1 for a section in it, and so on."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a withdrawn work for those who could read it: that it was, and why it is not any more."""

    work: str
    title: str
    language: str
    """Of the title."""
    when: str
    """ISO 8601; empty when the record was changed by hand."""
    reason: str
    merged_into: str = ""
    """The work that has its editions now, when this person may read that one."""


def _hit_json(hit: Hit) -> dict[str, object]:
    return {
        "work": hit.work,
        "edition": hit.edition,
        "language": hit.language,
        "languages": list(hit.languages),
        "title": hit.title,
        "kind": hit.kind,
        "year": hit.year,
        "topics": list(hit.topics),
        "score": round(hit.score, 4),
        "pages": [
            {"number": p.number, "label": p.label, "text": p.text, "marks": [list(mark) for mark in p.marks]}
            for p in hit.pages
        ],
    }

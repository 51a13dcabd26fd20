"""How an edition lies in a Whoosh index: one document, a field per language, positions that carry pages.

Our own field types hand Whoosh finished postings, so that analysis stays in `analysis.py` and a
position is four bytes, not a pickle. A position is `page * STRIDE + token`, so the places of a word
answer phrases, best pages and marks alike.

The types are pickled into each index by their import path: moving them asks for another SCHEMA_VERSION.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Format

from library.fields import FACETS, TEXT_FIELDS
from library.languages import TAGS, UNKNOWN

SCHEMA_VERSION = "3"
STRIDE = 4096
"""Token positions per page: a power of two, so that page and token come apart by a shift."""
LAST_TOKEN = STRIDE - 2
"""Where the tokens of an overlong page pile up; one short of the next page, so that no phrase crosses."""
SUBJECT_GAP = 16
"""Positions between two labels of the subject field, so that no phrase spans both."""

LANES = (*TAGS, UNKNOWN)
"""Languages that have fields of their own; what is in no known language stands under `und`."""

Posting = tuple[bytes, int, float, bytes]
"""Term, frequency, weight and value, as a Whoosh field gives them."""


class Places(Format):  # type: ignore[misc]
    """A posting whose value is its positions, four bytes each, ascending."""

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """The positions in a posting's value."""
        return [int(place) for place in np.frombuffer(valuestring, dtype="<u4")]

    def decode_frequency(self, valuestring: bytes) -> int:
        """How many positions there are."""
        return len(valuestring) // 4

    def decode_weight(self, valuestring: bytes) -> float:
        """The frequency, unweighted."""
        return float(len(valuestring) // 4)


class _Given(FieldType):  # type: ignore[misc]
    """A field whose postings are made outside Whoosh; it has no analyser and no query parser."""

    analyzer = None
    indexed = True
    stored = False
    unique = False
    vector = None
    column_type = None
    multitoken_query = "default"
    spelling = False

    def __init__(self, format_: Format, scorable: bool) -> None:
        self.format = format_
        self.scorable = scorable

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self).__name__)


class PlacedTerms(_Given):
    """Terms with their positions: `{term: [position, …]}`."""

    def __init__(self) -> None:
        super().__init__(Places(), scorable=True)

    def index(self, value: Mapping[str, list[int]], **_: Any) -> Iterator[Posting]:
        """The postings of one document's field."""
        for term, places in value.items():
            count = len(places)
            yield term.encode(), count, float(count), array("I", places).tobytes()


class CountedTerms(_Given):
    """Terms with how often they occur, kept as the posting's weight: `{term: count}`."""

    def __init__(self) -> None:
        super().__init__(Existence(), scorable=True)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[Posting]:
        """The postings of one document's field."""
        for term, count in value.items():
            yield term.encode(), count, float(count), b""


class ExactValues(_Given):
    """Whole values, one posting each: facet values, access, identifiers."""

    def __init__(self) -> None:
        super().__init__(Existence(), scorable=False)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[Posting]:
        """The postings of one document's field."""
        for text in dict.fromkeys(value):
            yield text.encode(), 1, 1.0, b""


def lane_field(field: str, language: str) -> str:
    """The name of a text field's index field in one language: `body_fr`."""
    return f"{field}_{language}"


def facet_field(facet: str) -> str:
    """The name of the index field that holds a facet's values."""
    return f"facet_{facet}"


def schema() -> Schema:
    """The schema of the index, derived from `fields.py` and the closed list of languages."""
    made = Schema(
        edition=ExactValues(),
        work=ExactValues(),
        pages=ExactValues(),
        fingerprint=ExactValues(),
        access=ExactValues(),
        lane=ExactValues(),
        date=ExactValues(),
        title_key=ExactValues(),
        words=CountedTerms(),
    )
    for facet in FACETS:
        made.add(facet_field(facet.name), ExactValues())
    for language in LANES:
        for field in TEXT_FIELDS:
            made.add(lane_field(field.name, language), PlacedTerms())
    return made

"""The fields of a record as texts, one declaration for each: what a cell, an element or a value in JSON says.

Every format that can be read again is made from these, so that what one knows all know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from library.model import Access, Edition, Kind, Place, Section, Status, Work
from library.naming import named_country, named_kind

Choice = TypeVar("Choice", bound=StrEnum)
Texts = tuple[str, ...]
"""What one field says: one text for each of its values, none when it is empty."""


class Misread(ValueError):
    """A text that is no value of its field: what is wrong with it, and how it is written."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record, by the name of its column."""

    name: str
    write: Callable[[Any], Texts]
    """The texts of the value that a work or an edition has."""
    read: Callable[[Texts], object]
    """The value that texts stand for. Raises Misread."""
    many: bool = False
    """Whether it may have several values."""
    own: bool = False
    """Whether it says something of one edition alone."""
    kept: bool = False
    """Whether an empty cell leaves what is there: a work has no empty kind, a file no empty checksum."""


def _one(texts: Texts) -> str:
    if len(texts) > 1:
        raise Misread(f"has {len(texts)} values", "give one only")
    return texts[0].strip() if texts else ""


def _text(value: object) -> Texts:
    return (str(value),) if value else ()


def _many(values: object) -> Texts:
    return tuple(map(str, values)) if isinstance(values, tuple) else ()


def _stripped(texts: Texts) -> Texts:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _kind(texts: Texts) -> Kind:
    text = _one(texts)
    return _on_list(named_kind(text) or text, Kind)  # a person may call it as the pages do


def _access(texts: Texts) -> Access:
    return _on_list(_one(texts).casefold(), Access)


def _status(texts: Texts) -> Status:
    return _on_list(_one(texts).casefold(), Status)


def _on_list(text: str, choices: type[Choice]) -> Choice:
    if text not in set(choices):
        raise Misread(f"“{text[:60]}” is not on the list", f"use one of {', '.join(choices)}")
    return choices(text)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Misread(f"“{text[:60]}” is no whole number", "write digits only")
    return int(text)


def _whole(texts: Texts) -> int:
    text = _one(texts)
    return _number(text) if text else 0


def _wholes(texts: Texts) -> tuple[int, ...]:
    return tuple(sorted({_number(text) for text in _stripped(texts)}))


def place_text(place: Place) -> str:
    """A place on one line: `NL`, `NL/Amsterdam`, `NL/Amsterdam@52.3661,4.8963` (degrees north, degrees east)."""
    if place.latitude is not None and place.longitude is not None:
        return f"{place.id}@{place.latitude!r},{place.longitude!r}"
    return f"{place.id}@" if "@" in place.city else place.id


def place_of(text: str) -> Place:
    """The place that such a line means; a country may also be called by its name. Raises Misread."""
    name, at, where = text.rpartition("@") if "@" in text else (text, "", "")
    country, _, city = name.partition("/")
    code = country.strip()
    if len(code) != 2:
        code = named_country(code) or code
    if not at or not where:
        return Place(code, city.strip())
    latitude, _, longitude = where.partition(",")
    try:
        return Place(code, city.strip(), float(latitude), float(longitude))
    except ValueError:
        raise Misread(
            f"“{where[:60]}” is not where a place lies", "write it like NL/Amsterdam@52.3661,4.8963, or leave it out"
        ) from None


def _places(texts: Texts) -> tuple[Place, ...]:
    return tuple(place_of(text.strip()) for text in texts if text.strip())


def _place_texts(places: tuple[Place, ...]) -> Texts:
    return tuple(place_text(place) for place in places)


def _section(section: Section) -> Column:
    return Column(section.value, lambda sections: _text(dict(sections).get(section, "")), _one, own=True)


SHARED: tuple[Column, ...] = (
    Column("kind", _text, _kind, kept=True),
    Column("date", _text, _one),
    Column("topics", _many, _stripped, many=True),
    Column("projects", _many, _stripped, many=True),
    Column("places", _place_texts, _places, many=True),
    Column("access", _text, _access, kept=True),
    Column("status", _text, _status, kept=True),
    Column("publish_on", _text, _one),
    Column("reason", _text, _one),
    Column("merged_into", _text, _one),
)
"""What all editions of a work share."""
OWN: tuple[Column, ...] = (
    Column("title", _text, _one, own=True, kept=True),
    Column("subtitle", _text, _one, own=True),
    Column("abstract", _text, _one, own=True),
    *(_section(section) for section in Section),
    Column("sha256", _text, _one, own=True, kept=True),
    Column("pages", _text, _whole, own=True, kept=True),
    Column("bytes", _text, _whole, own=True, kept=True),
    Column("source", _text, _one, own=True),
    Column("received", _text, _one, own=True),
    Column("without_text", _many, _wholes, many=True, own=True),
    Column("ocr", _many, _wholes, many=True, own=True),
)
"""What one edition says of itself; its file is named in a column of its own."""
WORK, LANGUAGE, FILE = "work", "language", "file"
"""The columns that say of which edition a row speaks, and where its file lies."""
COLUMNS: tuple[str, ...] = (
    *(WORK, LANGUAGE, "title", "subtitle", "abstract"),
    *(column.name for column in SHARED),
    FILE,
    *(column.name for column in OWN if column.name not in {"title", "subtitle", "abstract"}),
)
"""Every column, in the order of an exported table."""
BY_NAME: Mapping[str, Column] = MappingProxyType({column.name: column for column in (*SHARED, *OWN)})
SECTIONS: Mapping[str, Section] = MappingProxyType({section.value: section for section in Section})


def file_of(work: Work, edition: Edition) -> str:
    """Where the file of an edition lies, seen from `documents/`."""
    return f"{work.id}/{edition.file_name}"


def shared_texts(work: Work) -> dict[str, Texts]:
    """What a work says, by column."""
    return {column.name: column.write(getattr(work, column.name)) for column in SHARED}


def own_texts(edition: Edition) -> dict[str, Texts]:
    """What an edition says, by column."""
    return {
        column.name: column.write(edition.sections if column.name in SECTIONS else getattr(edition, column.name))
        for column in OWN
    }

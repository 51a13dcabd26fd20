"""A record as a form holds it: names of fields with their texts, to and fro.

The names are the keys of the record (`date`, `topics`, `editions.fr.title`), so that a problem of a key is one of a
field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from library.languages import UNKNOWN, normalise
from library.model import Access, Edition, Kind, Place, Section, Work

Typed = Mapping[str, tuple[str, ...]]
"""The values of each field, in their order."""

SHARED = ("kind", "date", "access", "topics", "projects", "places")
"""Fields of the work as a whole."""
OF_EDITION = ("language", "title", "subtitle", "abstract")
MANY = frozenset({"topics", "projects", "places"})
COUNTRY, CITY = "places.country", "places.city"
"""A place has two fields; those of several places stand in the same order."""
MOST_VALUES = 200
LONGEST_VALUE = 20_000

Choice = TypeVar("Choice", Kind, Access)


def edition_field(language: str, name: str) -> str:
    """The name of a field of an edition, such as `editions.fr.title`."""
    return f"editions.{language}.{name}"


def section_field(language: str, section: Section) -> str:
    """The name of the field of a section of a practice sheet."""
    return edition_field(language, f"sections.{section.value}")


def typed_of(work: Work) -> dict[str, tuple[str, ...]]:
    """The form of a record as it stands."""
    typed: dict[str, tuple[str, ...]] = {
        "kind": (work.kind.value,),
        "date": (work.date,),
        "access": (work.access.value,),
        "topics": work.topics,
        "projects": work.projects,
        COUNTRY: tuple(place.country for place in work.places),
        CITY: tuple(place.city for place in work.places),
    }
    for edition in work.editions:
        for name in OF_EDITION:
            typed[edition_field(edition.language, name)] = (getattr(edition, name),)
        for section in Section:
            typed[section_field(edition.language, section)] = (dict(edition.sections).get(section, ""),)
    return typed


def typed_from(pairs: Iterable[tuple[str, object]], most: int = MOST_VALUES) -> dict[str, tuple[str, ...]]:
    """What somebody sent, at most so many values of a name; whatever is no text is left aside."""
    typed: dict[str, list[str]] = {}
    for name, value in pairs:
        if isinstance(value, str) and len(typed.setdefault(name, [])) < most:
            typed[name].append(value[:LONGEST_VALUE].replace("\r\n", "\n"))
    return {name: tuple(values) for name, values in typed.items()}


def work_of(typed: Typed, work: Work) -> Work:
    """The work as the form would have it; what the form does not name stays as it is."""
    return replace(
        work,
        kind=_choice(typed, "kind", work.kind),
        date=_one(typed, "date", work.date),
        access=_choice(typed, "access", work.access),
        topics=_several(typed, "topics", work.topics),
        projects=_several(typed, "projects", work.projects),
        places=_places(typed, work.places),
        editions=tuple(
            _edition(typed, edition, language)
            for edition, language in zip(work.editions, languages_told(typed, work), strict=True)
        ),
    )


def languages_told(typed: Typed, work: Work) -> tuple[str, ...]:
    """The language of each edition as the form would have it, in their order; one that is none changes nothing.

    Two editions may change places. A language may be there twice: that is a problem to be told.
    """
    asked = (normalise(one(typed, edition_field(tag, "language"))) for tag in work.languages)
    return tuple(tag if told == UNKNOWN else told for tag, told in zip(work.languages, asked, strict=True))


def one(typed: Typed, name: str) -> str:
    """The first value of a field; empty when there is none."""
    return next(iter(typed.get(name, ())), "")


def fields_of(work: Work) -> tuple[str, ...]:
    """The names of all fields that a person may compare, those of places as one."""
    names = [*SHARED]
    for edition in work.editions:
        names += [edition_field(edition.language, name) for name in OF_EDITION]
        names += [section_field(edition.language, section) for section in Section]
    return tuple(names)


def values_of(typed: Typed, name: str) -> tuple[str, ...]:
    """The values of a field for comparing: places as `NL/Rotterdam`, empty ones left out."""
    if name == "places":
        return tuple(place.id for place in _typed_places(typed))
    return tuple(value.strip() for value in typed.get(name, ()) if value.strip())


def with_field(typed: Typed, name: str, source: Typed) -> dict[str, tuple[str, ...]]:
    """The form with one field as another form has it."""
    names = (COUNTRY, CITY) if name == "places" else (name,)
    return {**typed, **{each: source.get(each, ()) for each in names}}


def _one(typed: Typed, name: str, otherwise: str) -> str:
    return one(typed, name).strip() if name in typed else otherwise


def _several(typed: Typed, name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    if name not in typed:
        return otherwise
    return tuple(dict.fromkeys(value.strip() for value in typed[name] if value.strip()))


def _choice(typed: Typed, name: str, otherwise: Choice) -> Choice:
    """A value of a closed list; whoever sends another one has not used our form."""
    closed = type(otherwise)
    value = one(typed, name)
    return closed(value) if value in {choice.value for choice in closed} else otherwise


def _typed_places(typed: Typed) -> tuple[Place, ...]:
    cities = (*typed.get(CITY, ()), *("" for _ in typed.get(COUNTRY, ())))
    places = [
        Place(country.strip(), city.strip()) for country, city in zip(typed.get(COUNTRY, ()), cities, strict=False)
    ]
    return tuple({place.id: place for place in places if place.country or place.city}.values())


def _places(typed: Typed, before: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places; those that were there keep where they are on the map."""
    if COUNTRY not in typed:
        return before
    known = {place.id: place for place in before}
    return tuple(known.get(place.id, place) for place in _typed_places(typed))


def _edition(typed: Typed, edition: Edition, language: str) -> Edition:
    """The edition as the form would have it, in that language; its file keeps its name."""
    tag = edition.language

    def text(name: str) -> str:
        return _one(typed, edition_field(tag, name), getattr(edition, name))

    before = dict(edition.sections)
    sections = ((section, _one(typed, section_field(tag, section), before.get(section, ""))) for section in Section)
    return replace(
        edition,
        language=language,
        file=edition.file if language == edition.language else edition.file_name,
        title=text("title"),
        subtitle=text("subtitle"),
        abstract=text("abstract"),
        sections=tuple((section, words) for section, words in sections if words),
    )

"""Records as lines of JSON, and back: one complete work on each line (https://jsonlines.org), in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from library.errors import UsageError
from library.exchange.columns import BY_NAME, FILE, LANGUAGE, OWN, SECTIONS, SHARED, WORK, Texts, file_of, place_text
from library.exchange.offer import Offer
from library.model import Edition, Place, Work


def write_lines(works: Iterable[Work]) -> Iterator[str]:
    """One work a line, with every field of its record and of each edition."""
    for work in works:
        yield json.dumps(work_values(work), ensure_ascii=False) + "\n"


def work_values(work: Work) -> dict[str, object]:
    """A work as an object of JSON; the keys are those of a record, and `work` is its identifier."""
    shared = {column.name: _plain(getattr(work, column.name)) for column in SHARED}
    return {WORK: work.id, **shared, "editions": [_edition(work, edition) for edition in work.editions]}


def read_lines(content: bytes) -> tuple[Offer, ...]:
    """What the lines offer, edition by edition; the row is the number of the line. Raises UsageError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("the lines are not UTF-8", "save the file again as UTF-8") from None
    offers: list[Offer] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            offers.extend(_offers(number, line))
    return tuple(offers)


def _edition(work: Work, edition: Edition) -> dict[str, object]:
    own = {column.name: _plain(getattr(edition, column.name)) for column in OWN if column.name not in SECTIONS}
    sections = {section.value: text for section, text in edition.sections}
    return {LANGUAGE: edition.language, **own, "sections": sections, FILE: file_of(work, edition)}


def _plain(value: object) -> object:
    """A value of a record as JSON has it."""
    if isinstance(value, Place):
        names = {"country": value.country, "city": value.city, "latitude": value.latitude, "longitude": value.longitude}
        return {name: part for name, part in names.items() if part not in ("", None)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _offers(number: int, line: str) -> Iterator[Offer]:
    try:
        table = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield Offer(number, "", "", "", {}, f"is not readable as JSON: {str(error)[:200]}")
        return
    if not isinstance(table, dict):
        yield Offer(number, "", "", "", {}, 'is not an object of JSON: write it like {"work": …}')
        return
    try:
        shared = {column.name: _texts(table[column.name]) for column in SHARED if column.name in table}
        editions = table.get("editions", [])
        work = _texts(table.get(WORK, ""))
        if not isinstance(editions, list) or not all(isinstance(edition, dict) for edition in editions) or not editions:
            raise ValueError("editions: is not a list of editions")
        known = {WORK, "editions", *(column.name for column in SHARED)}
        left = tuple(f"{str(key)[:60]} is not read" for key in table if key not in known)
        for edition in editions:
            offer = _offer(number, "".join(work), shared, edition)
            yield replace(offer, notices=(*left, *offer.notices))
            left = ()
    except ValueError as error:
        yield Offer(number, str(table.get(WORK, ""))[:80], "", "", {}, str(error))


def _offer(number: int, work: str, shared: Mapping[str, Texts], edition: Mapping[str, object]) -> Offer:
    sections = edition.get("sections", {})
    if not isinstance(sections, dict):
        raise ValueError("sections: is not an object")
    own = {key: _texts(value) for key, value in edition.items() if key in BY_NAME and key not in SECTIONS}
    if "sections" in edition:
        own |= {name: _texts(sections.get(name, "")) for name in SECTIONS}
    known = {LANGUAGE, FILE, "sections", *BY_NAME}
    left = [
        *(key for key in edition if key not in known or key in SECTIONS),
        *(k for k in sections if k not in SECTIONS),
    ]
    language, file = ("".join(_texts(edition.get(key, ""))) for key in (LANGUAGE, FILE))
    told = tuple(f"{str(key)[:60]} is not read" for key in left)
    return Offer(number, work, language, file, {**shared, **own}, notices=told)


def _texts(value: object) -> Texts:
    """The texts of a value. Raises ValueError."""
    if isinstance(value, bool) or value is None:
        raise ValueError(f"{json.dumps(value)} is neither text nor number nor a list of them")
    if isinstance(value, list):
        return tuple(text for item in value for text in _texts(item))
    if isinstance(value, dict):
        return (place_text(_place(value)),)
    return (str(value),) if value not in ("", 0) else ()


def _place(value: Mapping[str, object]) -> Place:
    country, city = value.get("country", ""), value.get("city", "")
    north, east = value.get("latitude"), value.get("longitude")
    if (
        not isinstance(country, str)
        or not isinstance(city, str)
        or set(value) - {"country", "city", "latitude", "longitude"}
    ):
        raise ValueError("a place is not of its form: give country, city, latitude and longitude")
    if north is None and east is None:
        return Place(country, city)
    if isinstance(north, int | float) and isinstance(east, int | float):
        return Place(country, city, float(north), float(east))
    raise ValueError("a place has no whole position: give latitude and longitude, or neither")

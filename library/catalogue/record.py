"""A work ↔ its `record.toml`: facts shared by all languages once, then a table for each edition.

Reading notes every problem at once; writing keeps comments and the order a person gave.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import Table

from library import languages
from library.catalogue.keys import Keys
from library.errors import Problem
from library.model import (
    FILE_NAME,
    ISO_DATE,
    LANGUAGE_TAG,
    SLUG,
    Access,
    Edition,
    Kind,
    Place,
    Section,
    Status,
    Work,
    is_date,
)

_SHA256 = re.compile(r"[0-9a-f]{64}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def parse_record(text: str, work: str, file: str) -> tuple[Work | None, tuple[Problem, ...]]:
    """The work in a record, and every problem the record has; a record with problems gives no work."""
    problems: list[Problem] = []
    if not SLUG.fullmatch(work):
        problems.append(
            Problem(file, "", f"the folder “{work}” is no identifier", "rename it to small letters, digits, hyphens")
        )
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 5,000 brackets: no TOMLDecodeError
        problems.append(Problem(file, "", f"is not readable as TOML: {error}", "mend that line"))
        return None, tuple(problems)
    found = _work(Keys(table, file, "", problems), work, file, problems)
    return (None, tuple(problems)) if problems or found is None else (found, ())


def write_record(work: Work, before: str = "") -> str:
    """The record of a work as TOML; with the text it had before, its comments and order are kept."""
    document = tomlkit.parse(before) if before else tomlkit.document()
    shared: dict[str, object] = {
        "kind": work.kind.value,
        "date": work.date,
        "topics": list(work.topics),
        "projects": list(work.projects),
        "places": [_place_table(place) for place in work.places],
        "access": work.access.value,
        "status": work.status.value,
        "publish_on": work.publish_on,
        "reason": work.reason,
        "merged_into": work.merged_into,
    }
    _update(document, shared)
    editions = document.get("editions")
    if not isinstance(editions, Table):
        editions = tomlkit.table(is_super_table=True)
        document["editions"] = editions
    for language in [name for name in editions if work.edition(name) is None]:
        del editions[language]
    for edition in work.editions:
        if edition.language not in editions:
            editions[edition.language] = tomlkit.table()
        _update(editions[edition.language], _edition_table(edition))
        _write_sections(editions[edition.language], edition.sections)
    return tomlkit.dumps(document)


def rewritten(work: Work, before: str) -> str:
    """The record of a work over the text it had, which must be TOML; written anew where that allows no change.

    A table on one line (`en = { … }`) or dotted keys cannot take every change that a table of its own takes; then
    comments are lost rather than values. Raises TOMLKitError.
    """
    tomlkit.parse(before)
    fresh = write_record(work)
    try:
        kept = write_record(work, before)
    except (ValueError, KeyError, TypeError):
        return fresh
    was, _ = parse_record(before, work.id, "")
    same = parse_record(kept, work.id, "")[0] == parse_record(fresh, work.id, "")[0]
    return kept if same or was is None else fresh


def _work(keys: Keys, work: str, file: str, problems: list[Problem]) -> Work | None:
    kind = keys.choice("kind", Kind, None)
    date = keys.text("date", pattern=ISO_DATE, like='"2016", "2016-05" or "2016-05-31"')
    if date and not is_date(date):
        keys.note("date", f"“{date}” is no day of the calendar", "mend the day, or leave it out")
    shared = {
        "date": date,
        "topics": keys.texts("topics"),
        "projects": keys.texts("projects"),
        "publish_on": _day(keys),
        "reason": keys.text("reason"),
        "merged_into": keys.text("merged_into", pattern=SLUG, like="the identifier of a work"),
        "places": tuple(
            _place(Keys(place, file, f"places.{n}.", problems)) for n, place in enumerate(keys.tables("places"))
        ),
    }
    access = keys.choice("access", Access, Access.PUBLIC)
    status = keys.choice("status", Status, Status.PUBLISHED)
    tables = keys.table("editions")
    if not tables:
        keys.note("editions", "has no edition", "add a table such as [editions.en] with title, sha256 and pages")
    editions = tuple(_edition(tag, table, file, problems) for tag, table in tables.items())
    keys.unknown()
    if kind is None or access is None or status is None:
        return None
    return Work(id=work, kind=kind, editions=editions, access=access, status=status, **shared)  # type: ignore[arg-type]


def _day(keys: Keys) -> str:
    """The day of publication to come, which must be a whole date."""
    day = keys.text("publish_on", pattern=ISO_DATE, like='"2026-12-01"')
    if day and not (is_date(day) and len(day) == len("2026-12-01")):
        keys.note("publish_on", f"“{day}” is no day of the calendar", "write a whole date, like 2026-12-01")
    return day


def _edition(tag: str, table: object, file: str, problems: list[Problem]) -> Edition:
    keys = Keys(table if isinstance(table, Mapping) else {}, file, f"editions.{tag}.", problems)
    if not isinstance(table, Mapping):
        keys.note("", "is not a table", f"write it like [editions.{tag}]")
    if not LANGUAGE_TAG.fullmatch(tag) or not (languages.is_known(tag) or tag == languages.UNKNOWN):
        keys.note(
            "", f"“{tag}” is no language of the library", "use a tag such as en, fr or pt; und when it is unknown"
        )
    edition = Edition(
        language=tag,
        title=keys.text("title", required=True, like='"A title"'),
        subtitle=keys.text("subtitle"),
        abstract=keys.text("abstract"),
        sha256=keys.text("sha256", required=True, pattern=_SHA256, like="the 64 digits that sha256sum prints"),
        pages=keys.whole("pages", least=1, required=True),
        bytes=keys.whole("bytes", least=0),
        source=keys.text("source"),
        received=keys.text("received", pattern=_MOMENT, like='"2026-11-22T10:30:00Z"'),
        without_text=keys.wholes("without_text", least=1),
        file=keys.text("file", pattern=FILE_NAME, like='"fr.pdf" or "fr-2.docx"'),
        ocr=keys.wholes("ocr", least=1),
        sections=_sections(Keys(keys.table("sections"), file, f"editions.{tag}.sections.", problems)),
    )
    if edition.without_text and edition.without_text[-1] > edition.pages:
        keys.note("without_text", f"names a page after the last, {edition.pages}", "give numbers of its pages")
    if edition.ocr and edition.ocr[-1] > edition.pages:
        keys.note("ocr", f"names a page after the last, {edition.pages}", "give numbers of its pages")
    keys.unknown()
    return edition


def _sections(keys: Keys) -> tuple[tuple[Section, str], ...]:
    """The sections that are there, in the order of the list whatever their order in the file."""
    found = tuple((section, text) for section in Section if (text := keys.text(section.value)))
    keys.unknown()
    return found


def _place(keys: Keys) -> Place:
    place = Place(
        country=keys.text("country", required=True, pattern=_COUNTRY, like='"NL" (ISO 3166-1)'),
        city=keys.text("city").replace("/", "-"),
        latitude=keys.number("latitude", -90, 90),
        longitude=keys.number("longitude", -180, 180),
    )
    if (place.latitude is None) != (place.longitude is None):
        keys.note("latitude", "stands without its longitude, or the other way round", "give both or none")
    keys.unknown()
    return place


def _edition_table(edition: Edition) -> dict[str, object]:
    return {
        "title": edition.title,
        "subtitle": edition.subtitle,
        "abstract": edition.abstract,
        "sha256": edition.sha256,
        "pages": edition.pages,
        "bytes": edition.bytes,
        "source": edition.source,
        "received": edition.received,
        "without_text": list(edition.without_text),
        "file": edition.file,
        "ocr": list(edition.ocr),
    }


def _write_sections(table: Any, sections: tuple[tuple[Section, str], ...]) -> None:
    """The sections as a table of their own; a text of several lines is written as it reads."""
    if not sections:
        table.pop("sections", None)
        return
    if "sections" not in table:
        table["sections"] = tomlkit.table()
    texts = dict(sections)
    for section in Section:
        text = texts.get(section, "")
        same = section.value in table["sections"] and _plain(table["sections"][section.value]) == text
        value = tomlkit.string(text, multiline=True) if "\n" in text and not same else text
        _update(table["sections"], {section.value: value})


def _place_table(place: Place) -> dict[str, object]:
    values = {"country": place.country, "city": place.city, "latitude": place.latitude, "longitude": place.longitude}
    return {key: value for key, value in values.items() if value not in ("", None)}


def _update(table: Any, values: Mapping[str, object]) -> None:
    """Set what changed; what is empty is taken out; what is equal keeps the way it was written."""
    for key, value in values.items():
        if value in ("", 0) or value == []:
            if key in table:
                del table[key]
        elif key not in table or _plain(table[key]) != value:
            table[key] = _inline(value) if isinstance(value, list) else value


def _plain(item: Any) -> object:
    return item.unwrap() if hasattr(item, "unwrap") else item


def _inline(values: list[object]) -> object:
    array = tomlkit.array()
    for value in values:
        if isinstance(value, dict):
            table = tomlkit.inline_table()
            table.update(value)
            array.append(table)
        else:
            array.append(value)
    return array

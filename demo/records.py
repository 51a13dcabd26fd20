"""The record of a demonstration work, as it stands beside its PDFs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import tomlkit
from sections import sections
from setting import RECEIVED, Edition
from sources import PRACTICE_SHEET, Place, Wording, Work


def record_text(work: Work, editions: Iterable[Edition], wordings: Mapping[str, Wording]) -> str:
    """Write the record of a work."""
    record = tomlkit.document()
    if work.reason:
        record.add(tomlkit.comment(f"Withdrawn: {work.reason}"))
    places = tomlkit.array()
    places.extend(_place_table(place) for place in work.places)
    facts = {"kind": work.kind, "date": work.date, "topics": list(work.topics), "projects": list(work.projects)}
    facts |= {"places": places, "access": work.access, "status": work.status}
    record.update(_without_empty(facts))
    tables = tomlkit.table(is_super_table=True)
    for edition in editions:
        tables[edition.source.language] = _edition_table(work, edition, wordings)
    record["editions"] = tables
    return tomlkit.dumps(record)


def _edition_table(work: Work, edition: Edition, wordings: Mapping[str, Wording]) -> tomlkit.items.Table:
    source = edition.source
    table = tomlkit.table()
    facts = {
        "title": source.title,
        "subtitle": source.subtitle,
        "abstract": source.abstract,
        "sha256": hashlib.sha256(edition.pdf).hexdigest(),
        "pages": edition.pages,
        "bytes": len(edition.pdf),
        "source": f"{work.identifier}.{source.language}.pdf",
        "received": RECEIVED,
        "without_text": list(edition.without_text),
    }
    table.update(_without_empty(facts))
    if work.kind == PRACTICE_SHEET:
        table["sections"] = tomlkit.table()
        for section, text in sections(source.markdown, wordings[source.language].sections):
            table["sections"][section.value] = tomlkit.string(text, multiline="\n" in text)
    return table


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", [], (), None)}


def _place_table(place: Place) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    table.update(_without_empty({name: getattr(place, name) for name in Place.__slots__}))
    return table

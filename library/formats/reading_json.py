"""A reading as JSON and back: the only form in which it crosses from the process that met the file."""

from __future__ import annotations

import base64
from typing import Any

from library.formats.reading import Embedded, Line, OutlineEntry, Reading
from library.model import Page, TextSource


def as_json(reading: Reading) -> dict[str, object]:
    """The reading as plain values; the cover as base64."""
    embedded = reading.embedded
    return {
        "format": reading.format,
        "pages": [[page.number, page.label, page.text, page.source.value, *page.languages] for page in reading.pages],
        "embedded": {name: getattr(embedded, name) for name in Embedded.__dataclass_fields__},
        "first_page": [[line.text, line.size] for line in reading.first_page],
        "outline": [[entry.title, entry.page, entry.level] for entry in reading.outline],
        "cover": base64.b64encode(reading.cover).decode("ascii"),
        "notices": list(reading.notices),
    }


def from_json(data: dict[str, Any]) -> Reading:
    """The reading again; `KeyError`, `TypeError` or `ValueError` when it is not one."""
    return Reading(
        format=str(data["format"]),
        pages=tuple(
            Page(int(number), str(label), str(text), TextSource(source), tuple(map(str, languages)))
            for number, label, text, source, *languages in data["pages"]
        ),
        embedded=Embedded(**{str(name): str(value) for name, value in data["embedded"].items()}),
        first_page=tuple(Line(str(text), float(size)) for text, size in data["first_page"]),
        outline=tuple(OutlineEntry(str(title), int(page), int(level)) for title, page, level in data["outline"]),
        cover=base64.b64decode(data["cover"], validate=True),
        notices=tuple(map(str, data["notices"])),
    )

"""Reading an HTML file: its text in sections, and what its head says of it."""

from __future__ import annotations

import re

from library.errors import Reason, UnreadableFile
from library.formats.drawn_cover import cover_from
from library.formats.flow import Flow
from library.formats.kinds import FileFormat
from library.formats.markup import parse_html, take
from library.formats.markup_encoding import markup_text
from library.formats.reading import Embedded, Limits, Reading
from library.formats.sections import paged
from library.formats.text_repair import clean_metadata
from library.formats.xml_tree import Element, all_text, child, descendants, value

NAMES = {
    "title": ("dc.title", "dcterms.title", "citation_title", "og:title"),
    "author": ("author", "dc.creator", "dcterms.creator", "citation_author", "article:author"),
    "subject": ("dc.subject", "dcterms.subject", "description", "dc.description", "og:description"),
    "keywords": ("keywords", "citation_keywords", "article:tag"),
    "language": ("dc.language", "dcterms.language", "citation_language", "content-language", "language"),
    "created": ("dcterms.created", "dc.date", "dcterms.date", "dcterms.issued", "citation_publication_date", "date",
                "article:published_time", "created"),
    "producer": ("generator",),
}  # fmt: skip
"""Under which names the heads of HTML files say what, the best first."""
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def read_html(name: str, data: bytes, limits: Limits) -> Reading:
    """Everything the library takes from one HTML file; `UnreadableFile` says why when there is nothing."""
    root = parse_html(markup_text(data))
    if root is None:
        raise UnreadableFile(Reason.EMPTY, f"{name} is HTML with nothing in it", "fetch or save the file again")
    flow = Flow()
    take(root, flow)
    embedded = _embedded(root)
    sections = paged(name, flow.blocks, limits)
    return Reading(
        format=FileFormat.HTML.value,
        pages=sections.pages,
        embedded=embedded,
        first_page=sections.first_page,
        outline=sections.outline,
        cover=cover_from(b"", FileFormat.HTML, embedded, sections.first_page),
    )


def _embedded(root: Element) -> Embedded:
    """What the head of the file says of it."""
    said: dict[str, list[str]] = {}
    for each in descendants(root, "meta"):
        key = (value(each, "name") or value(each, "property") or value(each, "http-equiv")).strip().lower()
        content = clean_metadata(value(each, "content"))
        if content:
            said.setdefault(key, []).append(content)
    found = {
        field: next((clean_metadata(", ".join(said[name])) for name in names if name in said), "")
        for field, names in NAMES.items()
    }
    date = _DATE.match(found["created"])
    heading = clean_metadata(all_text(child(root, "head", "title")))
    return Embedded(
        title=heading or found["title"],
        author=found["author"],
        subject=found["subject"],
        keywords=found["keywords"],
        language=clean_metadata(value(root, "lang")) or found["language"],
        created=date[0] if date else "",
        producer=found["producer"],
    )

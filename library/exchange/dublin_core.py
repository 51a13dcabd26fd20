"""Records as Dublin Core in XML: one description a work, in DCMI Metadata Terms, its language versions named in it.

Terms: https://www.dublincore.org/specifications/dublin-core/dcmi-terms/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as Tree

from library.citing import Imprint
from library.model import Work, edition_id

DCTERMS = "http://purl.org/dc/terms/"
RECORDS = "urn:practice-library:dublin-core"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<records xmlns="{RECORDS}" xmlns:dcterms="{DCTERMS}" xmlns:xsi="{_XSI}">\n'
)
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold (https://www.w3.org/TR/xml/#charsets)."""


def write_dublin_core(works: Iterable[Work], imprint: Imprint) -> Iterator[str]:
    """The document in pieces. Labels of topics are given in every language of the thesaurus that the work has."""
    yield _HEAD
    for work in works:
        yield _description(work, imprint)
    yield "</records>\n"


def legal(text: str) -> str:
    """A text without what XML cannot hold."""
    return _ILLEGAL.sub("", text)


def _description(work: Work, imprint: Imprint) -> str:
    lines = [_line(*term) for term in _terms(work, imprint)]
    return "  <description>\n" + "".join(lines) + "  </description>\n"


def _terms(work: Work, imprint: Imprint) -> Iterator[tuple[str, str, str, str]]:
    """Term, value, language of the value, encoding scheme of the value."""
    yield "identifier", work.id, "", ""
    yield "identifier", imprint.address(work), "", "dcterms:URI"
    for edition in work.editions:
        yield "title", edition.title, edition.language, ""
        yield "alternative", edition.subtitle, edition.language, ""
    for edition in work.editions:
        yield "abstract", edition.abstract, edition.language, ""
    yield "issued", work.date, "", "dcterms:W3CDTF"
    yield "type", imprint.kind(work), imprint.texts.language, ""
    yield "publisher", imprint.publisher, "", ""
    for topic in work.topics:
        yield from _subject(work, topic, imprint)
    for place in work.places:
        yield "spatial", place.country, "", "dcterms:ISO3166"
        yield "spatial", place.city, "", ""
    for project in work.projects:
        yield "isPartOf", project, "", ""
    yield "accessRights", work.access.value, "", ""
    for edition in work.editions:
        yield "language", edition.language, "", "dcterms:RFC5646"
        yield "hasVersion", edition_id(work.id, edition.language), "", ""
        yield "extent", f"{edition.pages} pages ({edition.language})", "en", ""


def _subject(work: Work, topic: str, imprint: Imprint) -> Iterator[tuple[str, str, str, str]]:
    known = imprint.thesaurus.get(topic)
    labels = known.labels if known is not None else {}
    spoken = [language for language in work.languages if language in labels]
    for language in spoken:
        yield "subject", labels[language], language, ""
    if not spoken:
        yield "subject", imprint.thesaurus.label(topic), "en" if labels else "", ""


def _line(term: str, value: str, language: str, scheme: str) -> str:
    """One element; nothing when there is no value."""
    text = legal(value)
    if not text:
        return ""
    element = Tree.Element(f"dcterms:{term}")
    if scheme:
        element.set("xsi:type", scheme)
    if language and language != "und":
        element.set("xml:lang", language)
    element.text = text
    return f"    {Tree.tostring(element, encoding='unicode')}\n"

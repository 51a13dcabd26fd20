"""Works as DSpace Simple Archive Format: a folder for each with its metadata, the list of its files, and the files.

The format is in DSpace's documentation, “Importing and Exporting Items via Simple Archive Format”
(https://wiki.lyrasis.org/display/DSDOC7x). Beside Dublin Core stands `metadata_library.xml` with every field of the
record, in a schema of our own, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Tree

from library.citing import Imprint
from library.exchange.columns import FILE, own_texts, shared_texts
from library.exchange.dublin_core import legal
from library.exchange.packed import Packed
from library.languages import UNKNOWN, language_name
from library.model import Edition, Work

SCHEMA = "library"
"""The name of our own schema; a DSpace repository must know it before it imports `metadata_library.xml`."""
WORK, EDITION, ID = "work", "edition", "id"
"""Its two elements, one for each table of a record, and the qualifier of the work's identifier."""
DUBLIN_CORE, CONTENTS, OWN_METADATA = "dublin_core.xml", "contents", f"metadata_{SCHEMA}.xml"
ORIGINAL = "ORIGINAL"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an item's metadata."""

    element: str
    qualifier: str
    """`none` where there is none, as DSpace writes."""
    text: str
    language: str = ""


def write_saf(
    works: Iterable[Work], imprint: Imprint, files: Callable[[Work, Edition], Mapping[str, Path]], packed: Packed
) -> None:
    """Put the works into a ZIP file, an item for each; `files` finds those of an edition, by their names in it."""
    for number, work in enumerate(works, 1):
        item = f"item_{number:03}"
        packed.text(f"{item}/{DUBLIN_CORE}", values_xml("dc", dublin_core(work, imprint)))
        packed.text(f"{item}/{OWN_METADATA}", values_xml(SCHEMA, own_metadata(work)))
        packed.text(f"{item}/{CONTENTS}", "".join(map(_content, work.editions)))
        for edition in work.editions:
            for name, source in files(work, edition).items():
                packed.file(f"{item}/{name}", source)


def values_xml(schema: str, values: Iterable[Value]) -> str:
    """Values as a document; those without text are left out."""
    root = Tree.Element("dublin_core", {"schema": schema})
    for value in values:
        text = legal(value.text)
        if text:
            named = {"element": value.element, "qualifier": value.qualifier}
            Tree.SubElement(
                root, "dcvalue", named | ({"language": value.language} if value.language else {})
            ).text = text
    Tree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Tree.tostring(root, encoding="unicode")}\n'


def dublin_core(work: Work, imprint: Imprint) -> Iterator[Value]:
    """What every repository understands of a work."""
    yield Value("identifier", "other", work.id)
    yield Value("identifier", "uri", imprint.address(work))
    for edition in work.editions:
        spoken = "" if edition.language == UNKNOWN else edition.language
        yield Value("title", "none", edition.title, spoken)
        yield Value("title", "alternative", edition.subtitle, spoken)
        yield Value("description", "abstract", edition.abstract, spoken)
        yield Value("language", "iso", spoken)
    yield Value("date", "issued", work.date)
    yield Value("type", "none", imprint.kind(work), imprint.texts.language)
    yield Value("publisher", "none", imprint.publisher)
    for label in imprint.topics(work):
        yield Value("subject", "none", label, imprint.texts.language)
    for place in imprint.places(work):
        yield Value("coverage", "spatial", place, imprint.texts.language)
    for project in work.projects:
        yield Value("relation", "ispartof", project)
    yield Value("rights", "accessRights", work.access.value)


def own_metadata(work: Work) -> Iterator[Value]:
    """Every field of the record: those of the work, then those of each edition in its language."""
    yield Value(WORK, ID, work.id)
    for name, texts in shared_texts(work).items():
        yield from (Value(WORK, name, text) for text in texts)
    for edition in work.editions:
        yield Value(EDITION, FILE, edition.file_name, edition.language)
        for name, texts in own_texts(edition).items():
            yield from (Value(EDITION, name, text, edition.language) for text in texts)


def _content(edition: Edition) -> str:
    """A line of the list of files; parts are parted by tabs."""
    described = "" if edition.language == UNKNOWN else f"\tdescription:{language_name(edition.language, 'en')}"
    return f"{edition.file_name}\tbundle:{ORIGINAL}{described}\n"

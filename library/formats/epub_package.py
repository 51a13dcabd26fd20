"""The package of an EPUB: what the book says of itself, its files in reading order, its contents, its cover."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from library.errors import UnreadableFile
from library.formats.markup import parse_xhtml
from library.formats.markup_encoding import markup_text
from library.formats.reading import Embedded
from library.formats.text_repair import clean_metadata
from library.formats.xml_tree import Element, all_text, child, children, descendants, local, parse_xml, value
from library.formats.zip_parts import ZipParts

CONTAINER = "META-INF/container.xml"
TEXT_TYPES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
DEEPEST = 6
"""Ranks of headings, as in HTML."""
MOST_TITLES = 5_000


@dataclass(frozen=True, slots=True)
class Package:
    """What the package document of a book says."""

    embedded: Embedded
    spine: tuple[str, ...]
    """Its text files in reading order, as parts of the archive."""
    titles: dict[str, tuple[str, int]]
    """What the table of contents calls a file, and its rank from 1."""
    cover: str
    """The part that is the picture of its cover; empty when it names none."""


@dataclass(frozen=True, slots=True)
class _Item:
    place: str
    kind: str
    properties: frozenset[str]


def open_package(parts: ZipParts, name: str) -> Package:
    """The package of a book; `UnreadableFile` when it has none, or one that cannot be read."""
    container = parse_xml(parts.needed(CONTAINER), name, CONTAINER)
    place = next((value(each, "full-path") for each in descendants(container, "rootfile")), "")
    root = parse_xml(parts.needed(place), name, "its package document")
    folder = posixpath.dirname(place)
    items = (
        {
            value(each, "id"): _Item(
                _within(folder, value(each, "href")),
                value(each, "media-type"),
                frozenset(value(each, "properties").split()),
            )
            for each in children(child(root, "manifest"), "item")
        }
        if child(root, "manifest") is not None
        else {}
    )
    references = children(child(root, "spine"), "itemref") if child(root, "spine") is not None else ()
    ordered = (items.get(value(each, "idref")) for each in references)
    spine = tuple(dict.fromkeys(item.place for item in ordered if item is not None and item.kind in TEXT_TYPES))
    if not spine:
        raise parts.damaged("its package names no text")
    return Package(_embedded(root), spine, _titles(parts, name, root, items), _cover(root, items))


def _within(folder: str, address: str) -> str:
    """The part of the archive that an address in a file of this folder names; nothing outside can be named."""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/") if path else ""


def _embedded(root: Element) -> Embedded:
    """The book's metadata (Dublin Core)."""
    said: dict[str, list[str]] = {}
    metadata = child(root, "metadata")
    for each in metadata.iter() if metadata is not None else ():
        text = clean_metadata(all_text(each)) if local(each) not in ("metadata", "dc-metadata") else ""
        if text:
            said.setdefault(local(each), []).append(text)
    first = {key: values[0] for key, values in said.items()}
    return Embedded(
        title=first.get("title", ""),
        author=clean_metadata(", ".join(said.get("creator", ()))),
        subject=first.get("description", ""),
        keywords=clean_metadata(", ".join(said.get("subject", ()))),
        language=first.get("language", ""),
        created=first.get("date", ""),
        producer=first.get("publisher", ""),
    )


def _cover(root: Element, items: dict[str, _Item]) -> str:
    """The picture of the cover: EPUB 3 marks it in the manifest, EPUB 2 names it in the metadata."""
    for item in items.values():
        if "cover-image" in item.properties:
            return item.place
    for each in descendants(root, "meta"):
        item_named = items.get(value(each, "content")) if value(each, "name") == "cover" else None
        if item_named is not None and item_named.kind.startswith("image/"):
            return item_named.place
    likely = (i.place for key, i in items.items() if i.kind.startswith("image/") and "cover" in key.lower())
    return next(likely, "")


def _titles(parts: ZipParts, name: str, root: Element, items: dict[str, _Item]) -> dict[str, tuple[str, int]]:
    """What the table of contents calls each file; a table that cannot be read counts as none."""
    spine = child(root, "spine")
    ncx = items.get(value(spine, "toc")) if spine is not None else None
    nav = next((item for item in items.values() if "nav" in item.properties), None)
    found: dict[str, tuple[str, int]] = {}
    try:
        if nav is not None and (data := parts.read(nav.place)) is not None:
            _keep(found, _from_nav(parse_xhtml(markup_text(data))), nav.place)
        elif ncx is not None and (data := parts.read(ncx.place)) is not None:
            _keep(found, _from_ncx(parse_xml(data, name, "its table of contents")), ncx.place)
    except UnreadableFile:
        return {}
    return found


def _keep(found: dict[str, tuple[str, int]], entries: Iterable[tuple[str, str, int]], place: str) -> None:
    for address, title, level in entries:
        part = _within(posixpath.dirname(place), address)
        # The first entry that leads into a file names it; those after it name sections inside.
        if title and part not in found and len(found) < MOST_TITLES:
            found[part] = (title, min(max(level, 1), DEEPEST))


def _from_nav(root: Element | None) -> Iterable[tuple[str, str, int]]:
    """Address, title and rank of each entry of an EPUB 3 table of contents."""
    tables = descendants(root, "nav") if root is not None else iter(())
    table = next((each for each in tables if "toc" in value(each, "type").split()), None)
    for link in descendants(table, "a") if table is not None else ():
        level = sum(1 for above in link.iterancestors() if local(above) == "ol")
        yield value(link, "href"), clean_metadata(all_text(link)), level


def _from_ncx(root: Element) -> Iterable[tuple[str, str, int]]:
    """The same of an EPUB 2 table of contents."""
    for point in descendants(root, "navPoint"):
        content = child(point, "content")
        level = 1 + sum(1 for above in point.iterancestors() if local(above) == "navPoint")
        if content is not None:
            yield value(content, "src"), clean_metadata(all_text(child(point, "navLabel"))), level

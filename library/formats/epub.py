"""Reading an EPUB (versions 2 and 3): the files of its spine in their order, each a chapter of its own."""

from __future__ import annotations

from library.errors import Reason, UnreadableFile
from library.formats.drawn_cover import cover_from
from library.formats.epub_package import Package, open_package
from library.formats.flow import Block, Flow, heading_size
from library.formats.kinds import FileFormat
from library.formats.markup import parse_xhtml, take
from library.formats.markup_encoding import markup_text
from library.formats.reading import Limits, Reading
from library.formats.sections import paged
from library.formats.xml_tree import Element, descendants, parse_xml, value
from library.formats.zip_parts import ZipParts

ENCRYPTION, RIGHTS = "META-INF/encryption.xml", ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")
FONTS_ONLY = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Obfuscation of fonts, which leaves the text readable."""
LOOKED_AT = 3
"""Blocks of a chapter among which a heading of its own is looked for, before the table of contents names it."""


def read_epub(name: str, data: bytes, limits: Limits) -> Reading:
    """Everything the library takes from one EPUB; `UnreadableFile` says why when there is nothing to take."""
    with ZipParts(name, data) as parts:
        _check_open(parts, name)
        package = open_package(parts, name)
        flow = Flow()
        missing = 0
        for place in package.spine:
            data_of_chapter = parts.read(place)
            root = parse_xhtml(markup_text(data_of_chapter)) if data_of_chapter is not None else None
            if root is None:
                missing += data_of_chapter is None
                continue
            _take_chapter(root, flow, package.titles.get(place))
        sections = paged(name, flow.blocks, limits)
        picture = _cover(parts, package)
    return Reading(
        format=FileFormat.EPUB.value,
        pages=sections.pages,
        embedded=package.embedded,
        first_page=sections.first_page,
        outline=sections.outline,
        cover=cover_from(picture, FileFormat.EPUB, package.embedded, sections.first_page),
        notices=(f"damaged: parts of the text that the book names are missing ({missing})",) if missing else (),
    )


def _check_open(parts: ZipParts, name: str) -> None:
    """Refuse a book under digital rights management: all of its text is encrypted."""
    data = parts.read(ENCRYPTION)
    methods = descendants(parse_xml(data, name, ENCRYPTION), "EncryptionMethod") if data is not None else iter(())
    if any(value(each, "Algorithm") not in FONTS_ONLY for each in methods) or any(map(parts.has, RIGHTS)):
        raise UnreadableFile(
            Reason.ENCRYPTED,
            f"{name} is protected by digital rights management (DRM)",
            "ask whoever publishes it for a copy without protection",
        )


def _take_chapter(root: Element, flow: Flow, title: tuple[str, int] | None) -> None:
    """Take one file down; where it has no heading of its own, what the table of contents calls it heads it."""
    start = len(flow.blocks)
    flow.chapter()
    take(root, flow)
    taken = flow.blocks[start:]
    if title is None or not taken or any(block.level for block in taken[:LOOKED_AT]):
        return
    words, level = title
    same = taken[0].text.casefold() == words.casefold()
    heading = Block(words, level, heading_size(level), opens=True)
    flow.blocks[start : start + same] = [heading]
    for position, block in enumerate(flow.blocks[start + 1 :], start + 1):
        if block.opens:
            flow.blocks[position] = Block(block.text, block.level, block.size, block.bold)


def _cover(parts: ZipParts, package: Package) -> bytes:
    """The picture that the book names as its cover; nothing when it names none, or it cannot be had."""
    try:
        return (parts.read(package.cover) or b"") if package.cover else b""
    except UnreadableFile:
        return b""

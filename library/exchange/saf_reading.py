"""Items of DSpace Simple Archive Format, as offers of editions: ours with every field, others by their Dublin Core."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Tree

from library.exchange.columns import BY_NAME, FILE, OWN, SHARED, Texts
from library.exchange.offer import Offer
from library.exchange.saf import CONTENTS, DUBLIN_CORE, EDITION, ID, ORIGINAL, OWN_METADATA, WORK, Value
from library.exchange.saf_mapping import Bitstream, mapped
from library.topics import Thesaurus

MOST_XML_BYTES = 5_000_000
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SINGLE_BYTE = {"iso-8859-1", "iso-8859-15", "windows-1252", "us-ascii"}


class BadItem(Exception):
    """An item that cannot be read: why."""


@dataclass(frozen=True, slots=True)
class Item:
    """The folder of one item, and its number among those beside it."""

    number: int
    folder: Path
    name: str
    """Seen from the folder that is imported."""


def items(folder: Path) -> tuple[Item, ...]:
    """The items in a folder and one level below, by name; none when it is no such package."""
    found = sorted({path.parent for pattern in (DUBLIN_CORE, f"*/{DUBLIN_CORE}", f"*/*/{DUBLIN_CORE}")
                    for path in folder.glob(pattern)})  # fmt: skip
    return tuple(Item(n, place, place.relative_to(folder).as_posix()) for n, place in enumerate(found, 1))


def offers(item: Item, thesaurus: Thesaurus) -> tuple[Offer, ...]:
    """What an item offers; what cannot be mapped is told in the notices of its first edition."""
    try:
        own = item.folder / OWN_METADATA
        if own.is_file():
            return tuple(_own_offers(item, read_values(own)))
        return _mapped(item, thesaurus)
    except (BadItem, OSError) as error:
        return (Offer(item.number, "", "", "", {}, f"{item.name}: {error}"),)


def read_values(path: Path) -> tuple[Value, ...]:
    """The values in a metadata file. Entities are never resolved: a document that declares any is refused.

    Raises BadItem.
    """
    if path.stat().st_size > MOST_XML_BYTES:
        raise BadItem(f"{path.name} is larger than {MOST_XML_BYTES} bytes")
    content = path.read_bytes()
    text = _text(content, path.name)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadItem(f"{path.name} declares a document type or entities, which is not read")
    try:
        root = Tree.fromstring(text)  # given as text, so that no encoding it names can hide a declaration
    except (Tree.ParseError, RecursionError) as error:
        raise BadItem(f"{path.name} is not readable as XML: {error}") from None
    return tuple(
        Value(
            one.get("element", "").strip(),
            (one.get("qualifier") or "none").strip() or "none",
            "".join(one.itertext()).strip(),
            (one.get("language") or "").strip(),
        )
        for one in root.iter("dcvalue")
    )


def _text(content: bytes, name: str) -> str:
    declared = _ENCODING.match(content)
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    try:
        return content.decode(encoding if encoding in _SINGLE_BYTE else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadItem(f"{name} is not UTF-8: save it again as UTF-8") from None


def _own_offers(item: Item, values: tuple[Value, ...]) -> Iterator[Offer]:
    """The editions of an item of ours."""
    work = next((value.text for value in values if (value.element, value.qualifier) == (WORK, ID)), "")
    shared = _texts(values, WORK, "", {column.name for column in SHARED})
    left = _left(values)
    for language in dict.fromkeys(value.language for value in values if value.element == EDITION):
        own = _texts(values, EDITION, language, {column.name for column in OWN})
        file = next((v.text for v in values if v.qualifier == FILE and v.language == language), "")
        yield Offer(item.number, work, language, f"{item.name}/{file}" if file else "", {**shared, **own}, notices=left)
        left = ()


def _texts(values: tuple[Value, ...], element: str, language: str, names: set[str]) -> dict[str, Texts]:
    """What the values of one table say, by column: what is not there is empty, for the whole record was written."""
    said: dict[str, list[str]] = {name: [] for name in names}
    for value in values:
        if value.element == element and value.language == language and value.qualifier in names:
            said[value.qualifier].append(value.text)
    return {name: tuple(texts) for name, texts in said.items()}


def _left(values: tuple[Value, ...]) -> Texts:
    """What is not of our schema, whatever the file says."""
    known = {(WORK, ID), (EDITION, FILE), *((EDITION if c.own else WORK, name) for name, c in BY_NAME.items())}
    unknown = dict.fromkeys((v.element, v.qualifier) for v in values if (v.element, v.qualifier) not in known)
    return tuple(f"library.{element[:40]}.{qualifier[:40]} is not read" for element, qualifier in unknown)


def _mapped(item: Item, thesaurus: Thesaurus) -> tuple[Offer, ...]:
    """The editions of somebody else's item."""
    left = [f"{path.name} is of a schema that is not mapped" for path in sorted(item.folder.glob("metadata_*.xml"))]
    left += [
        f"{name} is not read" for name in ("handle", "collections", "relationships") if (item.folder / name).exists()
    ]
    files, told = _contents(item)
    return mapped(item.number, read_values(item.folder / DUBLIN_CORE), files, thesaurus, (*left, *told))


def _contents(item: Item) -> tuple[tuple[Bitstream, ...], Texts]:
    """The files of an item that are the work itself, and what is told of the others."""
    path = item.folder / CONTENTS
    if not path.is_file():
        raise BadItem("has no file “contents” that lists its documents")
    if path.stat().st_size > MOST_XML_BYTES:
        raise BadItem(f"{CONTENTS} is larger than {MOST_XML_BYTES} bytes")
    found: list[Bitstream] = []
    told: list[str] = []
    for line in _text(path.read_bytes(), CONTENTS).splitlines():
        name, *parts = (part.strip() for part in line.split("\t"))
        if not name:
            continue
        said = dict(part.split(":", 1) for part in parts if ":" in part)
        bundle = said.get("bundle", ORIGINAL)
        if name.startswith("-r") or bundle.upper() != ORIGINAL:
            told.append(f"{name[:80]} is left out: it is not of the bundle {ORIGINAL}")
        else:
            found.append(Bitstream(f"{item.name}/{name}", said.get("description", "")))
    return tuple(found), tuple(told)

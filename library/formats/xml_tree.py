"""XML from strangers as a tree: no entity is put in, no document type is loaded, no request goes out.

Names are compared without their namespace: the transitional and the strict form of OOXML, and the many versions of
ODF and OPF, differ in nothing else that matters here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Any

from lxml import etree

from library.formats.zip_parts import damaged

Element = Any
"""An element of lxml, which comes without types."""


class Step(Enum):
    """What a walk through a tree meets."""

    STARTS = auto()
    ENDS = auto()
    PASSED = auto()
    """An element that was left out with all that is in it; its tail still belongs to the text around it."""


def parse_xml(data: bytes, name: str, part: str) -> Element:
    """The root of a part of a document; `UnreadableFile` when it is not well-formed, or declares entities."""
    # Without huge_tree libxml2 bounds the depth (256), a single text (10 MB) and what entities may grow to.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise damaged(name, f"its part {part} is no well-formed XML") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise damaged(name, f"its part {part} declares entities, as no word processor does")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element, attribute: str) -> str:
    """An attribute, whatever its namespace; empty when there is none."""
    for key, found in element.attrib.items():
        if key.rpartition("}")[2] == attribute:
            return str(found)
    return ""


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (child for child in element if local(child) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and so on down the path; None where it ends."""
    for name in path:
        element = next(children(element, name), None) if element is not None else None
    return element


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Every element of that name below this one, in order."""
    return (found for found in element.iter() if local(found) == name)


def all_text(element: Element | None) -> str:
    """The text inside an element; empty for none."""
    return "".join(element.itertext()) if element is not None else ""


def walked(root: Element, left_out: Callable[[Element], bool]) -> Iterator[tuple[Step, Element]]:
    """Every element in reading order, without recursion: hostile depth would exhaust it.

    What `left_out` says yes to is passed by, and so are comments and references to entities.
    """
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    passed: Element | None = None
    for event, element in walk:
        if event in ("comment", "pi"):
            yield Step.PASSED, element
        elif event == "start" and (not isinstance(element.tag, str) or left_out(element)):
            passed = element
            walk.skip_subtree()
        elif event == "start":
            yield Step.STARTS, element
        elif element is passed:
            passed = None
            yield Step.PASSED, element
        else:
            yield Step.ENDS, element

"""The styles of a Word document: which are headings, how large and how bold their type is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from library.formats.flow import TITLE_SIZE
from library.formats.xml_tree import Element, child, children, value

_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"toc( ?\d| heading)|table of (figures|contents|authorities).*|contents? \d|index \d", re.IGNORECASE
)
MOST_STEPS = 20
"""Styles that one style is based on, one upon the other: a circle ends here."""


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a paragraph style."""

    level: int = 0
    """1 to 9 for headings, 0 for all others."""
    size: float = 0.0
    """Points; 0 when it says nothing."""
    bold: bool = False
    left_out: bool = False
    """Lines of a table of contents: their page numbers mean nothing here."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of a document, by id."""

    by_id: dict[str, Style]
    default: str
    """The id of the style of paragraphs that name none."""
    language: str
    """Of the text, as the defaults have it: the language of whoever installed Word, often enough."""

    def of(self, style: str) -> Style:
        """The style with that id, else the default one."""
        return self.by_id.get(style) or self.by_id.get(self.default) or Style()


def read_styles(root: Element | None) -> Styles:
    """The styles of `word/styles.xml`; none at all when the document has no such part."""
    if root is None:
        return Styles({}, "", "")
    said = {value(each, "styleId"): each for each in children(root, "style") if value(each, "type") == "paragraph"}
    defaults = child(root, "docDefaults", "rPrDefault", "rPr")
    size = type_size(defaults)
    language = child(defaults, "lang")
    default = next((name for name, each in said.items() if value(each, "default") in ("1", "true")), "")
    return Styles(
        {name: _resolved(name, said, size) for name in said},
        default,
        value(language, "val") if language is not None else "",
    )


def outline_level(properties: Element | None) -> int | None:
    """The rank that paragraph properties give: 1 to 9, 0 for body text, None when they say nothing."""
    said = child(properties, "outlineLvl")
    if said is None:
        return None
    number = value(said, "val")
    return int(number) + 1 if number in set("012345678") else 0


def type_size(properties: Element | None) -> float:
    """The size of type that run properties give, in points; 0 when they say nothing."""
    said = child(properties, "sz")
    number = value(said, "val") if said is not None else ""
    return int(number) / 2 if number.isascii() and number.isdigit() and len(number) < 5 else 0.0


def switched_on(properties: Element | None, name: str) -> bool | None:
    """Whether run properties switch something on, such as `b` for bold type; None when they do not speak of it."""
    said = child(properties, name)
    return None if said is None else value(said, "val") not in ("0", "false", "off", "none")


def _resolved(name: str, said: dict[str, Element], size: float) -> Style:
    """A style with what it takes from those it is based on."""
    level: int | None = None
    found_size, bold, left_out = 0.0, None, False
    step = name
    for _ in range(MOST_STEPS):
        style = said.get(step)
        if style is None:
            break
        named = child(style, "name")
        title = value(named, "val") if named is not None else ""
        heading = _HEADING.fullmatch(title)
        level = level if level is not None else outline_level(child(style, "pPr"))
        level = level if level is not None or heading is None else int(heading[1])
        properties = child(style, "rPr")
        found_size = found_size or type_size(properties) or (TITLE_SIZE if title.lower() == "title" else 0.0)
        bold = bold if bold is not None else switched_on(properties, "b")
        left_out = left_out or _LEFT_OUT.fullmatch(title) is not None
        based = child(style, "basedOn")
        step = value(based, "val") if based is not None else ""
    return Style(level or 0, found_size or size, bool(bold), left_out)

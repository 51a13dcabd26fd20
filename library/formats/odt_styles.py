"""The styles of an OpenDocument text: which are headings, how large and how bold their type is."""

from __future__ import annotations

from dataclasses import dataclass

from library.formats.flow import BODY_SIZE, TITLE_SIZE
from library.formats.xml_tree import Element, child, descendants, value

MOST_STEPS = 20
"""Styles that one style is made from, one upon the other: a circle ends here."""
INCH, CENTIMETRE = 72.0, 72 / 2.54
UNITS = (("pt", 1.0), ("in", INCH), ("cm", CENTIMETRE), ("mm", CENTIMETRE / 10), ("px", 0.75))
"""Lengths of ODF in points."""


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a style."""

    level: int = 0
    """Of a heading; paragraphs with such a style that are not marked as headings look like one."""
    size: float = 0.0
    """Points; 0 when neither it nor what it is made from says."""
    own_size: float = 0.0
    says_bold: bool | None = None
    hidden: bool = False

    @property
    def bold(self) -> bool:
        """Whether its type is bold."""
        return bool(self.says_bold)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document, by name."""

    by_name: dict[str, Style]
    language: str

    def of(self, name: str) -> Style:
        """The style of that name, or one that says nothing."""
        return self.by_name.get(name) or Style()


def read_styles(common: Element | None, content: Element) -> Styles:
    """The named styles of a document and those that its program made up for single paragraphs."""
    said: dict[str, Element] = {}
    default, language = 0.0, ""
    for root in (common, content):
        if root is None:
            continue
        for each in descendants(root, "style"):
            if value(each, "family") in ("paragraph", "text"):
                said[value(each, "name")] = each
        for each in descendants(root, "default-style"):
            if value(each, "family") == "paragraph":
                properties = child(each, "text-properties")
                default = default or _size(properties, 0.0)
                language = language or _language(properties)
    return Styles({name: _resolved(name, said, default) for name in said}, language)


def _resolved(name: str, said: dict[str, Element], default: float) -> Style:
    """A style with what it takes from those it is made from."""
    level, factor, size, own_size = 0, 1.0, 0.0, 0.0
    bold: bool | None = None
    hidden = False
    step = name
    for _ in range(MOST_STEPS):
        style = said.get(step)
        if style is None:
            break
        properties = child(style, "text-properties")
        outline = value(style, "default-outline-level")
        if not level and outline.isascii() and outline.isdigit():
            level = min(int(outline[:2]), 10)
        if not size:
            size, factor = _size(properties, 0.0), factor * _share(properties)
            if not size and value(style, "name") == "Title":
                size = TITLE_SIZE
            own_size = own_size or size
        if bold is None and properties is not None and value(properties, "font-weight"):
            bold = value(properties, "font-weight") in ("bold", "600", "700", "800", "900")
        hidden = hidden or (properties is not None and value(properties, "display") == "none")
        step = value(style, "parent-style-name")
    return Style(level, (size or default or BODY_SIZE) * factor, own_size * factor, bold, hidden)


def _size(properties: Element | None, missing: float) -> float:
    """The size of type that properties give in points."""
    said = value(properties, "font-size") if properties is not None else ""
    for unit, points in UNITS:
        if said.endswith(unit):
            try:
                return min(max(float(said[: -len(unit)]) * points, 0.0), 1_000.0)
            except ValueError:
                return missing
    return missing


def _share(properties: Element | None) -> float:
    """The size of type as a share of that of the style it is made from."""
    said = value(properties, "font-size") if properties is not None else ""
    digits = said.removesuffix("%")
    return (
        int(digits) / 100 if said.endswith("%") and digits.isascii() and digits.isdigit() and len(digits) < 4 else 1.0
    )


def _language(properties: Element | None) -> str:
    language = value(properties, "language") if properties is not None else ""
    country = value(properties, "country") if properties is not None else ""
    known = [part for part in (language, country) if part and part not in ("none", "zxx")]
    return "-".join(known) if language in known else ""

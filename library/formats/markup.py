"""HTML and XHTML as it flows: what a reader reads of a page, without its scripts, styles and navigation.

Nothing that a page names is ever asked for: pictures, styles, frames and scripts are not looked at.
"""

from __future__ import annotations

import html.entities
import re

from lxml import etree

from library.formats.flow import Flow, heading_size
from library.formats.xml_tree import Element, Step, local, value, walked

LEFT_OUT = frozenset(
    {"head", "script", "style", "template", "noscript", "nav", "iframe", "object", "embed", "applet", "svg", "math",
     "canvas", "audio", "video", "map", "button", "select", "input", "textarea", "datalist", "dialog", "rt", "rp"}
)  # fmt: skip
ROLES_LEFT_OUT = frozenset({"navigation", "search", "menu", "menubar", "toolbar", "dialog", "doc-toc", "doc-pagelist"})
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "li", "main", "ol", "p", "pre",
     "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "legend", "optgroup"}
) | HEADINGS.keys()  # fmt: skip
"""Elements whose text stands apart from the text before and after."""
BOLD = frozenset({"b", "strong", "th"})
HIDDEN_BY_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
LINK_SIGNS = frozenset({"¶", "#", "§", "🔗"})
"""Texts of links to the heading they stand in, which documentation programs write after every heading."""
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def parse_html(text: str) -> Element | None:
    """The root of an HTML document, whatever its mistakes; None when nothing is in it."""
    # Without huge_tree libxml2 bounds the depth of elements and the length of a single text.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def parse_xhtml(text: str) -> Element | None:
    """The root of an XHTML document; one that is not well-formed is read as HTML."""
    named = _ENTITY.sub(_character, _DECLARED.sub("", text, count=1))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(named.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return parse_html(text)


def take(root: Element, flow: Flow) -> None:
    """Take the text of a document down, paragraph by paragraph."""
    bold, pre = 0, 0
    heading: Element | None = None
    """The one that is open: blocks inside it only part its words."""
    for step, each in walked(root, _left_out):
        name = local(each).lower()
        if step is Step.STARTS:
            bold += name in BOLD
            pre += name == "pre"
            if heading is None:
                level = _starts(name, each, flow)
                heading = each if level else None
            elif name in BLOCKS or name == "br":
                flow.words(" ")
            _text(each.text, flow, bold > 0, pre > 0)
            continue
        if step is Step.ENDS:
            if each is heading:
                heading = None
            if heading is None:
                _ends(name, flow)
            bold -= name in BOLD
            pre -= name == "pre"
        _text(each.tail if each is not root else None, flow, bold > 0, pre > 0)
    flow.end()


def _starts(name: str, element: Element, flow: Flow) -> int:
    """Open what an element begins; its rank when that is a heading."""
    level = 0
    if name in BLOCKS:
        flow.end()
        if name == "tr":
            flow.row_begins()
        level = HEADINGS.get(name, 0) or _level_of_role(element)
        flow.begin(level, heading_size(level) if level else 0.0)
    elif name == "br":
        flow.line_break()
    return level


def _ends(name: str, flow: Flow) -> None:
    if name in BLOCKS:
        flow.end()
        if name == "tr":
            flow.row_ends()
        flow.begin()  # what follows in the element around it, if anything


def _text(text: str | None, flow: Flow, bold: bool, pre: bool) -> None:
    """Text as it is set: in `pre` line by line, elsewhere flowing."""
    if not text:
        return
    if not pre:
        flow.words(text, bold=bold)
        return
    first, *others = text.split("\n")
    flow.words(first, bold=bold)
    for line in others:
        flow.line_break()
        flow.words(line, bold=bold)


def _level_of_role(element: Element) -> int:
    """The rank of an element that calls itself a heading by its role."""
    if value(element, "role") != "heading":
        return 0
    said = value(element, "aria-level")
    return int(said) if said in set("123456") else 2


def _left_out(element: Element) -> bool:
    name = local(element).lower()
    attributes = element.attrib
    if name in LEFT_OUT or (name == "footer" and local(element.getparent()) == "body"):
        return True
    if name == "a" and len(element) == 0 and (element.text or "").strip() in LINK_SIGNS:
        return True
    if not attributes:
        return False
    # `nav` of EPUB is a table of contents as well: left out by its name.
    return (
        "hidden" in attributes
        or attributes.get("role", "") in ROLES_LEFT_OUT
        or HIDDEN_BY_STYLE.search(attributes.get("style", "")[:1_000]) is not None
    )


def _character(match: re.Match[str]) -> str:
    """A character that HTML has a name for; XML knows five of those, and knows them itself."""
    name = match[1]
    if name in _XML_ENTITIES:
        return match[0]
    found = html.entities.html5.get(f"{name};", "")
    return "".join(f"&#{ord(sign)};" for sign in found) or match[0]

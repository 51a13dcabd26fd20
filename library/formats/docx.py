"""Reading a Word document (DOCX, ECMA-376): its text as a reader sees it, in sections.

Tracked deletions, hidden text and comments are left out; footnotes stand after the paragraph that refers to them.
"""

from __future__ import annotations

import posixpath

from library.errors import UnreadableFile
from library.formats.docx_styles import Style, Styles, outline_level, read_styles, switched_on, type_size
from library.formats.drawn_cover import cover_from
from library.formats.flow import Flow
from library.formats.kinds import FileFormat
from library.formats.reading import Embedded, Limits, Reading
from library.formats.sections import paged
from library.formats.text_repair import clean_metadata
from library.formats.xml_tree import Element, Step, all_text, child, children, local, parse_xml, value, walked
from library.formats.zip_parts import ZipParts

LEFT_OUT = frozenset({"Fallback", "del", "moveFrom", "delText", "instrText", "sectPr", "pPr", "rPr", "tblPr", "tcPr"})
"""Elements without text of the document as it stands; `Fallback` repeats for old programs what precedes it."""
THUMBNAILS = ("docProps/thumbnail.jpeg", "docProps/thumbnail.jpg", "docProps/thumbnail.png")
DOCUMENT = "word/document.xml"


def read_docx(name: str, data: bytes, limits: Limits) -> Reading:
    """Everything the library takes from one Word document; `UnreadableFile` says why when there is nothing."""
    with ZipParts(name, data) as parts:
        main = _main_part(parts, name)
        root = parse_xml(parts.needed(main), name, main)
        folder = posixpath.dirname(main)
        styles = read_styles(_optional(parts, name, f"{folder}/styles.xml"))
        notes = {kind: _notes(_optional(parts, name, f"{folder}/{kind}notes.xml"), kind) for kind in ("foot", "end")}
        flow = Flow()
        body = child(root, "body")
        if body is None:
            raise parts.damaged("it has no body")
        _Taking(flow, styles, notes).take(body)
        embedded = _embedded(parts, name, styles)
        sections = paged(name, flow.blocks, limits)
        picture = next((found for part in THUMBNAILS if (found := parts.read(part)) is not None), b"")
    return Reading(
        format=FileFormat.DOCX.value,
        pages=sections.pages,
        embedded=embedded,
        first_page=sections.first_page,
        outline=sections.outline,
        cover=cover_from(picture, FileFormat.DOCX, embedded, sections.first_page),
    )


def _main_part(parts: ZipParts, name: str) -> str:
    """The part that holds the text, as the package says; by convention it is `word/document.xml`."""
    rels = parts.read("_rels/.rels")
    if rels is not None:
        for each in children(parse_xml(rels, name, "_rels/.rels"), "Relationship"):
            if value(each, "Type").endswith("/officeDocument"):
                part = posixpath.normpath(value(each, "Target").lstrip("/"))
                if parts.has(part):
                    return part
    return DOCUMENT


def _optional(parts: ZipParts, name: str, part: str) -> Element | None:
    data = parts.read(part)
    return parse_xml(data, name, part) if data is not None else None


def _notes(root: Element | None, kind: str) -> dict[str, Element]:
    """The footnotes or endnotes, by id; the lines that separate them from the text are none."""
    if root is None:
        return {}
    return {value(each, "id"): each for each in children(root, f"{kind}note") if not value(each, "type")}


class _Taking:
    """Takes the text of a body down, paragraph by paragraph."""

    def __init__(self, flow: Flow, styles: Styles, notes: dict[str, dict[str, Element]]) -> None:
        self._flow = flow
        self._styles = styles
        self._notes = notes
        self._referred: list[Element] = []
        """Notes that the paragraph at hand refers to."""
        self._style_bold: list[bool] = []
        """Whether the style of each open paragraph is bold."""
        self._bold, self._size = False, 0.0
        """Of the run at hand."""

    def take(self, element: Element) -> None:
        """The paragraphs below an element."""
        for step, each in walked(element, self._left_out):
            if step is Step.STARTS:
                self._starts(local(each), each)
            elif step is Step.ENDS:
                self._ends(local(each))

    def _left_out(self, element: Element) -> bool:
        name = local(element)
        if name == "p":
            return self._style(element)[1].left_out
        return name in LEFT_OUT or (name == "r" and bool(switched_on(child(element, "rPr"), "vanish")))

    def _style(self, paragraph: Element) -> tuple[Element | None, Style]:
        properties = child(paragraph, "pPr")
        named = child(properties, "pStyle")
        return properties, self._styles.of(value(named, "val") if named is not None else "")

    def _starts(self, name: str, element: Element) -> None:
        match name:
            case "p":
                properties, style = self._style(element)
                level = outline_level(properties)
                self._flow.begin(style.level if level is None else level, style.size)
                self._style_bold.append(style.bold)
            case "r":
                properties = child(element, "rPr")
                bold = switched_on(properties, "b")
                self._bold = bold if bold is not None else bool(self._style_bold and self._style_bold[-1])
                self._size = type_size(properties)
            case "t":
                self._flow.words(element.text or "", bold=self._bold, size=self._size)
            case "tab" | "ptab":
                self._flow.words(" ")
            case "br" | "cr":
                self._flow.line_break()
            case "noBreakHyphen":
                self._flow.words("\u2011")
            case "tr":
                self._flow.row_begins()
            case "footnoteReference" | "endnoteReference":
                note = self._notes[name[: -len("noteReference")]].pop(value(element, "id"), None)
                if note is not None:
                    self._referred.append(note)

    def _ends(self, name: str) -> None:
        if name == "p":
            self._flow.end()
            self._style_bold.pop()
            notes, self._referred = (self._referred, []) if not self._flow.writing else ([], self._referred)
            for note in notes:
                self.take(note)
        elif name == "tr":
            self._flow.row_ends()


def _embedded(parts: ZipParts, name: str, styles: Styles) -> Embedded:
    """What the document's properties say of it; properties that are not in order count as none."""
    said: dict[str, str] = {}
    for part in ("docProps/core.xml", "docProps/app.xml"):
        try:
            root = _optional(parts, name, part)
        except UnreadableFile:
            continue
        for each in root if root is not None else ():
            said.setdefault(local(each), clean_metadata(all_text(each)))
    return Embedded(
        title=said.get("title", ""),
        author=said.get("creator", ""),
        subject=said.get("subject", "") or said.get("description", ""),
        keywords=said.get("keywords", ""),
        language=said.get("language", "") or clean_metadata(styles.language),
        created=said.get("created", ""),
        producer=said.get("Application", ""),
    )

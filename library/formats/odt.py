"""Reading an OpenDocument text (ODT, ISO/IEC 26300): its text as a reader sees it, in sections.

Tracked deletions, comments, hidden text and tables of contents are left out; notes stand after their paragraph.
"""

from __future__ import annotations

from library.errors import UnreadableFile
from library.formats.drawn_cover import cover_from
from library.formats.flow import Flow
from library.formats.kinds import FileFormat
from library.formats.odt_styles import Styles, read_styles
from library.formats.reading import Embedded, Limits, Reading
from library.formats.sections import paged
from library.formats.text_repair import clean_metadata
from library.formats.xml_tree import Element, Step, all_text, child, descendants, local, parse_xml, value, walked
from library.formats.zip_parts import ZipParts

LEFT_OUT = frozenset(
    {"tracked-changes", "annotation", "note-citation", "ruby-text", "hidden-text", "hidden-paragraph", "forms",
     "sequence-decls", "variable-decls", "user-field-decls", "table-of-content", "illustration-index", "table-index",
     "alphabetical-index", "bibliography-configuration", "desc", "title", "event-listeners", "script", "object"}
)  # fmt: skip
"""Elements that hold no text of the document as it stands; `desc` and `title` are words about a picture."""
MOST_BLANKS = 100
"""Blanks that one element may stand for; a hostile one says billions."""
CONTENT, STYLES, META, MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
THUMBNAIL = "Thumbnails/thumbnail.png"


def read_odt(name: str, data: bytes, limits: Limits) -> Reading:
    """Everything the library takes from one OpenDocument text; `UnreadableFile` says why when there is nothing."""
    with ZipParts(name, data) as parts:
        _check_open(parts, name)
        root = parse_xml(parts.needed(CONTENT), name, CONTENT)
        body = child(root, "body", "text")
        if body is None:
            raise parts.damaged("it has no text body")
        data_of_styles = parts.read(STYLES)
        common = parse_xml(data_of_styles, name, STYLES) if data_of_styles is not None else None
        styles = read_styles(common, root)
        flow = Flow()
        _take(body, flow, styles)
        embedded = _embedded(parts, name, styles)
        sections = paged(name, flow.blocks, limits)
        picture = parts.read(THUMBNAIL) or b""
    return Reading(
        format=FileFormat.ODT.value,
        pages=sections.pages,
        embedded=embedded,
        first_page=sections.first_page,
        outline=sections.outline,
        cover=cover_from(picture, FileFormat.ODT, embedded, sections.first_page),
    )


def _check_open(parts: ZipParts, name: str) -> None:
    """Refuse a document that is encrypted: its manifest says so of each part, or of the one part that holds all."""
    if parts.has("encrypted-package"):
        raise parts.locked()
    data = parts.read(MANIFEST)
    if data is not None and next(descendants(parse_xml(data, name, MANIFEST), "encryption-data"), None) is not None:
        raise parts.locked()


def _take(body: Element, flow: Flow, styles: Styles) -> None:
    """Take the text of a body down, paragraph by paragraph."""
    shown: list[tuple[bool, float]] = []
    """Bold or not, and size, of every paragraph and span that is open."""
    for step, each in walked(body, lambda element: _left_out(element, styles)):
        name = local(each)
        bold, size = shown[-1] if shown else (False, 0.0)
        if step is Step.STARTS:
            if name in ("p", "h"):
                style = styles.of(value(each, "style-name"))
                flow.begin(_level(each) if name == "h" else style.level, style.size)
                shown.append((style.bold, 0.0))
            elif name == "span":
                style = styles.of(value(each, "style-name"))
                shown.append((style.says_bold if style.says_bold is not None else bold, style.own_size or size))
            elif name == "table-row":
                flow.row_begins()
            _sign(name, each, flow)
            if shown:
                flow.words(each.text or "", bold=shown[-1][0], size=shown[-1][1])
            continue
        if step is Step.ENDS and name in ("p", "h"):
            flow.end()
        elif step is Step.ENDS and name == "table-row":
            flow.row_ends()
        if step is Step.ENDS and name in ("p", "h", "span"):
            shown.pop()
        bold, size = shown[-1] if shown else (False, 0.0)
        flow.words(each.tail or "", bold=bold, size=size)


def _left_out(element: Element, styles: Styles) -> bool:
    name = local(element)
    if name == "section":
        return value(element, "display") == "none"
    if name in ("p", "h", "span"):
        return styles.of(value(element, "style-name")).hidden
    return name in LEFT_OUT


def _level(heading: Element) -> int:
    said = value(heading, "outline-level")
    return min(max(int(said), 1), 10) if said.isascii() and said.isdigit() and len(said) < 3 else 1


def _sign(name: str, element: Element, flow: Flow) -> None:
    """Elements that stand for characters."""
    if name == "s":
        count = value(element, "c")
        flow.words(
            " " * (min(int(count), MOST_BLANKS) if count.isascii() and count.isdigit() and len(count) < 4 else 1)
        )
    elif name == "tab":
        flow.words(" ")
    elif name == "line-break":
        flow.line_break()


def _embedded(parts: ZipParts, name: str, styles: Styles) -> Embedded:
    """What `meta.xml` says of the document; one that is not in order counts as none."""
    said: dict[str, list[str]] = {}
    try:
        data = parts.read(META)
        meta = child(parse_xml(data, name, META), "meta") if data is not None else None
    except UnreadableFile:
        meta = None
    for each in meta if meta is not None else ():
        said.setdefault(local(each), []).append(clean_metadata(all_text(each)))
    first = {key: values[0] for key, values in said.items()}
    return Embedded(
        title=first.get("title", ""),
        author=first.get("initial-creator", "") or first.get("creator", ""),
        subject=first.get("subject", "") or first.get("description", ""),
        keywords=clean_metadata(", ".join(filter(None, said.get("keyword", ())))),
        language=first.get("language", "") or clean_metadata(styles.language),
        created=first.get("creation-date", ""),
        producer=first.get("generator", ""),
    )

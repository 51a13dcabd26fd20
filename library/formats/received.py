"""A file as it was received: its bytes, of a size that may be read, and what kind of file they say it is.

The kind is told by the content alone: a PDF called `report.docx` is a PDF.
"""

from __future__ import annotations

import re
from pathlib import Path

from library.errors import Reason, UnreadableFile
from library.formats.kinds import FileFormat
from library.formats.reading import Limits
from library.formats.zip_parts import ZipParts

HEADER_WITHIN = 1_024
"""Bytes: PDF readers agree to look for `%PDF-` no further than this."""
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What Microsoft's older compound files begin with: Word up to 2003, and Word's encrypted documents of today."""
LOOKED_AT = 65_536
"""Bytes in which an HTML file shows that it is one."""
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style|h[1-6]|p|div|main|article|section|table|a)"
    r"(?=[\s>/]))",
    re.IGNORECASE,
)
_WORD_PARTS = re.compile(r"wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macroEnabled")
TAKEN = ", ".join(each.shown for each in FileFormat)


def contents(path: Path, name: str, limits: Limits) -> bytes:
    """The bytes of a file; `UnreadableFile` when it is not there, empty, or larger than a file may be."""
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            raise UnreadableFile(
                Reason.TOO_LARGE,
                f"{name} is {_megabytes(size)}; the library reads files up to {_megabytes(limits.bytes)}",
                "make a smaller copy, for example by reducing its pictures, and add that one",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            Reason.NOT_FOUND,
            f"{name} cannot be opened: {error.strerror or 'the disk does not give it'}",
            "check that the file is there and that you may read it",
        ) from error
    if not data:
        raise UnreadableFile(Reason.EMPTY, f"{name} is empty: it has no bytes at all", "fetch or save the file again")
    return data


def recognised(name: str, data: bytes) -> FileFormat:
    """What kind of file these bytes are; `UnreadableFile` when it is none that the library takes."""
    if data.startswith(ZIP):
        return _in_zip(name, data)
    if data.startswith(OLE):
        raise _compound(name, data)
    start = _beginning(data)
    if _MARKUP.match(_after_prolog(start)):
        return FileFormat.HTML
    if b"%PDF-" in data[:HEADER_WITHIN]:
        return FileFormat.PDF
    if start.startswith("{\\rtf"):
        raise _unknown(f"{name} is RTF, which the library does not read", "save it as DOCX, ODT or PDF and add that")
    raise _neither(name)


def _in_zip(name: str, data: bytes) -> FileFormat:
    """What a ZIP file is: EPUB and ODF say so in their entry `mimetype`, Word in its table of content types."""
    with ZipParts(name, data) as parts:
        said = (parts.read("mimetype") or b"")[:200].decode("latin-1").strip()
        if said == FileFormat.EPUB.media_type or (not said and parts.has("META-INF/container.xml")):
            return FileFormat.EPUB
        if said.removesuffix("-template") == FileFormat.ODT.media_type:
            return FileFormat.ODT
        types = (parts.read("[Content_Types].xml") or b"").decode("utf-8", "replace")
        if _WORD_PARTS.search(types):
            return FileFormat.DOCX
    if "opendocument" in said or "officedocument" in types:
        raise _unknown(f"{name} is a table or slides, not a text", "export it as PDF and add that")
    if b"%PDF-" in data[:HEADER_WITHIN]:
        return FileFormat.PDF
    raise _neither(name)


def _compound(name: str, data: bytes) -> UnreadableFile:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableFile(
            Reason.ENCRYPTED,
            f"{name} is a Word document protected with a password",
            "ask for a copy without a password, or remove it with the password and add the file again",
        )
    return _unknown(
        f"{name} is in a format of Microsoft Office before 2007, which the library does not read",
        "save it as DOCX or PDF and add that",
    )


def _beginning(data: bytes) -> str:
    """The first characters of what may be text; the encoding hardly matters for the ASCII that is looked for."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: 2 * LOOKED_AT].decode("utf-16", "replace")
    return data[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _after_prolog(text: str) -> str:
    """What follows the XML declaration, comments and blanks at the beginning of a text."""
    text = text.lstrip("\ufeff\x00 \t\r\n\f")
    for opening, closing in (("<?xml", ">"), ("<!--", "-->"), ("<?xml-stylesheet", ">"), ("<!--", "-->")):
        while text.startswith(opening) and closing in text:
            text = text.partition(closing)[2].lstrip()
    return text


def _neither(name: str) -> UnreadableFile:
    return _unknown(
        f"{name} is none of the formats that the library reads ({TAKEN}), whatever it is called",
        "save or export it as PDF and add that",
    )


def _unknown(message: str, remedy: str) -> UnreadableFile:
    return UnreadableFile(Reason.UNKNOWN_FORMAT, message, remedy)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB"

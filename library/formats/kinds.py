"""The kinds of file that the library takes: what each is called, how its files end, and their media type."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from library.model import Edition


class FileFormat(StrEnum):
    """A kind of file."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    HTML = "html"
    EPUB = "epub"

    @property
    def ending(self) -> str:
        """What the names of such files end in: `.pdf`."""
        return f".{self.value}"

    @property
    def shown(self) -> str:
        """Its name as people write it, in every language: `PDF`."""
        return self.value.upper()

    @property
    def media_type(self) -> str:
        """The media type registered for it (IANA)."""
        match self:
            case FileFormat.PDF:
                return "application/pdf"
            case FileFormat.DOCX:
                return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            case FileFormat.ODT:
                return "application/vnd.oasis.opendocument.text"
            case FileFormat.HTML:
                return "text/html"
            case FileFormat.EPUB:
                return "application/epub+zip"

    @property
    def has_pages(self) -> bool:
        """Whether its pages are sheets that can be drawn; the others are cut into sections."""
        return self is FileFormat.PDF


OTHER_ENDINGS = {".htm": FileFormat.HTML, ".xhtml": FileFormat.HTML, ".xht": FileFormat.HTML}
"""Endings that such files have as well."""


def format_of(edition: Edition) -> FileFormat:
    """The format of an edition's file, as its record names it."""
    return FileFormat(edition.format)


def format_of_name(name: str) -> FileFormat | None:
    """The format that the ending of a file's name speaks of, or None: a promise, which only its content keeps."""
    ending = PurePath(name).suffix.lower()
    known = {each.ending: each for each in FileFormat} | OTHER_ENDINGS
    return known.get(ending)

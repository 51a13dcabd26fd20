"""What one file gives: its pages, what it says of itself, and how its first page looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from library.model import Page

EXTRACTOR_VERSION = "1"
"""Part of the key under which extracted pages are kept: raise it when the same file would give other text."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost before it is refused."""

    bytes: int = 200 * 1024 * 1024
    pages: int = 5_000
    cpu_seconds: int = 60
    wall_seconds: int = 120
    memory: int = 1_500 * 1024 * 1024
    """Bytes of address space above what the reading process starts with."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What is said of a file besides its bytes, and whom to tell how far its reading is."""

    name: str
    """What people call the file; where it lies may be called otherwise."""
    tell: Callable[[str], None] = lambda _: None
    """Told of each stage when it begins, such as `language`."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What the file says of itself; often missing, sometimes wrong, never believed alone."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    language: str = ""
    """As the file has it, such as `fr-FR`; empty when it says nothing."""
    created: str = ""
    """ISO 8601; when the file was made, which is seldom when the work was published."""
    producer: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type on the first page."""

    text: str
    size: float
    """Height of the type in points."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One entry of the file's own table of contents."""

    title: str
    page: int
    """Page number, from 1."""
    level: int
    """0 for a chapter, 1 for a section in it, and so on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, read: pages in order, embedded metadata, first-page type, outline, cover, and what was noticed."""

    format: str
    """A value of `library.formats.kinds.FileFormat`: `pdf`, `docx` and so on."""
    pages: tuple[Page, ...]
    embedded: Embedded = Embedded()
    first_page: tuple[Line, ...] = ()
    """Lines of the first page from top to bottom, with the size of their type."""
    outline: tuple[OutlineEntry, ...] = ()
    cover: bytes = field(default=b"", repr=False)
    """The first page as a WebP image, 300 pixels wide; empty when it could not be drawn."""
    notices: tuple[str, ...] = ()
    """What a person should know: an extractor that was switched, pages without text, doubtful characters."""

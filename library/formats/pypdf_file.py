"""A PDF as pypdf reads it: what the file says of itself, and the text where pdfium finds none.

Its text is the second choice: it is slow, and in fonts without a space glyph it glues words (py-pdf/pypdf#3978).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from pypdf import PasswordType, PdfReader
from pypdf.generic import Destination
from pypdf.xmp import XmpInformation

from library.formats.reading import Embedded, OutlineEntry
from library.formats.text_repair import clean_metadata

PDF_DATE = re.compile(
    r"(?:D:)?\s*(?P<year>\d{4})-?(?P<month>\d\d)?-?(?P<day>\d\d)?[T ]?"
    r"(?P<hour>\d\d)?:?(?P<minute>\d\d)?:?(?P<second>\d\d)?\s*(?P<zone>Z|[+-]\d\d'?:?(?:\d\d)?)?"
)


class PypdfFile:
    """An opened PDF; any exception of pypdf when it cannot be opened, `locked` when a password is wanted."""

    def __init__(self, data: bytes) -> None:
        self._reader = PdfReader(io.BytesIO(data))
        self.encrypted = self._reader.is_encrypted
        self.locked = self.encrypted and self._reader.decrypt("") is PasswordType.NOT_DECRYPTED

    @property
    def page_count(self) -> int:
        """How many pages; this walks the whole page tree, so it is asked only when pdfium cannot say."""
        return len(self._reader.pages)

    def close(self) -> None:
        """Give the memory back."""
        self._reader.close()

    def text(self, index: int) -> str:
        """The text of a page, from index 0, as it stands in the file; any exception when it cannot be read."""
        return self._reader.pages[index].extract_text()

    def labels(self) -> tuple[str, ...]:
        """The page numbers as printed, one for each page."""
        return tuple(clean_metadata(label) for label in self._reader.page_labels)

    def outline(self) -> tuple[OutlineEntry, ...]:
        """The file's own table of contents; headings that lead to no page are left out."""
        return tuple(self._entries(self._reader.outline, 0))

    def embedded(self) -> Embedded:
        """Title, author, language and date as the file states them: /Info first, XMP where it is silent."""
        info: Mapping[str, object] = self._reader.metadata or {}
        said = {key: _plain(info.get(key)) for key in ("/Title", "/Author", "/Subject", "/Keywords", "/Producer")}
        xmp = self._xmp()
        language = _plain(self._reader.root_object.get("/Lang"))
        return Embedded(
            title=said["/Title"] or _xmp_title(xmp),
            author=said["/Author"] or (_plain(", ".join(xmp.dc_creator or [])) if xmp else ""),
            subject=said["/Subject"],
            keywords=said["/Keywords"],
            language=language or (_first(xmp.dc_language) if xmp else ""),
            created=iso_date(_plain(info.get("/CreationDate"))) or _xmp_date(xmp),
            producer=said["/Producer"],
        )

    def _xmp(self) -> XmpInformation | None:
        """The XMP packet; one that is not well-formed XML, as many are not, counts as none."""
        try:
            return self._reader.xmp_metadata
        except MemoryError:
            raise
        except Exception:
            return None

    def _entries(self, outline: Iterable[object], level: int) -> Iterable[OutlineEntry]:
        for item in outline:
            if isinstance(item, Destination):
                index = self._reader.get_destination_page_number(item)
                title = clean_metadata(str(item.title))
                if title and index is not None and index >= 0:
                    yield OutlineEntry(title, index + 1, level)
            elif isinstance(item, list):
                yield from self._entries(item, level + 1)


def iso_date(text: str) -> str:
    """A date as PDF writes it, `D:20240315102030+01'00'`, in ISO 8601; empty when it is no date."""
    match = PDF_DATE.match(text)
    if match is None:
        return ""
    part = {name: int(digits) for name, digits in match.groupdict().items() if digits and digits.isdigit()}
    try:
        day = date(part["year"], part.get("month", 1), part.get("day", 1))
        moment = time(part.get("hour", 0), part.get("minute", 0), part.get("second", 0))
    except ValueError:
        return ""
    if "hour" not in part:
        return day.isoformat()[: 10 if "day" in part else 7 if "month" in part else 4]
    return f"{day.isoformat()}T{moment.isoformat()}{_zone(match['zone'] or '')}"


def _zone(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if not digits:
        return "+00:00" if text == "Z" else ""
    return f"{text[0]}{digits[:2]}:{digits[2:] or '00'}"


def _plain(value: object) -> str:
    """A value of the file as text; pypdf hands back references, byte strings and other things as well."""
    get_object = getattr(value, "get_object", None)
    if get_object is not None:
        value = get_object()
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return clean_metadata(value) if isinstance(value, str) else ""


def _first(values: Iterable[object] | None) -> str:
    return next((text for text in map(_plain, values or ()) if text), "")


def _xmp_title(xmp: XmpInformation | None) -> str:
    titles = (xmp.dc_title or {}) if xmp else {}
    return _plain(titles.get("x-default")) or _first(titles.values())


def _xmp_date(xmp: XmpInformation | None) -> str:
    dates = (xmp.dc_date or []) if xmp else []
    return next((moment.isoformat() for moment in dates if isinstance(moment, datetime)), "")

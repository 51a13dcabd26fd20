"""A PDF as pdfium reads it: the text of its pages, its labels and headings, the type and the look of page 1.

pdfium is twelve times as fast as pypdf and does not glue words. It can end the whole process on a hostile file:
outside of tests it runs in a child process only (`library/formats/nursery.py`).
"""

from __future__ import annotations

import ctypes
import io
import math
import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import islice

import pypdfium2
from pypdfium2 import raw

from library.formats.reading import Embedded, Line, OutlineEntry
from library.formats.text_repair import PDFIUM_HYPHEN_MARK, clean_metadata, repair

COVER_WIDTH = 300
COVER_MAX_HEIGHT = 1_200
"""Pixels: a page that is a ribbon would otherwise become a picture of gigabytes."""
COVER_QUALITY = 80
MAX_HEADINGS = 5_000
MAX_LINES = 300
MAX_RULES = 8
"""Lines and letters on a page that counts as blank: a rule, a frame, a page number."""
SAMPLES = 5
"""Characters of a line whose size is asked for: enough to see past a large initial or a footnote mark."""


@dataclass(frozen=True, slots=True)
class _PlacedLine:
    line: Line
    quarter: int
    """Direction of writing on the sheet, in quarter turns."""
    height: float
    """How far up it stands, seen in its own direction of writing."""


class PdfiumFile:
    """An opened PDF; `pypdfium2.PdfiumError` when pdfium cannot open it."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)
        self.page_count: int = len(self._document)
        self._front: tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage] | None = None

    def close(self) -> None:
        """Give the memory back."""
        self._document.close()

    def text(self, index: int) -> str:
        """The text of a page, from index 0, as it stands in the file; `PdfiumError` when it cannot be loaded."""
        if index == 0:
            front_text: str = self._first()[1].get_text_range()
            return front_text
        page = self._document[index]
        try:
            text_page = page.get_textpage()
            text: str = text_page.get_text_range()
            text_page.close()
            return text
        finally:
            page.close()

    def is_blank(self, index: int) -> bool:
        """Whether a page has no picture and no drawing but a few rules; asked of pages without text."""
        page = self._document[index]
        try:
            count = raw.FPDFPage_CountObjects(page)
            if count > MAX_RULES:
                return False
            kinds = {raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, number)) for number in range(count)}
            return kinds <= {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH}
        finally:
            page.close()

    def _first(self) -> tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]:
        """Page 1, kept open: text, lines and cover all come from it, and loading it is most of their cost."""
        if self._front is None:
            page = self._document[0]
            self._front = (page, page.get_textpage())
        return self._front

    def labels(self) -> tuple[str, ...]:
        """The page numbers as printed, one for each page; empty strings when the file gives none."""
        return tuple(clean_metadata(self._document.get_page_label(index)) for index in range(self.page_count))

    def outline(self) -> tuple[OutlineEntry, ...]:
        """The file's own table of contents; headings that lead to no page are left out."""
        entries = []
        for bookmark in islice(self._document.get_toc(), MAX_HEADINGS):
            title = clean_metadata(bookmark.get_title())
            target = bookmark.get_dest()
            index = target.get_index() if target else None
            if title and index is not None and 0 <= index < self.page_count:
                entries.append(OutlineEntry(title, index + 1, bookmark.level))
        return tuple(entries)

    def embedded(self) -> Embedded:
        """Title, author and the like, without XMP; only for files whose metadata pypdf cannot read."""
        said = {key: clean_metadata(value) for key, value in self._document.get_metadata_dict().items()}
        return Embedded(
            title=said.get("Title", ""),
            author=said.get("Author", ""),
            subject=said.get("Subject", ""),
            keywords=said.get("Keywords", ""),
            producer=said.get("Producer", ""),
        )

    def first_page(self) -> tuple[Line, ...]:
        """The lines of page 1 from top to bottom with the size of their type; stamps along the side are left out."""
        placed = _placed_lines(self._first()[1])
        if not placed:
            return ()
        letters: Counter[int] = Counter()
        for each in placed:
            letters[each.quarter] += len(each.line.text)
        usual = letters.most_common(1)[0][0]
        upright = [each for each in placed if each.quarter == usual]
        upright.sort(key=lambda each: -round(each.height))
        return tuple(each.line for each in upright)

    def cover(self) -> bytes:
        """Page 1 as a WebP picture 300 pixels wide."""
        page = self._first()[0]
        width, height = page.get_size()
        scale = min(COVER_WIDTH / max(width, 1.0), COVER_MAX_HEIGHT / max(height, 1.0))
        bitmap = page.render(scale=scale, rev_byteorder=True, limit_image_cache=True)
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
        file = io.BytesIO()
        # Method 2 of 6: half the time of the usual one for 3 % more bytes.
        picture.save(file, "WEBP", quality=COVER_QUALITY, method=2)
        return file.getvalue()


def _placed_lines(text_page: pypdfium2.PdfTextPage) -> list[_PlacedLine]:
    """Every line that pdfium sees, with where and how large it stands."""
    placed = []
    start = 0
    for text in islice(text_page.get_text_range().split("\r\n"), MAX_LINES):
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        # A hyphen at the very end is shown: what it joins is another line here.
        words = clean_metadata(repair(f"{text[:-1]}-" if text.endswith(PDFIUM_HYPHEN_MARK) else text))
        if words:
            line = _measured(text_page, words, start, units)
            if line is not None:
                placed.append(line)
        start += units + 2
    return placed


def _measured(text_page: pypdfium2.PdfTextPage, words: str, start: int, units: int) -> _PlacedLine | None:
    """The line with its size: the middle one of a few of its characters, as they stand on the page."""
    matrix = raw.FS_MATRIX()
    sizes = []
    placed: tuple[int, float] | None = None
    step = max(1, units // SAMPLES)
    for position in range(start, start + units, step):
        index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, position)
        # Spaces that pdfium puts in itself have no size of their own.
        if index < 0 or raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        if not raw.FPDFText_GetMatrix(text_page, index, matrix):
            continue
        sizes.append(abs(raw.FPDFText_GetFontSize(text_page, index)) * math.hypot(matrix.c, matrix.d))
        if placed is None:
            placed = _place(text_page, index, matrix.a, matrix.b)
    if not sizes or placed is None:
        return None
    return _PlacedLine(Line(words, round(statistics.median(sizes), 2)), *placed)


def _place(text_page: pypdfium2.PdfTextPage, index: int, a: float, b: float) -> tuple[int, float]:
    """Direction of writing in quarter turns, and height along it; (a, b) is the way the line runs."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, index, x, y)
    length = math.hypot(a, b) or 1.0
    quarter = round(math.atan2(b, a) / (math.pi / 2)) % 4
    return quarter, (a * y.value - b * x.value) / length

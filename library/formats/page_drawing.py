"""A page of a PDF as a picture, with a passage marked: for whoever checks what was read from it.

This file runs in a child process only, like everything that parses files (`library/formats/nursery.py`):

    python -m library.formats.page_drawing

The file that such a process is given is an order as `PageOrder.written` makes it, not the PDF itself.
"""

from __future__ import annotations

import base64
import ctypes
import io
from itertools import accumulate
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw

from library.errors import Reason, UnreadableFile
from library.formats.page_order import PageOrder
from library.formats.reading import Limits
from library.formats.serving import serve

WIDTH = 1_000
"""Pixels: the page is read beside a form, on screens with up to two pixels to the point."""
TALLEST = 3_000
QUALITY = 75
MARK = (255, 226, 122)
ROOM = 2
"""Pixels around a marked letter."""


def draw(path: Path, _: Limits, *__: object) -> dict[str, object]:
    """The picture that an order asks for: `{"picture": WebP in base64}`. Raises UnreadableFile."""
    order = PageOrder.read(path)
    try:
        document = pypdfium2.PdfDocument(order.file)
        if not 1 <= order.page <= len(document):
            raise _no_page(order)
        page = document[order.page - 1]
        picture = _drawn(page)
        for box in _places(page, order.mark, picture.size):
            _mark(picture, box)
    except pypdfium2.PdfiumError:
        raise _no_page(order) from None
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=2)
    return {"picture": base64.b64encode(file.getvalue()).decode("ascii")}


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1.0), TALLEST / max(height, 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True, limit_image_cache=True)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture


def _places(page: pypdfium2.PdfPage, mark: str, size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Where the letters of a passage stand in the picture; none when it is not on the page as it was read."""
    wanted = _bare(mark)
    if not wanted:
        return []
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    kept = [(number, letter) for number, letter in enumerate(text) for letter in _bare(letter)]
    start = "".join(letter for _, letter in kept).find(wanted)
    if start < 0:
        return []
    # pdfium counts in UTF-16: a letter beyond the first plane counts twice.
    units = list(accumulate((1 + (ord(letter) > 0xFFFF) for letter in text), initial=0))
    boxes = []
    for number, _ in kept[start : start + len(wanted)]:
        index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, units[number])
        if index >= 0:
            left, bottom, right, top = text_page.get_charbox(index)
            ends = sorted((_pixel(page, left, top, size), _pixel(page, right, bottom, size)))
            rows = sorted((ends[0][1], ends[1][1]))
            boxes.append((ends[0][0], rows[0], ends[1][0], rows[1]))
    return boxes


def _bare(text: str) -> str:
    """The letters and figures alone, in small: blanks, hyphens and line ends are read in more than one way."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _pixel(page: pypdfium2.PdfPage, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    """A place on the page in pixels, however the page is turned or cut."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, size[0], size[1], 0, x, y, across, down)
    return across.value, down.value


def _mark(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Lay a colour under a letter, as a marker does."""
    left, top, right, bottom = box
    area = max(left - ROOM, 0), max(top - ROOM, 0), min(right + ROOM, picture.width), min(bottom + ROOM, picture.height)
    if area[0] >= area[2] or area[1] >= area[3]:
        return
    part = picture.crop(area)
    wash = Image.new("RGB", part.size)
    ImageDraw.Draw(wash).rectangle((0, 0, *part.size), fill=MARK)
    picture.paste(ImageChops.multiply(part, wash), area)


def _no_page(order: PageOrder) -> UnreadableFile:
    return UnreadableFile(Reason.DAMAGED, f"page {order.page} cannot be drawn", "open the file itself in a PDF viewer")


if __name__ == "__main__":
    serve(draw)

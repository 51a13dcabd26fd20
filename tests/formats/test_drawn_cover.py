"""Covers of documents that have no first page: a picture they carry, or a sheet with title and format."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

from library.formats.drawn_cover import cover_from, drawn_cover
from library.formats.kinds import FileFormat
from library.formats.reading import Embedded, Line


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def differ(one: bytes, other: bytes) -> bool:
    return ImageChops.difference(picture(one), picture(other)).getbbox() is not None


@pytest.mark.parametrize(
    "title", ["", "x", "Safe nights in the city", "w" * 300, "Sécurité & <b>nuit</b>", "السلامة", "안전", "a\nb " * 80]
)
def test_a_sheet_is_drawn_whatever_the_title(title: str) -> None:
    assert picture(drawn_cover(title, FileFormat.ODT)).size == (300, 424)


def test_the_title_and_the_format_are_on_it() -> None:
    assert differ(drawn_cover("One", FileFormat.DOCX), drawn_cover("Two", FileFormat.DOCX))
    assert differ(drawn_cover("One", FileFormat.DOCX), drawn_cover("One", FileFormat.EPUB))


def test_letters_that_the_font_has_not_are_left_out_rather_than_shown_as_boxes() -> None:
    empty = drawn_cover("", FileFormat.HTML)
    assert not differ(drawn_cover("\U0001d173\u0950\u0640", FileFormat.HTML), empty)


def test_the_largest_line_is_the_title_on_it() -> None:
    lines = (Line("Ministry", 11), Line("Safe nights", 26), Line("text", 11))
    made = cover_from(b"", FileFormat.HTML, Embedded(title="untitled"), lines)
    assert not differ(made, drawn_cover("Safe nights", FileFormat.HTML))


def test_a_picture_too_small_or_no_picture_is_not_taken() -> None:
    small = io.BytesIO()
    Image.new("RGB", (16, 16)).save(small, "PNG")
    for data in (small.getvalue(), b"GIF89a", b"no picture", small.getvalue()[:40]):
        assert not differ(cover_from(data, FileFormat.EPUB, Embedded(), ()), drawn_cover("", FileFormat.EPUB))

"""Covers of documents without a first page to draw: a picture they carry, else a plain sheet with title and format."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from library.formats.kinds import FileFormat
from library.formats.pdfium_file import COVER_MAX_HEIGHT, COVER_QUALITY, COVER_WIDTH
from library.formats.reading import Embedded, Line

SMALLEST = 200
"""Pixels: a narrower picture is blurred beyond use, like the thumbnails of ODF, which are 256 high."""
MOST_PIXELS = 50_000_000
HEIGHT = 424
"""Of a sheet of A4 that is 300 wide."""
PAPER, INK, ACCENT = (247, 248, 250), (28, 38, 56), (20, 78, 140)
MARGIN = 28
TITLE_TYPE, FORMAT_TYPE = 26, 18
MOST_LINES = 8
LONGEST_TITLE = 200
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""Pictures that are decoded; the rarer a decoder, the less it is tested against hostile files."""
FONT = "DejaVuSans.ttf"
"""Where the system has it; Pillow's own knows no Greek, Cyrillic or Arabic."""
NO_SIGN = "\U0010fffe"
"""A character that no font has: what is drawn for it, is drawn for every one that is missing."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def cover_from(picture: bytes, kind: FileFormat, embedded: Embedded, lines: Sequence[Line]) -> bytes:
    """A WebP picture 300 pixels wide: of the picture the document carries when it can be used, else drawn."""
    return _reduced(picture) or drawn_cover(_title(embedded, lines)[:LONGEST_TITLE], kind)


def drawn_cover(title: str, kind: FileFormat) -> bytes:
    """A plain sheet with the title and the name of the format."""
    sheet = Image.new("RGB", (COVER_WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, COVER_WIDTH, 12), fill=ACCENT)
    font = _font(TITLE_TYPE)
    if _can_write(font, title):
        top = 52.0
        for line in _lines(draw, title, font):
            draw.text((MARGIN, top), line, font=font, fill=INK)
            top += TITLE_TYPE * 1.3
    small = _font(FORMAT_TYPE)
    foot = HEIGHT - MARGIN - FORMAT_TYPE
    draw.line((MARGIN, foot - 14, COVER_WIDTH - MARGIN, foot - 14), fill=ACCENT, width=2)
    draw.text((MARGIN, foot), kind.shown, font=small, fill=ACCENT)
    return _as_webp(sheet)


def _reduced(picture: bytes) -> bytes:
    """A picture at the size of a cover; nothing when it is none, too small, or too large to unpack."""
    if not picture:
        return b""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
            warnings.simplefilter("ignore")  # of odd metadata, which is not kept
            width, height = opened.size
            if width < SMALLEST or width * height > MOST_PIXELS:
                return b""
            fitting = (COVER_WIDTH, min(COVER_MAX_HEIGHT, max(1, round(height * COVER_WIDTH / width))))
            return _as_webp(opened.convert("RGB").resize(fitting, Image.Resampling.LANCZOS))
    except MemoryError:
        raise
    except Exception:  # Pillow's decoders raise nearly anything on damaged pictures
        return b""


def _title(embedded: Embedded, lines: Sequence[Line]) -> str:
    """The largest type of the first page, else what the document calls itself."""
    largest = max(lines, key=lambda line: line.size, default=None)
    first = largest.text if largest is not None and largest.size > min(line.size for line in lines) else ""
    return first or embedded.title or (lines[0].text if lines else "")


def _lines(draw: ImageDraw.ImageDraw, title: str, font: Font) -> list[str]:
    """The title in lines that fit the sheet; what is too long ends in dots."""
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font) <= COVER_WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    while any(draw.textlength(line, font) > COVER_WIDTH - 2 * MARGIN for line in lines):
        lines = [piece for line in lines for piece in _halved(draw, line, font)]
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], "…"]


def _halved(draw: ImageDraw.ImageDraw, line: str, font: Font) -> list[str]:
    """A word that is wider than the sheet, in two."""
    if draw.textlength(line, font) <= COVER_WIDTH - 2 * MARGIN or len(line) < 2:
        return [line]
    return [line[: len(line) // 2], line[len(line) // 2 :]]


def _font(size: int) -> Font:
    try:
        return ImageFont.truetype(FONT, size)
    except OSError:
        return ImageFont.load_default(size)


def _can_write(font: Font, title: str) -> bool:
    """Whether the font has every sign of the title, and this machine can set its script."""
    if any("\u0590" <= sign <= "\u08ff" or "\u0900" <= sign <= "\u0dff" for sign in title):
        return False  # letters that join, or run from right to left: better no title than one that reads backwards
    missing = bytes(font.getmask(NO_SIGN))
    return all(bytes(font.getmask(sign)) != missing for sign in set(title) if not sign.isspace())


def _as_webp(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    # Method 2 of 6: half the time of the usual one for 3 % more bytes.
    picture.save(file, "WEBP", quality=COVER_QUALITY, method=2)
    return file.getvalue()

"""A page as a scanner leaves it: a picture of a typed and signed paper, with no text that a program could read."""

from __future__ import annotations

from io import BytesIO

import typst
from PIL import Image
from typst_markup import escape

RESOLUTION = 90
"""Pixels an inch: what an old office scanner gives."""
ASKEW = 0.7
"""Degrees by which the sheet lay askew on the glass."""
SHADES = 16
PAPER = 247
"""The grey of the sheet, of 255."""


def scanned_page(text: str, language: str, fonts: typst.Fonts) -> str:
    """The typst expression of a page that is a picture of this text, typed, signed and stamped."""
    paragraphs = "\n\n".join(escape(" ".join(part.split()), language) for part in text.strip().split("\n\n"))
    drawn = typst.Compiler(_paper(paragraphs, language).encode(), font_paths=fonts).compile(
        format="png", ppi=RESOLUTION
    )
    assert isinstance(drawn, bytes)  # one page, so one picture
    with Image.open(BytesIO(drawn)) as picture:
        grey = picture.convert("L").rotate(ASKEW, Image.Resampling.BICUBIC, fillcolor=255)
    shaded = grey.point([round(value * PAPER / 255) * SHADES // 256 * (255 // (SHADES - 1)) for value in range(256)])
    packed = BytesIO()
    shaded.save(packed, "png")  # typst unpacks it, so that the way it is packed leaves no trace in the file
    return f'pdf.artifact(image(from-hex("{packed.getvalue().hex()}"), width: 100%))'


def _paper(paragraphs: str, language: str) -> str:
    """The sheet before it is scanned: typed lines, a signature that names nobody, and a round stamp."""
    return f"""
#set page(paper: "a4", margin: (x: 2.6cm, y: 3.2cm))
#set text(font: "DejaVu Sans Mono", size: 10.5pt, lang: "{language}", hyphenate: false)
#set par(leading: 0.8em, spacing: 1.6em)
{paragraphs}
#v(1.6cm)
#place(dx: 1cm, curve(stroke: 1.4pt, curve.cubic((0.6cm, -1.6cm), (1cm, 1.2cm), (1.5cm, -0.2cm)),
  curve.cubic((1.8cm, -1cm), (2cm, 0.9cm), (2.6cm, 0cm)), curve.cubic((3cm, -0.6cm), (3.6cm, 0.5cm), (5.2cm, -0.7cm))))
#place(right, dy: -1.4cm, circle(radius: 1.5cm, stroke: 2pt + luma(110), align(center + horizon,
  circle(radius: 1.15cm, stroke: 0.8pt + luma(110)))))
"""

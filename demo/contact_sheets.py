"""Sheets of covers and of inner pages of the finished works, as pictures: to be looked at before they are handed on.

python demo/contact_sheets.py OUT [--only WORK]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

DOCUMENTS = Path(__file__).resolve().parent.parent / "documents"
SCALE = 0.72
"""Pixels a point: the text can just be read."""
ACROSS, DOWN = 4, 2
GAP, CAPTION = 12, 16
INNER = (2, 4, 9)
"""Page numbers of the inner pages that are shown, where there are so many."""


def main() -> None:
    """Draw every sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", metavar="WORK", help="draw every page of this work alone")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    files = sorted(DOCUMENTS.glob(f"{options.only or '*'}/*.pdf"))
    if options.only:
        draw(list(pages(files, range(1, 100))), options.out, options.only)
        return
    draw(list(pages(files, (1,))), options.out, "covers")
    draw(list(pages(files, INNER)), options.out, "inner")


def pages(files: Sequence[Path], numbers: Sequence[int]) -> Iterator[tuple[str, Image.Image]]:
    """These pages of each file, where there are so many, each with its caption."""
    for file in files:
        with pypdfium2.PdfDocument(file) as document:
            for number in numbers:
                if number <= len(document):
                    picture = document[number - 1].render(scale=SCALE).to_pil()
                    yield f"{file.parent.name}.{file.stem}, {document.get_page_label(number - 1) or number}", picture


def draw(shown: Sequence[tuple[str, Image.Image]], out: Path, name: str) -> None:
    """Write pages to sheets, eight on each."""
    groups = [shown[start : start + ACROSS * DOWN] for start in range(0, len(shown), ACROSS * DOWN)]
    for sheet, group in enumerate(groups, start=1):
        width = max(picture.width for _, picture in group) + GAP
        height = max(picture.height for _, picture in group) + GAP + CAPTION
        canvas = Image.new("RGB", (width * ACROSS + GAP, height * DOWN + GAP), "#888888")
        pen = ImageDraw.Draw(canvas)
        for place, (caption, picture) in enumerate(group):
            left, top = GAP + place % ACROSS * width, GAP + place // ACROSS * height
            pen.text((left, top), caption, fill="white")
            canvas.paste(picture, (left, top + CAPTION))
        canvas.save(out / f"{name}-{sheet:02}.png")


if __name__ == "__main__":
    main()

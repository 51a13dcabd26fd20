"""The helper that reads a page by OCR: run by a nursery as `python -m library.formats.ocr_process PAGE PACKS`."""

from __future__ import annotations

import io
import math
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2

from library.errors import Reason, UnreadableFile
from library.formats.ocr import LIMITS, PROGRAM
from library.formats.reading import Errand, Limits
from library.formats.received import contents
from library.formats.serving import Task, serve
from library.formats.text_repair import clean_metadata, repair

DPI = 300
"""What tesseract is trained for; its documentation asks for no less."""
MOST_PIXELS = 40_000_000
"""A page of A3 at 300 dpi has 17 million; a poster is drawn coarser."""
INCH = 72.0


def task(number: int, packs: str) -> Task:
    """The task of the helper: draw a page, and read what stands on it."""

    def read(path: Path, limits: Limits, errand: Errand) -> dict[str, object]:
        name = f"“{clean_metadata(errand.name)}”"
        picture, dpi = drawn(name, contents(path, name, limits), number)
        return {"text": repair(_read(name, picture, packs, dpi)).strip()}

    return read


def drawn(name: str, data: bytes, number: int) -> tuple[bytes, int]:
    """A page as a grey picture (PGM), and at how many dots per inch. Raises UnreadableFile."""
    try:
        document = pypdfium2.PdfDocument(data)
        page = document[number - 1]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise UnreadableFile(
            Reason.DAMAGED,
            f"page {number} of {name} cannot be drawn",
            "open it in a PDF viewer and print it to a new PDF",
        ) from error
    width, height = page.get_size()
    dpi = min(DPI, math.floor(INCH * math.sqrt(MOST_PIXELS / max(width * height, 1.0))))
    bitmap = page.render(scale=dpi / INCH, grayscale=True, limit_image_cache=True)
    file = io.BytesIO()
    bitmap.to_pil().convert("L").save(file, "PPM")
    bitmap.close()
    page.close()
    document.close()
    return file.getvalue(), dpi


def _read(name: str, picture: bytes, packs: str, dpi: int) -> str:
    """What tesseract says of a picture; it gets one thread, since pages are read side by side where that is wanted."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    command = [PROGRAM, "stdin", "stdout", "-l", packs, "--dpi", str(dpi), "--oem", "1", "--psm", "3"]
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=LIMITS.wall_seconds, env=environment, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadableFile(
            Reason.CRASHED, f"tesseract gave no answer for a page of {name}", "try it again, or leave that page out"
        ) from error
    return done.stdout.decode("utf-8", "replace").replace("\f", "")


if __name__ == "__main__":
    serve(task(int(sys.argv[1]), sys.argv[2]))

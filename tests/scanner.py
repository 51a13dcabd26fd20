"""Scans made for the tests: pages of type as pictures in a PDF; and whether this machine can read them."""

from __future__ import annotations

import io
import os

import pypdfium2
import pytest
from PIL import Image

from library.formats.ocr import PACKAGES, Ocr, available
from tests.formats.samples import typst_pdf


def tesseract(*languages: str) -> Ocr:
    """The tesseract of this machine with these languages; without it the test is skipped, unless it is required."""
    found = available()
    if found is not None and set(languages) <= set(found.languages):
        return found
    if "ocr" in os.environ.get("LIBRARY_REQUIRE", "").split(","):
        pytest.fail(f"LIBRARY_REQUIRE asks for OCR: install {PACKAGES}")
    pytest.skip(f"needs {PACKAGES}")


def scan(*pages: str, dpi: int = 150) -> bytes:
    """These pages, set in type and then only pictures; an empty one is blank."""
    body = "\n#pagebreak()\n".join(page or "#h(0pt)" for page in pages)
    document = pypdfium2.PdfDocument(typst_pdf(f'#set page("a5")\n#set text(size: 13pt)\n{body}'))
    sheets: list[Image.Image] = []
    for page in document:
        sheets.append(page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))
    document.close()
    file = io.BytesIO()
    sheets[0].save(file, "PDF", save_all=True, append_images=sheets[1:], resolution=dpi)
    return file.getvalue()

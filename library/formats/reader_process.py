"""The helper process of `library.formats.read`: run by a nursery as `python -m library.formats.reader_process`.

This is the one module that loads the programs that parse files; the library itself never does.
"""

from __future__ import annotations

import logging
from pathlib import Path

from library.formats.document import read_document
from library.formats.drawn_cover import drawn_cover
from library.formats.kinds import FileFormat
from library.formats.markup import parse_html
from library.formats.markup_encoding import markup_text
from library.formats.pdfium_file import PdfiumFile
from library.formats.pypdf_file import PypdfFile
from library.formats.reading import Errand, Limits
from library.formats.reading_json import as_json
from library.formats.serving import serve

REHEARSAL = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R /Lang (en)>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources <</Font <</F 5 0 R /G 6 0 R>>>>>>
endobj
4 0 obj <</Length 68>> stream
BT /F 9 Tf 9 50 Td (Warm) Tj /G 9 Tf (up) Tj ET                     \nendstream endobj
5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
6 0 obj <</Type /Font /Subtype /TrueType /BaseFont /Unknown>> endobj
7 0 obj <</Title (Warm up)>> endobj
trailer <</Root 1 0 R /Info 7 0 R /Size 8>>
startxref
0
%%EOF
"""


def silence() -> None:
    """Keep this whole process from logging: for a helper, never for a process that has something of its own to say.

    pypdf writes a line for every oddity of a file; what matters for a person is in the notices.
    """
    logging.disable(logging.CRITICAL)


def prepare() -> None:
    """Read a tiny PDF once, so that fonts, codecs and modules are loaded before the first child is forked.

    Every child would load them again otherwise, which costs it more than reading a page.
    """
    pdfium, pypdf = PdfiumFile(REHEARSAL), PypdfFile(REHEARSAL)
    pdfium.text(0)
    pdfium.first_page()
    pdfium.cover()
    pypdf.text(0)
    pypdf.embedded()
    pdfium.close()
    pypdf.close()
    parse_html(markup_text(b"<p>Warm up"))
    drawn_cover("Warm up", FileFormat.HTML)


def read_file(path: Path, limits: Limits, errand: Errand) -> dict[str, object]:
    """The reading of one file as plain values."""
    return as_json(read_document(path, limits, errand.name))


if __name__ == "__main__":
    silence()
    prepare()
    serve(read_file)

"""PDFs made for the tests: good ones with typst, hurt ones by hand."""

from __future__ import annotations

import io
import zlib

import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter

REPORT = """
#set document(title: "Safe nights", author: "Ana Kos", keywords: ("nightlife", "police"),
  date: datetime(year: 2021, month: 5, day: 3))
#set text(lang: "de", size: 10pt, hyphenate: true)
#set page(width: 300pt, height: 400pt, numbering: "i")
#text(size: 26pt)[Sichere Nächte]

#text(size: 14pt)[Ein Bericht über Städte]

Die Vorbeugung beginnt lange vor der ersten Streife und endet nicht mit ihr.
#pagebreak()
#set page(numbering: "1")
#counter(page).update(1)
= Vorbeugung
#set par(justify: true)
#block(width: 90pt)[Sicherheitspartnerschaften zwischen Verkehrsbetrieben und Jugendeinrichtungen sind
Voraussetzung für Präventionsmaßnahmen im Nachtleben der Großstädte.]
== Streifen
Nachts gehen Streifen durch die Straßen der Stadt.
"""


def typst_pdf(source: str) -> bytes:
    """A PDF of this typst source."""
    made = typst.compile(source.encode("utf-8"))
    assert isinstance(made, bytes)
    return made


def report() -> bytes:
    """Two pages in German with a title, labels, headings and hyphenated words."""
    return typst_pdf(REPORT)


def encrypted(data: bytes, user: str, owner: str) -> bytes:
    """The same pages, protected with these passwords."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=user, owner_password=owner, algorithm="RC4-128")
    return _written(writer)


def without_pages() -> bytes:
    """A PDF that has no page at all."""
    return _written(PdfWriter())


def titled(title: str) -> bytes:
    """One blank page under this title."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": title, "/CreationDate": "D:20240315102030+01'00'"})
    return _written(writer)


def picture() -> bytes:
    """A page that is one picture, as a scanner makes it."""
    file = io.BytesIO()
    Image.effect_noise((200, 280), 50).convert("L").save(file, "PDF")
    return file.getvalue()


def with_content(content: bytes, packed: bool = False) -> bytes:
    """One page drawn by these operators; `packed` content is compressed already."""
    packed_note = b"/Filter /FlateDecode " if packed else b""
    parts = (
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>",
        b"<<%b/Length %d>> stream\n%b\nendstream" % (packed_note, len(content), content),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
    )
    body = bytearray(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = len(body)
    body += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer <</Root 1 0 R /Size 6>>\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(body)


def flate_bomb(megabytes: int) -> bytes:
    """A page whose few bytes of content unpack to this many megabytes of spaces."""
    return with_content(_packed(b" " * (1 << 20), megabytes), packed=True)


def endless_text(times: int) -> bytes:
    """A page that shows the same few letters this many times."""
    return with_content(_packed(b"BT /F 4 Tf 9 9 Td (ab) Tj ET\n" * 1_000, times // 1_000), packed=True)


def _packed(chunk: bytes, times: int) -> bytes:
    packer = zlib.compressobj(1)
    return b"".join([*(packer.compress(chunk) for _ in range(times)), packer.flush()])


def _written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()

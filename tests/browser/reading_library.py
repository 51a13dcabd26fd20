"""A library to read in: works with chapters, printed page numbers, a word broken at a line's end, an odd image."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import typst
from PIL import Image

from library.catalogue import Catalogue
from library.library import Library
from library.model import Access, Edition, Kind, Place, Work
from tests.web.small_library import TOPICS

TEXTS = {
    "en": ("Night watch", "The night", "mediators", "Mediators walk the streets at night and speak with residents."),
    "fr": (
        "Veille de nuit",
        "La nuit",
        "médiateurs",
        "Les médiateurs parcourent les rues et parlent aux habitants.",
    ),
}
CHAPTERS = 10
LEAVES = CHAPTERS + 2
"""Pages: a title page `i`, a page `ii`, then a page for each chapter, from 1."""
ON_CHAPTERS = (2, 5, 9)
"""Chapters that speak of mediators, twice each, once broken at the end of a line."""
BLUE = (20, 60, 200)


def build(root: Path) -> Path:
    """Make the library in a folder, indexed, and give the folder back."""
    documents = root / "documents"
    documents.mkdir()
    (documents / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    catalogue = Catalogue(documents)
    files = {language: _report(root / f"{language}.pdf", language) for language in TEXTS}
    _create(catalogue, "night-watch", files, LEAVES)
    _create(catalogue, "hidden-plan", {"en": files["en"]}, LEAVES, Access.MEMBERS)
    image = root / "image.pdf"
    image.write_bytes(_with_image())
    _create(catalogue, "blue-square", {"en": image}, 1)
    with Library.open(root) as library:
        library.index()
    return root


def _create(
    catalogue: Catalogue, name: str, files: dict[str, Path], pages: int, access: Access = Access.PUBLIC
) -> None:
    editions = tuple(
        Edition(language, TEXTS[language][0], hashlib.sha256(path.read_bytes()).hexdigest(), pages)
        for language, path in files.items()
    )
    work = Work(
        name,
        Kind.GUIDE,
        editions,
        date="2022",
        topics=("nightlife",),
        places=(Place("NL", "Rotterdam"),),
        access=access,
    )
    catalogue.create(work, files)


def _report(path: Path, language: str) -> Path:
    title, night, word, sentence = TEXTS[language]
    half = len(word) // 2
    chapters = [
        f"#pagebreak()\n= Chapter {number}\n{night}. #lorem(60)\n\n"
        + (f"{sentence}\n\n#lorem(80) {word[:half]}-\\\n{word[half:]}.\n" if number in ON_CHAPTERS else "")
        for number in range(1, CHAPTERS + 1)
    ]
    source = path.with_suffix(".typ")
    source.write_text(
        f'#set document(title: "{title}")\n#set text(lang: "{language}", hyphenate: false)\n'
        f'#set page(width: 15cm, height: 20cm, numbering: "i")\n#text(size: 24pt)[{title}]\n#pagebreak()\n{night}.\n'
        f'#set page(numbering: "1")\n#counter(page).update(1)\n' + "\n".join(chapters),
        encoding="utf-8",
    )
    typst.compile(source, output=path)
    return path


def _with_image() -> bytes:
    """A page that is one blue square, a JPEG 2000 image."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), BLUE).save(out, "JPEG2000")
    image = out.getvalue()
    facts = b"/Type /XObject /Subtype /Image /Width 64 /Height 64 /Filter /JPXDecode"
    resources = b"<< /XObject << /Im 5 0 R >> >>"
    content = b"q 300 0 0 300 0 0 cm /Im Do Q"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources %s >>" % resources,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< %s /Length %d >>\nstream\n%s\nendstream" % (facts, len(image), image),
    )
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(made)

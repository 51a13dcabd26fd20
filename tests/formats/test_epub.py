"""What the library takes from an EPUB, and why it refuses one."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from library.errors import Reason, UnreadableFile
from library.formats.epub import read_epub
from library.formats.reading import Limits, OutlineEntry
from tests.formats.office_samples import BODY, archive, chapter, epub

NAV = chapter(
    '<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol><li><a href="a.xhtml">Named outside</a><ol><li>'
    '<a href="sub/b.xhtml#s">Deeper</a></li></ol></li></ol></nav>'
)
NAV_ITEM = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'


def test_files_of_the_spine_are_chapters_named_by_their_headings_or_the_contents() -> None:
    chapters = {
        "a.xhtml": chapter(f"<p>{BODY}</p>"),
        "sub/b.xhtml": chapter(f"<p>Deeper</p><p>{BODY}</p>"),
        "c.xhtml": chapter(f"<h1>Its own</h1><p>caf&eacute;&nbsp;{BODY}</p>"),
        "d.xhtml": chapter("<p>short</p>"),
    }
    reading = read_epub("“x”", epub(chapters, {"OPS/nav.xhtml": NAV}, NAV_ITEM), Limits())
    assert reading.outline == (
        OutlineEntry("Named outside", 1, 0), OutlineEntry("Deeper", 2, 1), OutlineEntry("Its own", 3, 0),
    )  # fmt: skip
    assert [page.label for page in reading.pages] == ["Named outside", "Deeper", "Its own", "Its own (2)"]
    assert reading.pages[1].text.count("Deeper") == 1
    assert "café The council" in reading.pages[2].text
    assert [page.text.strip() for page in reading.pages[3:]] == ["short"]
    said = reading.embedded
    assert (said.title, said.author, said.language, said.created) == (
        "Safe nights",
        "Ana Kos, Bo Li",
        "en",
        "2021-05-03",
    )


def test_the_cover_that_the_book_names_is_its_cover() -> None:
    file = io.BytesIO()
    Image.new("RGB", (600, 900), (0, 0, 200)).save(file, "PNG")
    item = '<item id="i" href="pic.png" media-type="image/png" properties="cover-image"/>'
    book = epub({"a.xhtml": chapter("<p>words</p>")}, {"OPS/pic.png": file.getvalue()}, item)
    assert Image.open(io.BytesIO(read_epub("“x”", book, Limits()).cover)).size == (300, 450)


def test_protection_is_told_from_obfuscated_fonts() -> None:
    def encryption(algorithm: str) -> dict[str, str | bytes]:
        xml = f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/></EncryptedData></encryption>'
        return {"META-INF/encryption.xml": xml}

    chapters = {"a.xhtml": chapter("<p>words</p>")}
    fonts = epub(chapters, encryption("http://www.idpf.org/2008/embedding"))
    assert read_epub("“x”", fonts, Limits()).pages
    for more in (encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc"), {"META-INF/rights.xml": "<r/>"}):
        with pytest.raises(UnreadableFile) as caught:
            read_epub("“x”", epub(chapters, dict(more)), Limits())
        assert caught.value.reason is Reason.ENCRYPTED
        assert "DRM" in caught.value.message


def test_entities_are_never_put_in_and_files_outside_never_read() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>words &b; &x;</p></body></html>'
    )
    book = epub({"a.xhtml": bomb, "../../etc/passwd": chapter("<p>outside</p>")})
    text = read_epub("“x”", book, Limits()).pages[0].text
    assert "words" in text and "boom" not in text and "root:" not in text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (epub({}), Reason.DAMAGED),
        (epub({"a.xhtml": chapter("")}), Reason.EMPTY),
        (epub({"a.xhtml": "x"}, {"META-INF/container.xml": "<container/>"}), Reason.DAMAGED),
        (epub({"a.xhtml": "x"}, {"OPS/book.opf": "<package"}), Reason.DAMAGED),
    ],
)
def test_refusals(data: bytes, reason: Reason) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_epub("“x.epub”", data, Limits())
    assert caught.value.reason is reason


def test_a_missing_file_is_left_out_and_named() -> None:
    whole = {"a.xhtml": chapter("<p>words</p>"), "b.xhtml": chapter("<p>more</p>")}
    with zipfile.ZipFile(io.BytesIO(epub(whole))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist() if name != "OPS/b.xhtml"}
    reading = read_epub("“x”", archive(parts), Limits())
    assert [page.text for page in reading.pages] == ["words"]
    assert reading.notices == ("damaged: parts of the text that the book names are missing (1)",)

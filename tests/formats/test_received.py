"""What kind of file something is: told by its bytes, whatever it is called; and what is refused before it is read."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import pytest

from library import formats
from library.errors import Reason, UnreadableFile
from library.formats.docx import read_docx
from library.formats.epub import read_epub
from library.formats.kinds import FileFormat, format_of_name
from library.formats.odt import read_odt
from library.formats.reading import Limits
from library.formats.received import recognised
from library.formats.zip_parts import LARGEST_PART, ZipParts
from tests.formats.office_samples import archive, chapter, docx, epub, odt, par
from tests.formats.samples import report

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
WORD = docx(par("words"))


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (report(), FileFormat.PDF),
        (b"\njunk before" + report(), FileFormat.PDF),
        (WORD, FileFormat.DOCX),
        (odt("<text:p>x</text:p>"), FileFormat.ODT),
        (epub({"a.xhtml": chapter("x")}), FileFormat.EPUB),
        (b"<!DOCTYPE HTML><p>x", FileFormat.HTML),
        ("\ufeff<html>".encode("utf-16"), FileFormat.HTML),
        (b'\xef\xbb\xbf <?xml version="1.0"?>\n<!-- %PDF- --><!-- b -->\n<html xmlns="x">', FileFormat.HTML),
        (b"<h1>A fragment</h1>", FileFormat.HTML),
    ],
)
def test_the_content_tells(data: bytes, form: FileFormat) -> None:
    assert recognised("“x”", data) is form


@pytest.mark.parametrize(
    ("data", "reason", "said"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED, "password"),
        (OLE + "WordDocument".encode("utf-16-le"), Reason.UNKNOWN_FORMAT, "before 2007"),
        (rb"{\rtf1 x}", Reason.UNKNOWN_FORMAT, "RTF"),
        (b"only text", Reason.UNKNOWN_FORMAT, "PDF, DOCX, ODT, HTML, EPUB"),
        (b'<?xml version="1.0"?><rss></rss>', Reason.UNKNOWN_FORMAT, "none of"),
        (b"<!--" * 20_000, Reason.UNKNOWN_FORMAT, "none of"),
        (archive({"a.txt": "x"}), Reason.UNKNOWN_FORMAT, "none of"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Reason.UNKNOWN_FORMAT, "table"),
        (WORD[: len(WORD) // 2], Reason.DAMAGED, "damaged"),
        (b"PK\x03\x04" + bytes(40), Reason.DAMAGED, "damaged"),
    ],
)
def test_what_is_refused_says_why(data: bytes, reason: Reason, said: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        recognised("“x”", data)
    assert caught.value.reason is reason
    assert said in caught.value.message


def test_a_name_is_only_a_promise(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(report())
    (tmp_path / "letter.pdf").write_bytes(WORD)
    assert formats.read(tmp_path / "report.docx").format == "pdf"
    read = formats.read(tmp_path / "letter.pdf")
    assert (read.format, read.pages[0].text) == ("docx", "words")
    assert [format_of_name(name) for name in ("A.HTM", "b.Epub", "c.doc", "pdf")] == ["html", "epub", None, None]


def test_every_format_ends_and_is_served_as_itself() -> None:
    assert len({form.media_type for form in FileFormat}) == len({form.ending for form in FileFormat}) == len(FileFormat)


def bomb(parts: int, megabytes: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("mimetype", "application/epub+zip")
        for number in range(parts):
            with packed.open(f"{number}", "w") as entry:
                for _ in range(megabytes):
                    entry.write(bytes(1 << 20))
    return file.getvalue()


def test_bombs_of_every_shape_are_refused() -> None:
    many = bomb(10_001, 0)
    with pytest.raises(UnreadableFile, match="more than 10,000 parts") as caught:
        ZipParts("“x”", many)
    assert caught.value.reason is Reason.TOO_LARGE
    large = ZipParts("“x”", bomb(4, LARGEST_PART // 1024**2))
    assert [len(large.read(part) or b"") for part in ("0", "1", "2")] == [LARGEST_PART] * 3
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        large.read("3")
    one = bomb(1, LARGEST_PART // 1024**2 + 1)
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        ZipParts("“x”", one).read("0")
    # The size that it states is a lie: what comes out counts.
    place = one.rindex(b"PK\x01\x02") + 24
    lying = one[:place] + struct.pack("<I", 10) + one[place + 4 :]
    with pytest.raises(UnreadableFile) as caught:
        ZipParts("“x”", lying).read("0")
    assert caught.value.reason in (Reason.TOO_LARGE, Reason.DAMAGED)
    said = one[:place] + struct.pack("<I", 0xFFFF_FFF0) + one[place + 4 :]
    with pytest.raises(UnreadableFile, match="2 GB"):
        ZipParts("“x”", said)


def test_a_locked_part_is_no_damage() -> None:
    place = WORD.rindex(b"PK\x01\x02")
    locked = bytearray(archive({"a": b"x"}))
    place = locked.rindex(b"PK\x01\x02")
    locked[place + 8] |= 1
    with pytest.raises(UnreadableFile) as caught:
        ZipParts("“x”", bytes(locked)).read("a")
    assert caught.value.reason is Reason.ENCRYPTED


@pytest.mark.parametrize("seed", range(40))
def test_damage_anywhere_is_a_refusal_or_a_reading_and_never_a_fault(seed: int) -> None:
    dice = random.Random(seed)
    made = (WORD, read_docx), (odt("<text:p>x</text:p>"), read_odt), (epub({"a.xhtml": chapter("<p>x")}), read_epub)
    for data, read in made:
        hurt = bytearray(data)
        for _ in range(dice.randint(1, 12)):
            hurt[dice.randrange(len(hurt))] = dice.randrange(256)
        try:
            assert read("“x”", bytes(hurt), Limits()).pages
        except UnreadableFile as error:
            assert error.remedy

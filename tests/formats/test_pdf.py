"""What the library takes from a PDF, and why it refuses one."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from pypdfium2 import PdfiumError

from library.errors import Reason, UnreadableFile
from library.formats import pdf_opened
from library.formats.pdf import read_pdf
from library.formats.pdf_opened import OpenedPdf
from library.formats.pdf_pages import page_ranges, pages_of
from library.formats.pdfium_file import PdfiumFile
from library.formats.pypdf_file import PypdfFile, iso_date
from library.formats.reading import Limits, OutlineEntry, Reading
from library.model import TextSource
from tests.formats.samples import encrypted, picture, report, titled, typst_pdf, with_content, without_pages


def read(folder: Path, data: bytes, limits: Limits = Limits()) -> Reading:  # noqa: B008 - frozen
    file = folder / "file.pdf"
    file.write_bytes(data)
    return read_pdf(file, limits)


def refused(folder: Path, data: bytes, limits: Limits = Limits()) -> UnreadableFile:  # noqa: B008 - frozen
    with pytest.raises(UnreadableFile) as caught:
        read(folder, data, limits)
    assert "“file.pdf”" in caught.value.message
    assert caught.value.remedy
    return caught.value


def test_a_report_is_read_whole(tmp_path: Path) -> None:
    reading = read(tmp_path, report())
    assert [page.number for page in reading.pages] == [1, 2]
    assert [page.label for page in reading.pages] == ["i", "1"]
    assert [page.source for page in reading.pages] == [TextSource.TEXT_LAYER] * 2
    assert "Die Vorbeugung beginnt lange vor der ersten Streife" in reading.pages[0].text.replace("\n", " ")
    assert reading.outline == (OutlineEntry("Vorbeugung", 2, 0), OutlineEntry("Streifen", 2, 1))
    assert (reading.format, reading.notices) == ("pdf", ())


def test_hyphenated_words_are_whole_again(tmp_path: Path) -> None:
    text = read(tmp_path, report()).pages[1].text
    for word in ("Sicherheitspartnerschaften", "Verkehrsbetrieben", "Präventionsmaßnahmen"):
        assert word in text


def test_what_the_file_says_of_itself(tmp_path: Path) -> None:
    embedded = read(tmp_path, report()).embedded
    assert (embedded.title, embedded.author, embedded.keywords) == ("Safe nights", "Ana Kos", "nightlife, police")
    assert embedded.language == "de"
    assert embedded.created.startswith("2021-05-03")
    assert embedded.producer or embedded.created


def test_the_largest_line_of_the_first_page_is_the_title(tmp_path: Path) -> None:
    lines = read(tmp_path, report()).first_page
    assert [(line.text, round(line.size)) for line in lines[:2]] == [
        ("Sichere Nächte", 26),
        ("Ein Bericht über Städte", 14),
    ]
    assert max(line.size for line in lines[2:]) == pytest.approx(10)


def test_type_is_measured_as_it_is_seen_and_side_stamps_are_left_out(tmp_path: Path) -> None:
    source = """#set page(width: 400pt, height: 300pt)
    #place(bottom + left, dx: -50pt, rotate(-90deg)[#text(size: 40pt)[STAMP]])
    #scale(200%, reflow: true)[#text(size: 12pt)[Twice as large]]

    #text(size: 11pt)[Plain text of the body in its own size]"""
    lines = read(tmp_path, typst_pdf(source)).first_page
    assert [(line.text, line.size) for line in lines] == [
        ("Twice as large", 24),
        ("Plain text of the body in its own size", 11),
    ]


def test_the_cover_is_a_picture_300_pixels_wide(tmp_path: Path) -> None:
    cover = Image.open(io.BytesIO(read(tmp_path, report()).cover))
    assert (cover.format, cover.size) == ("WEBP", (300, 400))


def test_a_ribbon_of_a_page_gives_a_cover_of_bounded_height(tmp_path: Path) -> None:
    ribbon = typst_pdf("#set page(width: 20pt, height: 14000pt, margin: 1pt)\nx")
    assert max(Image.open(io.BytesIO(read(tmp_path, ribbon).cover)).size) <= 1_200


def test_markup_in_a_title_is_only_text(tmp_path: Path) -> None:
    title = "<img src=x onerror=alert(1)> & co"
    embedded = read(tmp_path, titled(title)).embedded
    assert (embedded.title, embedded.created) == (title, "2024-03-15T10:20:30+01:00")


def test_a_picture_without_text_is_still_a_reading(tmp_path: Path) -> None:
    reading = read(tmp_path, picture())
    assert reading.pages[0].source is TextSource.NONE
    assert reading.notices == ("no text, a picture perhaps: page 1",)
    assert reading.cover


def test_pages_without_text_are_named_pictures_apart_from_blank_ones(tmp_path: Path) -> None:
    source = """#let words = [More than twenty letters stand here.]
    #words #pagebreak() #pagebreak() ii #pagebreak() #words #pagebreak()
    #for _ in range(30) { rect(width: 5pt, height: 5pt, fill: red) } #pagebreak() #words"""
    reading = read(tmp_path, typst_pdf(f"#set page(height: 900pt)\n{source}"))
    assert [page.number for page in reading.pages if page.source is TextSource.NONE] == [2, 3, 5]
    assert reading.pages[2].text.strip() == "ii"
    assert reading.notices == ("no text, a picture perhaps: page 5", "blank or nearly so: pages 2-3")


def test_an_open_document_with_an_owner_password_is_read(tmp_path: Path) -> None:
    reading = read(tmp_path, encrypted(report(), "", "owner"))
    assert "Streifen" in reading.pages[1].text
    assert reading.embedded.title == "Safe nights"


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    error = refused(tmp_path, encrypted(report(), "secret", "owner"))
    assert error.reason is Reason.ENCRYPTED
    assert "without a password" in error.remedy


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"This is only text.\n" * 100, Reason.UNKNOWN_FORMAT),
        (b"x" * 2_000 + b"%PDF-1.4", Reason.UNKNOWN_FORMAT),
        (b"%PDF-1.4\nand then nothing that makes a document\n", Reason.DAMAGED),
        (report()[: len(report()) // 3], Reason.DAMAGED),
        (without_pages(), Reason.EMPTY),
    ],
)
def test_what_is_no_document_is_refused_with_a_reason(tmp_path: Path, data: bytes, reason: Reason) -> None:
    assert refused(tmp_path, data).reason is reason


def test_a_file_over_a_limit_is_refused(tmp_path: Path) -> None:
    large = refused(tmp_path, report(), Limits(bytes=1_000))
    assert large.reason is Reason.TOO_LARGE
    many = refused(tmp_path, report(), Limits(pages=1))
    assert many.reason is Reason.TOO_MANY_PAGES
    assert "2 pages" in many.message


@pytest.mark.parametrize("name", ["missing.pdf", "."])
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(tmp_path / name, Limits())
    assert caught.value.reason is Reason.NOT_FOUND


def test_leading_rubbish_before_the_header_is_accepted(tmp_path: Path) -> None:
    assert len(read(tmp_path, b"rubbish\n" * 10 + report()).pages) == 2


def test_a_damaged_table_of_objects_is_no_obstacle(tmp_path: Path) -> None:
    data = with_content(b"BT /F 12 Tf 9 9 Td (Still twenty letters and more of text) Tj ET").replace(b"xref\n0 6", b"x")
    assert "Still twenty letters" in read(tmp_path, data).pages[0].text


def test_the_second_program_reads_what_the_first_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes) -> PdfiumFile:
        raise PdfiumError("refused", err_code=3)

    monkeypatch.setattr(pdf_opened, "PdfiumFile", refuse)
    reading = read(tmp_path, report())
    assert "Streifen" in reading.pages[1].text
    assert [page.label for page in reading.pages] == ["i", "1"]
    assert reading.outline == (OutlineEntry("Vorbeugung", 2, 0), OutlineEntry("Streifen", 2, 1))
    assert reading.cover == b""
    assert "second program" in reading.notices[0]


def test_metadata_that_pypdf_cannot_read_comes_from_pdfium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(self: PypdfFile) -> None:
        raise RecursionError

    monkeypatch.setattr(PypdfFile, "embedded", stumble)
    reading = read(tmp_path, report())
    assert (reading.embedded.title, reading.embedded.author) == ("Safe nights", "Ana Kos")
    assert "could not be read" in reading.notices[0]


@dataclass
class Reader:
    """Stands for either program: its pages are given; None is a page that it cannot load."""

    texts: list[str | None]
    asked: list[int] = field(default_factory=list)

    @property
    def page_count(self) -> int:
        return len(self.texts)

    def text(self, index: int) -> str:
        self.asked.append(index)
        text = self.texts[index]
        if text is None:
            raise PdfiumError("no such page")
        return text

    def is_blank(self, index: int) -> bool:
        return False


def opened(first: Reader, second: Reader) -> OpenedPdf:
    return OpenedPdf(cast(PdfiumFile, first), cast(PypdfFile, second))


GOOD = "Words of a page that stand well apart from each other and can be found one by one. " * 10
GLUED = GOOD.replace(" ", "")


def test_the_second_program_is_asked_only_for_pages_the_first_cannot_load() -> None:
    second = Reader([GOOD] * 3)
    file = opened(Reader([GOOD, None, GOOD]), second)
    assert [bool(page.text) for page in pages_of(file, "it", ())] == [True] * 3
    assert second.asked == [1]
    assert file.notices == []


def test_pages_that_neither_can_load_are_named() -> None:
    file = opened(Reader([GOOD, None, None]), Reader([GOOD, None, None]))
    pages_of(file, "it", ())
    assert file.notices[0] == "damaged, and left without text: pages 2-3"


def test_a_file_of_which_no_page_loads_is_damaged() -> None:
    with pytest.raises(UnreadableFile) as caught:
        pages_of(opened(Reader([None]), Reader([None])), "it", ())
    assert caught.value.reason is Reason.DAMAGED


@pytest.mark.parametrize("bad", [GLUED, "\ue001\ue002 \x01\x02 ab " * 60])
def test_bad_text_is_read_again_and_the_better_kept(bad: str) -> None:
    file = opened(Reader([bad] * 9), Reader([GOOD] * 8 + [None]))
    pages = pages_of(file, "it", ())
    assert [page.text for page in pages[:8]] == [GOOD] * 8
    assert pages[8].text, "a page that the second program cannot load keeps what the first one read"
    assert "second program" in file.notices[0]


def test_bad_text_stays_when_the_other_is_as_bad_and_is_said_to_be_bad() -> None:
    file = opened(Reader([GLUED]), Reader([GLUED]))
    assert pages_of(file, "it", ())[0].text == GLUED
    assert file.notices == ["words may run together: a search will not find them one by one"]


def test_text_is_not_lost_for_the_sake_of_spaces() -> None:
    file = opened(Reader([GLUED]), Reader(["Only this."]))
    assert pages_of(file, "it", ())[0].text == GLUED


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([4], "page 4"), ([1, 2], "pages 1-2"), ([3, 4, 5, 9], "pages 3-5, 9"), ([1, 3, 5], "pages 1, 3, 5")],
)
def test_page_numbers_are_written_as_a_person_does(numbers: list[int], words: str) -> None:
    assert page_ranges(numbers) == words


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("D:20240315102030+01'00'", "2024-03-15T10:20:30+01:00"),
        ("D:20240315102030Z", "2024-03-15T10:20:30+00:00"),
        ("D:20240315102030-0530", "2024-03-15T10:20:30-05:30"),
        ("D:202403151020", "2024-03-15T10:20:00"),
        ("D:20240315", "2024-03-15"),
        ("D:202403", "2024-03"),
        ("2024", "2024"),
        ("2024-03-15T10:20:30", "2024-03-15T10:20:30"),
        ("D:20249915", ""),
        ("Friday", ""),
        ("", ""),
    ],
)
def test_dates(raw: str, iso: str) -> None:
    assert iso_date(raw) == iso

"""What the library takes from a Word document, and why it refuses one."""

from __future__ import annotations

import io
import sys

import pytest
from PIL import Image

from library.errors import Reason, UnreadableFile
from library.formats.docx import read_docx
from library.formats.reading import Limits, OutlineEntry
from tests.formats.office_samples import BODY, W, core, docx, par


def text_of(body: str, more: dict[str, str | bytes] | None = None) -> str:
    return "\n".join(page.text for page in read_docx("“x”", docx(body, more), Limits()).pages)


def test_headings_make_sections_and_the_table_of_contents() -> None:
    body = (
        par("Nuits sûres", "Titre") + par(BODY) + par("Contexte", "Titre1") + par(BODY)
        + par("Chiffres", "Titre2") + par(BODY) + par("Suite", "Maison") + par(BODY)
        + par("Bilan", "Titre1") + par(BODY)
    )  # fmt: skip
    reading = read_docx("“x”", docx(body, {"docProps/core.xml": core("Embedded", "Ana Kos")}), Limits())
    assert [page.label for page in reading.pages] == ["1", "Contexte", "Chiffres", "Suite", "Bilan"]
    assert reading.outline == (
        OutlineEntry("Contexte", 2, 0), OutlineEntry("Chiffres", 3, 1), OutlineEntry("Suite", 4, 1),
        OutlineEntry("Bilan", 5, 0),
    )  # fmt: skip
    assert (reading.first_page[0].text, reading.first_page[0].size) == ("Nuits sûres", 28)
    assert reading.first_page[1].size == 11
    said = reading.embedded
    assert (said.title, said.author, said.keywords) == ("Embedded", "Ana Kos", "night, police")
    assert (said.language, said.created) == ("fr-FR", "2021-05-03T08:00:00Z")
    assert reading.format == "docx"


def test_text_is_taken_as_a_reader_sees_it() -> None:
    body = (
        "<w:p><w:r><w:t>before </w:t></w:r><w:del><w:r><w:delText>struck</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>inserted </w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom><w:sdt><w:sdtContent><w:r><w:t>control</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:r><w:br/><w:t>next</w:t><w:noBreakHyphen/><w:t>line</w:t></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + par("in a box") + "</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent>" + par("in a box") + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>around it</w:t></w:r></w:p>" + par("Contents .... 3", "TM1") + par("in a circle", "Rond")
    )
    text = text_of(body)
    assert "before inserted control\nnext\u2011line" in text
    assert text.count("in a box") == 1 and "around it" in text and "in a circle" in text
    for gone in ("struck", "secret", "moved away", "Contents"):
        assert gone not in text


def test_notes_follow_their_paragraph_once() -> None:
    body = '<w:p><w:r><w:t>said</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' * 2 + par("after")
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="0" w:type="separator">{par("rule")}</w:footnote>'
        f'<w:footnote w:id="2">{par("the source")}</w:footnote></w:footnotes>'
    )
    assert text_of(body, {"word/footnotes.xml": notes}) == "said\n\nthe source\n\nsaid\n\nafter"


def test_rows_of_short_cells_are_lines_and_tables_for_layout_are_not() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    short = row(par("Lamps"), par("12,000"))
    layout = row(par("Budget", "Titre1") + par(BODY), par("Side"))
    assert text_of(f"<w:tbl>{short}{layout}</w:tbl>").startswith("Lamps | 12,000\n")
    assert "Budget\n\nThe council" in text_of(f"<w:tbl>{short}{layout}</w:tbl>")


def test_bold_lines_head_sections_where_nobody_marked_headings() -> None:
    body = "".join(par(name, run="<w:b/>") + par(BODY) for name in ("Context", "Budget"))
    reading = read_docx("“x”", docx(body), Limits())
    assert [entry.title for entry in reading.outline] == ["Context", "Budget"]
    alone = read_docx("“x”", docx(par("Warning", run="<w:b/>") + par(BODY)), Limits())
    assert alone.outline == ()


def test_the_thumbnail_is_the_cover_else_one_is_drawn() -> None:
    file = io.BytesIO()
    Image.new("RGB", (200, 260), (200, 0, 0)).save(file, "JPEG")
    shown = read_docx("“x”", docx(par("Text"), {"docProps/thumbnail.jpeg": file.getvalue()}), Limits()).cover
    with Image.open(io.BytesIO(shown)) as picture:
        assert (picture.size, picture.format) == ((300, 390), "WEBP")
        red, green, _ = picture.convert("RGB").getpixel((150, 200))  # type: ignore[misc]
        assert red > 150 > green
    drawn = read_docx("“x”", docx(par("Text"), {"docProps/thumbnail.jpeg": b"\xff\xd8 no picture"}), Limits()).cover
    assert Image.open(io.BytesIO(drawn)).size == (300, 424)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(""), Reason.EMPTY),
        (docx(par("12 – 13")), Reason.EMPTY),
        (docx("", {"word/document.xml": "<w:document"}), Reason.DAMAGED),
        (docx("", {"word/document.xml": "<document/>"}), Reason.DAMAGED),
        (docx(par("x"), {"word/styles.xml": b"\x00\x01"}), Reason.DAMAGED),
        (docx(par("text"))[:-30], Reason.DAMAGED),
        (docx(par("text"), {"word/document.xml": '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}), Reason.DAMAGED),
    ],
)
def test_refusals(data: bytes, reason: Reason) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_docx("“x.docx”", data, Limits())
    assert caught.value.reason is reason
    assert "“x.docx”" in caught.value.message and caught.value.remedy


def test_too_many_sections_are_refused() -> None:
    body = "".join(par(f"Part {n}", "Titre1") + par("words") for n in range(12))
    with pytest.raises(UnreadableFile) as caught:
        read_docx("“x”", docx(body), Limits(pages=11))
    assert caught.value.reason is Reason.TOO_MANY_PAGES


def test_properties_that_are_not_in_order_cost_nothing_else() -> None:
    reading = read_docx("“x”", docx(par("Text"), {"docProps/core.xml": "<broken"}), Limits())
    assert (reading.embedded.title, reading.pages[0].text) == ("", "Text")


def test_depth_that_would_exhaust_recursion_is_no_fault() -> None:
    deep = "<w:sdt>" * 240 + par("deep") + "</w:sdt>" * 240
    assert text_of(deep) == "deep"
    with pytest.raises(UnreadableFile) as caught:
        text_of("<w:sdt>" * 5 * sys.getrecursionlimit() + "</w:sdt>" * 5 * sys.getrecursionlimit())
    assert caught.value.reason is Reason.DAMAGED

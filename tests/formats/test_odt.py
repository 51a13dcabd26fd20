"""What the library takes from an OpenDocument text, and why it refuses one."""

from __future__ import annotations

import pytest

from library.errors import Reason, UnreadableFile
from library.formats.odt import read_odt
from library.formats.reading import Limits, OutlineEntry
from tests.formats.office_samples import BODY, odt


def text_of(body: str) -> str:
    return "\n".join(page.text for page in read_odt("“x”", odt(body), Limits()).pages)


def test_headings_sizes_and_what_it_says_of_itself() -> None:
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-size="200%"/></style:style>'
        '<style:style style:name="P2" style:family="paragraph">'
        '<style:text-properties fo:font-size="1in"/></style:style>'
    )
    title = '<style:style style:name="Title" style:family="paragraph"><style:text-properties fo:font-size="26pt"/>'
    body = (
        f'<text:p text:style-name="P1">Nuits sûres</text:p><text:p>{BODY}</text:p>'
        f'<text:h text:outline-level="1">Contexte</text:h><text:p>{BODY}</text:p>'
        f'<text:h text:outline-level="2">Chiffres</text:h><text:p text:style-name="P2">{BODY}</text:p>'
    )
    reading = read_odt("“x”", odt(body, automatic=f"{title}</style:style>{automatic}"), Limits())
    assert [page.label for page in reading.pages] == ["1", "Contexte", "Chiffres"]
    assert reading.outline == (OutlineEntry("Contexte", 2, 0), OutlineEntry("Chiffres", 3, 1))
    assert [line.size for line in reading.first_page] == [26, 11]
    said = reading.embedded
    assert (said.title, said.author, said.keywords, said.language) == (
        "Nuits sûres", "Ana Kos", "nuit, police", "fr-FR",
    )  # fmt: skip


def test_text_is_taken_as_a_reader_sees_it() -> None:
    text = text_of(
        "<text:tracked-changes><text:p>struck</text:p></text:tracked-changes>"
        "<text:table-of-content><text:p>Contents 3</text:p></text:table-of-content>"
        '<text:section text:display="none"><text:p>hidden</text:p></text:section>'
        '<text:p>one<text:s text:c="99999999999"/>two<text:tab/>three<text:line-break/>four'
        "<office:annotation><text:p>a comment</text:p></office:annotation> and<text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>the source</text:p></text:note-body></text:note> on</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Lamps</text:p></table:table-cell><table:table-cell>"
        "<text:p>12</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert "one two three\nfour and on" in text
    assert "the source" in text and "Lamps | 12" in text
    for gone in ("struck", "Contents", "hidden", "a comment"):
        assert gone not in text


def test_an_encrypted_document_says_so() -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'
        "</m:manifest>"
    )
    for more in ({"META-INF/manifest.xml": manifest}, {"encrypted-package": b"\x00"}):
        with pytest.raises(UnreadableFile) as caught:
            read_odt("“x”", odt("<text:p>x</text:p>", dict(more)), Limits())
        assert caught.value.reason is Reason.ENCRYPTED


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt(""), Reason.EMPTY),
        (odt("<text:p>x", {}), Reason.DAMAGED),
        (odt("", {"content.xml": "<office/>"}), Reason.DAMAGED),
        (odt("<text:p>words</text:p>", {"styles.xml": "<"}), Reason.DAMAGED),
    ],
)
def test_refusals(data: bytes, reason: Reason) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_odt("“x.odt”", data, Limits())
    assert caught.value.reason is reason


def test_styles_in_a_circle_end() -> None:
    circle = "".join(
        f'<style:style style:name="{a}" style:family="paragraph" style:parent-style-name="{b}"/>'
        for a, b in ("AB", "BA")
    )
    body = '<text:p text:style-name="A">words</text:p>'
    assert read_odt("“x”", odt(body, automatic=circle), Limits()).pages[0].text == "words"

"""DOCX, ODT and EPUB files made for the tests, part by part, so that every oddity can be put in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
DC = "http://purl.org/dc/elements/1.1/"
BODY = "The council and the residents meet every month to speak of lighting, noise and litter in the square. " * 7


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def docx(body: str, more: Mapping[str, str | bytes] | None = None, styles: str = "") -> bytes:
    """A Word document with this body, and further parts."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
        'document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:mc="urn:mc"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/>'
        f'<w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>{STYLES}{styles}</w:styles>',
    }
    return archive({**parts, **(more or {})})


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/><w:rPr><w:sz w:val="56"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:rPr><w:sz w:val="32"/></w:rPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Maison"><w:name w:val="Our heading"/><w:basedOn w:val="Titre2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rond"><w:name w:val="Round"/><w:basedOn w:val="Rond"/></w:style>'
)


def par(text: str, style: str = "", run: str = "") -> str:
    """A paragraph of a Word document; `run` are properties of its type."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def core(title: str, author: str) -> str:
    """The properties of a Word document."""
    return (
        f'<c:coreProperties xmlns:c="urn:core" xmlns:dc="{DC}" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><c:keywords>night, police</c:keywords>"
        "<dcterms:created>2021-05-03T08:00:00Z</dcterms:created></c:coreProperties>"
    )


def odt(body: str, more: Mapping[str, str | bytes] | None = None, automatic: str = "") -> bytes:
    """An OpenDocument text with this body, and further parts."""
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "style", "table", "meta"))
    spaces += f' xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:dc="{DC}"'
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "meta.xml": f"<office:document-meta {spaces}><office:meta><dc:title>Nuits sûres</dc:title>"
        "<meta:initial-creator>Ana Kos</meta:initial-creator><meta:keyword>nuit</meta:keyword>"
        "<meta:keyword>police</meta:keyword><dc:language>fr-FR</dc:language></office:meta></office:document-meta>",
    }
    return archive({**parts, **(more or {})})


def chapter(body: str, head: str = "<title>t</title>") -> str:
    """A file of an EPUB."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head>{head}</head><body>{body}</body></html>"
    )


def epub(chapters: Mapping[str, str], more: Mapping[str, str | bytes] | None = None, items: str = "") -> bytes:
    """An EPUB with these files in its spine, in their order."""
    manifest = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="{DC}"><metadata>'
        "<dc:title>Safe nights</dc:title><dc:creator>Ana Kos</dc:creator><dc:creator>Bo Li</dc:creator>"
        "<dc:language>en</dc:language><dc:date>2021-05-03</dc:date><dc:subject>night</dc:subject></metadata>"
        f"<manifest>{manifest}{items}</manifest><spine>{spine}</spine></package>",
        **{f"OPS/{name}": content for name, content in chapters.items()},
    }
    return archive({**parts, **(more or {})})

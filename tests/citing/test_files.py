"""What is exported is read back by other programs, whatever stands in the records."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from library.citing import Format, export
from library.citing.bibtex import bibtex
from library.citing.csl import csl_item, csl_json
from library.citing.imprint import full_title, plain
from library.citing.kinds import FORMS
from library.citing.ris import ris
from library.citing.table import COLUMNS, MARK, table
from library.model import Edition, Kind, Work
from tests.citing.hostile import imprint, numbered, texts, works

many = st.lists(works(), min_size=1, max_size=2).map(numbered)
PLAIN = Edition("fr", "Nuits sûres", "0" * 64, 16, subtitle="Un guide", abstract="Ce qui aide.")
WORK = Work("safer-nights", Kind.PRACTICE_SHEET, (PLAIN,), date="2022-05-31", topics=("nightlife",))


SYMBOLS = {"textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">", "textbar": "|"} | {
    "textasciicircum": "^",
    "textasciitilde": "~",
}
"""Text symbols of LaTeX that pylatexenc does not know, or turns into signs that only look alike."""


def letters() -> LatexNodes2Text:
    """What turns LaTeX back into letters."""
    known = get_default_latex_context_db()
    known.add_context_category("symbols", macros=[MacroTextSpec(*one) for one in SYMBOLS.items()], prepend=True)
    return LatexNodes2Text(latex_context=known)


LETTERS = letters()


def read_bibtex(text: str) -> list[dict[str, Any]]:
    """The entries as another program reads them, with LaTeX turned back into letters."""
    read = parse_string(text, append_middleware=[LatexDecodingMiddleware(decoder=LETTERS)])
    assert not read.failed_blocks
    assert len(read.blocks) == len(read.entries)
    return [
        {"id": entry.key, "type": entry.entry_type} | {field.key: str(field.value) for field in entry.fields}
        for entry in read.entries
    ]


def squeezed(text: str) -> str:
    """A text as TeX prints it: blanks beside each other are one."""
    return " ".join(text.split())


@given(many)
def test_bibtex_comes_back_as_it_was(cited: list[tuple[Work, Edition]]) -> None:
    found = read_bibtex(bibtex(cited, imprint()))
    assert [entry["id"] for entry in found] == [f"{work.id}.{edition.language}" for work, edition in cited]
    for entry, (work, edition) in zip(found, cited, strict=True):
        assert squeezed(entry["title"]) == squeezed(full_title(edition))
        assert entry["type"] == FORMS[work.kind].bibtex or entry["type"] == imprint().genre(work)
        assert squeezed(entry.get("abstract", "")) == squeezed(plain(edition.abstract))
        assert entry.get("year", "") == work.date[:4]
        assert entry["url"] == imprint().address(work)


@given(texts)
def test_braces_of_bibtex_are_always_in_pairs(title: str) -> None:
    edition = Edition("en", f"A{title}", "0" * 64, 1, abstract=title)
    depth = 0
    for sign in re.sub(r"[^{}]", "", bibtex([(Work("w", Kind.GUIDE, (edition,)), edition)], imprint(publisher=title))):
        depth += 1 if sign == "{" else -1
        assert depth >= 0
    assert depth == 0


@given(many)
def test_ris_comes_back_as_it_was(cited: list[tuple[Work, Edition]]) -> None:
    text = ris(cited, imprint())
    assert text.count("\r\n") == text.count("\n") == text.count("\r")
    found = rispy.loads(text)
    assert len(found) == len(cited) == len(re.findall(r"^ER  - \r$", text, re.MULTILINE))
    for record, (work, edition) in zip(found, cited, strict=True):
        assert record["type_of_reference"] == FORMS[work.kind].ris
        assert record["id"] == f"{work.id}.{edition.language}"
        assert record["title"] == full_title(edition)
        assert record.get("abstract", "") == plain(edition.abstract)
        assert record.get("keywords", []) == list(imprint().topics(work))
        assert record["language"] == edition.language
        assert "authors" not in record


@given(many)
def test_csl_json_has_what_csl_asks_for_and_nothing_empty(cited: list[tuple[Work, Edition]]) -> None:
    items = json.loads(csl_json(cited, imprint()).encode("utf-8"))
    for item, (work, edition) in zip(items, cited, strict=True):
        assert item["id"] == f"{work.id}.{edition.language}"
        assert item["type"] in {"book", "report", "pamphlet", "document"}
        assert item["title"] == full_title(edition)
        assert item["language"] == edition.language
        assert item.get("issued", {"date-parts": [[]]})["date-parts"] == [
            [int(part) for part in work.date.split("-") if part]
        ]
        assert all(item.values())
        assert "author" not in item


@given(many)
def test_a_table_has_every_cell_in_its_place_and_no_formula(cited: list[tuple[Work, Edition]]) -> None:
    text = table(cited, imprint())
    assert text.startswith(MARK)
    head, *rows = csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), strict=True)
    assert tuple(head) == COLUMNS
    assert len(rows) == len(cited)
    for row, (work, edition) in zip(rows, cited, strict=True):
        cells = dict(zip(COLUMNS, row, strict=True))
        assert not [cell for cell in row if re.search(r"(^|;)[\s\"]*[=+\-@＝＋－＠]", cell)]
        assert (cells["id"], cells["language"], cells["pages"]) == (work.id, edition.language, str(edition.pages))
        assert cells["title"].replace("'", "") == plain(edition.title).replace("'", "")
        assert not re.search(r"[\x00-\x1f]", "".join(row))


def test_a_formula_is_kept_from_being_one() -> None:
    edition = Edition("en", '=HYPERLINK("x")', "0" * 64, 1, subtitle="a; =1 - 2")
    _, row = csv.reader(io.StringIO(table([(Work("w", Kind.AUDIT, (edition,)), edition)], imprint())))
    assert row[1:3] == ['\'=HYPERLINK("x")', "a; '=1 - 2"]


@given(works(), works())
def test_the_key_of_an_edition_is_the_same_whatever_is_beside_it(one: Work, other: Work) -> None:
    alone = read_bibtex(bibtex(numbered([one]), imprint()))
    assert (
        read_bibtex(bibtex(numbered([one, other]), imprint("fr")))[0]["id"]
        == alone[0]["id"]
        == f"work-0.{one.editions[0].language}"
    )


def test_bibtex_as_it_is_written() -> None:
    assert (
        bibtex([(WORK, PLAIN)], imprint())
        == """@techreport{safer-nights.fr,
  title = {{Nuits sûres\u00a0: Un guide}},
  institution = {Cities \\& Friends},
  type = {Practice sheet},
  year = {2022},
  date = {2022-05-31},
  language = {french},
  langid = {french},
  pagetotal = {16},
  keywords = {{Nightlife, bars}},
  abstract = {Ce qui aide.},
  url = {https://library.example.org/cities/work?id=safer-nights},
}
"""
    )


def test_ris_as_it_is_written() -> None:
    lines = ris([(WORK, PLAIN)], imprint("fr")).split("\r\n")
    assert lines == [
        "TY  - RPRT", "ID  - safer-nights.fr", "TI  - Nuits sûres\u00a0: Un guide", "M3  - Fiche pratique",
        "PY  - 2022", "DA  - 2022/05/31", "PB  - Cities & Friends", "LA  - fr", "SP  - 16", "KW  - Vie nocturne",
        "AB  - Ce qui aide.", "UR  - https://library.example.org/cities/work?id=safer-nights", "ER  - ", "", "",
    ]  # fmt: skip


def test_a_csl_item_as_it_is_made() -> None:
    assert csl_item(WORK, PLAIN, imprint("fr")) == {
        "id": "safer-nights.fr", "type": "report", "title": "Nuits sûres\u00a0: Un guide", "title-short": "Nuits sûres",
        "genre": "Fiche pratique", "issued": {"date-parts": [[2022, 5, 31]]}, "publisher": "Cities & Friends",
        "language": "fr", "number-of-pages": "16", "keyword": "Vie nocturne", "abstract": "Ce qui aide.",
        "URL": "https://library.example.org/cities/work?id=safer-nights",
    }  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_form(kind: Kind) -> None:
    work = Work("w", kind, (PLAIN,))
    assert export(Format.RIS, [(work, PLAIN)], imprint()).text.startswith(f"TY  - {FORMS[kind].ris}\r\n")


@pytest.mark.parametrize("form", Format)
def test_nothing_is_an_export_too(form: Format) -> None:
    assert len(export(form, [], imprint()).text.splitlines()) == {"csv": 1, "csl": 1}.get(form.value, 0)


@given(texts)
def test_an_address_holds_nothing_that_leaves_it(origin: str) -> None:
    found = imprint(origin=f"https://x{origin}".encode("utf-8", "ignore").decode()).address(WORK)
    assert not re.search(r"""[\s{}\\"<>^`|]""", found)
    assert found.isascii()
    assert found.endswith("/work?id=safer-nights")

"""What is written in a format is read back the same, whatever stands in the records."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.errors import UsageError
from library.exchange.columns import COLUMNS, Misread, own_texts, place_of, place_text, shared_texts
from library.exchange.judging import Judge, Row
from library.exchange.lines import read_lines, write_lines
from library.exchange.offer import Offer
from library.exchange.report import State
from library.exchange.saf import CONTENTS, DUBLIN_CORE, OWN_METADATA, own_metadata, values_xml
from library.exchange.saf_reading import items, offers
from library.exchange.spreadsheet import MARK, as_meant, harmless, joined, parted, read_sheet, write_sheet
from library.model import Edition, Place, Work
from library.topics import Thesaurus
from tests.citing.hostile import texts as hostile
from tests.exchange.made_up import ODD, names, works

NOWHERE = Thesaurus()


def by_table(work: Work) -> tuple[Offer, ...]:
    return read_sheet("".join(write_sheet([work])).encode("utf-8")).offers


def by_lines(work: Work) -> tuple[Offer, ...]:
    return read_lines("".join(write_lines([work])).encode("utf-8"))


def by_package(work: Work) -> tuple[Offer, ...]:
    with TemporaryDirectory() as place:
        folder = Path(place) / "item_001"
        folder.mkdir()
        (folder / DUBLIN_CORE).write_text(values_xml("dc", ()), encoding="utf-8")
        (folder / OWN_METADATA).write_text(values_xml("library", own_metadata(work)), encoding="utf-8")
        (folder / CONTENTS).write_text("", encoding="utf-8")
        (item,) = items(Path(place))
        return offers(item, NOWHERE)


@pytest.mark.parametrize("way", [by_table, by_lines, by_package])
@settings(max_examples=12)
@given(work=works())
def test_what_is_written_is_offered_the_same(way: Callable[[Work], tuple[Offer, ...]], work: Work) -> None:
    found = way(work)
    assert [(offer.work, offer.language, offer.problem, offer.notices) for offer in found] == [
        (work.id, edition.language, "", ()) for edition in work.editions
    ]
    for offer, edition in zip(found, work.editions, strict=True):
        assert offer.file.rpartition("/")[2] == edition.file_name
        said = {name: texts for name, texts in offer.texts.items() if texts}
        assert said == {name: t for name, t in {**shared_texts(work), **own_texts(edition)}.items() if t}


@pytest.mark.parametrize("way", [by_table, by_lines, by_package])
@settings(max_examples=8)
@given(work=works())
def test_what_is_offered_back_changes_nothing(way: Callable[[Work], tuple[Offer, ...]], work: Work) -> None:
    rows = tuple(Row(replace(offer, file=""), None, None) for offer in way(work))
    plan = Judge(work.id, work, NOWHERE, (), "").judged(rows)
    assert [(row.state, row.faults) for row in plan.rows] == [(State.UNCHANGED, ())] * len(rows)
    assert not plan.is_needed


@settings(max_examples=8)
@given(before=works(), after=works())
def test_a_table_makes_any_record_into_any_other_but_for_its_files(before: Work, after: Work) -> None:
    wanted = replace(after, editions=tuple(_with_file_of(before, n, after) for n in range(len(before.editions))))
    rows = tuple(Row(replace(offer, file=""), None, None) for offer in by_table(wanted))
    plan = Judge(before.id, before, NOWHERE, (), "").judged(rows)
    assert [row.faults for row in plan.rows] == [()] * len(rows)
    assert plan.after == wanted


def _with_file_of(before: Work, number: int, after: Work) -> Edition:
    file, told = before.editions[number], after.editions[min(number, len(after.editions) - 1)]
    return replace(
        told, language=file.language, sha256=file.sha256, pages=file.pages, bytes=file.bytes, file=file.file,
        without_text=tuple(page for page in told.without_text if page <= file.pages), ocr=(),
    )  # fmt: skip


@given(names | hostile | st.text())
def test_no_cell_is_a_formula_and_none_is_changed(text: str) -> None:
    cell = harmless(text)
    assert as_meant(cell) == text
    for part in re.split(r"[;\n]", cell):  # as a program that parts cells at semicolons sees it
        assert not re.match(r"""["'\s]*[=+\-@＝＋－＠]""", part) or "'" in part.partition("=")[0]
    assert not cell.startswith(tuple("=+-@＝＋－＠"))


@given(st.lists(names, max_size=4))
def test_values_of_one_cell_are_told_apart(values: list[str]) -> None:
    assert parted(joined(tuple(values))) == tuple(values)


@pytest.mark.parametrize("city", ["", "Łódź", "x@1,2", "@", "a@", "Ede (NL)"])
@pytest.mark.parametrize("at", [(None, None), (52.5, -0.1), (1e-7, 180.0)])
def test_places_are_one_line(city: str, at: tuple[float | None, float | None]) -> None:
    place = Place("NL", city, *at)
    assert place_of(place_text(place)) == place


@pytest.mark.parametrize(("text", "place"), [
    ("Netherlands/Amsterdam", Place("NL", "Amsterdam")), ("Frankreich", Place("FR")), ("NL / Ede", Place("NL", "Ede")),
])  # fmt: skip
def test_a_country_may_be_called_by_its_name(text: str, place: Place) -> None:
    assert place_of(text) == place


@pytest.mark.parametrize("text", ["NL@", "NL@x,1", "NL@1", "NL@1,2,3"])
def test_a_position_that_is_none_is_told(text: str) -> None:
    if text == "NL@":
        assert place_of(text) == Place("NL")
        return
    with pytest.raises(Misread) as misread:
        place_of(text)
    assert "Amsterdam@" in misread.value.remedy


HEAD = "work{0}language{0}title"
ROW = 'a-work{0}fr{0}"Été; nuit, jour"'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_dialect_is_read(delimiter: str, end: str, encoding: str) -> None:
    text = HEAD.format(delimiter) + end + ROW.format(delimiter) + end + end
    sheet = read_sheet(text.encode(encoding))
    assert [(o.row, o.work, o.language, o.texts) for o in sheet.offers] == [
        (2, "a-work", "fr", {"title": ("Été; nuit, jour",)})
    ]
    assert bool(sheet.notices) is (encoding == "utf-16")


def test_another_encoding_is_told_and_read_only_when_it_is_stated() -> None:
    content = (HEAD + "\n" + ROW).format(",").encode("windows-1252")
    with pytest.raises(UsageError) as refused:
        read_sheet(content)
    assert "line 2" in refused.value.message
    assert "windows-1252" in refused.value.remedy
    sheet = read_sheet(content, "windows-1252")
    assert sheet.offers[0].texts == {"title": ("Été; nuit, jour",)}
    assert "windows-1252" in sheet.notices[0]
    with pytest.raises(UsageError, match="no encoding"):
        read_sheet(content, "klingon")


@pytest.mark.parametrize(("text", "said"), [
    ("", "does not name its columns"), ("a,b\n1,2", "does not name its columns"),
    ("work,title,Title\nx,y,z", "twice"), ("work\n\"" + "x" * 200_000 + '"', "no line of a table"),
])  # fmt: skip
def test_what_is_no_table_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_sheet(text.encode("utf-8"))


def test_columns_that_nobody_knows_are_told_and_rows_too_long_are_not_taken() -> None:
    sheet = read_sheet(b"Work,colour,title\na,red,T\nb,blue,T,,x\n")
    assert sheet.notices == ("columns that are not read: colour",)
    assert [offer.problem for offer in sheet.offers] == ["", "has more cells than there are columns"]
    assert sheet.offers[0].texts == {"title": ("T",)}


def test_an_exported_table_has_every_column_once() -> None:
    text = "".join(write_sheet([]))
    assert text.startswith(MARK)
    (head,) = csv.reader(io.StringIO(text.removeprefix(MARK)))
    assert tuple(head) == COLUMNS
    assert len(set(COLUMNS)) == len(COLUMNS)


@pytest.mark.parametrize("line", [
    "{", "[]", "1", "{}", '{"work": "a", "editions": {}}', '{"work": "a", "editions": [1]}', "[" * 9_000,
    '{"work": "a", "editions": [{"language": "fr", "title": true}]}', '{"work": "a", "editions": [{"sections": 1}]}',
    '{"work": "a", "places": [{"country": 1}], "editions": [{}]}', '{"places": [{"latitude": 1}], "editions": [{}]}',
])  # fmt: skip
def test_a_line_that_is_no_work_is_told_and_the_next_is_read(line: str) -> None:
    good = json.dumps({"work": "b", "editions": [{"language": "fr", "title": "T", "colour": "red"}]})
    bad, fine = read_lines(f"{line}\n{good}\n".encode())
    assert (bad.row, bool(bad.problem)) == (1, True)
    assert (fine.row, fine.problem, fine.notices) == (2, "", ("colour is not read",))
    assert fine.texts == {"title": ("T",)}


def test_lines_that_are_no_text_are_refused() -> None:
    with pytest.raises(UsageError, match="UTF-8"):
        read_lines(b"\xff\xfe\x00")


def test_the_odd_texts_are_odd() -> None:
    assert any(harmless(text) != text for text in ODD)
    assert any(joined((text,)) != text for text in ODD)

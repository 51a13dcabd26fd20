"""Import reports: what is written is read back, and a damaged one says so instead of failing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.describe.proposal import Candidate, Description, Evidence, Proposal, Source
from library.ingest.difference import Difference, Passage
from library.ingest.families import Version
from library.ingest.near_duplicates import Likeness, NearDuplicate
from library.ingest.report import LARGEST, ImportReport, read_report, report_name

SHA = "0" * 64
SEEN = Evidence(Source.PAGE, 3, "Édité en 2019")
NEAR = NearDuplicate(
    "lamps", "fr", "1" * 64, Likeness.PART, 0.31, 0.96,
    (Difference(Passage(2, "New."), None), Difference(None, Passage(4, "Old."))),
)  # fmt: skip
FULL = ImportReport(
    source="<b>feuille</b>.pdf",
    sha256=SHA,
    size=12,
    pages=4,
    received="2026-11-22T22:00:00Z",
    who="ana",
    arrival="batch/1",
    description=Description(date=Proposal("2019", 0.8, SEEN, (Candidate("2018", 0.2, SEEN),)), warnings=("look",)),
    near_duplicates=(NEAR,),
    version=Version("lamps", 0.7, ("87% of the numbers",)),
    without_text=(1, 3),
    notices=("a page is a picture",),
    warnings=("language: not sure",),
    stages=(("reading", 0.5), ("language", 0.25)),
    program="1.0",
)


def put(folder: Path, data: bytes) -> Path:
    path = folder / report_name(SHA)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return folder


@pytest.mark.parametrize("report", [FULL, replace(FULL, version=None, near_duplicates=()), ImportReport(sha256=SHA)])
def test_what_is_written_is_read_back(tmp_path: Path, report: ImportReport) -> None:
    assert read_report(put(tmp_path, report.as_bytes()), SHA) == report


@given(st.data())
def test_a_damaged_report_says_so(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    whole = FULL.as_bytes()
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, len(whole)))
    middle = data.draw(st.sampled_from((b"", b"null", b"[]", b'"x"', b"\xff", b"{" * 3_000)))
    found = read_report(put(tmp_path_factory.mktemp("r"), whole[:start] + middle + whole[end:]), SHA)
    assert found.sha256
    if found.damaged:
        assert found == ImportReport(sha256=SHA, damaged=found.damaged)


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"[" * 100_000, b" " * (LARGEST + 1), b"\x00\xff"])
def test_what_is_no_report_is_named(tmp_path: Path, data: bytes) -> None:
    found = read_report(put(tmp_path, data), SHA)
    assert found.damaged and found.sha256 == SHA


def test_a_missing_report_is_named(tmp_path: Path) -> None:
    assert read_report(tmp_path, SHA).damaged.startswith("there is none")

"""What became of proposals: kept or changed, by field, by evidence and by how sure the program was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from library.catalogue import Deed
from library.describe.proposal import Description, Evidence, Proposal, Source
from library.ingest.report import ImportReport, report_name
from library.insight.corrections import BANDS, FIELDS, corrections
from library.library import Library
from library.model import Status, Work
from tests.papers import shelve

PAGE, METADATA = Evidence(Source.PAGE, 1, "Lamps"), Evidence(Source.METADATA)
PROPOSED = Description(
    language=Proposal("en", 0.99, PAGE),
    title=Proposal("lamps  en", 0.7, PAGE),
    date=Proposal("2019", 0.3, METADATA),
    kind=Proposal("newsletter", 0.85, PAGE),
    topics=(Proposal("night", 0.5, Evidence(Source.THESAURUS)), Proposal("sport", 0.5, Evidence(Source.THESAURUS))),
)


@pytest.fixture
def reported(empty_root: Path) -> tuple[Library, Work]:
    """A work with the report of its file."""
    work = shelve(empty_root, "lamps", {"en": ("Lamps.",)}, date="2020", topics=("night",))
    put(empty_root, work, ImportReport(description=PROPOSED).as_bytes())
    return Library.open(empty_root), work


def put(root: Path, work: Work, report: bytes) -> None:
    path = root / "documents" / work.id / report_name(work.editions[0].sha256)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(report)


def rules(library: Library) -> dict[tuple[str, str], tuple[int, int]]:
    """What was proposed and kept, by field and evidence."""
    found = corrections(library.catalogue.folder, library.catalogue.census().works)
    return {(rule.field, rule.source.value): (rule.proposed, rule.kept) for rule in found.rules}


def test_what_stands_was_kept_and_what_does_not_was_changed(reported: tuple[Library, Work]) -> None:
    library, work = reported
    assert rules(library) == {
        ("language", "page"): (1, 1),
        ("title", "page"): (1, 1),
        ("date", "metadata"): (1, 0),
        ("kind", "page"): (1, 0),
        ("topics", "thesaurus"): (2, 1),
    }
    edition = replace(work.editions[0], title="Lamps in the square")
    library.catalogue.save(replace(work, editions=(edition,), date="2019"), Deed("anna"))
    assert rules(library)["title", "page"] == (1, 0)
    assert rules(library)["date", "metadata"] == (1, 1)


def test_each_proposal_is_in_one_band(reported: tuple[Library, Work]) -> None:
    library, _ = reported
    found = corrections(library.catalogue.folder, library.catalogue.census().works)
    assert found.reports == 1
    for rule in found.rules:
        assert len(rule.bands) == len(BANDS)
        assert (sum(proposed for proposed, _ in rule.bands), sum(kept for _, kept in rule.bands)) == (
            rule.proposed,
            rule.kept,
        )
        assert rule.precision == rule.kept / rule.proposed
    by_field = {rule.field: [proposed for proposed, _ in rule.bands] for rule in found.rules}
    assert by_field == {
        "language": [0, 0, 0, 1],
        "title": [0, 1, 0, 0],
        "date": [1, 0, 0, 0],
        "kind": [0, 0, 1, 0],
        "topics": [0, 2, 0, 0],
    }
    assert [rule.changed for rule in found.rules] == sorted((rule.changed for rule in found.rules), reverse=True)
    assert {rule.field for rule in found.rules} <= set(FIELDS)


def test_nobody_has_looked_at_a_draft(reported: tuple[Library, Work]) -> None:
    library, work = reported
    library.catalogue.save(replace(work, status=Status.DRAFT), Deed("anna"))
    assert rules(library) == {}


@pytest.mark.parametrize("report", [b"", b"{", b"[]", b'{"description": {}}', b"\xff\xfe", b"[" * 100_000])
def test_a_report_that_is_none_is_named(reported: tuple[Library, Work], report: bytes) -> None:
    library, work = reported
    put(library.root, work, report)
    found = corrections(library.catalogue.folder, library.catalogue.census().works)
    assert (found.rules, found.reports) == ((), 0)
    assert found.unreadable == (f"lamps/reports/{work.editions[0].sha256}.json",)

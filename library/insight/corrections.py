"""What staff corrected: how often what the program proposed for a field still stands in the record.

A rule is told by the field and by where its evidence was found. Proposals are in the import reports beside the record;
the record as it is now is what a person let stand or changed. Drafts say nothing yet: nobody has looked at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from library.describe.proposal import Description, Proposal, Source
from library.ingest.report import read_report, report_name
from library.model import Edition, Status, Work

BANDS: tuple[tuple[float, float], ...] = ((0.0, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.0))
"""Confidence from and to; a form shows the same steps as words (unsure to sure)."""
FIELDS = ("language", "title", "subtitle", "date", "kind", "topics")


@dataclass(frozen=True, slots=True)
class Judged:
    """One proposal, and whether it still stands."""

    field: str
    source: Source
    confidence: float
    kept: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule, by confidence or over all: what it proposed, and what staff let stand."""

    field: str
    source: Source
    proposed: int
    kept: int
    bands: tuple[tuple[int, int], ...]
    """Proposed and kept in each of `BANDS`."""

    @property
    def changed(self) -> int:
        """Proposals that staff put something else in place of."""
        return self.proposed - self.kept

    @property
    def precision(self) -> float:
        """The share of the proposals that staff let stand."""
        return self.kept / self.proposed if self.proposed else 0.0


@dataclass(frozen=True, slots=True)
class Corrections:
    """What became of all proposals."""

    rules: tuple[RuleRow, ...]
    """The most corrected first."""
    reports: int
    """Import reports that were compared."""
    unreadable: tuple[str, ...]
    """Those that could not be read: `work/reports/….json`."""


def corrections(documents: Path, works: Iterable[Work]) -> Corrections:
    """Every import report of these works, which come from `documents`, against their records."""
    judged: list[Judged] = []
    unreadable: list[str] = []
    reports = 0
    for work, edition in _reported(documents, works):
        report = read_report(documents / work.id, edition.sha256)
        if report.damaged:
            unreadable.append(f"{work.id}/{report_name(edition.sha256)}")
            continue
        reports += 1
        judged += judge(report.description, work, edition)
    return Corrections(_rules(judged), reports, tuple(unreadable))


def judge(description: Description, work: Work, edition: Edition) -> Iterator[Judged]:
    """Each proposal of a description against what the record says now."""
    stands = {
        "language": edition.language,
        "title": edition.title,
        "subtitle": edition.subtitle,
        "date": work.date,
        "kind": work.kind.value,
    }
    for field, value in stands.items():
        proposal: Proposal = getattr(description, field)
        if proposal.value:
            kept = _same(proposal.value, value)
            yield Judged(field, proposal.evidence.source, proposal.confidence, kept)
    for topic in description.topics:
        yield Judged("topics", topic.evidence.source, topic.confidence, topic.value in work.topics)


def _reported(documents: Path, works: Iterable[Work]) -> Iterator[tuple[Work, Edition]]:
    """The editions whose files have an import report, of works that somebody has looked at."""
    for work in works:
        if work.status is not Status.DRAFT:
            for edition in work.editions:
                if (documents / work.id / report_name(edition.sha256)).is_file():
                    yield work, edition


def _rules(judged: Iterable[Judged]) -> tuple[RuleRow, ...]:
    by_rule: dict[tuple[str, Source], list[Judged]] = {}
    for one in judged:
        by_rule.setdefault((one.field, one.source), []).append(one)
    rows = (_rule(field, source, every) for (field, source), every in by_rule.items())
    return tuple(sorted(rows, key=lambda row: (-row.changed, FIELDS.index(row.field), row.source)))


def _rule(field: str, source: Source, judged: list[Judged]) -> RuleRow:
    in_bands = [[one for one in judged if _band(one.confidence) == number] for number in range(len(BANDS))]
    return RuleRow(
        field,
        source,
        len(judged),
        sum(one.kept for one in judged),
        tuple((len(band), sum(one.kept for one in band)) for band in in_bands),
    )


def _band(confidence: float) -> int:
    return next((number for number, (_, end) in enumerate(BANDS) if confidence < end), len(BANDS) - 1)


def _same(proposed: str, stands: str) -> bool:
    """Blanks and their kinds are no correction."""
    return " ".join(proposed.split()) == " ".join(stands.split())

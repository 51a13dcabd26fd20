"""The lists of the insight page as tables: for CSV files and for the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from library.desk.insight import InsightReport
from library.insight.corrections import BANDS

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_json(self) -> list[dict[str, Cell]]:
        """Each row as an object."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def days(report: InsightReport) -> Table:
    """What happened on each day."""
    columns = ("day", "searches", "without_answer", "reads", "downloads")
    return Table(columns, tuple((d.day, d.searches, d.without, d.reads, d.downloads) for d in report.by_day))


def searches(report: InsightReport) -> Table:
    """What was searched for most."""
    columns = ("words", "times", "works_found", "works_with_all_words", "last_day", "interface_languages")
    return Table(
        columns,
        tuple((a.words, a.times, a.found, a.complete, a.day, " ".join(a.languages)) for a in report.top),
    )


def unanswered(report: InsightReport) -> Table:
    """What was searched for in vain."""
    columns = ("words", "filters", "times", "works_found", "works_found_now", "last_day", "interface_languages")
    return Table(
        columns,
        tuple(
            (u.asked.words, u.asked.filters, u.asked.times, u.asked.found, u.now, u.asked.day,
             " ".join(u.asked.languages))
            for u in report.unanswered
        ),
    )  # fmt: skip


def used(report: InsightReport) -> Table:
    """How often each work was read and downloaded."""
    columns = ("work", "title", "reads", "downloads")
    return Table(columns, tuple((one.work, one.title, one.reads, one.downloads) for one in report.used))


def topics(report: InsightReport) -> Table:
    """Works by topic and language, narrower topics counted with those above them."""
    columns = ("topic", "broader", "works", *report.matrix.languages)
    return Table(columns, tuple((r.topic.id, r.topic.broader, r.works, *r.counts) for r in report.matrix.rows))


def missing(report: InsightReport) -> Table:
    """Works that are not to be had in one of the languages chosen."""
    rows = ((one.work.id, " ".join(one.work.languages), " ".join(one.languages)) for one in report.lacking)
    return Table(("work", "languages", "missing"), tuple(rows))


def rules(report: InsightReport) -> Table:
    """What staff let stand of what was proposed."""
    bands = [f"{kind}_{low:g}_to_{high:g}" for low, high in BANDS for kind in ("proposed", "kept")]
    columns = ("field", "evidence", "proposed", "kept", "changed", "precision", *bands)
    return Table(columns, tuple(_rules(report)))


def _rules(report: InsightReport) -> Iterator[tuple[Cell, ...]]:
    for rule in report.corrections.rules:
        counted = (number for band in rule.bands for number in band)
        source = rule.source.value
        yield rule.field, source, rule.proposed, rule.kept, rule.changed, round(rule.precision, 4), *counted


TABLES: Mapping[str, Callable[[InsightReport], Table]] = MappingProxyType(
    {
        "days": days,
        "searches": searches,
        "unanswered": unanswered,
        "used": used,
        "topics": topics,
        "missing": missing,
        "rules": rules,
    }
)
"""Every table by the name that it has in addresses and in JSON."""

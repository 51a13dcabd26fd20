"""The journal: what everybody did last, across all works; what was done together can be taken back together."""

from __future__ import annotations

from html import escape

from library.access import Right
from library.catalogue import Line
from library.desk import BatchReport
from library.ui.desk.frame import banner, desk_document, table
from library.ui.desk.history import action_words, moment
from library.ui.desk.visit import DeskVisit
from library.ui.links import anchor


def journal_page(visit: DeskVisit, lines: tuple[Line, ...], report: BatchReport | None = None) -> str:
    """The page, the newest line first; with what became of a batch that was taken back."""
    t = visit.t
    asked = visit.first("batch")
    shown = [line for line in lines if not asked or line.batch == asked]
    rows = "".join(_row(visit, line) for line in shown)
    heads = [t("desk_journal.when"), t("desk_journal.who"), t("desk_journal.what"), t("desk_journal.work")]
    listed = table((*heads, t("desk_journal.why")), rows)
    none = f"<p>{escape(t('desk_journal.none'))}</p>"
    body = (
        f'<div class="page-head"><h1>{escape(t("desk.page.journal"))}</h1></div>'
        f"{batch_report(visit, report) if report else ''}{_batch(visit, asked) if asked and shown else ''}"
        f"{listed if rows else none}"
    )
    return desk_document(visit, t("desk.page.journal"), body, here="journal")


def batch_report(visit: DeskVisit, report: BatchReport) -> str:
    """What became of the works of a selection."""
    t = visit.t
    items = "".join(
        f'<li>{anchor(visit.link("desk/work", id=one.work), one.work)}: <span lang="en" dir="auto">'
        f"{escape(one.reason)} ({escape(one.remedy)})</span></li>"
        for one in report.refused
    )
    said = [
        t("desk_bulk.changed", count=len(report.changed)),
        t("desk_bulk.unchanged", count=len(report.unchanged)) if report.unchanged else "",
        t("desk_bulk.refused", count=len(report.refused)) if report.refused else "",
    ]
    more = f"<ul>{items}</ul>" if items else ""
    return banner(" · ".join(filter(None, said)), "warn" if report.refused else "good", more)


def _row(visit: DeskVisit, line: Line) -> str:
    work = anchor(visit.link("desk/work", id=line.work), line.work) if line.work else ""
    batch = ""
    if line.batch:
        link = anchor(visit.link("desk/journal", batch=line.batch), line.batch, ' class="small"')
        batch = f"<br>{link}"
    return (
        f'<tr><td><time datetime="{escape(line.when)}">{escape(moment(visit, line.when))}</time></td>'
        f"<td><bdi>{escape(line.who)}</bdi></td><td>{escape(action_words(visit, line.action))}</td><td>{work}</td>"
        f'<td><span dir="auto">{escape(line.why)}</span>{batch}</td></tr>'
    )


def _batch(visit: DeskVisit, batch: str) -> str:
    """That only one batch is shown, and the button that takes it back."""
    t = visit.t
    every = anchor(visit.link("desk/journal"), t("desk_journal.all"))
    undo = ""
    if visit.may(Right.KEEP):
        undo = (
            f'<form method="post" action="{escape(visit.link("desk/do/undo-batch"))}">{visit.hidden_token()}'
            f'<input type="hidden" name="batch" value="{escape(batch)}">'
            f'<button class="button danger">{escape(t("desk_journal.undo"))}</button></form>'
        )
    return f'<div class="buttons"><strong><bdi>{escape(batch)}</bdi></strong>{undo}{every}</div>'

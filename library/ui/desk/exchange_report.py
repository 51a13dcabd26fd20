"""What an import came to, row by row, and what taking one back does, work by work; for people."""

from __future__ import annotations

from html import escape

from library.exchange import ImportReport, RowOutcome, State, UndoReport
from library.exchange.undoing import Undoing
from library.model import edition_id
from library.ui.desk.frame import banner
from library.ui.desk.visit import DeskVisit
from library.ui.links import anchor

MOST_ROWS = 500
"""Rows of one state that are shown; the counts are of all."""
_TONES = {State.ADDED: "good", State.CHANGED: "good", State.UNCHANGED: "", State.REJECTED: "bad"}
OF_ROWS = ("row", "becomes", "edition", "said")
"""The columns of the table of rows."""
NUMBERS = ("row", "works")
"""Columns of figures."""
_FIRST = (State.REJECTED, State.CHANGED, State.ADDED)
"""The states whose rows are shown, what needs a person first."""


def report_markup(visit: DeskVisit, report: ImportReport) -> str:
    """The counts, then the rows that do something or cannot be taken. What is said of them is English."""
    t = visit.t
    counts = "".join(
        f'<li><span class="badge {_TONES[state]}">{escape(t(f"desk_exchange.{state}", count=number))}</span></li>'
        for state, number in ((state, len(report.of(state))) for state in State)
    )
    notices = "".join(f'<li lang="en" dir="auto">{escape(notice)}</li>' for notice in report.notices)
    rows = "".join(_row(visit, row, report.dry_run) for state in _FIRST for row in report.of(state)[:MOST_ROWS])
    rows += "".join(_row(visit, row, report.dry_run) for row in report.of(State.UNCHANGED)[:MOST_ROWS] if row.notices)
    left = sum(max(len(report.of(state)) - MOST_ROWS, 0) for state in _FIRST)
    more = f"<p>{escape(t('desk_exchange.more_rows', count=left))}</p>" if left else ""
    head = "".join(head_cell(visit, name) for name in OF_ROWS)
    table = (
        f'<div class="table-frame" role="group" tabindex="0" aria-label="{escape(t("desk_exchange.rows"))}">'
        f'<table class="rows"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        if rows
        else ""
    )
    told = f'<ul class="told">{notices}</ul>' if notices else ""
    return f'<ul class="badges">{counts}</ul>{told}{table}{more}'


def head_cell(visit: DeskVisit, name: str) -> str:
    """The head of a column of one of the tables of this page."""
    number = ' class="number"' if name in NUMBERS else ""
    return f'<th scope="col"{number}>{escape(visit.t(f"desk_exchange.{name}"))}</th>'


def _row(visit: DeskVisit, row: RowOutcome, dry_run: bool) -> str:
    t = visit.t
    name = edition_id(row.work, row.language) if row.work and row.language else row.work
    there = row.work and not (dry_run and row.state is State.ADDED) and row.state is not State.REJECTED
    named = anchor(visit.link("desk/work", id=row.work), name) if there else f"<bdi>{escape(name)}</bdi>"
    said = [f"{escape(t('desk_exchange.fields'))} {escape(', '.join(row.fields))}"] if row.fields else []
    for fault in row.faults:
        field = f"<strong>{escape(fault.field)}</strong>: " if fault.field else ""
        said.append(f'<span lang="en" dir="auto">{field}{escape(fault.reason)} → {escape(fault.remedy)}</span>')
    said += [f'<span class="soft" lang="en" dir="auto">{escape(notice)}</span>' for notice in row.notices]
    state = f'<span class="badge {_TONES[row.state]}">{escape(t(f"desk_exchange.state_{row.state}"))}</span>'
    return f'<tr><td class="number">{row.row}</td><td>{state}</td><td>{named}</td><td>{"<br>".join(said)}</td></tr>'


def undo_markup(visit: DeskVisit, report: UndoReport) -> str:
    """What taking an import back would do to each work, with the button that does it; or what it did."""
    t = visit.t
    items = "".join(
        f'<li><span class="badge {"warn" if one.how is Undoing.LEFT else ""}">'
        f"{escape(t(f'desk_exchange.undo_{one.how.name.lower()}'))}</span> <bdi>{escape(one.work)}</bdi>"
        + (f' <span class="soft" lang="en" dir="auto">{escape(one.told)}</span>' if one.told else "")
        + "</li>"
        for one in report.works[:MOST_ROWS]
    )
    listed = f'<ul class="told">{items}</ul>' if items else ""
    words = escape(t("desk_exchange.undoing"))
    head = f'<section class="section first"><h2>{words} <bdi>{escape(report.batch)}</bdi></h2>'
    if not report.dry_run:
        left = any(one.how is Undoing.LEFT for one in report.works)
        words = t("desk_exchange.undo_left_some") if left else t("desk_exchange.undo_done")
        return f"{head}{banner(words, 'warn' if left else 'good')}{listed}</section>"
    nothing = all(one.how in (Undoing.NOTHING, Undoing.LEFT) for one in report.works)
    button = (
        ""
        if nothing
        else f'<form method="post" class="field" action="{escape(visit.link("desk/do/undo-import"))}">'
        f"{visit.hidden_token()}"
        f'<input type="hidden" name="batch" value="{escape(report.batch)}">'
        f'<button class="button danger">{escape(t("desk_exchange.undo_do"))}</button></form>'
    )
    return f'{head}<p class="lead">{escape(t("desk_exchange.undo_lead"))}</p>{listed}{button}</section>'

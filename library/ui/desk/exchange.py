"""Where the library is taken away and records come in: formats to choose, imports to rehearse, to do, to take back."""

from __future__ import annotations

from html import escape

from library.access import Right
from library.exchange import Batch, Form, UndoReport
from library.exchange.export import WITH_FILES
from library.exchange.handed import ENCODINGS, ENDINGS, Handed, Stage
from library.exchange.report import ImportReport
from library.ui.desk.exchange_report import head_cell, report_markup, undo_markup
from library.ui.desk.frame import banner, desk_document
from library.ui.desk.history import moment
from library.ui.desk.record_form import options
from library.ui.desk.visit import DeskVisit
from library.ui.links import anchor

FILES = "-files"
"""Behind the name of a format that is packed with the files it names."""
AUDIENCES = ("staff", "member", "reader")
OF_BATCHES = ("when", "who", "what", "works", "undo")
"""The columns of the table of imports."""
WORKING = (Stage.WAITING, Stage.REHEARSING, Stage.IMPORTING)


def choices() -> tuple[str, ...]:
    """The formats to choose from, by the values of the form."""
    return tuple(
        name for form in Form for name in ([form.value, form.value + FILES] if form in WITH_FILES else [form.value])
    )


def exchange_page(
    visit: DeskVisit,
    batches: tuple[Batch, ...],
    handed: Handed | None = None,
    report: ImportReport | None = None,
    undone: UndoReport | None = None,
    at_work: bool = False,
) -> str:
    """The page, with what was handed in last, and with what taking an import back would do, or did."""
    t = visit.t
    parts = [f'<div class="page-head"><h1>{escape(t("desk.page.exchange"))}</h1></div>']
    if undone is not None:
        parts.append(undo_markup(visit, undone))
    if handed is not None:
        parts.append(_handed(visit, handed, report, at_work))
    parts.append(_export(visit))
    if visit.may(Right.IMPORT):
        parts += [_import(visit), _batches(visit, batches)]
    return desk_document(visit, t("desk.page.exchange"), "".join(parts), here="exchange", scripts=("desk-exchange.js",))


def _export(visit: DeskVisit) -> str:
    t = visit.t
    formats = "".join(
        f'<label class="choice format"><input type="radio" name="format" value="{name}"{" checked" if n == 0 else ""}>'
        f"<span>{escape(t(f'desk_exchange.format_{name}'))} "
        f'<span class="hint">{escape(t(f"desk_exchange.about_{name}"))}</span></span></label>'
        for n, name in enumerate(choices())
    )
    audiences = [(name, t(f"desk_exchange.as_{name}")) for name in AUDIENCES]
    ui = f'<input type="hidden" name="ui" value="{visit.chosen}">' if visit.chosen else ""
    return (
        f'<section class="section"><h2>{escape(t("desk_exchange.export"))}</h2>'
        f'<p class="lead">{escape(t("desk_exchange.export_lead"))}</p>'
        f'<form action="{escape(visit.beside("desk/export"))}">{ui}'
        f'<fieldset class="field"><legend>{escape(t("desk_exchange.format"))}</legend>'
        f'<div class="formats">{formats}</div></fieldset>'
        f'<div class="field narrow"><label for="as">{escape(t("desk_exchange.as"))}</label>'
        f'<select id="as" name="as">{options(audiences, "staff")}</select></div>'
        f'<p class="field"><button class="button main">{escape(t("desk_exchange.download"))}</button></p>'
        "</form></section>"
    )


def _import(visit: DeskVisit) -> str:
    t = visit.t
    encodings = [(name, name or "UTF-8") for name in ENCODINGS]
    return (
        f'<section class="section" id="import"><h2>{escape(t("desk_exchange.import"))}</h2>'
        f'<p class="lead">{escape(t("desk_exchange.import_lead"))}</p>'
        f'<form method="post" enctype="multipart/form-data" action="{escape(visit.link("desk/do/rehearse"))}">'
        f"{visit.hidden_token()}"
        f'<div class="field"><label for="records">{escape(t("desk_exchange.file"))}</label>'
        f'<input type="file" id="records" name="records" required accept="{",".join(ENDINGS)}"></div>'
        f'<div class="field narrow"><label for="encoding">{escape(t("desk_exchange.encoding"))}</label>'
        f'<select id="encoding" name="encoding">{options(encodings, "")}</select></div>'
        f'<p class="field"><button class="button main">{escape(t("desk_exchange.rehearse"))}</button></p>'
        "</form></section>"
    )


def _handed(visit: DeskVisit, handed: Handed, report: ImportReport | None, at_work: bool) -> str:
    """What was handed in: how far it is, what its rows come to, and the button that does it."""
    t = visit.t
    name = f"<bdi>{escape(handed.name)}</bdi>"
    head = f'<section class="section first" id="handed"><h2>{escape(t("desk_exchange.handed"))} {name}</h2>'
    if handed.stage is Stage.REFUSED:
        more = f'<p lang="en" dir="auto">{escape(handed.error)}<br>{escape(handed.remedy)}</p>'
        return f"{head}{banner(t('desk_exchange.refused'), 'bad', more)}</section>"
    if handed.stage in WORKING and at_work:
        here = visit.link("desk/exchange", handed=handed.id)
        far = t("desk_exchange.working", done=handed.done, total=handed.total)
        again = anchor(here, t("desk_exchange.again"), ' class="button"')
        return (
            f'{head}<div data-again="{escape(here)}"><p role="status">{escape(far)}</p><p>{again}</p></div></section>'
        )
    if handed.stage in WORKING:
        verb = "import" if handed.stage is Stage.IMPORTING else "again"
        words = t("desk_exchange.go_on") if verb == "import" else t("desk_exchange.look_again")
        return f"{head}{banner(t('desk_exchange.ended'), 'warn', _button(visit, handed, verb, words))}</section>"
    shown = report_markup(visit, report) if report is not None else ""
    if handed.stage is Stage.IMPORTED or report is None:
        return f"{head}{banner(t('desk_exchange.imported'))}{shown}</section>"
    doing = _button(visit, handed, "import", t("desk_exchange.do"))
    return f'{head}<p class="lead">{escape(t("desk_exchange.rehearsed"))}</p>{shown}{doing}</section>'


def _button(visit: DeskVisit, handed: Handed, verb: str, words: str) -> str:
    return (
        f'<form method="post" class="field" action="{escape(visit.link(f"desk/do/handed-{verb}"))}">'
        f"{visit.hidden_token()}"
        f'<input type="hidden" name="handed" value="{escape(handed.id)}">'
        f'<button class="button main">{escape(words)}</button></form>'
    )


def _batches(visit: DeskVisit, batches: tuple[Batch, ...]) -> str:
    """Every import so far, each with the way to take it back."""
    t = visit.t
    if not batches:
        return ""
    head = "".join(head_cell(visit, name) for name in OF_BATCHES)
    rows = "".join(_batch(visit, batch) for batch in batches)
    return (
        f'<section class="section"><h2>{escape(t("desk_exchange.batches"))}</h2><div class="table-frame">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _batch(visit: DeskVisit, batch: Batch) -> str:
    t = visit.t
    journal = anchor(visit.link("desk/journal", batch=batch.name), batch.name, ' class="small"')
    undo = anchor(visit.link("desk/exchange", undo=batch.name), t("desk_exchange.undo_look"), ' class="button small"')
    done = f'<span class="badge">{escape(t("desk_exchange.undone"))}</span>'
    return (
        f'<tr><td><time datetime="{escape(batch.when)}">{escape(moment(visit, batch.when))}</time></td>'
        f'<td><bdi>{escape(batch.who)}</bdi></td><td><span dir="auto">{escape(batch.why)}</span><br>{journal}</td>'
        f'<td class="number">{batch.works}</td><td>{done if batch.undone else undo}</td></tr>'
    )

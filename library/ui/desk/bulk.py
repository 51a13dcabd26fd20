"""Changing a selection of works at once: what is to change, what that would do to each, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from library.desk import BatchReport, Edits
from library.model import Access, Kind, Status, Work
from library.ui.desk.frame import desk_document, table
from library.ui.desk.history import Difference
from library.ui.desk.journal import batch_report
from library.ui.desk.naming import field_words, value_words
from library.ui.desk.record_form import options
from library.ui.desk.topics_field import topic_choice
from library.ui.desk.visit import DeskVisit, spoken
from library.ui.links import anchor

Effects = tuple[tuple[Work, tuple[Difference, ...]], ...]


@dataclass(frozen=True, slots=True)
class Bulk:
    """What the page shows."""

    works: tuple[Work, ...]
    edits: Edits
    publish: bool = False
    publish_on: str = ""
    effects: Effects | None = None
    """What each work would become; None before a preview was asked for."""
    report: BatchReport | None = None
    """What was done."""


def bulk_page(visit: DeskVisit, bulk: Bulk) -> str:
    """The page."""
    t = visit.t
    head = f'<div class="page-head"><h1>{escape(t("desk_bulk"))}</h1></div>'
    back = f"<p>{anchor(visit.link('desk'), t('desk.back'))}</p>"
    if bulk.report is not None:
        body = f"{head}{batch_report(visit, bulk.report)}{_undo(visit, bulk.report)}{back}"
    elif not bulk.works:
        body = f"{head}<p>{escape(t('desk_bulk.nobody'))}</p>{back}"
    else:
        body = f"{head}{_form(visit, bulk)}"
    return desk_document(visit, t("desk_bulk"), body, here="desk", scripts=("desk-topics.js",))


def _form(visit: DeskVisit, bulk: Bulk) -> str:
    t = visit.t
    works = "".join(f'<input type="hidden" name="work" value="{escape(work.id)}">' for work in bulk.works)
    titles = "".join(f"<li>{_title(visit, work)}</li>" for work in bulk.works)
    apply = ""
    if bulk.effects:
        apply = f'<button class="button main" name="then" value="apply">{escape(t("desk_bulk.apply"))}</button>'
    main = "" if bulk.effects else " main"
    return (
        f'<form method="post" action="{escape(visit.link("desk/do/bulk"))}" class="bulk-form">{visit.hidden_token()}'
        f'{works}<details class="chosen"><summary>{escape(t("desk_bulk.chosen", count=len(bulk.works)))}</summary>'
        f"<ul>{titles}</ul></details>{_topics(visit, bulk)}{_facts(visit, bulk)}{_publish(visit, bulk)}"
        f"{_effects(visit, bulk)}"
        f'<p class="buttons"><button class="button{main}" name="then" value="preview">{escape(t("desk_bulk.preview"))}'
        f"</button>{apply}</p></form>"
    )


def _topics(visit: DeskVisit, bulk: Bulk) -> str:
    """Topics to add from the whole tree, and to remove from those that the works have."""
    t = visit.t
    there = sorted({topic for work in bulk.works for topic in work.topics}, key=lambda one: visit.label("topic", one))
    boxes = "".join(
        f'<label class="chip"><input type="checkbox" name="remove_topics" value="{escape(topic)}"'
        f"{' checked' if topic in bulk.edits.remove_topics else ''}><bdi>"
        f"{escape(visit.label('topic', topic))}</bdi></label>"
        for topic in there
    )
    remove = (
        f'<fieldset class="field"><legend>{escape(t("desk_bulk.remove_topics"))}</legend><div class="chips">'
        f"{boxes}</div>"
        "</fieldset>"
        if there
        else ""
    )
    return (
        f'<fieldset class="field"><legend>{escape(t("desk_bulk.add_topics"))}</legend>'
        f"{topic_choice(visit, bulk.edits.add_topics, (), 'add_topics')}</fieldset>{remove}"
    )


def _facts(visit: DeskVisit, bulk: Bulk) -> str:
    t, edits = visit.t, bulk.edits
    same = ("", t("desk_bulk.same"))
    kinds = sorted(((kind.value, t(f"kind.{kind}")) for kind in Kind), key=lambda pair: t.sorting(pair[1]))
    levels = [(access.value, t(f"access.{access}")) for access in Access]
    known = sorted({project for work in visit.library.works(visit.user) for project in work.projects}, key=t.sorting)
    there = sorted({project for work in bulk.works for project in work.projects}, key=t.sorting)
    listed = "".join(f'<option value="{escape(project)}"></option>' for project in known)
    gone = [("", t("desk_bulk.same")), *((project, project) for project in there)]
    added, removed = next(iter(edits.add_projects), ""), next(iter(edits.remove_projects), "")
    return (
        f'<div class="field-row">{_select("kind", t("facet.kind"), [same, *kinds], edits.kind or "")}'
        f"{_select('access', t('desk_work.access'), [same, *levels], edits.access or '')}</div>"
        f'<div class="field-row"><div class="field"><label for="add-project">'
        f"{escape(t('desk_bulk.add_project'))}</label>"
        f'<input id="add-project" name="add_projects" value="{escape(added)}" list="known-projects" dir="auto" '
        f'autocomplete="off"><datalist id="known-projects">{listed}</datalist></div>'
        f"{_select('remove_projects', t('desk_bulk.remove_project'), gone, removed)}</div>"
    )


def _select(name: str, label: str, choices: list[tuple[str, str]], chosen: str) -> str:
    return (
        f'<div class="field"><label for="bulk-{name}">{escape(label)}</label>'
        f'<select id="bulk-{name}" name="{name}">{options(choices, chosen)}</select></div>'
    )


def _publish(visit: DeskVisit, bulk: Bulk) -> str:
    t = visit.t
    if not any(work.status is Status.DRAFT for work in bulk.works):
        return ""
    checked = " checked" if bulk.publish else ""
    return (
        f'<div class="field"><label class="choice"><input type="checkbox" name="publish" value="yes"{checked}>'
        f'{escape(t("desk_bulk.publishing"))}</label></div><div class="field"><label for="bulk-on">'
        f'{escape(t("desk_work.publish_on"))}</label><input type="date" id="bulk-on" name="publish_on" '
        f'value="{escape(bulk.publish_on)}"></div>'
    )


def _effects(visit: DeskVisit, bulk: Bulk) -> str:
    """What each work would become."""
    if bulk.effects is None:
        return ""
    t = visit.t
    if not bulk.effects:
        return (
            f'<div class="banner warn" role="status" tabindex="-1" data-focus><p>{escape(t("desk_bulk.nothing"))}</p>'
            f"</div>"
        )
    rows = "".join(
        f"<tr><td>{_title(visit, work)}</td><td>{'<br>'.join(_said(visit, work, one) for one in found)}</td></tr>"
        for work, found in bulk.effects
    )
    heads = t("desk_journal.work"), t("desk_bulk.change")
    return (
        f'<section class="section" tabindex="-1" data-focus aria-labelledby="effects"><h2 id="effects">'
        f"{escape(t('desk_bulk.would', count=len(bulk.effects)))}</h2>{table(heads, rows)}</section>"
    )


def _said(visit: DeskVisit, work: Work, one: Difference) -> str:
    """A change in one line: what goes and what comes."""
    gone = [f"− {value_words(visit, one.field, value)}" for value in one.before if value not in one.after]
    came = [f"+ {value_words(visit, one.field, value)}" for value in one.after if value not in one.before]
    return escape(f"{field_words(visit, work, one.field)}: {' '.join((*gone, *came))}")


def _title(visit: DeskVisit, work: Work) -> str:
    edition = work.best_edition(visit.t.language)
    link = visit.link("desk/work", id=work.id)
    return anchor(link, edition.title, f" {spoken(edition.language, edition.title)}")


def _undo(visit: DeskVisit, report: BatchReport) -> str:
    """The way to the journal of this batch, where it can be taken back."""
    if not report.changed:
        return ""
    return f"<p>{anchor(visit.link('desk/journal', batch=report.batch), visit.t('desk_journal.undo'))}</p>"

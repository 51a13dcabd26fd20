"""The history of a record: each change with who, when, why, and what it changed, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from library.access import Right
from library.catalogue import Change
from library.model import Work
from library.ui.desk.frame import desk_document, table
from library.ui.desk.naming import field_words, value_words
from library.ui.desk.typed import fields_of, typed_of, values_of
from library.ui.desk.visit import DeskVisit, spoken
from library.ui.links import anchor

LONGEST = 400
"""Characters of a value that are shown; the rest is in the record."""
LIFE = ("status", "publish_on", "reason", "merged_into")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that a change gave another value."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(before: Work, after: Work) -> tuple[Difference, ...]:
    """Every field in which two records of a work differ, files and the life of the work included."""
    old, new = typed_of(before), typed_of(after)
    names = dict.fromkeys((*fields_of(after), *fields_of(before)))
    found = [Difference(name, values_of(old, name), values_of(new, name)) for name in names]
    found += [Difference(name, _life(before, name), _life(after, name)) for name in LIFE]
    for tag in dict.fromkeys((*after.languages, *before.languages)):
        found.append(Difference(f"editions.{tag}.file", _file(before, tag), _file(after, tag)))
    return tuple(one for one in found if one.before != one.after)


def history_page(
    visit: DeskVisit, work: Work, changes: tuple[tuple[Change, tuple[Difference, ...] | None], ...], version: str
) -> str:
    """The page; the changes are given newest first, without differences where an earlier record cannot be read.

    `version` is that of the record whose history is shown: nothing later than it is taken back unseen.
    """
    t = visit.t
    edition = work.best_edition(t.language)
    items = "".join(f"<li>{_change(visit, work, change, found, version)}</li>" for change, found in changes)
    listed = f'<ol class="changes" reversed>{items}</ol>' if items else f"<p>{escape(t('desk_history.none'))}</p>"
    body = (
        f'<p class="small">{anchor(visit.link("desk/work", id=work.id), t("desk_keep.back"))}</p>'
        f'<div class="page-head"><h1>{escape(t("desk_keep.history"))}: <span {spoken(edition.language, edition.title)}>'
        f"{escape(edition.title)}</span></h1></div>{listed}"
    )
    return desk_document(visit, f"{t('desk_keep.history')}: {edition.title}", body, here="desk")


def action_words(visit: DeskVisit, action: str) -> str:
    """What was done, in words; a word of another version of the program stays as it is."""
    return visit.t(f"desk_action.{action}") if visit.t.has(f"desk_action.{action}") else action


def _change(visit: DeskVisit, work: Work, change: Change, found: tuple[Difference, ...] | None, version: str) -> str:
    t = visit.t
    why = f'<p dir="auto">{escape(change.why)}</p>' if change.why else ""
    rows = "".join(_row(visit, work, one) for one in found or ())
    heads = t("desk_work.field"), t("desk_history.before"), t("desk_history.after")
    changed = table(heads, rows) if rows else ""
    undo = ""
    if visit.may(Right.KEEP):
        undo = (
            f'<form method="post" action="{escape(visit.link("desk/do/undo"))}">{visit.hidden_token()}'
            f'<input type="hidden" name="id" value="{escape(work.id)}">'
            f'<input type="hidden" name="version" value="{escape(version)}">'
            f'<input type="hidden" name="number" value="{change.number}">'
            f'<button class="button small">{escape(t("desk_history.undo", number=str(change.number)))}</button></form>'
        )
    return (
        f'<h2 class="change-head">{escape(action_words(visit, change.action))} · <bdi>{escape(change.who)}</bdi> · '
        f'<time datetime="{escape(change.when)}">{escape(moment(visit, change.when))}</time></h2>{why}{changed}{undo}'
    )


def moment(visit: DeskVisit, when: str) -> str:
    """A moment as people write it, in UTC: the day and the minute."""
    return f"{visit.t.date(when)}, {when[11:16]} UTC" if len(when) > len("2026-11-22T10:00") - 1 else visit.t.date(when)


def _row(visit: DeskVisit, work: Work, one: Difference) -> str:
    return (
        f'<tr><th scope="row">{escape(field_words(visit, work, one.field))}</th>'
        f"<td>{_values(visit, one.field, one.before)}</td><td>{_values(visit, one.field, one.after)}</td></tr>"
    )


def _values(visit: DeskVisit, name: str, values: tuple[str, ...]) -> str:
    words = visit.t.listed(value_words(visit, name, value) for value in values)
    cut = f"{words[:LONGEST]}…" if len(words) > LONGEST else words
    return f'<span dir="auto">{escape(cut or "–")}</span>'


def _life(work: Work, name: str) -> tuple[str, ...]:
    value = str(getattr(work, name))
    return (value,) if value else ()


def _file(work: Work, tag: str) -> tuple[str, ...]:
    edition = work.edition(tag)
    return (f"{edition.file_name} ({edition.source})" if edition.source else edition.file_name,) if edition else ()

"""What is shown when two people changed the same record: both values of each field, to choose between."""

from __future__ import annotations

from html import escape

from library.ui.desk.evidence import RECORD_FORM
from library.ui.desk.frame import table
from library.ui.desk.naming import field_words, value_words
from library.ui.desk.reviewed import Clash, Reviewed
from library.ui.desk.typed import Typed, values_of
from library.ui.desk.visit import spoken

CHOICE = "choose."
"""How the names of the choices begin; the name of the field follows."""


def clash_box(shown: Reviewed) -> str:
    """Who saved in the meantime, and the fields that both changed, with what either wrote."""
    clash, t = shown.clash, shown.visit.t
    if clash is None:
        return ""
    words = t("desk_work.clash", who=clash.who or "?", when=t.date(clash.when))
    taken = ""
    if clash.taken:
        named = t.listed(field_words(shown.visit, shown.work, name) for name in clash.taken)
        taken = f"<p>{escape(t('desk_work.clash_taken', fields=named))}</p>"
    rows = "".join(_row(shown, clash, name) for name in clash.fields)
    heads = t("desk_work.field"), t("desk_work.yours"), clash.who or "?"
    both = table(heads, rows) if rows else ""
    return (
        f'<div class="banner warn clash" role="alert" tabindex="-1" data-focus id="clash"><p>{escape(words)}</p>'
        f"<p>{escape(t('desk_work.clash_hint'))}</p>{taken}{both}</div>"
    )


def _row(shown: Reviewed, clash: Clash, name: str) -> str:
    field = escape(name)
    return (
        f'<tr><th scope="row">{escape(field_words(shown.visit, shown.work, name))}</th>'
        f'<td><label class="choice"><input type="radio" form="{RECORD_FORM}" '
        f'name="{CHOICE}{field}" value="mine" checked>'
        f"{_value(shown, shown.typed, name)}</label></td>"
        f'<td><label class="choice"><input type="radio" form="{RECORD_FORM}" name="{CHOICE}{field}" value="theirs">'
        f"{_value(shown, clash.theirs, name)}</label></td></tr>"
    )


def _value(shown: Reviewed, typed: Typed, name: str) -> str:
    values = values_of(typed, name)
    words = shown.visit.t.listed(value_words(shown.visit, name, value) for value in values)
    parts = name.split(".")
    tag = parts[1] if parts[0] == "editions" and parts[-1] != "language" else ""
    return f"<span {spoken(tag, words)}>{escape(words or '–')}</span>"

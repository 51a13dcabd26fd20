"""The form of a record: the texts of every edition, then what all of them share, each field with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from library.languages import TAGS, UNKNOWN, language_label
from library.model import Access, Edition, Kind, Section
from library.ui.desk.evidence import RECORD_FORM, evidence_of
from library.ui.desk.naming import language_words
from library.ui.desk.places_field import places_field, projects_field
from library.ui.desk.reviewed import Reviewed
from library.ui.desk.topics_field import topics_field
from library.ui.desk.typed import edition_field, section_field
from library.ui.desk.visit import spoken


def record_form(shown: Reviewed, foot: str) -> str:
    """The whole form. `foot` is the markup of its buttons."""
    visit, t = shown.visit, shown.visit.t
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in (
            ("id", shown.work.id),
            ("version", shown.version),
            ("seen", str(shown.seen)),
            ("showing", f"{shown.shown.language} {shown.shown.page}"),
        )
    )
    # Return in a field saves: the first button of a form is the one that it presses.
    first = '<button class="unseen" name="then" value="save" tabindex="-1" aria-hidden="true"></button>'
    editions = "".join(edition_fields(shown, edition) for edition in shown.work.editions)
    return (
        f'<form id="{RECORD_FORM}" class="record-form" method="post" action="{escape(visit.link("desk/do/save"))}" '
        f'data-check="{escape(visit.link("desk/check"))}" novalidate>{visit.hidden_token()}{hidden}{first}'
        f'{editions}<fieldset class="group"><legend>{escape(t("desk_work.shared"))}</legend>'
        f'<div class="field-row">{_kind(shown)}{_date(shown)}{_access(shown)}</div>'
        f"{topics_field(shown)}{places_field(shown)}{projects_field(shown)}</fieldset>{foot}</form>"
    )


def edition_fields(shown: Reviewed, edition: Edition) -> str:
    """The texts of one edition; those of other languages than the one that is shown are folded away."""
    t, tag = shown.visit.t, edition.language
    wrong = any(problem.field.startswith(f"editions.{tag}.") for problem in shown.problems)
    here = tag == shown.edition().language or wrong
    inside = (
        f"{_text(shown, edition, 'title', t('desk_work.title'))}"
        f"{_text(shown, edition, 'subtitle', t('desk_work.subtitle'))}"
        f"{_long(shown, edition_field(tag, 'abstract'), t('desk_work.abstract'), tag)}"
        f"{_language(shown, edition)}{_sections(shown, edition)}"
    )
    name = escape(language_words(shown.visit, tag))
    if len(shown.work.editions) == 1:
        return f'<fieldset class="group"><legend>{name}</legend>{inside}</fieldset>'
    title = shown.value(edition_field(tag, "title"))
    return (
        f'<details class="group edition"{" open" if here else ""}><summary><h2>{name}</h2> '
        f'<span class="soft small" {spoken(tag, title)}>{escape(title)}</span></summary>'
        f'<fieldset><legend class="unseen">{name}</legend>{inside}</fieldset></details>'
    )


def labelled(shown: Reviewed, name: str, label: str, control: str, more: str = "") -> str:
    """A field: its label, the control (markup), what it rests on and what is wrong with it."""
    return (
        f'<div class="field" data-field="{escape(name)}"><label for="{escape(field_id(name))}">{escape(label)}</label>'
        f"{control}{more}{problems_of(shown, name)}{evidence_of(shown, name)}</div>"
    )


def problems_of(shown: Reviewed, name: str) -> str:
    """What is wrong with a field; the place for it is always there, so that it can be filled while one types."""
    items = "".join(
        f'<span class="problem" {spoken(problem.language)}>{escape(problem.words)}</span>'
        for problem in shown.wrong(name)
    )
    return f'<span class="problems" id="{escape(field_id(name))}-problem">{items}</span>'


def field_id(name: str) -> str:
    """The id of the control of a field."""
    return f"field-{name}"


def control_attributes(shown: Reviewed, name: str) -> str:
    """Name, id and state of a control."""
    invalid = ' aria-invalid="true"' if shown.wrong(name) else ""
    place = escape(field_id(name))
    return f'id="{place}" name="{escape(name)}" aria-describedby="{place}-problem"{invalid}'


def options(choices: Iterable[tuple[str, str]], chosen: str) -> str:
    """The options of a list, each value with its words; one that is not among them stays."""
    listed = tuple(choices)
    known = listed if any(value == chosen for value, _ in listed) else ((chosen, chosen), *listed)
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in known
    )


def _text(shown: Reviewed, edition: Edition, name: str, label: str) -> str:
    field = edition_field(edition.language, name)
    value = shown.value(field)
    control = (
        f'<input {control_attributes(shown, field)} value="{escape(value)}" {spoken(edition.language, value)} '
        f'autocomplete="off"{" required" if name == "title" else ""}>'
    )
    return labelled(shown, field, label, control)


def _long(shown: Reviewed, field: str, label: str, language: str) -> str:
    value = shown.value(field)
    control = (
        f'<textarea {control_attributes(shown, field)} rows="4" {spoken(language, value)}>\n{escape(value)}</textarea>'
    )
    return labelled(shown, field, label, control)


def _language(shown: Reviewed, edition: Edition) -> str:
    t = shown.visit.t
    field = edition_field(edition.language, "language")
    named = sorted(((tag, language_label(tag, t.language)) for tag in TAGS), key=lambda pair: t.sorting(pair[1]))
    every = ((UNKNOWN, t("language.unknown")), *named)
    control = f"<select {control_attributes(shown, field)}>{options(every, shown.value(field))}</select>"
    return labelled(shown, field, t("desk_work.language"), control)


def _sections(shown: Reviewed, edition: Edition) -> str:
    """The parts of a practice sheet; folded away for other kinds that have none."""
    fields = {section: section_field(edition.language, section) for section in Section}
    filled = any(shown.value(field) for field in fields.values())
    if not filled and shown.value("kind") != Kind.PRACTICE_SHEET:
        return ""
    t = shown.visit.t
    inside = "".join(
        _long(shown, field, t(f"section.{section}"), edition.language) for section, field in fields.items()
    )
    return (
        f'<details class="sections"{" open" if not filled else ""}><summary>{escape(t("desk_work.sections"))}</summary>'
        f"{inside}</details>"
    )


def _kind(shown: Reviewed) -> str:
    t = shown.visit.t
    every = sorted(((kind.value, t(f"kind.{kind}")) for kind in Kind), key=lambda pair: t.sorting(pair[1]))
    control = f"<select {control_attributes(shown, 'kind')}>{options(every, shown.value('kind'))}</select>"
    return labelled(shown, "kind", t("facet.kind"), control)


def _date(shown: Reviewed) -> str:
    t = shown.visit.t
    control = (
        f'<input {control_attributes(shown, "date")} value="{escape(shown.value("date"))}" inputmode="numeric" '
        'autocomplete="off" placeholder="2024-05-31">'
    )
    return labelled(shown, "date", t("desk_work.date"), control)


def _access(shown: Reviewed) -> str:
    t = shown.visit.t
    every = ((access.value, t(f"access.{access}")) for access in Access)
    control = f"<select {control_attributes(shown, 'access')}>{options(every, shown.value('access'))}</select>"
    return labelled(shown, "access", t("desk_work.access"), control)

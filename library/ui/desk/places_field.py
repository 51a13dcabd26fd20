"""Where a practice happened and which projects it belongs to: rows of fields, with one more that is empty."""

from __future__ import annotations

from html import escape

from library.languages import countries, country_name
from library.ui.desk.reviewed import Reviewed
from library.ui.desk.typed import CITY, COUNTRY

SPARE = 1
"""Empty rows that wait for more; saving gives another."""


def places_field(shown: Reviewed) -> str:
    """A country and a city in each row."""
    t = shown.visit.t
    named = sorted(((code, country_name(code, t.language)) for code in countries()), key=lambda p: t.sorting(p[1]))
    chosen = shown.typed.get(COUNTRY, ())
    cities = (*shown.typed.get(CITY, ()), *("" for _ in chosen))
    rows = [row for row in zip(chosen, cities, strict=False) if any(row)]
    inside = "".join(_place(shown, number, row, named) for number, row in enumerate([*rows, *[("", "")] * SPARE]))
    return (
        f'<fieldset class="field rows-field" data-field="places" id="field-places" tabindex="-1"><legend>'
        f"{escape(t('desk_work.places'))}</legend>{inside}{_problems(shown, 'places')}</fieldset>"
    )


def projects_field(shown: Reviewed) -> str:
    """A project in each row; those known already are proposed while one types."""
    t, visit = shown.visit.t, shown.visit
    known = sorted({project for work in visit.library.works(visit.user) for project in work.projects}, key=t.sorting)
    listed = "".join(f'<option value="{escape(project)}"></option>' for project in known)
    values = [value for value in shown.typed.get("projects", ()) if value]
    words = escape(t("facet.project"))
    rows = "".join(
        f'<div class="row"><input name="projects" value="{escape(value)}" list="known-projects" dir="auto" '
        f'autocomplete="off" aria-label="{words} {number}"></div>'
        for number, value in enumerate([*values, *[""] * SPARE], 1)
    )
    return (
        f'<fieldset class="field rows-field" data-field="projects" id="field-projects" tabindex="-1"><legend>'
        f"{escape(t('desk_work.projects'))}</legend>{rows}"
        f'<datalist id="known-projects">{listed}</datalist>{_problems(shown, "projects")}</fieldset>'
    )


def _place(shown: Reviewed, number: int, row: tuple[str, str], named: list[tuple[str, str]]) -> str:
    t = shown.visit.t
    country, city = row
    known = named if not country or country in dict(named) else [(country, country), *named]
    choices = "".join(
        f'<option value="{escape(code)}"{" selected" if code == country else ""}>{escape(words)}</option>'
        for code, words in [("", "–"), *known]
    )
    which = number + 1
    return (
        f'<div class="row"><select name="{COUNTRY}" aria-label="{escape(t("desk_work.country"))} {which}">{choices}'
        f'</select><input name="{CITY}" value="{escape(city)}" dir="auto" autocomplete="off" '
        f'placeholder="{escape(t("desk_work.city"))}" aria-label="{escape(t("desk_work.city"))} {which}"></div>'
    )


def _problems(shown: Reviewed, name: str) -> str:
    items = "".join(f'<span class="problem">{escape(problem.words)}</span>' for problem in shown.wrong(name))
    return f'<span class="problems" id="field-{name}-problem">{items}</span>'

"""What is wrong with a form, field by field, in the language of the page as far as it has words for it."""

from __future__ import annotations

from collections.abc import Iterator

from library.errors import Problem
from library.languages import normalise
from library.model import Work, is_date
from library.ui.desk.reviewed import FieldProblem
from library.ui.desk.typed import Typed, edition_field, one, work_of
from library.web.desk.entrance import Entered

ENGLISH = "en"
"""Problems of records are told in English, on the command line and here."""


def field_problems(
    entered: Entered, typed: Typed, work: Work, found: tuple[Problem, ...] = ()
) -> tuple[FieldProblem, ...]:
    """Every problem, each field's first one; `found` are those that the desk has told already."""
    told = {problem.field: problem for problem in _own(entered, typed, work)}
    for problem in found or entered.desk.problems(work_of(typed, work)):
        field = "places" if problem.key.startswith("places") else problem.key
        if field not in told and not any(known.startswith(f"{field}.") for known in told):
            told[field] = FieldProblem(field, f"{problem.message} ({problem.remedy})", ENGLISH)
    return tuple(told.values())


def _own(entered: Entered, typed: Typed, work: Work) -> Iterator[FieldProblem]:
    t = entered.visit.t
    languages = {normalise(one(typed, edition_field(e.language, "language")) or e.language) for e in work.editions}
    for edition in work.editions:
        title = edition_field(edition.language, "title")
        if title in typed and not one(typed, title).strip():
            yield FieldProblem(title, t("desk_work.needed"))
        if len(languages) < len(work.editions):
            yield FieldProblem(edition_field(edition.language, "language"), t("desk_work.two_of_language"))
    date = one(typed, "date").strip()
    if date and not is_date(date):
        yield FieldProblem("date", t("desk_work.date_form"))

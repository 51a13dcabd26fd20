"""What is wrong with a form, field by field, in the language of the page as far as it has words for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from library.errors import Problem
from library.model import Work, is_date
from library.ui.desk.reviewed import FieldProblem
from library.ui.desk.typed import Typed, edition_field, languages_told, one, work_of
from library.web.desk.entrance import Entered

ENGLISH = "en"
"""Problems of records are told in English, on the command line and here."""


def field_problems(
    entered: Entered, typed: Typed, work: Work, found: tuple[Problem, ...] = ()
) -> tuple[FieldProblem, ...]:
    """Every problem, each field's first one; `found` are those that the desk has told already."""
    told = {problem.field: problem for problem in _own(entered, typed, work)}
    tags = dict(zip(languages_told(typed, work), work.languages, strict=True))
    for problem in found or entered.desk.problems(work_of(typed, work)):
        field = _field(problem.key, tags)
        if field not in told and not any(known.startswith(f"{field}.") for known in told):
            told[field] = FieldProblem(field, f"{problem.message} ({problem.remedy})", ENGLISH)
    return tuple(told.values())


def _field(key: str, tags: Mapping[str, str]) -> str:
    """The field that a key of the record belongs to; `tags` gives the present language of each edition by the new."""
    if key.startswith("places"):
        return "places"
    head, _, rest = key.partition(".")
    tag, dot, name = rest.partition(".")
    return f"{head}.{tags[tag]}{dot}{name}" if head == "editions" and tag in tags else key


def _own(entered: Entered, typed: Typed, work: Work) -> Iterator[FieldProblem]:
    t = entered.visit.t
    languages = languages_told(typed, work)
    for edition, language in zip(work.editions, languages, strict=True):
        title = edition_field(edition.language, "title")
        if title in typed and not one(typed, title).strip():
            yield FieldProblem(title, t("desk_work.needed"))
        if languages.count(language) > 1:
            yield FieldProblem(edition_field(edition.language, "language"), t("desk_work.two_of_language"))
    date = one(typed, "date").strip()
    if date and not is_date(date):
        yield FieldProblem("date", t("desk_work.date_form"))

"""Reviewing a record: the page, and what becomes of the form: saved, shown again with what is wrong, or a clash."""

from __future__ import annotations

from dataclasses import replace

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from library.access import Right
from library.errors import Conflict, NotAllowed, RecordError
from library.model import Status
from library.ui.desk.clash import CHOICE
from library.ui.desk.import_report import report_markup
from library.ui.desk.review import review_page
from library.ui.desk.reviewed import Clash, Reviewed, Shown
from library.ui.desk.typed import Typed, fields_of, one, typed_from, typed_of, values_of, with_field, work_of
from library.web.desk.entrance import PRIVATE, Entered
from library.web.desk.reports import reports_of, unread_of
from library.web.desk.typing import field_problems

MOST_DIGITS = 5


def work_page(entered: Entered) -> Response:
    """The page of the record that the address names."""
    visit = entered.visit
    page = _number(visit.first("page"))
    shown = opened(entered, visit.first("id"), Shown(visit.first("language")[:35], page, visit.first("mark")[:400]))
    return entered.page(review_page(shown))


def opened(entered: Entered, name: str, showing: Shown) -> Reviewed:
    """A record as it stands. Raises NotAllowed, and RecordError when it is not right."""
    desk = entered.desk
    work = desk.work(name)
    if work.status is not Status.DRAFT and not entered.visit.may(Right.KEEP):
        raise NotAllowed(name)
    edition = work.edition(showing.language) or work.best_edition(entered.visit.t.language)
    history = desk.history(name)
    reports = reports_of(entered.visit.library, work)
    return Reviewed(
        entered.visit,
        work,
        typed_of(work),
        desk.version(name),
        history[-1].number if history else 0,
        Shown(edition.language, min(max(showing.page, 1), max(edition.pages, 1)), showing.quote),
        {each.language: report.description for each, report in reports if not report.damaged},
        report=report_markup(entered.visit, work, reports, unread_of(entered.visit.library, work)),
        publish_on=work.publish_on,
    )


def save(entered: Entered, form: FormData) -> Response:
    """What the buttons of the form ask for: to save, to publish, to fill a field, or to show another page."""
    typed = typed_from(form.multi_items())
    shown = opened(entered, one(typed, "id"), _showing(typed))
    seen, version = _number(one(typed, "seen")), one(typed, "version")
    asked = {name: one(typed, name) for name in ("show", "use", "then")}
    typed_now = {name: values for name, values in typed.items() if name not in ("token", "show", "use", "then")}
    if version == shown.version:
        typed_now = _chosen(typed_now, typed_of(shown.work))
    field, _, value = asked["use"].partition("=")
    if field in fields_of(shown.work):
        typed_now[field] = (value,)
    mine = replace(
        shown,
        typed={**shown.typed, **typed_now},
        reason=one(typed, "why"),
        publish_on=one(typed, "publish_on")[:10],
        version=version,
        seen=seen,
    )
    if asked["use"] or asked["show"]:
        return entered.page(review_page(mine))
    return _saved(entered, mine, shown, asked["then"])


def check(entered: Entered, form: FormData) -> Response:
    """What is wrong with what is typed so far: `{"problems": [{"field", "words", "language"}]}`."""
    typed = typed_from(form.multi_items())
    work = entered.desk.work(one(typed, "id"))
    problems = field_problems(entered, typed, work)
    told = [{"field": each.field, "words": each.words, "language": each.language} for each in problems]
    return JSONResponse({"problems": told}, headers=PRIVATE)


def _saved(entered: Entered, mine: Reviewed, now: Reviewed, then: str) -> Response:
    desk, work = entered.desk, now.work
    if mine.version != now.version:
        return entered.page(review_page(_clashed(entered, mine, now)), 409)
    problems = field_problems(entered, mine.typed, work)
    if problems:
        return entered.page(review_page(replace(mine, problems=problems)), 422)
    try:
        saved = desk.save(work_of(mine.typed, work), mine.version, mine.reason)
        done = "saved"
        if then == "publish" and work.status is Status.DRAFT:
            published = desk.publish(saved.id, mine.publish_on, desk.version(saved.id))
            done = "published" if published.status is Status.PUBLISHED else "planned"
        elif then == "unpublish" and (work.status is Status.PUBLISHED or work.publish_on):
            desk.unpublish(saved.id, mine.reason)
            done = "unpublished"
    except Conflict:
        later = opened(entered, work.id, mine.shown)
        return entered.page(review_page(_clashed(entered, mine, later)), 409)
    except RecordError as error:
        problems = field_problems(entered, mine.typed, work, error.problems)
        return entered.page(review_page(replace(mine, problems=problems)), 422)
    return entered.go("desk/work", id=work.id, language=mine.shown.language, page=str(mine.shown.page), done=done)


def _clashed(entered: Entered, mine: Reviewed, now: Reviewed) -> Reviewed:
    """Both versions: fields that only the other changed are taken over, those that both changed are to be chosen."""
    history = entered.desk.history(now.work.id)
    since = [change for change in history if change.number > mine.seen]
    # What stood before their first change is what this person had opened.
    base = typed_of(entered.desk.before(now.work.id, since[0].number)) if since else None
    typed, both, taken = dict(mine.typed), [], []
    for name in fields_of(now.work):
        own, theirs = values_of(mine.typed, name), values_of(now.typed, name)
        if own == theirs or (base is not None and theirs == values_of(base, name)):
            continue
        if base is not None and own == values_of(base, name):
            typed = with_field(typed, name, now.typed)
            taken.append(name)
        else:
            both.append(name)
    who, when = (since[-1].who, since[-1].when) if since else ("", "")
    clash = Clash(who, when, tuple(both), tuple(taken), now.typed)
    # A day that the other has set in the meantime stands in the form, or publishing would make it public at once.
    day = mine.publish_on or now.publish_on
    return replace(mine, typed=typed, version=now.version, seen=now.seen, clash=clash, work=now.work, publish_on=day)


def _chosen(typed: Typed, theirs: Typed) -> dict[str, tuple[str, ...]]:
    """The form with the other person's value wherever that was chosen."""
    result = dict(typed)
    for name in typed:
        if name.startswith(CHOICE) and one(typed, name) == "theirs":
            result = with_field(result, name.removeprefix(CHOICE), theirs)
    return {name: values for name, values in result.items() if not name.startswith(CHOICE)}


def _showing(typed: Typed) -> Shown:
    """The page to be shown: the one that was asked for, else the one that was."""
    language, _, rest = (one(typed, "show") or one(typed, "showing")).partition(" ")
    page, _, quote = rest.partition(" ")
    return Shown(language[:35], _number(page), quote[:400])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0

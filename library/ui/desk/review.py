"""The page on which a record is reviewed: the page of the file on one side, the form on the other."""

from __future__ import annotations

from html import escape

from library.access import Right
from library.model import Status
from library.ui.desk.clash import clash_box
from library.ui.desk.frame import banner, desk_document
from library.ui.desk.naming import field_words
from library.ui.desk.page_picture import page_picture
from library.ui.desk.record_form import field_id, record_form
from library.ui.desk.reviewed import Reviewed
from library.ui.desk.visit import spoken
from library.ui.links import anchor

DONE = (
    "saved",
    "published",
    "planned",
    "unpublished",
    "joined",
    "withdrawn",
    "restored",
    "undone",
    "replaced",
    "language_added",
    "merged",
)
"""What can have been done before the page was shown."""


def review_page(shown: Reviewed) -> str:
    """The page of a record under review."""
    visit, work = shown.visit, shown.work
    edition = work.best_edition(visit.t.language)
    body = (
        f"{_head(shown)}{_said(shown)}{clash_box(shown) if shown.clash else ''}{_summary(shown)}{shown.report}"
        f'<div class="review">{page_picture(shown)}<div class="review-form">'
        f"{record_form(shown, _foot(shown))}</div></div>"
    )
    return desk_document(
        visit, edition.title, body, here="desk", scripts=("desk-review.js", "desk-topics.js"), wide=True
    )


def _head(shown: Reviewed) -> str:
    visit, work, t = shown.visit, shown.work, shown.visit.t
    edition = work.best_edition(t.language)
    tone = {Status.PUBLISHED: "good", Status.WITHDRAWN: "bad"}.get(work.status, "")
    links = [anchor(visit.link("desk/history", id=work.id), t("desk_keep.history"))]
    if visit.may(Right.KEEP):
        links.insert(0, anchor(visit.link("desk/keep", id=work.id), t("desk_keep")))
    if work.status is not Status.DRAFT:
        links.append(anchor(visit.link("work", id=work.id), t("desk_work.public_page")))
    ways = "".join(f"<li>{link}</li>" for link in links)
    return (
        f'<div class="page-head"><div><h1 {spoken(edition.language, edition.title)}>{escape(edition.title)}</h1>'
        f'<p class="badges"><span class="badge {tone}">{escape(t(f"status.{work.status}"))}</span>'
        f'{_planned(shown)}</p></div><ul class="ways small">{ways}</ul></div>'
    )


def _planned(shown: Reviewed) -> str:
    if not shown.work.publish_on:
        return ""
    words = shown.visit.t("desk_list.on", date=shown.visit.t.date(shown.work.publish_on))
    return f'<span class="badge good">{escape(words)}</span>'


def _said(shown: Reviewed) -> str:
    done = shown.visit.first("done")
    return banner(shown.visit.t(f"desk_work.done_{done}")) if done in DONE else ""


def _summary(shown: Reviewed) -> str:
    """All that is wrong, each a link to its field; the focus goes there after a save that was not accepted."""
    if not shown.problems:
        return ""
    t = shown.visit.t
    items = "".join(
        f'<li><a href="#{escape(field_id(problem.field))}">'
        f"{escape(field_words(shown.visit, shown.work, problem.field))}</a>: "
        f"<span {spoken(problem.language)}>{escape(problem.words)}</span></li>"
        for problem in shown.problems
    )
    heading = escape(t("desk_work.wrong", count=len(shown.problems)))
    return (
        f'<div class="banner bad" role="alert" tabindex="-1" data-focus id="wrong"><p>{heading}</p><ul>{items}</ul>'
        f"</div>"
    )


def _foot(shown: Reviewed) -> str:
    """Why it is changed, and the buttons."""
    t, visit = shown.visit.t, shown.visit
    out_or_planned = shown.work.status is Status.PUBLISHED or (shown.draft and bool(shown.work.publish_on))
    why = (
        f'<div class="field"><label for="why">{escape(t("desk_work.why"))}</label>'
        f'<input id="why" name="why" value="{escape(shown.reason)}" dir="auto" autocomplete="off"></div>'
    )
    save = (
        f'<button class="button{" main" if not shown.draft else ""}" name="then" value="save">'
        f"{escape(t('desk_work.save'))}</button>"
    )
    publish = ""
    if shown.draft and visit.may(Right.PUBLISH):
        publish = (
            f'<div class="publish"><label for="publish-on">{escape(t("desk_work.publish_on"))}</label>'
            f'<input type="date" id="publish-on" name="publish_on" value="{escape(shown.publish_on)}">'
            f'<button class="button main" name="then" value="publish">{escape(t("desk_work.publish"))}</button></div>'
        )
    if out_or_planned and visit.may(Right.PUBLISH):
        publish += f'<button class="button" name="then" value="unpublish">{escape(t("desk_work.unpublish"))}</button>'
    return f'{why}<div class="form-foot"><div class="buttons">{save}{publish}</div></div>'

"""Keeping a work: its files and languages, putting it together with another, withdrawing it, bringing it back."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from library.languages import TAGS, language_label
from library.locales.figures import file_size
from library.model import Edition, Status, Work
from library.ui.desk.frame import banner, desk_document
from library.ui.desk.naming import language_words
from library.ui.desk.visit import DeskVisit, spoken
from library.ui.links import anchor, file_link


@dataclass(frozen=True, slots=True)
class Kept:
    """What the page shows."""

    work: Work
    accepted: tuple[str, ...]
    """Endings of the files that are taken."""
    found: tuple[Work, ...] = ()
    """Works that answer the search for another one to be put together with this."""
    problem: tuple[str, str] = ("", "")
    """What could not be done, and what to do; in English."""


def keeping_page(visit: DeskVisit, kept: Kept) -> str:
    """The page."""
    t, work = visit.t, kept.work
    edition = work.best_edition(t.language)
    words, remedy = kept.problem
    wrong = (
        f'<div class="banner bad" role="alert" tabindex="-1" data-focus lang="en"><p dir="auto">{escape(words)}</p>'
        f'<p dir="auto">{escape(remedy)}</p></div>'
        if words
        else ""
    )
    withdrawn = work.status is Status.WITHDRAWN
    body = (
        f'<p class="small">{anchor(visit.link("desk/work", id=work.id), t("desk_keep.back"))}</p>'
        f'<div class="page-head"><h1 {spoken(edition.language, edition.title)}>{escape(edition.title)}</h1></div>'
        f"{wrong}"
        f"{_restore(visit, work) if withdrawn else _change(visit, kept)}"
    )
    return desk_document(visit, f"{t('desk_keep')}: {edition.title}", body, here="desk")


def merging_page(visit: DeskVisit, into: Work, other: Work) -> str:
    """What putting two works together would do, before it is done."""
    t = visit.t
    first, second = into.best_edition(t.language), other.best_edition(t.language)
    added = [e for e in other.editions if into.edition(e.language) is None]
    left = [e for e in other.editions if into.edition(e.language) is not None]
    topics = [visit.label("topic", topic) for topic in other.topics if topic not in into.topics]
    lines = [
        t("desk_keep.merge_adds", languages=t.listed(language_words(visit, e.language) for e in added))
        if added
        else "",
        t("desk_keep.merge_topics", topics=t.listed(topics)) if topics else "",
        t("desk_keep.merge_leaves", languages=t.listed(language_words(visit, e.language) for e in left))
        if left
        else "",
        t("desk_keep.merge_withdraws", title=second.title),
    ]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines if line)
    form = _form(
        visit, "merge", f"<ul class='effects'>{items}</ul>{_why(visit, 'merge')}", t("desk_keep.merge"),
        into=into.id, other=other.id,
    )  # fmt: skip
    back = anchor(visit.link("desk/keep", id=into.id), t("desk_keep.not_now"))
    title = t("desk_keep.merge_title", one=first.title, other=second.title)
    return desk_document(visit, title, f"<h1>{escape(title)}</h1>{form}<p>{back}</p>", here="desk")


def _change(visit: DeskVisit, kept: Kept) -> str:
    t = visit.t
    files = "".join(f"<li>{_file(visit, kept, edition)}</li>" for edition in kept.work.editions)
    return (
        f'<section class="section"><h2>{escape(t("desk_keep.files"))}</h2><ul class="files">{files}</ul></section>'
        f'<section class="section"><h2>{escape(t("desk_keep.add_language"))}</h2>{_add_language(visit, kept)}</section>'
        f'<section class="section" id="merge"><h2>{escape(t("desk_keep.merge"))}</h2>{_merge(visit, kept)}</section>'
        f'<section class="section"><h2>{escape(t("desk_keep.withdraw"))}</h2>{_withdraw(visit, kept.work)}</section>'
    )


def _file(visit: DeskVisit, kept: Kept, edition: Edition) -> str:
    """One file, and the form that puts another in its place."""
    t = visit.t
    name = anchor(visit.beside(file_link(kept.work.id, edition)), edition.source or edition.file_name)
    facts = [t("count.pages", count=edition.pages), file_size(edition.bytes, t.language), t.date(edition.received)]
    inside = f"{_picker(visit, kept, f'file-{edition.language}')}{_why(visit, f'replace-{edition.language}')}"
    form = _form(
        visit, "replace", inside, t("desk_keep.replace"), files=True, id=kept.work.id, language=edition.language
    )
    return (
        f"<h3>{escape(language_words(visit, edition.language))}</h3><p><bdi>{name}</bdi> "
        f'<span class="soft small">{escape(" · ".join(filter(None, facts)))}</span></p>'
        f"<details><summary>{escape(t('desk_keep.replace'))}</summary>"
        f'<p class="hint">{escape(t("desk_keep.replace_hint"))}</p>{form}</details>'
    )


def _add_language(visit: DeskVisit, kept: Kept) -> str:
    t = visit.t
    there = kept.work.languages
    named = sorted(
        ((tag, language_label(tag, t.language)) for tag in TAGS if tag not in there), key=lambda p: t.sorting(p[1])
    )
    options = "".join(f'<option value="{tag}">{escape(words)}</option>' for tag, words in named)
    inside = (
        f"{_picker(visit, kept, 'new-file')}"
        f'<div class="field-row"><div class="field"><label for="new-language">{escape(t("desk_work.language"))}</label>'
        f'<select id="new-language" name="language"><option value="">{escape(t("desk_keep.told"))}</option>{options}'
        f'</select></div><div class="field"><label for="new-title">{escape(t("desk_keep.title"))}</label>'
        '<input id="new-title" name="title" dir="auto" autocomplete="off"></div></div>'
    )
    return _form(visit, "add-language", inside, t("desk_keep.add_language"), files=True, id=kept.work.id)


def _merge(visit: DeskVisit, kept: Kept) -> str:
    """The search for the other work, and what it found."""
    t = visit.t
    ui = f'<input type="hidden" name="ui" value="{visit.chosen}">' if visit.chosen else ""
    asked = visit.first("q")[:200]
    search = (
        f'<p class="hint">{escape(t("desk_keep.merge_hint"))}</p>'
        f'<form class="filter" role="search" action="{visit.beside("desk/keep")}#merge">{ui}'
        f'<input type="hidden" name="id" value="{escape(kept.work.id)}"><label>{escape(t("desk_list.words"))}'
        f'<input type="search" name="q" value="{escape(asked)}" dir="auto"></label>'
        f'<button class="button">{escape(t("box.go"))}</button></form>'
    )
    if not asked:
        return search
    if not kept.found:
        return f"{search}<p>{escape(t('desk_list.none'))}</p>"
    items = "".join(f"<li>{_other(visit, kept.work, other)}</li>" for other in kept.found)
    return f'{search}<ul class="found">{items}</ul>'


def _other(visit: DeskVisit, work: Work, other: Work) -> str:
    edition = other.best_edition(visit.t.language)
    link = visit.link("desk/merge", into=work.id, other=other.id)
    languages = " · ".join(language_words(visit, tag) for tag in other.languages)
    return (
        f"{anchor(link, edition.title, f' {spoken(edition.language, edition.title)}')} "
        f'<span class="soft small">{escape(languages)}</span>'
    )


def _withdraw(visit: DeskVisit, work: Work) -> str:
    t = visit.t
    inside = f'<p class="hint">{escape(t("desk_keep.withdraw_hint"))}</p>{_why(visit, "withdraw", required=True)}'
    return _form(visit, "withdraw", inside, t("desk_keep.withdraw"), tone="danger", id=work.id)


def _restore(visit: DeskVisit, work: Work) -> str:
    t = visit.t
    said = t("desk_keep.is_withdrawn", reason=work.reason) if work.reason else t("status.withdrawn")
    return banner(said, "warn") + _form(
        visit, "restore", _why(visit, "restore"), t("desk_keep.restore"), tone="main", id=work.id
    )


def _picker(visit: DeskVisit, kept: Kept, place: str) -> str:
    accepted = escape(",".join(kept.accepted))
    return (
        f'<div class="field"><label for="{place}">{escape(visit.t("desk_keep.file"))}</label>'
        f'<input type="file" id="{place}" name="file" required accept="{accepted}"></div>'
    )


def _why(visit: DeskVisit, place: str, required: bool = False) -> str:
    words = visit.t("desk_keep.reason") if required else visit.t("desk_work.why")
    must = " required" if required else ""
    return (
        f'<div class="field"><label for="why-{place}">{escape(words)}</label>'
        f'<input id="why-{place}" name="why" dir="auto" autocomplete="off"{must}></div>'
    )


def _form(
    visit: DeskVisit, verb: str, inside: str, words: str, tone: str = "", files: bool = False, **values: str
) -> str:
    """A form that does one thing; `inside` is markup, `words` stand on its button."""
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in values.items())
    kind = ' enctype="multipart/form-data"' if files else ""
    return (
        f'<form method="post" action="{escape(visit.link(f"desk/do/{verb}"))}"{kind} class="keep-form">'
        f'{visit.hidden_token()}{hidden}{inside}<p class="buttons"><button class="button {tone}">'
        f"{escape(words)}</button>"
        "</p></form>"
    )

"""How a draft came in: what it is much like, which work it may be another language of, which pages have no text."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from library.access import Right
from library.ingest.difference import Difference, Passage
from library.ingest.near_duplicates import NearDuplicate
from library.ingest.report import ImportReport
from library.languages import language_name
from library.model import Edition, Status, Work
from library.ui.desk.evidence import page_button
from library.ui.desk.frame import table
from library.ui.desk.unread import Unread, ocr_markup
from library.ui.desk.visit import DeskVisit, spoken
from library.ui.links import anchor, read_link

NOTHING_UNREAD: Mapping[str, Unread] = MappingProxyType({})
MOST_PAGES = 60
"""Pages without text that are named one by one."""


def report_markup(
    visit: DeskVisit,
    work: Work,
    reports: tuple[tuple[Edition, ImportReport], ...],
    unread: Mapping[str, Unread] = NOTHING_UNREAD,
) -> str:
    """What a person should look at before publishing; nothing for a work that raises no questions."""
    parts: list[str] = []
    for edition, report in reports:
        if work.status is Status.DRAFT:
            parts += [_near(visit, work, edition, one) for one in report.near_duplicates]
            if report.version is not None and report.version.work != work.id:
                parts.append(_version(visit, work, edition, report))
        parts.append(_without_text(visit, work, edition, unread.get(edition.language)))
        parts += [_warning(words) for words in report.warnings]
    inside = "".join(parts)
    if not inside:
        return ""
    heading = escape(visit.t("desk_report"))
    return f'<section class="report" aria-labelledby="report"><h2 id="report">{heading}</h2>{inside}</section>'


def _near(visit: DeskVisit, work: Work, edition: Edition, near: NearDuplicate) -> str:
    other = visit.library.catalogue.sound(near.work)
    if other is None or near.work == work.id:
        return ""
    t = visit.t
    known = other.edition(near.language) or other.best_edition(t.language)
    share = t.percent(near.shared if near.likeness == "same" else near.contained)
    words = t(f"desk_report.{near.likeness}", share=share)
    differences = "".join(_difference(visit, edition, known, one) for one in near.differences)
    heads = t("desk_report.this_file"), t("desk_report.known_file")
    summary = f"<summary>{escape(t('desk_report.differences'))}</summary>"
    more = f"<details>{summary}{table(heads, differences)}</details>" if differences else ""
    beside = anchor(
        visit.beside(read_link(other.id, known.language, reader=visit.chosen)), t("desk_report.read"), ' class="button"'
    )
    choices = _choices(visit, work, edition, other, known)
    return (
        f'<div class="to-look-at"><p><strong>{escape(words)}</strong> {_title(visit, other, known)}</p>{more}'
        f'<div class="buttons">{beside}{choices}</div></div>'
    )


def _choices(visit: DeskVisit, work: Work, edition: Edition, other: Work, known: Edition) -> str:
    """It is the same: away with the draft; it is the better one: in the place of the other; or both stay."""
    if not visit.may(Right.KEEP):
        return ""
    t = visit.t
    return (
        _doing(visit, "discard", t("desk_report.discard"), id=work.id, other=other.id)
        + _doing(
            visit, "take-place", t("desk_report.take_place"),
            id=work.id, language=edition.language, other=other.id, place=known.language,
        )
        + f'<a class="button quiet" href="#record">{escape(t("desk_report.keep_both"))}</a>'
    )  # fmt: skip


def _version(visit: DeskVisit, work: Work, edition: Edition, report: ImportReport) -> str:
    version = report.version
    other = visit.library.catalogue.sound(version.work) if version is not None else None
    if version is None or other is None or other.status is Status.WITHDRAWN or other.edition(edition.language):
        return ""
    t = visit.t
    name = language_name(edition.language, t.language)
    reasons = "".join(f'<li lang="en" dir="auto">{escape(reason)}</li>' for reason in version.reasons)
    known = other.best_edition(t.language)
    join = (
        _doing(visit, "join", t("desk_report.join"), id=work.id, into=other.id, main="main")
        if visit.may(Right.KEEP)
        else ""
    )
    return (
        f'<div class="to-look-at"><p><strong>{escape(t("desk_report.version", language=name))}</strong> '
        f'{_title(visit, other, known)}</p><ul class="reasons small">{reasons}</ul><div class="buttons">'
        f"{join}</div></div>"
    )


def _doing(visit: DeskVisit, verb: str, words: str, main: str = "", **values: str) -> str:
    """A button that does something with the work, as a form of its own."""
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in values.items())
    return (
        f'<form method="post" action="{escape(visit.link(f"desk/do/{verb}"))}">{visit.hidden_token()}{hidden}'
        f'<button class="button {main}">{escape(words)}</button></form>'
    )


def _title(visit: DeskVisit, work: Work, edition: Edition) -> str:
    link = visit.link("desk/work", id=work.id)
    return anchor(link, edition.title, f" {spoken(edition.language, edition.title)}")


def _difference(visit: DeskVisit, edition: Edition, known: Edition, one: Difference) -> str:
    return f"<tr><td>{_passage(visit, edition, one.new)}</td><td>{_passage(visit, known, one.known)}</td></tr>"


def _passage(visit: DeskVisit, edition: Edition, passage: Passage | None) -> str:
    if passage is None:
        return '<span class="soft">–</span>'
    page = escape(visit.t("card.page", label=str(passage.page)))
    return (
        f'<span class="soft small">{page}</span> <span {spoken(edition.language, passage.text)}>'
        f"{escape(passage.text)}</span>"
    )


def _without_text(visit: DeskVisit, work: Work, edition: Edition, unread: Unread | None) -> str:
    """The pages on which no text was found, or that a machine read from their picture; each can be looked at."""
    t = visit.t
    silent = unread.pages if unread is not None else ()
    without, ocr = tuple(sorted({*silent, *edition.without_text})), edition.ocr
    reading = ocr_markup(visit, work, edition, unread) if unread is not None else ""
    return (
        f"{_pages(edition, without, t('desk_report.without_text', count=len(without)), reading)}"
        f"{_pages(edition, ocr, t('desk_report.ocr', count=len(ocr)))}"
    )


def _pages(edition: Edition, numbers: tuple[int, ...], words: str, after: str = "") -> str:
    if not numbers:
        return ""
    shown = "".join(f"<li>{page_button(str(number), edition.language, number)}</li>" for number in numbers[:MOST_PAGES])
    more = "<li>…</li>" if len(numbers) > MOST_PAGES else ""
    return (
        f'<div class="to-look-at"><p><strong>{escape(words)}</strong></p><ul class="page-list">{shown}{more}</ul>'
        f"{after}</div>"
    )


def _warning(words: str) -> str:
    return f'<div class="to-look-at"><p lang="en" dir="auto">{escape(words)}</p></div>'

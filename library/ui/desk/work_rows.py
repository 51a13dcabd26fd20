"""Works as rows that can be chosen: cover, title, languages, who brought them and when, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from library.formats.covers import cover_path
from library.languages import UNKNOWN, language_label
from library.model import Edition, Status, Work
from library.ui.desk.visit import DeskVisit, spoken
from library.ui.links import anchor, cover_link

NOTES = ("near", "version", "pages")
"""What should be looked at: a near-duplicate, a proposed language version, pages without text."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work on a list."""

    work: Work
    who: str = ""
    """Who brought it, or changed it last."""
    when: str = ""
    """ISO 8601."""
    doubts: tuple[str, ...] = ()
    """Names of the fields that a person should look at."""
    notes: tuple[str, ...] = ()
    """Those of `NOTES` that there are."""


def work_rows(visit: DeskVisit, rows: Iterable[WorkRow], form: str) -> str:
    """The rows, each with a box to choose it, which belongs to the form with that id."""
    return f'<ul class="works">{"".join(f"<li>{_row(visit, row, form)}</li>" for row in rows)}</ul>'


def _row(visit: DeskVisit, row: WorkRow, form: str) -> str:
    work, t = row.work, visit.t
    edition = work.best_edition(t.language)
    choose = escape(t("desk_list.choose", title=edition.title))
    title = anchor(visit.link("desk/work", id=work.id), edition.title, f" {spoken(edition.language, edition.title)}")
    facts = [
        visit.label("kind", work.kind.value),
        t.date(work.date),
        *(_language(visit, tag) for tag in work.languages),
    ]
    brought = " · ".join(filter(None, (row.who, t.date(row.when))))
    who = f'<p class="work-who"><bdi>{escape(brought)}</bdi></p>' if brought else ""
    return (
        f'<input type="checkbox" name="work" value="{escape(work.id)}" form="{form}" aria-label="{choose}">'
        f'{_cover(visit, work, edition)}<div class="work-said"><h3>{title}</h3>'
        f'<p class="work-facts">{" · ".join(escape(fact) for fact in facts if fact)}</p>'
        f"{who}{_badges(visit, row)}</div>"
    )


def _language(visit: DeskVisit, tag: str) -> str:
    return visit.t("language.unknown") if tag == UNKNOWN else language_label(tag, visit.t.language)


def _cover(visit: DeskVisit, work: Work, edition: Edition) -> str:
    """The first page in small; the title beside it is the link that is read aloud."""
    if cover_path(visit.library.covers, edition.sha256) is None:
        return '<span class="work-cover"></span>'
    source = escape(visit.beside(cover_link(work.id, edition.language, edition.sha256)))
    return f'<img class="work-cover" src="{source}" alt="" width="60" height="85" loading="lazy" decoding="async">'


def _badges(visit: DeskVisit, row: WorkRow) -> str:
    t, work = visit.t, row.work
    badges: list[tuple[str, str]] = []
    if work.status is not Status.DRAFT:
        badges.append((t(f"status.{work.status}"), "good" if work.status is Status.PUBLISHED else "bad"))
    if work.publish_on:
        badges.append((t("desk_list.on", date=t.date(work.publish_on)), "good"))
    badges += [(t(f"desk_list.note_{note}"), "warn") for note in row.notes]
    badges += [(t("desk_list.doubtful", field=t(f"desk_work.{field}")), "warn") for field in row.doubts]
    if not badges:
        return ""
    items = "".join(f'<span class="badge {tone}">{escape(words)}</span>' for words, tone in badges)
    return f'<p class="badges">{items}</p>'

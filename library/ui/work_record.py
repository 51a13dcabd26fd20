"""The record of a work, whole: what the catalogue says of it and of the edition that is shown."""

from __future__ import annotations

from html import escape

from library.access import Role
from library.formats.kinds import format_of
from library.locales.figures import file_size
from library.ui.cards import spoken
from library.ui.links import anchor, page_link, search_link, theme_link
from library.ui.page_names import length
from library.ui.shown_work import ShownWork, own_name

SHORT = 12
"""Digits of a checksum that are shown; the whole of it stands in the title."""


def record(shown: ShownWork) -> str:
    """Names and values, those that lead to other works as links."""
    t = shown.t
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>"
        for name, value in (*_work(shown), *_edition(shown), *_place(shown))
        if value
    )
    return (
        f'<section class="work-record" aria-labelledby="record"><h2 id="record">{escape(t("record.heading"))}</h2>'
        f"<dl>{rows}</dl></section>"
    )


def _work(shown: ShownWork) -> tuple[tuple[str, str], ...]:
    """What holds for all its editions."""
    t, work, visit = shown.t, shown.work, shown.visit
    start = visit.start()
    kind = anchor(search_link(start.toggle("kind", work.kind.value)), visit.label("kind", work.kind.value))
    topics = [anchor(theme_link(topic, shown.chosen), visit.label("topic", topic)) for topic in work.topics]
    places = [anchor(search_link(start.toggle("place", place.id)), shown.place(place)) for place in work.places]
    projects = [anchor(search_link(start.toggle("project", name)), name, ' dir="auto"') for name in work.projects]
    languages = [f"<span {spoken(tag, own_name(tag, t))}>{escape(own_name(tag, t))}</span>" for tag in work.languages]
    status = escape(t(f"status.{work.status.value}")) if visit.user.role is Role.LIBRARIAN else ""
    return (
        (t("facet.kind"), kind),
        (t("record.date"), escape(t.date(work.date)) or escape(t("record.unknown"))),
        (t("record.topics"), "<br>".join(topics)),
        (t("record.places"), "<br>".join(places)),
        (t("record.projects"), "<br>".join(projects)),
        (t("record.languages"), ", ".join(languages)),
        (t("record.access"), escape(t(f"access.{work.access.value}"))),
        (t("record.status"), status),
    )


def _edition(shown: ShownWork) -> tuple[tuple[str, str], ...]:
    """What holds for the shown edition."""
    t, edition = shown.t, shown.edition
    without = len(edition.without_text)
    text = t("record.without_text", count=without, pages=edition.pages) if without else t("record.searchable")
    lines = [text, t("ocr.pages", count=len(edition.ocr))] if edition.ocr else [text]
    received = t.date(edition.received)
    source = f'<span class="record-file" dir="auto">{escape(edition.source)}</span>' if edition.source else ""
    checksum = f'<code title="{escape(edition.sha256)}">{escape(edition.sha256[:SHORT])}…</code>'
    return (
        (t("record.pages"), escape(length(edition, t))),
        (t("record.text"), "<br>".join(map(escape, lines))),
        (t("formats.format"), escape(format_of(edition).shown)),
        (t("record.size"), escape(file_size(edition.bytes, t.language))),
        (t("record.received"), escape(received)),
        (t("record.file"), source),
        (t("record.checksum"), checksum if edition.sha256 else ""),
    )


def _place(shown: ShownWork) -> tuple[tuple[str, str], ...]:
    """Where it stands in the library, for good."""
    t, name = shown.t, shown.work.id
    return (
        (t("record.id"), f"<code>{escape(name)}</code>"),
        (t("record.link"), anchor(page_link("work", id=name), t("record.this_page"))),
    )

"""What is missing: topics without works in a language, and works that are not to be had in it."""

from __future__ import annotations

from html import escape

from library.insight.gaps import Lacking, TopicRow
from library.languages import language_label
from library.ui.desk.insight_section import Insight, section, table, titled
from library.ui.desk.visit import spoken
from library.ui.links import anchor

MOST = 100
"""Works on the page; the table to download has all."""


def topic_gaps(shown: Insight) -> str:
    """Topics by languages; a cell without works has a sign and a word of its own."""
    t, matrix = shown.t, shown.report.matrix
    if not matrix.rows or not matrix.languages:
        return section(shown, "topics", f'<p class="empty">{escape(t("desk_insight.topics_none"))}</p>', "")
    heads = (
        (t("facet.topic"), "topic"),
        (t("desk_insight.all_languages"), "number"),
        *((shown.language(language), "number") for language in matrix.languages),
    )
    rows = "".join(_row(shown, row) for row in matrix.rows)
    said = t("desk_insight.topics_about", count=matrix.empty)
    return section(shown, "topics", table(shown, "topics", heads, rows, "matrix"), said, rows=len(matrix.rows))


def _row(shown: Insight, row: TopicRow) -> str:
    name = shown.visit.label("topic", row.topic.id)
    link = anchor(shown.visit.link("", topic=row.topic.id), name, ' dir="auto"')
    cells = "".join(
        _cell(shown, row.topic.id, language, count)
        for language, count in zip(shown.report.matrix.languages, row.counts, strict=True)
    )
    return (
        f'<tr data-depth="{min(row.depth, 3)}"><th scope="row" class="topic">{link}</th>'
        f'<td class="number">{_cell_link(shown, row.topic.id, "", row.works)}</td>{cells}</tr>'
    )


def _cell(shown: Insight, topic: str, language: str, count: int) -> str:
    if not count:
        return f'<td class="number gap"><span aria-hidden="true">∅ </span>{escape(shown.t("desk_insight.gap"))}</td>'
    return f'<td class="number">{_cell_link(shown, topic, language, count)}</td>'


def _cell_link(shown: Insight, topic: str, language: str, count: int) -> str:
    if not count:
        return escape(shown.t("desk_insight.gap"))
    works = shown.t("count.works", count=count)
    return anchor(shown.visit.link("", topic=topic, language=language), str(count), f' title="{escape(works)}"')


def missing_works(shown: Insight) -> str:
    """Works that lack one of the languages chosen, and the languages to choose."""
    t, lacking = shown.t, shown.report.lacking
    form = _choice(shown)
    if not lacking:
        return section(shown, "missing", f'{form}<p class="empty">{escape(t("desk_insight.missing_none"))}</p>', "")
    heads = (
        (t("desk_insight.work"), ""),
        (t("desk_insight.has"), ""),
        (t("desk_insight.lacks"), ""),
    )
    rows = "".join(_work(shown, one) for one in lacking[:MOST])
    more = len(lacking) - MOST
    rest = f'<p class="hint">{escape(t("desk_insight.more", count=more))}</p>' if more > 0 else ""
    names = t.listed(shown.language(language) for language in shown.report.languages)
    said = t("desk_insight.missing_about", count=len(lacking), works=shown.report.works, languages=names)
    return section(shown, "missing", f"{form}{table(shown, 'missing', heads, rows)}{rest}", said, rows=len(lacking))


def _choice(shown: Insight) -> str:
    t, report = shown.t, shown.report
    boxes = "".join(
        f'<label class="choice"><input type="checkbox" name="language" value="{escape(language)}"'
        f"{' checked' if language in report.languages else ''}>{escape(shown.language(language))}</label>"
        for language in report.offered
    )
    chosen = f'<input type="hidden" name="ui" value="{shown.visit.chosen}">' if shown.visit.chosen else ""
    return (
        f'<form class="filter languages-choice" action="#missing"><fieldset><legend>{escape(t("desk_insight.choose"))}'
        f'</legend><div class="choices">{boxes}</div></fieldset>{chosen}'
        f'<input type="hidden" name="days" value="{report.days}">'
        f'<button class="button">{escape(t("desk_insight.show"))}</button></form>'
    )


def _work(shown: Insight, one: Lacking) -> str:
    edition = one.work.best_edition(shown.t.language)
    has = "".join(
        f"<li {spoken(language)}>{escape(language_label(language, language))}</li>" for language in one.work.languages
    )
    lacks = "".join(
        f'<li class="badge warn"><span aria-hidden="true">∅ </span>{escape(shown.language(language))}</li>'
        for language in one.languages
    )
    return (
        f'<tr><th scope="row">{titled(shown, one.work.id, edition.title, edition.language)}</th>'
        f'<td><ul class="badges">{has}</ul></td><td><ul class="badges">{lacks}</ul></td></tr>'
    )

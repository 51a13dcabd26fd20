"""Works side by side as a table: a column for each work, a row for each fact and each part of a practice sheet.

On a narrow screen the same rows stand below each other, and every cell names its work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from library.languages import language_label
from library.model import Section
from library.ui.cards import spoken
from library.ui.comparison import Column, Comparison
from library.ui.links import anchor, work_link
from library.ui.page_names import length
from library.ui.section_text import section_markup
from library.ui.work_facts import dated, kind_name, languages_named, placed, small_cover


def compare_table(compared: Comparison) -> str:
    """The table, with what each work is first and its text below."""
    t = compared.t
    heads = "".join(_head(compared, column) for column in compared.columns)
    width = f'style="--columns: {len(compared.columns)}"'
    return (
        f'<table class="compare-table" {width}><caption class="unseen">{escape(t("compare.caption"))}</caption>'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{''.join(_facts(compared))}{_abstracts(compared)}"
        f"{''.join(_sections(compared))}</tbody></table>"
    )


def _head(compared: Comparison, column: Column) -> str:
    """The head of a column: which work, in which language."""
    visit, work, edition = compared.visit, column.work, column.edition
    out = ""
    if len(compared.columns) > 1:
        words = f'{escape(visit.t("compare.without"))} <span class="unseen">{escape(edition.title)}</span>'
        out = f'<a class="button quiet" href="{escape(compared.without(work.id))}">{words}</a>'
    link = anchor(work_link(work.id, visit.chosen, edition.language), edition.title)
    return (
        f'<th scope="col"><div class="compare-head"><span class="cover">{small_cover(visit, work, edition)}</span>'
        f'<div><p class="compare-title" {spoken(edition.language, edition.title)}>{link}</p>'
        f'<div class="compare-do no-print">{_languages(compared, column)}{out}</div></div></div></th>'
    )


def _languages(compared: Comparison, column: Column) -> str:
    """The languages of the work to choose from; compare.js puts the choice into the address."""
    t, work, shown = compared.visit.t, column.work, column.edition.language
    label = escape(t("compare.language", title=column.edition.title))
    options = "".join(
        f'<option value="{escape(language)}" lang="{escape(language)}"{" selected" * (language == shown)}>'
        f"{escape(language_label(language, language))}</option>"
        for language in work.languages
    )
    return (
        f'<select class="compare-language" id="language-{escape(work.id)}" data-edition="{escape(work.id)}"'
        f' aria-label="{label}">{options}</select>'
    )


def _facts(compared: Comparison) -> Iterator[str]:
    """What is known of the works; what none of them says is left out."""
    visit = compared.visit
    t = visit.t

    def plain(words: Callable[[Column], str]) -> Callable[[Column], str]:
        return lambda column: escape(words(column))

    rows = (
        (t("facet.kind"), plain(lambda column: kind_name(visit, column.work))),
        (t("record.date"), plain(lambda column: dated(visit, column.work))),
        (t("facet.place"), plain(lambda column: placed(visit, column.work))),
        (t("record.topics"), lambda column: _topics(compared, column)),
        (t("record.projects"), plain(lambda column: t.listed(column.work.projects))),
        (t("record.pages"), plain(lambda column: length(column.edition, t))),
        (t("record.languages"), plain(lambda column: languages_named(visit, column.work))),
    )
    for name, cell in rows:
        cells = [cell(column) for column in compared.columns]
        if any(cells):
            missing = f'<span class="compare-none">{escape(t("compare.unknown"))}</span>'
            yield _row(compared, escape(name), [text or missing for text in cells], "compare-fact")


def _topics(compared: Comparison, column: Column) -> str:
    """The topics of a work; those that another of the works has too say so."""
    visit = compared.visit
    mark = f' <span class="compare-shared">{escape(visit.t("compare.shared"))}</span>'
    items = "".join(
        f"<li>{escape(visit.label('topic', topic))}{mark * compared.shared(topic)}</li>" for topic in column.work.topics
    )
    return f'<ul class="compare-topics">{items}</ul>' if items else ""


def _abstracts(compared: Comparison) -> str:
    texts = [column.edition.abstract for column in compared.columns]
    return _texts(compared, compared.t("compare.abstract"), texts) if any(texts) else ""


def _sections(compared: Comparison) -> Iterator[str]:
    """All parts of a practice sheet, in their order; none when no work has any."""
    if not any(column.sections for column in compared.columns):
        return
    for section in Section:
        texts = [column.sections.get(section, "") for column in compared.columns]
        yield _texts(compared, compared.t(f"section.{section.value}"), texts)


def _texts(compared: Comparison, heading: str, texts: list[str]) -> str:
    """A row of texts, each in the language of its column."""
    none = f'<p class="compare-none">{escape(compared.t("compare.missing_part"))}</p>'
    cells = [
        f"<div {spoken(column.edition.language, text)}>{section_markup(text)}</div>" if text else none
        for column, text in zip(compared.columns, texts, strict=True)
    ]
    return _row(compared, f"<h2>{escape(heading)}</h2>", cells, "compare-text")


def _row(compared: Comparison, name: str, cells: list[str], what: str) -> str:
    """A row with its name; the names of the works are only seen where the columns are below each other."""
    titles = [
        (column.edition.title, spoken(column.edition.language, column.edition.title)) for column in compared.columns
    ]
    titled = "".join(
        f'<td><p class="compare-of" {attributes}>{escape(title)}</p>{cell}</td>'
        for (title, attributes), cell in zip(titles, cells, strict=True)
    )
    return f'<tr class="{what}"><th scope="row">{name}</th>{titled}</tr>'

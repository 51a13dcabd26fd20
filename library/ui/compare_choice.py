"""With what a practice sheet can be compared: the sheets that are like it, and all there are."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from library.errors import LibraryError
from library.model import Kind
from library.request import MAX_PER_PAGE, SearchRequest, Sort
from library.result import Hit, Similar
from library.ui.cards import spoken
from library.ui.comparison import MOST_COMPARED, Comparison
from library.ui.links import search_link

ALIKE_ASKED, ALIKE_SHOWN = 30, 5
"""Works like it that are asked for, of which some are no practice sheets; and sheets that are offered."""


def choice(compared: Comparison) -> str:
    """Practice sheets to begin with, or to set beside the one there is."""
    return f'<div class="compare-choice">{_alike(compared)}{_every(compared)}</div>'


def one_more(compared: Comparison) -> str:
    """The same, folded, while there is room for another."""
    if len(compared.columns) >= MOST_COMPARED:
        return ""
    words = escape(compared.t("compare.more"))
    return (
        f'<details class="compare-more no-print" data-keep="compare-more"><summary class="button">{words}</summary>'
        f'<div class="compare-choice">{_every(compared)}</div></details>'
    )


def _alike(compared: Comparison) -> str:
    """The sheets most like the first, and what they share."""
    visit = compared.visit
    if not compared.columns:
        return ""
    try:
        found = visit.library.like(compared.columns[0].work.id, visit.user, visit.reads, ALIKE_ASKED)
    except LibraryError:  # the search page says what is the matter with the index; this page does without
        return ""
    sheets = [similar for similar in found if similar.kind == Kind.PRACTICE_SHEET.value][:ALIKE_SHOWN]
    if not sheets:
        return ""
    items = "".join(
        _item(compared, sheet, ", ".join(dict.fromkeys(reason.label for reason in sheet.reasons))) for sheet in sheets
    )
    return f'<section><h2>{escape(compared.t("compare.alike"))}</h2><ul class="compare-sheets">{items}</ul></section>'


def _every(compared: Comparison) -> str:
    """All practice sheets, by title; the search has those that one page cannot hold."""
    visit = compared.visit
    asked = SearchRequest.build(
        filters={"kind": [Kind.PRACTICE_SHEET.value]}, sort=Sort.TITLE, per_page=MAX_PER_PAGE, reader=visit.chosen
    )
    result = visit.search(asked)
    known = {column.work.id for column in compared.columns}
    items = "".join(_item(compared, hit, _facts(compared, hit)) for hit in result.hits if hit.work not in known)
    if not items:
        return f"<p>{escape(compared.t('compare.nothing'))}</p>"
    words = escape(compared.t("compare.all_sheets", count=result.total))
    rest = f'<p><a href="{escape(search_link(asked))}">{words}</a></p>' if result.total > len(result.hits) else ""
    heading = escape(compared.t("compare.every"))
    return f'<section><h2>{heading}</h2><ul class="compare-sheets">{items}</ul>{rest}</section>'


def _item(compared: Comparison, found: Hit | Similar, beside: str) -> str:
    link = escape(compared.with_work(found.work))
    more = f'<span class="compare-beside">{escape(beside)}</span>' if beside else ""
    return f'<li><a href="{link}" {spoken(found.language, found.title)}>{escape(found.title)}</a>{more}</li>'


def _facts(compared: Comparison, hit: Hit) -> str:
    topics: Iterable[str] = (compared.visit.label("topic", topic) for topic in hit.topics)
    return ", ".join(filter(None, [str(hit.year or ""), *topics]))

"""One work of a list: what it is, how it is cited, and what the reader may do with it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from library.model import Edition, Kind, Work
from library.ui.cards import spoken
from library.ui.links import anchor, page_link, work_link
from library.ui.list_button import list_button
from library.ui.page_names import length
from library.ui.visit import Visit
from library.ui.work_facts import dated, kind_name, languages_named, placed, small_cover

Cite = Callable[[Work, Edition], str]
"""Makes the reference to an edition, as markup."""
AT_ONCE = 12
"""Covers loaded at once, so that they are there when the list is printed; the rest when they come into view."""


def listed_work(visit: Visit, work: Work, edition: Edition, cite: Cite, place: tuple[int, int]) -> str:
    """One work at its place in a list of so many."""
    link = work_link(work.id, visit.chosen)
    cover = small_cover(visit, work, edition, at_once=place[0] <= AT_ONCE)
    return (
        f'<li class="listed" data-listed="{escape(work.id)}">'
        f'<a class="cover" href="{escape(link)}" tabindex="-1" aria-hidden="true">{cover}</a><div class="listed-body">'
        f'<h2 class="listed-title" {spoken(edition.language, edition.title)}>{anchor(link, edition.title)}</h2>'
        f"{_facts(visit, work, edition)}{_abstract(edition)}{_reference(cite(work, edition))}"
        f'<div class="listed-do no-print">{_compared(visit, work, edition)}{_moves(visit, work, edition, place)}'
        f'<span class="list-when-shared">{list_button(work.id, visit.t)}</span></div></div></li>'
    )


def _facts(visit: Visit, work: Work, edition: Edition) -> str:
    """Subtitle, kind, date, place, pages and languages. The records name no authors."""
    subtitle = ""
    if edition.subtitle:  # on paper it stands in the reference
        said = f"<span {spoken(edition.language, edition.subtitle)}>{escape(edition.subtitle)}</span>"
        subtitle = f'<span class="no-print">{said} · </span>'
    languages = visit.t("list.languages", languages=languages_named(visit, work))
    pages = length(edition, visit.t)
    facts = [kind_name(visit, work), dated(visit, work), placed(visit, work), pages, languages]
    told = " · ".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    return f'<p class="listed-facts">{subtitle}{told}</p>'


def _abstract(edition: Edition) -> str:
    if not edition.abstract:
        return ""
    return f'<p class="listed-abstract" {spoken(edition.language, edition.abstract)}>{escape(edition.abstract)}</p>'


def _reference(reference: str) -> str:
    """How the work is cited, on paper; its address stands in the reference, which is markup already."""
    return f'<p class="printed-only listed-reference" dir="auto">{reference}</p>'


def _compared(visit: Visit, work: Work, edition: Edition) -> str:
    """A box to choose a practice sheet for comparing."""
    if work.kind is not Kind.PRACTICE_SHEET:
        return ""
    named = f'<span class="unseen" {spoken(edition.language, edition.title)}>{escape(edition.title)}</span>'
    return (
        f'<label class="listed-choice"><input type="checkbox" data-compare="{escape(work.id)}"'
        f' data-keep="compare-{escape(work.id)}"><span>{escape(visit.t("list.choose"))}</span>{named}</label>'
    )


def _moves(visit: Visit, work: Work, edition: Edition, place: tuple[int, int]) -> str:
    """The buttons that move a work within the reader's own list, or out of it."""
    t = visit.t
    moves = (
        ("up", t("list.up"), "↑", place[0] == 1),
        ("down", t("list.down"), "↓", place[0] == place[1]),
        ("take", t("list.take"), t("list.take"), False),
    )
    buttons = "".join(
        f'<button type="button" class="button quiet" data-list-do="{do}" data-work="{escape(work.id)}"'
        f' data-keep="{do}-{escape(work.id)}"{" aria-disabled=true" * off}'
        f' aria-label="{escape(f"{words}: {edition.title}")}" title="{escape(words)}">{escape(sign)}</button>'
        for do, words, sign, off in moves
    )
    return f'<span class="list-when-own listed-moves">{buttons}</span>'


def compare_link(visit: Visit, *works: str) -> str:
    """The page that sets these works side by side."""
    return page_link("compare", visit.chosen, work=works)

"""What the page says about an answer: how many works, in which order, and what can be done with them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from library.citing import Format
from library.library import MOST_LISTED
from library.locales import Texts
from library.request import SearchRequest, Sort
from library.result import SearchResult
from library.ui.export_menu import export_menu
from library.ui.links import anchor, current, export_link, search_link
from library.ui.passing_on import copy_button, print_button


@dataclass(frozen=True, slots=True)
class Answer:
    """A search and its answer, for somebody who reads the language of the texts."""

    asked: SearchRequest
    result: SearchResult
    t: Texts


def answer_head(answer: Answer) -> str:
    """How much was found, and what has to be said about it."""
    says = "".join(_notices(answer))
    return f'<h2 class="answer-count" data-announce>{escape(_count(answer))}</h2>{says}'


def tools(answer: Answer, filters_button: str) -> str:
    """What can be done with the answer: filter, sort, list closely, copy its address, print."""
    return f'<div class="tools">{filters_button}{_sorts(answer)}{_views(answer)}{_passing_on(answer)}</div>'


def most_words_head(answer: Answer) -> str:
    """What stands before works that have most of the words, after those that have all."""
    result, t = answer.result, answer.t
    more = t("answer.most_words", count=result.total - result.complete)
    return f'<h3 class="most-words">{escape(more)}</h3>'


def _count(answer: Answer) -> str:
    """The sentence that is seen and announced."""
    result, t = answer.result, answer.t
    if not result.total:
        return t("answer.none", query=result.query) if result.query else t("answer.none_at_all")
    if not answer.asked.query and not answer.asked.filters:
        return t("answer.all") if answer.asked.sort is Sort.TITLE else t("answer.newest")
    found = result.complete or result.total  # works with most of the words are counted above them
    works = t("count.works", count=found)
    if found < result.total or result.editions == result.total:
        return t("answer.found", count=found, works=works)
    editions = t("count.editions", count=result.editions)
    return t("answer.found_in", count=result.total, works=works, editions=editions)


def _notices(answer: Answer) -> list[str]:
    result, t = answer.result, answer.t
    says = [escape(t(notice.key, **dict(notice.values))) for notice in result.notices]
    if result.relaxed and not result.complete:
        says.insert(0, f"<strong>{escape(t('answer.relaxed'))}</strong> {escape(t('answer.relaxed_shown'))}")
    if result.correction and not result.corrected:
        meant = anchor(search_link(answer.asked.with_query(result.correction)), result.correction)
        says.append(f"{escape(t('answer.meant'))} {meant}")
    return [f'<p class="notice">{said}</p>' for said in says]


def _sorts(answer: Answer) -> str:
    """The orders to choose from; without words nothing is more relevant than anything else."""
    asked, t = answer.asked, answer.t
    if answer.result.total < 2:
        return ""
    offered = tuple(Sort) if asked.query else (Sort.NEWEST, Sort.TITLE)
    chosen = asked.sort if asked.sort in offered else offered[0]
    items = "".join(
        f"<li>{anchor(search_link(asked.with_sort(sort)), t(f'sort.{sort.value}'), current(sort is chosen))}</li>"
        for sort in offered
    )
    heading = escape(t("sort.label"))
    return f'<nav class="sorts" aria-label="{heading}"><span>{heading}</span><ul>{items}</ul></nav>'


def _views(answer: Answer) -> str:
    """With covers and passages, or one line each: a habit of the browser, kept there by page.js."""
    if not answer.result.hits:
        return ""
    t = answer.t
    buttons = "".join(
        f'<button type="button" data-view="{view}" data-keep="view-{view}">{escape(words)}</button>'
        for view, words in (("list", t("view.list")), ("compact", t("view.compact")))
    )
    return f'<div class="views" role="group" aria-label="{escape(t("view.label"))}">{buttons}</div>'


def _passing_on(answer: Answer) -> str:
    """The works to take along, the address to pass on, and the paper."""
    t = answer.t
    if not answer.result.hits:
        return ""
    limit = MOST_LISTED if answer.result.total > MOST_LISTED else 0
    menu = export_menu({form: export_link(answer.asked, form) for form in Format}, t, limit)
    return f'<div class="passing-on">{menu}{copy_button(t, search_link(answer.asked))}{print_button(t)}</div>'

"""What the page says about an answer: how many works, in which order, and what to try when there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from library.locales import Texts
from library.request import SearchRequest, Sort
from library.result import FacetValue, SearchResult
from library.ui.links import anchor, current, search_link
from library.ui.paging import last_page


@dataclass(frozen=True, slots=True)
class Answer:
    """A search, its answer, and the answer to asking for everything."""

    asked: SearchRequest
    result: SearchResult
    whole: SearchResult
    t: Texts


def answer_head(answer: Answer) -> str:
    """How much was found, in which order it is shown, and what has to be said about it."""
    says = "".join(_notices(answer))
    return (
        f'<div class="answer-head"><h2 class="answer-count" data-announce>{escape(_count(answer))}</h2>'
        f"{_sorts(answer)}</div>{says}"
    )


def most_words_head(answer: Answer) -> str:
    """What stands before works that have most of the words, after those that have all."""
    result, t = answer.result, answer.t
    more = t("answer.most_words", count=result.total - result.complete)
    return f'<h3 class="most-words">{escape(more)}</h3>'


def nothing_found(answer: Answer, label: Callable[[str, str], str]) -> str:
    """What to try when there is nothing to show: take a filter away, change the words, browse the themes."""
    asked, t = answer.asked, answer.t
    if answer.result.total:  # the address asks for a page after the last
        last = asked.with_page(last_page(answer.result.total, asked.per_page))
        return _advice(t("nothing.page"), [(search_link(last), t("nothing.last_page"))])
    ways: list[tuple[str, str]] = []
    for facet, values in asked.filters:
        for value in values:
            named = f"{t(f'facet.{facet}')} {label(facet, value)}"
            ways.append((search_link(asked.toggle(facet, value)), f"{t('filters.remove')} {named}"))
    if len(ways) > 1:
        ways = [(search_link(asked.without_filters()), t("filters.clear")), *ways]
    if asked.query and asked.filters:
        ways.append((search_link(asked.with_query("")), t("nothing.without_words")))
    hint = t("nothing.hint") if asked.query else t("nothing.hint_filters")
    return _advice(hint, ways) + theme_list(answer.whole, SearchRequest(reader=asked.reader), t)


def theme_list(whole: SearchResult, asked: SearchRequest, t: Texts) -> str:
    """The top themes of the library, each a link to its works."""
    themes = [value for value in whole.facet("topic") if not value.parent and value.count]
    if not themes:
        return ""
    heading = escape(t("themes.label"))
    items = "".join(_theme(theme, asked) for theme in themes)
    return f'<nav class="themes" aria-label="{heading}"><h2>{heading}</h2><ul>{items}</ul></nav>'


def _theme(theme: FacetValue, asked: SearchRequest) -> str:
    link = escape(search_link(asked.with_values("topic", [theme.value])))
    return f'<li><a href="{link}">{escape(theme.label)} <span class="number">{theme.count}</span></a></li>'


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


def _advice(words: str, ways: list[tuple[str, str]]) -> str:
    items = "".join(f"<li>{anchor(link, said)}</li>" for link, said in ways)
    ways_out = f"<ul>{items}</ul>" if items else ""
    return f'<div class="advice"><p>{escape(words)}</p>{ways_out}</div>'

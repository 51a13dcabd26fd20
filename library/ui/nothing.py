"""What to try when nothing was found: nearby words, a filter less, the themes."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from library.request import SearchRequest
from library.result import Suggestion
from library.ui.answer import Answer
from library.ui.links import anchor, page_link, search_link
from library.ui.paging import last_page
from library.ui.visit import Visit
from library.ui.welcome import theme_list

Way = tuple[SearchRequest, str]
"""A search that may help, and what it is called."""


def nothing_found(answer: Answer, visit: Visit) -> str:
    """Ways out of an empty answer, each with the number of works behind it; those that lead nowhere are left out."""
    asked, t = answer.asked, answer.t
    if answer.result.total:  # the address asks for a page after the last
        last = asked.with_page(last_page(answer.result.total, asked.per_page))
        return _advice(t("nothing.page"), [anchor(search_link(last), t("nothing.last_page"))])
    hint = t("nothing.hint") if asked.query else t("nothing.hint_filters")
    ways = [line for request, words in _ways(answer, visit) if (line := _counted(request, words, visit))]
    return _advice(hint, ways) + _nearby(visit, asked) + theme_list(visit.whole(), visit)


def _ways(answer: Answer, visit: Visit) -> list[Way]:
    """The same search with something taken away."""
    asked, t = answer.asked, answer.t
    ways: list[Way] = []
    for facet, values in asked.filters:
        for value in values:
            named = f"{t(f'facet.{facet}')} {visit.label(facet, value)}"
            ways.append((asked.toggle(facet, value), f"{t('filters.remove')} {named}"))
    if len(ways) > 1:
        ways = [(asked.without_filters(), t("filters.clear")), *ways]
    if asked.query and asked.filters:
        ways.append((asked.with_query(""), t("nothing.without_words")))
    return ways[:MOST_WAYS]


MOST_WAYS = 8
"""Each is a search of its own."""


def _counted(request: SearchRequest, words: str, visit: Visit) -> str:
    total = visit.search(replace(request, per_page=1)).total
    number = f' <span class="number">{escape(visit.t("count.works", count=total))}</span>'
    return anchor(search_link(request), words) + number if total else ""


def _nearby(visit: Visit, asked: SearchRequest) -> str:
    """Themes, places and titles that begin like one of the words, while no word of the query helps as it is."""
    found: dict[str, str] = {}
    for word in dict.fromkeys((asked.query, *asked.query.split()[:MOST_WORDS])):
        for suggestion in visit.library.suggest(word, visit.user, visit.t.language, MOST_OF_EACH):
            found.setdefault(suggestion.label, _leading(suggestion, visit))
    items = "".join(f"<li>{link}</li>" for link in list(found.values())[:MOST_WAYS])
    return f'<div class="advice"><p>{escape(visit.t("nothing.nearby"))}</p><ul>{items}</ul></div>' if items else ""


MOST_WORDS = 2
MOST_OF_EACH = 4
_AUTO = ' dir="auto"'


def _leading(suggestion: Suggestion, visit: Visit) -> str:
    if suggestion.work:
        link = page_link("work", visit.chosen, id=suggestion.work)
    elif suggestion.facet:
        link = search_link(visit.start().toggle(suggestion.facet, suggestion.value))
    else:
        link = search_link(visit.start().with_query(suggestion.query or suggestion.label))
    return f'{anchor(link, suggestion.label, _AUTO)} <span class="number">{suggestion.count}</span>'


def _advice(words: str, ways: list[str]) -> str:
    ways_out = f"<ul>{''.join(f'<li>{way}</li>' for way in ways)}</ul>" if ways else ""
    return f'<div class="advice"><p>{escape(words)}</p>{ways_out}</div>'

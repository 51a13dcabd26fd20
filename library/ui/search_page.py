"""The search page: filters, works found, and what to do with them. Everything on it follows from the address."""

from __future__ import annotations

import streamlit as st

from library.ui.answer import Answer, answer_head, most_words_head, tools
from library.ui.cards import Shelf, cards
from library.ui.chips import chips, wider
from library.ui.facets import filters, filters_button
from library.ui.masthead import open_page
from library.ui.nothing import nothing_found
from library.ui.paging import paging
from library.ui.visit import Visit
from library.ui.welcome import welcome


def show_search(visit: Visit) -> None:
    """The page for the search in the address."""
    asked = visit.asked()
    open_page(visit, "", asked.query)
    answer = Answer(asked, visit.search(asked), visit.t)
    start = "" if asked.query or asked.filters or asked.page > 1 else welcome(visit, answer.result)
    st.html(
        f'{start}<div class="search-page">{filters(answer.result, asked, visit.t)}'
        f'<div class="answer">{"".join(_main(visit, answer))}</div></div>'
    )


def _main(visit: Visit, answer: Answer) -> list[str]:
    """The parts of the answer, in their order."""
    asked, result, t = answer.asked, answer.result, answer.t
    shelf = Shelf.of(visit, result.hits)
    parts = [chips(asked, visit.label, t), wider(asked, result.expanded, visit.thesaurus, t)]
    parts += [answer_head(answer), tools(answer, filters_button(asked, t))]
    if result.hits:
        parts += [*_listed(answer, shelf), paging(asked, result.total, t)]
    else:
        parts.append(nothing_found(answer, visit))
    return parts


def _listed(answer: Answer, shelf: Shelf) -> list[str]:
    """The works found; those that have only most of the words stand under a heading of their own."""
    result, asked = answer.result, answer.asked
    complete = max(result.complete - (asked.page - 1) * asked.per_page, 0)
    if not result.complete or complete >= len(result.hits):
        return [cards(result.hits, shelf)]
    whole = [cards(result.hits[:complete], shelf)] if complete else []
    return [*whole, most_words_head(answer), cards(result.hits[complete:], shelf, complete)]

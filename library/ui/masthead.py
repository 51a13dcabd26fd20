"""The head of every page: what this library is called and holds, and in which languages it speaks."""

from __future__ import annotations

from html import escape

from library.locales import Texts
from library.request import SearchRequest
from library.result import SearchResult
from library.ui.language_menu import languages_menu
from library.ui.links import anchor, search_link


def masthead(name: str, whole: SearchResult, request: SearchRequest, t: Texts) -> str:
    """The head of a page; `whole` is the answer to asking for everything."""
    home = anchor(search_link(SearchRequest(reader=request.reader)), name)
    counts = f'<span class="masthead-counts">{escape(holds(whole, t))}</span>'
    return (
        # The style sheet cannot translate: what it writes on a button comes from here.
        f'<style>:root{{--words-filters:"{_quoted(t("filters.open"))}"}}</style>'
        f'<header class="masthead"><div><h1>{home}</h1>'
        f'<p class="masthead-holds">{escape(t("masthead.about"))} {counts}</p></div>'
        f"{languages_menu(request, t)}</header>"
    )


def holds(whole: SearchResult, t: Texts) -> str:
    """How much there is: works, editions and languages."""
    counts = (
        t("count.works", count=whole.total),
        t("count.editions", count=whole.editions),
        t("count.languages", count=sum(1 for value in whole.facet("language") if value.count)),
    )
    return " · ".join(counts)


def _quoted(words: str) -> str:
    """Words for a string of a style sheet, where markup has no entities: what could end it is left out."""
    return words.translate({ord(sign): None for sign in '\\"<>\n'})

"""The head of every page: what this library is called and holds, and in which languages it speaks."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from library.languages import language_name
from library.locales import LANGUAGES, Texts
from library.request import SearchRequest
from library.result import SearchResult
from library.ui.links import anchor, current, search_link


def masthead(name: str, whole: SearchResult, request: SearchRequest, t: Texts) -> str:
    """The head of a page; `whole` is the answer to asking for everything."""
    home = anchor(search_link(SearchRequest(reader=request.reader)), name)
    counts = f'<span class="masthead-counts">{escape(holds(whole, t))}</span>'
    return (
        # The style sheet cannot translate: what it writes on a button comes from here.
        f'<style>:root{{--words-filters:"{_quoted(t("filters.open"))}"}}</style>'
        f'<header class="masthead"><div><h1>{home}</h1>'
        f'<p class="masthead-holds">{escape(t("masthead.about"))} {counts}</p></div>'
        f"{_languages(request, t)}</header>"
    )


def holds(whole: SearchResult, t: Texts) -> str:
    """How much there is: works, editions and languages."""
    counts = (
        t("count.works", count=whole.total),
        t("count.editions", count=whole.editions),
        t("count.languages", count=sum(1 for value in whole.facet("language") if value.count)),
    )
    return " · ".join(counts)


def _languages(request: SearchRequest, t: Texts) -> str:
    items = "".join(_language(request, language, t.language) for language in LANGUAGES)
    return f'<nav class="switch" aria-label="{escape(t("masthead.languages"))}"><ul>{items}</ul></nav>'


def _language(request: SearchRequest, language: str, spoken: str) -> str:
    name = language_name(language, language)
    attributes = f' hreflang="{language}" lang="{language}"{current(language == spoken)}'
    return f"<li>{anchor(search_link(replace(request, reader=language)), name[:1].upper() + name[1:], attributes)}</li>"


def _quoted(words: str) -> str:
    """Words for a string of a style sheet, where markup has no entities: what could end it is left out."""
    return words.translate({ord(sign): None for sign in '\\"<>\n'})

"""The menu in which a reader chooses the language of the pages."""

from __future__ import annotations

from html import escape

from library.languages import language_label
from library.locales import LANGUAGES, Texts
from library.request import SearchRequest
from library.ui.links import anchor, current, search_link


def languages_menu(t: Texts) -> str:
    """The same page in every language of the pages, each under its own name, which its readers look for.

    A `details` element: it opens by mouse and keyboard without any script; page.js closes it on Escape and on a
    click beside it, takes from it the language of the whole document, and puts the rest of the address into its links.
    """
    said = escape(t("masthead.languages"))
    items = "".join(_language(language, t.language) for language in LANGUAGES)
    return (
        f'<nav class="language-menu" aria-label="{said}" data-spoken="{t.language}">'
        f'<details class="menu"><summary class="button quiet" data-keep="languages"><span class="unseen">{said} </span>'
        f'<span lang="{t.language}">{escape(language_label(t.language, t.language))}</span></summary>'
        f"<ul>{items}</ul></details></nav>"
    )


def _language(language: str, spoken: str) -> str:
    attributes = f' hreflang="{language}" lang="{language}" data-ui="{language}"{current(language == spoken)}'
    link = search_link(SearchRequest.build(reader=language))
    return f"<li>{anchor(link, language_label(language, language), attributes)}</li>"

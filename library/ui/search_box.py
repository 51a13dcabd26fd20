"""The search box, on every page: page.js and suggest.js give it life."""

from __future__ import annotations

from html import escape

from library.locales import Texts
from library.result import SuggestionKind


def search_box(t: Texts, reader: str, large: bool) -> str:
    """The box with its list of suggestions, which follows the pattern of a combobox (WAI-ARIA 1.2).

    What is typed never comes from here: the same markup for every search keeps it as it is while the page changes.
    """
    kinds = " ".join(f'data-{kind}="{escape(_kind(kind, t))}"' for kind in SuggestionKind)
    label, placeholder = escape(t("box.label")), escape(t("box.placeholder"))
    clear, go, suggestions = escape(t("box.clear")), escape(t("box.go")), escape(t("box.suggestions"))
    hidden = f'<input type="hidden" name="ui" value="{escape(reader)}">' if reader else ""
    size = "search large" if large else "search"
    return (
        f'<form class="{size}" role="search" action="./" {kinds}>'
        f'<label class="unseen" for="search-box">{label}</label>{hidden}'
        '<input id="search-box" type="search" name="q" maxlength="1000" autocomplete="off" autocapitalize="off"'
        f' spellcheck="false" enterkeyhint="search" placeholder="{placeholder}" role="combobox"'
        ' aria-autocomplete="list" aria-expanded="false" aria-controls="suggestions">'
        f'<button class="search-clear" type="button" hidden aria-label="{clear}"></button>'
        f'<button class="search-go" type="submit">{go}</button>'
        f'<ul id="suggestions" class="suggestions" role="listbox" aria-label="{suggestions}" hidden></ul>'
        "</form>"
    )


def _kind(kind: SuggestionKind, t: Texts) -> str:
    return t(f"suggestion.{kind}")

"""The button that puts a work on the reader's own list, or takes it off: list.js gives it life."""

from __future__ import annotations

from html import escape

from library.locales import Texts


def list_button(work: str, t: Texts) -> str:
    """The button for a work; the list lives in the browser, so that the page knows nothing of it."""
    add, remove = escape(t("list.add")), escape(t("list.remove"))
    return (
        f'<button type="button" class="button quiet" data-list="{escape(work)}" data-add="{add}"'
        f' data-remove="{remove}" aria-pressed="false">{add}</button>'
    )

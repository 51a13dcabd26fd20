"""The buttons that pass a page on: its address to the clipboard, and the page to paper. page.js does both."""

from __future__ import annotations

from html import escape

from library.locales import Texts

QUIET = "button quiet"


def copy_button(t: Texts, link: str = "", classes: str = QUIET) -> str:
    """Copies a link, relative to the page; without one, the address of the page as it is."""
    target = f' data-link="{escape(link)}"' if link else ""
    return (
        f'<button type="button" class="{classes}" data-do="copy-link"{target} data-done="{escape(t("tools.copied"))}">'
        f"{escape(t('tools.copy'))}</button>"
    )


def print_button(t: Texts, classes: str = QUIET) -> str:
    """Prints the page."""
    return f'<button type="button" class="{classes}" data-do="print">{escape(t("tools.print"))}</button>'

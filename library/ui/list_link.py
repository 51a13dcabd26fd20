"""The link to the reader's own list of works, on every page; list.js counts the works in it."""

from __future__ import annotations

from html import escape

from library.locales import Texts
from library.ui.links import current, page_link
from library.ui.visit import MOST_WORKS


def list_link(t: Texts, reader: str, here: bool) -> str:
    """The link to the reader's list, with what list.js says and how many works it counted."""
    said = {
        "added": t("list.added", total="{total}"),
        "removed": t("list.removed", total="{total}"),
        "full": t("list.full", count=MOST_WORKS),
    }
    words = "".join(f' data-{name}="{escape(text)}"' for name, text in said.items())
    address = escape(page_link("list", reader))
    count = '<span class="list-count"></span>'
    return f'<a href="{address}" data-list-link{words}{current(here, "page")}>{escape(t("page.list"))}{count}</a>'

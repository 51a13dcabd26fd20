"""The menu of the forms in which works can be taken along."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from library.citing import Format
from library.locales import Texts
from library.ui.links import anchor


def export_menu(links: Mapping[Format, str], t: Texts, limit: int = 0) -> str:
    """A menu with a link to a file in each form; `limit` says how many works fit into it when there are more."""
    items = "".join(f"<li>{anchor(link, t(f'export.{form}'), ' download')}</li>" for form, link in links.items())
    if limit:
        items += f'<li class="menu-note">{escape(t("export.first", limit=limit))}</li>'
    summary = f'<summary class="button quiet" data-keep="export">{escape(t("export.label"))}</summary>'
    return f'<details class="menu">{summary}<ul>{items}</ul></details>'

"""The menu of the forms in which works can be taken along."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from library.citing import Format
from library.locales import Texts
from library.ui.links import anchor


def export_menu(links: Mapping[Format, str], t: Texts) -> str:
    """A menu with a link to a file in each form."""
    items = "".join(f"<li>{anchor(link, t(f'export.{form}'), ' download')}</li>" for form, link in links.items())
    summary = f'<summary class="button quiet" data-keep="export">{escape(t("export.label"))}</summary>'
    return f'<details class="menu">{summary}<ul>{items}</ul></details>'

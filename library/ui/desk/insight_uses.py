"""Which works are read and downloaded."""

from __future__ import annotations

from html import escape

from library.ui.desk.bars import share
from library.ui.desk.insight_section import Insight, section, table, titled

MOST = 50
"""Works on the page; the table to download has all."""


def used_works(shown: Insight) -> str:
    """The works used most, with how often they were opened and taken."""
    t, used = shown.t, shown.report.used
    if not used:
        return section(shown, "used", f'<p class="empty">{escape(t("desk_insight.used_none"))}</p>')
    heads = (
        (t("desk_insight.work"), ""),
        (t("desk_insight.reads"), ""),
        (t("desk_insight.downloads"), ""),
    )
    most = max(max(one.reads, one.downloads) for one in used)
    rows = "".join(
        f'<tr><th scope="row">{titled(shown, one.work, one.title, one.language)}</th>'
        f"<td>{share(one.reads / most, str(one.reads))}</td>"
        f"<td>{share(one.downloads / most, str(one.downloads))}</td></tr>"
        for one in used[:MOST]
    )
    return section(shown, "used", table(shown, "used", heads, rows), rows=len(used))

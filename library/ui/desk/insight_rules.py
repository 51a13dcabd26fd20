"""What staff corrected: how often the proposals of each rule stand, over all and by how sure the program was."""

from __future__ import annotations

from html import escape

from library.insight.corrections import BANDS, RuleRow
from library.ui.desk.bars import share
from library.ui.desk.insight_section import Insight, section, table


def describing_rules(shown: Insight) -> str:
    """A row for each field and source of evidence, the most corrected first."""
    t, found = shown.t, shown.report.corrections
    if not found.rules:
        return section(shown, "rules", f'<p class="empty">{escape(t("desk_insight.rules_none"))}</p>', "")
    heads = (
        (t("desk_insight.field"), ""),
        (t("desk_insight.evidence"), ""),
        (t("desk_insight.proposed"), "number"),
        (t("desk_insight.changed"), "number"),
        (t("desk_insight.precision"), ""),
        *((t("desk_insight.band", low=t.percent(low), high=t.percent(high)), "number") for low, high in BANDS),
    )
    rows = "".join(_row(shown, rule) for rule in found.rules)
    damaged = len(found.unreadable)
    note = f'<p class="hint">{escape(t("desk_insight.rules_unreadable", count=damaged))}</p>' if damaged else ""
    said = t("desk_insight.rules_about", count=found.reports)
    return section(shown, "rules", f"{table(shown, 'rules', heads, rows)}{note}", said, rows=len(found.rules))


def _row(shown: Insight, rule: RuleRow) -> str:
    t = shown.t
    bands = "".join(f'<td class="number">{_band(shown, *band)}</td>' for band in rule.bands)
    return (
        f'<tr><th scope="row">{escape(t(f"desk_insight.field_{rule.field}"))}</th>'
        f"<td>{escape(t(f'desk_insight.source_{rule.source.value}'))}</td>"
        f'<td class="number">{rule.proposed}</td><td class="number">{rule.changed}</td>'
        f"<td>{share(rule.precision, t.percent(rule.precision))}</td>{bands}</tr>"
    )


def _band(shown: Insight, proposed: int, kept: int) -> str:
    if not proposed:
        return f'<span class="soft">{escape(shown.t("desk_insight.no_proposal"))}</span>'
    return escape(shown.t("desk_insight.kept_of", kept=kept, proposed=proposed))

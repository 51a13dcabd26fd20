"""The insight page: what readers look for and take, and what the library lacks; each list is a file to download too."""

from __future__ import annotations

from html import escape

from library.catalogue.label_file import AddedLabel
from library.desk.insight import InsightReport
from library.ui.desk.bars import Column, columns
from library.ui.desk.frame import banner, desk_document
from library.ui.desk.insight_gaps import missing_works, topic_gaps
from library.ui.desk.insight_rules import describing_rules
from library.ui.desk.insight_searches import Labelling, top_searches, unanswered_searches
from library.ui.desk.insight_section import Insight, section
from library.ui.desk.insight_uses import used_works
from library.ui.desk.visit import DeskVisit
from library.ui.links import anchor, current

PERIODS = (7, 30, 90, 365)
"""Days to choose from."""
BACK = "back"
"""What the address says after a label was taken back."""
SECTIONS = ("days", "searches", "unanswered", "used", "topics", "missing", "rules")
MOST_COLUMNS = 60
"""Bars that can still be told apart on a telephone."""


def insight_page(visit: DeskVisit, report: InsightReport, labelling: Labelling, notices: str = "") -> str:
    """The whole page. `notices` is markup: what was done just now."""
    shown = Insight(visit, report)
    t = visit.t
    body = (
        f'<div class="page-head"><h1>{escape(t("desk_insight.title"))}</h1>{_periods(shown)}</div>'
        f'{notices}<p class="lead">{escape(_lead(shown))}</p>{_contents(shown)}'
        f"{_by_day(shown)}{top_searches(shown)}{unanswered_searches(shown, labelling)}{used_works(shown)}"
        f"{topic_gaps(shown)}{missing_works(shown)}{describing_rules(shown)}"
    )
    return desk_document(visit, t("desk_insight.title"), body, here="insight")


def told(visit: DeskVisit, done: str, last: AddedLabel | None) -> str:
    """The box that says what was done with a label; nothing for what the address makes up."""
    t = visit.t
    if done == BACK:
        return banner(t("desk_insight.label_taken"))
    if last is None or done != str(last.number):
        return ""
    return banner(t("desk_insight.label_added", label=last.label, topic=visit.label("topic", last.topic)))


def _lead(shown: Insight) -> str:
    t, report = shown.t, shown.report
    return t("desk_insight.lead", days=report.kept) if report.counting else t("desk_insight.off")


def _periods(shown: Insight) -> str:
    t = shown.t
    items = "".join(
        f"<li>{anchor(shown.here(days=str(days)), t('desk_insight.days_count', count=days), _now(days, shown))}</li>"
        for days in PERIODS
    )
    return f'<nav class="periods" aria-label="{escape(t("desk_insight.period"))}"><ul>{items}</ul></nav>'


def _now(days: int, shown: Insight) -> str:
    return current(days == shown.report.days)


def _contents(shown: Insight) -> str:
    """The sections, to jump to."""
    t = shown.t
    items = "".join(f"<li>{anchor(f'#{name}', t(f'desk_insight.{name}'))}</li>" for name in SECTIONS)
    return f'<nav class="jumps" aria-label="{escape(t("desk_insight.contents"))}"><ul>{items}</ul></nav>'


def _by_day(shown: Insight) -> str:
    """Searches of each day, those in vain in another pattern."""
    t, days = shown.t, shown.report.by_day
    searches = sum(day.searches for day in days)
    if not searches:
        return section(shown, "days", f'<p class="empty">{escape(t("desk_insight.days_none"))}</p>')
    step = -(-len(days) // MOST_COLUMNS)
    spans = [days[start : start + step] for start in range(0, len(days), step)]
    drawn = []
    for span in spans:
        first, last = t.date(span[0].day), t.date(span[-1].day)
        count, without = sum(day.searches for day in span), sum(day.without for day in span)
        when = first if first == last else t("desk_insight.from_to", first=first, last=last)
        counted = t("desk_insight.searches_count", count=count)
        said = t("desk_insight.day_said", when=when, searches=counted, without=without)
        drawn.append(Column(said, count, without))
    chart = columns(drawn, t("desk_insight.days"), (t.date(days[0].day), t.date(days[-1].day)))
    legend = (
        f'<p class="legend"><span><span class="key whole"></span> {escape(t("desk_insight.legend_found"))}</span>'
        f'<span><span class="key part"></span> {escape(t("desk_insight.legend_without"))}</span></p>'
    )
    return section(shown, "days", f"{chart}{legend}", _sums(shown), rows=len(days))


def _sums(shown: Insight) -> str:
    """The numbers of the whole period, in a sentence."""
    t, days = shown.t, shown.report.by_day
    return t(
        "desk_insight.sums",
        searches=t("desk_insight.searches_count", count=sum(day.searches for day in days)),
        without=sum(day.without for day in days),
        reads=sum(day.reads for day in days),
        downloads=sum(day.downloads for day in days),
    )

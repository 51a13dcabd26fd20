"""What every section of the insight page has: a heading, a caption, its table to download."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs

from library.access import Right
from library.desk.insight import InsightReport
from library.languages import language_name
from library.locales import Texts
from library.ui.desk.visit import DeskVisit, spoken
from library.ui.links import anchor


@dataclass(frozen=True, slots=True)
class Insight:
    """A view of the page."""

    visit: DeskVisit
    report: InsightReport

    @property
    def t(self) -> Texts:
        """The texts of the page."""
        return self.visit.t

    def here(self, **values: str | tuple[str, ...]) -> str:
        """The address of this page with something changed."""
        chosen = self.visit.params.get("language", ())
        given: dict[str, str | tuple[str, ...]] = {"days": str(self.report.days), "language": chosen, **values}
        return self.visit.link("desk/insight", **given)

    def table(self, name: str) -> str:
        """The address of a table as a CSV file."""
        values = self.visit.params.get("language", ())
        return self.visit.link(f"desk/insight/{name}.csv", days=str(self.report.days), language=values)

    def language(self, tag: str) -> str:
        """The name of a language in that of the page."""
        return language_name(tag, self.visit.t.language)

    @property
    def may_label(self) -> bool:
        """Whether the person may change topics."""
        return self.visit.may(Right.TOPICS)


def section(shown: Insight, name: str, body: str, caption: str | None = None, rows: int = 0) -> str:
    """A section with its heading; the caption is text, the body is markup; a table when it has rows."""
    t = shown.t
    said = caption if caption is not None else t(f"desk_insight.{name}_about")
    link = anchor(
        shown.table(name), t("desk_insight.csv"), f' class="button small" download aria-label="{_csv(shown, name)}"'
    )
    return (
        f'<section class="section insight" id="{name}">'
        f'<div class="section-head"><h2>{escape(t(f"desk_insight.{name}"))}</h2>'
        f'{link if rows else ""}</div><p class="caption">{escape(said)}</p>{body}</section>'
    )


def table(shown: Insight, name: str, heads: tuple[tuple[str, str], ...], rows: str, classes: str = "") -> str:
    """A table in a frame that can be moved sideways; heads are texts with their classes, rows are markup."""
    cells = "".join(
        f'<th scope="col"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}>{escape(head)}</th>'
        for head, kind in heads
    )
    heading = escape(shown.t(f"desk_insight.{name}"))
    return (
        f'<div class="table-frame" role="region" tabindex="0" aria-label="{heading}">'
        f'<table class="{classes or "list"}">'
        f'<caption class="unseen">{heading}</caption><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def in_words(shown: Insight, filters: str) -> str:
    """Filters as they are kept, in words: “Language: French”. Markup."""
    t = shown.t
    said = [
        escape(t("desk_insight.filter", facet=t(f"facet.{facet}"), value=shown.visit.label(facet, value)))
        for facet, values in parse_qs(filters).items()
        if t.has(f"facet.{facet}")
        for value in values
    ]
    return ", ".join(said)


def titled(shown: Insight, work: str, title: str, language: str) -> str:
    """A link to a work under its title."""
    if not language:
        return f"<code>{escape(work)}</code>"
    return anchor(shown.visit.link("work", id=work), title, f" {spoken(language, title)}")


def _csv(shown: Insight, name: str) -> str:
    t = shown.t
    return escape(t("desk_insight.csv_of", table=t(f"desk_insight.{name}")))

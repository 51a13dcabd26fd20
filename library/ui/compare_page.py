"""The page that sets practice sheets side by side, part by part, whatever their languages."""

from __future__ import annotations

from html import escape

import streamlit as st

from library.ui.compare_choice import choice, one_more
from library.ui.compare_table import compare_table
from library.ui.comparison import MOST_COMPARED, Comparison
from library.ui.heads import Head
from library.ui.masthead import open_page
from library.ui.named_works import notice, titles
from library.ui.passing_on import copy_button, print_button
from library.ui.visit import Visit

LANDSCAPE = "<style>@page { size: A4 landscape; margin: 12mm; }</style>"
"""How this page is printed, and no other: columns want a wide sheet. A style sheet cannot say so of one page alone."""


def show_compare(visit: Visit) -> None:
    """The page of the comparison in the address."""
    open_page(visit, "compare", visit.t("page.compare"))
    st.html(compare_markup(visit))


def compare_head(visit: Visit) -> Head:
    """What the first document says of a comparison: which works."""
    t, compared = visit.t, Comparison.of(visit)
    described = titles(compared.named) or t("compare.about")
    found = bool(compared.columns) or not compared.named.asked
    robots = (("robots", "noindex"),) if found else ()
    return Head(f"{t('page.compare')} – {visit.library.settings.name}", described, found=found, metadata=robots)


def compare_markup(visit: Visit) -> str:
    """Two to four works side by side; with fewer, what there is to compare. Raises IndexOutOfDate."""
    compared = Comparison.of(visit)
    parts = [f'<h1 data-arrive="compare">{escape(_heading(compared))}</h1>', *_notices(compared)]
    if len(compared.columns) > 1:
        parts += [_tools(compared), compare_table(compared), one_more(compared)]
    else:
        parts += [f'<p class="lead">{escape(visit.t("compare.about"))}</p>', choice(compared)]
    return f'<div class="compare-page">{LANDSCAPE}{"".join(parts)}</div>'


def _heading(compared: Comparison) -> str:
    """What is compared."""
    t, columns = compared.t, compared.columns
    if len(columns) == 1:
        return t("compare.with", title=columns[0].edition.title)
    return t("compare.title") if all(column.sections for column in columns) else t("compare.works")


def _notices(compared: Comparison) -> list[str]:
    """What is not shown, and why."""
    t, said = compared.t, []
    if compared.more:
        said.append(t("compare.too_many", count=MOST_COMPARED))
    if compared.named.missing:
        said.append(t("compare.missing", count=compared.named.missing))
    without = [column for column in compared.columns if not column.sections]
    if without and len(without) == len(compared.columns):
        said.append(t("compare.no_parts"))
    elif without:
        said.append(t("compare.some_without_parts", titles=t.listed(column.edition.title for column in without)))
    return [notice(words) for words in said]


def _tools(compared: Comparison) -> str:
    """The address to pass on, and the paper."""
    t = compared.t
    return f'<div class="list-tools no-print">{copy_button(t, classes="button")}{print_button(t, "button")}</div>'

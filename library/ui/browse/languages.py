"""Every language of the library: its works, and how many of them are in no other."""

from __future__ import annotations

from collections import Counter
from html import escape

from library.languages import UNKNOWN, language_name
from library.result import FacetValue
from library.ui.links import anchor, search_link
from library.ui.visit import Visit


def languages(visit: Visit) -> str:
    """The languages as a table. Raises IndexOutOfDate."""
    t = visit.t
    alone = Counter(work.languages[0] for work in visit.library.works(visit.user) if len(set(work.languages)) == 1)
    values = [value for value in visit.whole().facet("language") if value.count]
    if not values:
        return f"<p>{escape(t('browse.none'))}</p>"
    heads = (t("facet.language"), t("browse.language_here"), t("browse.works"), t("browse.only"))
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    rows = "".join(_row(value, alone[value.value], visit) for value in values)
    return f'<table class="browse-languages"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(value: FacetValue, alone: int, visit: Visit) -> str:
    """The language's own name leads to its works; beside it stands what the reader calls it."""
    tag = value.value
    link = search_link(visit.start().with_values("language", [tag]))
    own = language_name(tag, tag)
    spoken = f' lang="{escape(tag)}" dir="auto"' if tag != UNKNOWN else ""
    name = anchor(link, own[:1].upper() + own[1:] if tag != UNKNOWN else value.label, spoken)
    return (
        f'<tr><th scope="row">{name}</th><td>{escape(value.label)}</td><td class="count">{value.count}</td>'
        f'<td class="count">{alone or "–"}</td></tr>'
    )

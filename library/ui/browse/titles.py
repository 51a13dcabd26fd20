"""Works in one line each, by their titles: for lists in which the cards would be too much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from library.analysis import fold
from library.languages import UNKNOWN
from library.model import Work
from library.ui.links import anchor, work_link
from library.ui.visit import Visit


def newest_first(works: Iterable[Work], language: str) -> tuple[Work, ...]:
    """Works by their dates, the newest first; those of one date by their titles."""
    by_title = sorted(works, key=lambda work: (fold(work.best_edition(language).title), work.id))
    return tuple(sorted(by_title, key=lambda work: work.date, reverse=True))


def grouped(works: Iterable[Work], values: Callable[[Work], Iterable[str]]) -> Mapping[str, list[Work]]:
    """The works by each of their values."""
    groups: dict[str, list[Work]] = {}
    for work in works:
        for value in values(work):
            groups.setdefault(value, []).append(work)
    return groups


def titles(works: Sequence[Work], most: int, visit: Visit) -> str:
    """The first of these works as a list of links, each marked with its language when it is not the reader's."""
    items = "".join(f"<li>{title_link(work, visit)}</li>" for work in works[:most])
    return f'<ul class="title-list">{items}</ul>' if items else ""


def title_link(work: Work, visit: Visit) -> str:
    """The title of a work in the reader's language, or the best there is, as a link to its page."""
    edition = work.best_edition(visit.t.language)
    other = edition.language if edition.language != visit.t.language else ""
    spoken = f' lang="{escape(other)}"' if other and other != UNKNOWN else ""
    return anchor(work_link(work.id, visit.chosen, other), edition.title, f'{spoken} dir="auto"')

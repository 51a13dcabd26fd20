"""What is told of a work in a few words: what it is, when, where and in which languages, and its cover in small."""

from __future__ import annotations

from html import escape

from library.languages import language_name
from library.model import Edition, Work
from library.ui.links import cover_link
from library.ui.visit import Visit


def kind_name(visit: Visit, work: Work) -> str:
    """What sort of work it is."""
    return visit.label("kind", work.kind.value)


def dated(visit: Visit, work: Work) -> str:
    """When it was published, as precisely as is known."""
    return visit.t.date(work.date)


def placed(visit: Visit, work: Work) -> str:
    """Where it happened: cities with their country, or countries."""
    return "; ".join(
        ", ".join(filter(None, (place.city, visit.label("place", place.country)))) for place in work.places
    )


def languages_named(visit: Visit, work: Work) -> str:
    """Every language it can be read in, as the reader calls them."""
    return visit.t.listed(language_name(language, visit.t.language) for language in work.languages)


def small_cover(visit: Visit, work: Work, edition: Edition, *, at_once: bool = True) -> str:
    """The first page in small, or a plain tile; never read aloud, for the title stands beside it."""
    if not visit.covered(edition.sha256):
        return f'<span class="cover-tile" aria-hidden="true">{escape(kind_name(visit, work))}</span>'
    source = escape(cover_link(work.id, edition.language, edition.sha256))
    lazy = "" if at_once else ' loading="lazy"'
    return f'<img src="{source}" alt="" decoding="async"{lazy}>'

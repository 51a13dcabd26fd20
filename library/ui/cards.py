"""Works found, as cards: cover, title, kind, year, place, marked passages, topics and languages.

Every word here comes from a file, a record or a reader, and is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Self

from library.facets import value_label
from library.formats.kinds import FileFormat
from library.languages import UNKNOWN, language_label, language_name, runs_right_to_left
from library.locales import Texts
from library.request import SearchRequest
from library.result import Hit, Passage
from library.topics import Thesaurus
from library.ui.links import anchor, cover_link, current, read_link, theme_link, work_link
from library.ui.list_button import list_button
from library.ui.page_names import is_heading, page_name
from library.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the cards need to know besides the works."""

    t: Texts
    thesaurus: Thesaurus
    request: SearchRequest
    """The search they answer: a topic on a card leads to its page in the same interface language."""
    covered: frozenset[str] = frozenset()
    """The sha256 of the files that have a cover."""

    def label(self, facet: str, value: str) -> str:
        """The name of a facet value in the reader's language."""
        return value_label(facet, value, self.thesaurus, self.t)

    @classmethod
    def of(cls, visit: Visit, hits: Iterable[Hit]) -> Self:
        """The shelf for these works in a visit."""
        covered = frozenset(hit.sha256 for hit in hits if visit.covered(hit.sha256))
        return cls(visit.t, visit.thesaurus, visit.asked(), covered)


def cards(hits: tuple[Hit, ...], shelf: Shelf, before: int = 0) -> str:
    """The list of works, numbered on from the pages before, and from the works before them on this page."""
    first = (shelf.request.page - 1) * shelf.request.per_page + 1 + before
    items = "".join(f"<li>{card(hit, shelf)}</li>" for hit in hits)
    return f'<ol class="cards" start="{first}">{items}</ol>'


def card(hit: Hit, shelf: Shelf) -> str:
    """One work as a card."""
    called, language = hit.called or hit.title, hit.called_in or hit.language
    link = work_link(hit.work, shelf.request.reader, language if language != shelf.t.language else "")
    title = anchor(link, called)
    body = (
        f'<p class="card-facts">{_facts(hit, shelf)}</p>'
        f'<h3 class="card-title" {spoken(language, called)}>{title}</h3>'
        f"{_passages(hit, shelf) or _abstract(hit)}"
        f'<div class="card-foot">{_languages(hit, shelf)}{_topics(hit, shelf)}{list_button(hit.work, shelf.t)}</div>'
    )
    return f'<article class="card">{_cover(hit, shelf, link)}<div class="card-body">{body}</div></article>'


def marked(passage: Passage) -> str:
    """The text of a passage with the words that were looked for marked."""
    out: list[str] = []
    place = 0
    for start, end in passage.marks:
        if place <= start < end <= len(passage.text):
            out += [escape(passage.text[place:start]), f"<mark>{escape(passage.text[start:end])}</mark>"]
            place = end
    return "".join(out) + escape(passage.text[place:])


def spoken(language: str, text: str) -> str:
    """The attributes that tell a browser and a screen reader which language a text is in, and which way it runs.

    Left to itself, a browser goes by the first letter: an Arabic title that begins with “CCTV” would run the wrong way.
    """
    tag = "" if language == UNKNOWN else f'lang="{escape(language)}" '
    return f'{tag}dir="{"rtl" if runs_right_to_left(language, text) else "auto"}"'


def _facts(hit: Hit, shelf: Shelf) -> str:
    places = [place for place in hit.places if "/" in place] or list(hit.places)
    facts = [shelf.label("kind", hit.kind), str(hit.year or ""), ", ".join(shelf.label("place", p) for p in places[:3])]
    said = [f"<span>{escape(fact)}</span>" for fact in facts if fact]
    if not FileFormat(hit.format).has_pages:
        said.append(f"<span>{escape(FileFormat(hit.format).shown)}</span>")
    if shelf.t.language not in hit.languages:
        other = shelf.t("card.only", language=language_name(hit.language, shelf.t.language))
        said.append(f'<span class="card-other">{escape(other)}</span>')
    return '<span class="dot"> · </span>'.join(said)


def _cover(hit: Hit, shelf: Shelf, link: str) -> str:
    """The first page in small, or a plain tile; the title beside it is the link that is read aloud."""
    if hit.sha256 in shelf.covered:
        source = escape(cover_link(hit.work, hit.language, hit.sha256))
        inside = f'<img src="{source}" alt="" loading="lazy" decoding="async">'
    else:
        inside = f'<span class="cover-tile">{escape(shelf.label("kind", hit.kind))}</span>'
    return f'<a class="cover" href="{escape(link)}" tabindex="-1" aria-hidden="true">{inside}</a>'


def _passages(hit: Hit, shelf: Shelf) -> str:
    shown = [passage for passage in hit.pages if passage.text]
    if not shown:
        return ""
    items = "".join(_passage(hit, passage, shelf) for passage in shown)
    paged = FileFormat(hit.format).has_pages
    more = escape(shelf.t("card.more_pages" if paged else "formats.more", count=hit.more_pages))
    rest = (
        f'<p class="card-more{"" if paged else " card-more-wide"}">{anchor(_read(hit, shelf), more)}</p>'
        if hit.more_pages
        else ""
    )
    return f'{_elsewhere(hit, shelf)}<ul class="passages">{items}</ul>{rest}'


def _elsewhere(hit: Hit, shelf: Shelf) -> str:
    """That the passages are from an edition in another language than the title."""
    if hit.language == (hit.called_in or hit.language):
        return ""
    other = shelf.t("card.only", language=language_name(hit.language, shelf.t.language))
    return f'<p class="card-other">{escape(other)}</p>'


def _passage(hit: Hit, passage: Passage, shelf: Shelf) -> str:
    link = escape(_read(hit, shelf, hit.language, passage.number))
    label = passage.label or str(passage.number)
    page = escape(page_name(hit.format, label, shelf.t))
    named = f" {spoken(hit.language, label)}" if is_heading(hit.format, label) else ""
    read = f'<span class="passage-ocr">{escape(shelf.t("ocr.mark"))}</span>' if passage.by_ocr else ""
    return (
        f'<li><a class="passage" href="{link}"><span class="passage-page"{named}>{page}</span> '
        f'<span class="passage-text" {spoken(hit.language, passage.text)}>{marked(passage)}</span>{read}</a></li>'
    )


def _read(hit: Hit, shelf: Shelf, language: str = "", page: int = 0) -> str:
    """The reader, with the words of the search marked."""
    asked = shelf.request
    return read_link(hit.work, language or hit.language, page, asked.query, asked.narrow, asked.reader)


def _abstract(hit: Hit) -> str:
    if not hit.abstract:
        return ""
    return f'<p class="abstract" {spoken(hit.called_in or hit.language, hit.abstract)}>{escape(hit.abstract)}</p>'


def _topics(hit: Hit, shelf: Shelf) -> str:
    items = "".join(
        f"<li>{anchor(theme_link(topic, shelf.request.reader), shelf.label('topic', topic))}</li>"
        for topic in hit.topics
    )
    return f'<ul class="topics" aria-label="{escape(shelf.t("card.topics"))}">{items}</ul>' if items else ""


def _languages(hit: Hit, shelf: Shelf) -> str:
    """Every edition under its language's own name: a reader looks for “Deutsch”, whatever the interface calls it."""
    items = "".join(f"<li>{_language(hit, language, shelf)}</li>" for language in hit.languages)
    return f'<ul class="languages" aria-label="{escape(shelf.t("card.languages"))}">{items}</ul>'


def _language(hit: Hit, language: str, shelf: Shelf) -> str:
    title = f'title="{escape(language_label(language, shelf.t.language))}"'
    name = language_label(language, language)
    attributes = f' {spoken(language, name)} hreflang="{escape(language)}" {title}{current(language == hit.language)}'
    return anchor(_read(hit, shelf, language), name, attributes)

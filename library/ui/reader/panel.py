"""Beside the document: what it is, its languages, the places found, its contents, its pages in small."""

from __future__ import annotations

from html import escape

from library.facets import value_label
from library.formats.kinds import format_of
from library.formats.reading import OutlineEntry
from library.languages import UNKNOWN, language_name
from library.locales import Texts
from library.occurrences import PageOccurrence
from library.request import SearchRequest
from library.ui.cards import marked
from library.ui.links import anchor, current, read_link, search_link, work_link
from library.ui.page_names import is_heading, page_name
from library.ui.reader.icons import button, icon
from library.ui.reader.toolbar import spoken
from library.web import Opened

MOST_ENTRIES = 500
"""Entries of a table of contents that are shown."""
DEEPEST = 4


def panel(opened: Opened, outline: tuple[OutlineEntry, ...], said: str, t: Texts) -> str:
    """The whole panel. `said` is how often the words were found."""
    close = button("close", t("reader.panel_close"), "", "panel-close")
    tabs = [("hits", t("reader.hits"), _hits(opened, said, t))]
    if outline:
        tabs.append(("contents", t("reader.contents"), _contents(opened, outline)))
    if format_of(opened.edition).has_pages:
        tabs.append(("thumbs", t("reader.thumbnails"), '<ol id="thumb-list" class="thumbs"></ol>'))
    first = "contents" if outline and not opened.asked.query else "hits"
    return (
        f'<aside id="panel" class="panel" aria-label="{escape(t("reader.panel_label"))}">'
        f'<div class="panel-head">{close}</div>{_record(opened, t)}{_search(opened, t)}'
        f'<div class="tabs" role="tablist" aria-label="{escape(t("reader.tabs"))}">'
        f"{''.join(_tab(name, words, name == first) for name, words, _ in tabs)}</div>"
        f"{''.join(_tab_panel(name, inside, name == first) for name, _, inside in tabs)}</aside>"
    )


def _record(opened: Opened, t: Texts) -> str:
    work, edition, thesaurus = opened.work, opened.edition, opened.library.thesaurus
    places = [place.id for place in work.places if place.city] or [place.id for place in work.places]
    facts = [
        value_label("kind", work.kind.value, thesaurus, t),
        str(work.year or ""),
        ", ".join(value_label("place", place, thesaurus, t) for place in places[:3]),
    ]
    line = " · ".join(escape(fact) for fact in facts if fact)
    full = anchor(work_link(work.id, opened.asked.reader), t("reader.record"), ' class="record-link"')
    return (
        f'<div class="record"><p class="record-facts">{line}</p>'
        f"<h1 {spoken(edition.language)}>{escape(edition.title)}</h1>"
        f"{_languages(opened, t)}{_topics(opened, t)}{full}</div>"
    )


def _languages(opened: Opened, t: Texts) -> str:
    """The other languages, each opening at the same page with the same words."""
    items = "".join(f"<li>{_language(opened, language, t)}</li>" for language in opened.work.languages)
    return f'<ul class="languages" aria-label="{escape(t("card.languages"))}">{items}</ul>'


def _language(opened: Opened, language: str, t: Texts) -> str:
    link = _here(opened, opened.page, language)
    name = t("language.unknown") if language == UNKNOWN else language_name(language, language)
    title = escape(language_name(language, t.language))
    here = current(language == opened.edition.language, "page")
    attributes = f' {spoken(language)} hreflang="{escape(language)}" title="{title}" data-follows{here}'
    return anchor(link, name[:1].upper() + name[1:], attributes)


def _topics(opened: Opened, t: Texts) -> str:
    start = SearchRequest(reader=opened.asked.reader)
    labels = ((topic, opened.library.thesaurus.label(topic, t.language)) for topic in opened.work.topics)
    items = "".join(f"<li>{anchor(search_link(start.toggle('topic', topic)), name)}</li>" for topic, name in labels)
    return f'<ul class="topics" aria-label="{escape(t("card.topics"))}">{items}</ul>' if items else ""


def _search(opened: Opened, t: Texts) -> str:
    words, query = escape(t("reader.search")), escape(opened.asked.query)
    asked = opened.asked
    params = {"id": opened.work.id, "language": opened.edition.language, "ui": asked.reader}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in params.items())
    # Where a script looks for the words in the page that is open, the form is not sent.
    sent = "" if format_of(opened.edition).has_pages else ' action="read" method="get"'
    return (
        f'<form id="search-form" class="search" role="search"{sent}>{hidden if sent else ""}{icon("search")}'
        f'<input id="search" type="search" name="q" value="{query}" '
        f'aria-label="{words}" placeholder="{words}" title="{words} (/)" aria-keyshortcuts="/" '
        'autocomplete="off" spellcheck="false" enterkeyhint="search" dir="auto"></form>'
    )


def _tab(name: str, words: str, chosen: bool) -> str:
    return (
        f'<button type="button" role="tab" id="tab-{name}" aria-controls="panel-{name}" '
        f'aria-selected="{"true" if chosen else "false"}" tabindex="{0 if chosen else -1}">{escape(words)}</button>'
    )


def _tab_panel(name: str, inside: str, chosen: bool) -> str:
    hidden = "" if chosen else " hidden"
    return (
        f'<div role="tabpanel" class="tab-panel" id="panel-{name}" aria-labelledby="tab-{name}" tabindex="-1"{hidden}>'
        f"{inside}</div>"
    )


def _hits(opened: Opened, said: str, t: Texts) -> str:
    items = "".join(_page(opened, page, t) for page in opened.found.pages)
    return f'<p id="hit-count" class="hit-count">{escape(said)}</p><ol id="hit-list" class="hits">{items}</ol>'


def _page(opened: Opened, page: PageOccurrence, t: Texts) -> str:
    number = f'<span class="hit-number">{page.count} ×</span>' if page.count > 1 else ""
    form = opened.edition.format
    named = f" {spoken(opened.edition.language)}" if is_heading(form, page.label) else ""
    read = f'<span class="hit-ocr">{escape(t("ocr.mark"))}</span>' if page.by_ocr else ""
    head = f'<p class="hit-page"><span{named}>{escape(page_name(form, page.label, t))}</span>{number}{read}</p>'
    link = escape(_here(opened, page.number))
    items = "".join(
        f'<a class="hit" href="{link}" data-page="{page.number}" data-first="{first}" '
        f"{spoken(opened.edition.language)}>{marked(passage)}</a>"
        for passage, first in zip(page.passages, page.firsts, strict=True)
    )
    return f"<li>{head}{items}</li>"


def _contents(opened: Opened, outline: tuple[OutlineEntry, ...]) -> str:
    """The file's own table of contents, as one list with its levels set in."""
    attributes = spoken(opened.edition.language)
    items = "".join(
        f'<li class="level-{min(max(entry.level, 0), DEEPEST)}"><a href="{escape(_here(opened, entry.page))}" '
        f'data-page="{entry.page}"><span {attributes}>{escape(entry.title)}</span></a></li>'
        for entry in outline[:MOST_ENTRIES]
        if entry.title
    )
    return f'<ol class="contents">{items}</ol>'


def _here(opened: Opened, page: int, language: str = "") -> str:
    asked = opened.asked
    link = read_link(opened.work.id, language or opened.edition.language, page, asked.query, asked.narrow, asked.reader)
    # A document shown as text has a place for each section, which a browser finds without script.
    return link if format_of(opened.edition).has_pages else f"{link}#page-{page}"

"""The first lines of a work's page: what it is, what can be done with it, and its cover."""

from __future__ import annotations

from html import escape

from library.formats.kinds import format_of
from library.locales.figures import file_size
from library.model import Edition
from library.ui.cards import spoken
from library.ui.citation import citation
from library.ui.links import anchor, cover_link, current, search_link, take_link, theme_link
from library.ui.list_button import list_button
from library.ui.page_names import download_words, length
from library.ui.passing_on import copy_button, print_button
from library.ui.shown_work import ShownWork, in_words, own_name, read_name


def work_head(shown: ShownWork, reference: str) -> str:
    """Cover, title, facts, abstract and topics, with the things to do. The reference is markup."""
    edition = shown.edition
    subtitle, abstract = _text(shown, "subtitle", edition.subtitle), _text(shown, "abstract", edition.abstract)
    heading = f'<h1 data-arrive="work" class="work-title" {shown.spoken(edition.title)}>{escape(edition.title)}</h1>'
    return (
        f'<header class="work-head">{_cover(shown)}<div class="work-said"><p class="card-facts">{_facts(shown)}</p>'
        f"{heading}{subtitle}{_elsewhere(shown)}{_actions(shown, reference)}"
        f"{abstract}{_languages(shown)}{_topics(shown)}</div></header>"
    )


def _text(shown: ShownWork, name: str, text: str) -> str:
    """A text of the record in its own language; nothing when there is none."""
    return f'<p class="work-{name}" {shown.spoken(text)}>{escape(text)}</p>' if text else ""


def size_words(shown: ShownWork, edition: Edition) -> str:
    """How long and how large a file is, as far as that is known: “16 pages, 187 kB”."""
    return ", ".join(filter(None, (length(edition, shown.t), file_size(edition.bytes, shown.t.language))))


def download(shown: ShownWork, edition: Edition, words: str, attributes: str = "") -> str:
    """A link that takes the file away; page.js opens files without `download` beside the page."""
    form = format_of(edition)
    name = f"{shown.work.id}.{edition.language}{form.ending}"
    address = take_link(shown.work.id, edition)
    return anchor(address, words, f' download="{escape(name)}" type="{escape(form.media_type)}"{attributes}')


def _cover(shown: ShownWork) -> str:
    """The first page, large; the button beside it is the link that is read aloud."""
    edition = shown.edition
    if shown.visit.covered(edition.sha256):
        source = escape(cover_link(shown.work.id, edition.language, edition.sha256))
        inside = f'<img src="{source}" alt="" decoding="async" fetchpriority="high">'
    else:
        inside = f'<span class="cover-tile">{escape(shown.visit.label("kind", shown.work.kind.value))}</span>'
    link = escape(shown.read(edition.language))
    return f'<a class="cover work-cover" href="{link}" tabindex="-1" aria-hidden="true">{inside}</a>'


def _facts(shown: ShownWork) -> str:
    """Kind, date, places and projects in one line, those that have works of their own as links."""
    work, visit = shown.work, shown.visit
    start = visit.start()
    facts = [escape(visit.label("kind", work.kind.value)), escape(shown.t.date(work.date))]
    facts += [anchor(search_link(start.toggle("place", place.id)), shown.place(place)) for place in work.places]
    facts += [anchor(search_link(start.toggle("project", name)), name, ' dir="auto"') for name in work.projects]
    said = '<span class="dot"> · </span>'.join(f"<span>{fact}</span>" for fact in facts if fact)
    standing = shown.standing()
    return f'{said} <span class="badge">{escape(standing)}</span>' if standing else said


def _elsewhere(shown: ShownWork) -> str:
    """Says so when the work is not to be had in the reader's language."""
    if {shown.visit.reads, shown.t.language} & set(shown.work.languages):
        return ""
    only = len(shown.work.editions) == 1
    language = in_words(shown.language, shown.t)
    words = shown.t("work.only", language=language) if only else shown.t("work.shown", language=language)
    return f'<p class="work-only">{escape(words)}</p>'


def _actions(shown: ShownWork, reference: str) -> str:
    t, edition = shown.t, shown.edition
    read = anchor(shown.read(edition.language), t("work.read"), ' class="button main"')
    size = size_words(shown, edition)
    taken = download(shown, edition, download_words(edition, t), ' class="button"')
    copy = copy_button(t, shown.here(shown.visit.language()))
    return (
        f'<div class="work-actions">{read}{taken}<span class="work-size">{escape(size)}</span>'
        f"{list_button(shown.work.id, t)}{copy}{print_button(t)}{citation(shown, reference)}</div>"
    )


def _languages(shown: ShownWork) -> str:
    """This page in the other languages of the work."""
    if len(shown.work.editions) < 2:
        return ""
    items = "".join(f"<li>{_language(shown, edition)}</li>" for edition in shown.work.editions)
    return f'<nav aria-label="{escape(shown.t("card.languages"))}"><ul class="languages">{items}</ul></nav>'


def _language(shown: ShownWork, edition: Edition) -> str:
    tag = edition.language
    own, name = own_name(tag, shown.t), read_name(tag, shown.t)
    attributes = f' {spoken(tag, own)} hreflang="{escape(tag)}" title="{escape(name)}" data-keep="in-{escape(tag)}"'
    return anchor(shown.here(tag), own, attributes + current(tag == shown.language))


def _topics(shown: ShownWork) -> str:
    visit = shown.visit
    items = "".join(
        f"<li>{anchor(theme_link(topic, shown.chosen), visit.label('topic', topic))}</li>"
        for topic in shown.work.topics
    )
    return f'<ul class="topics" aria-label="{escape(shown.t("card.topics"))}">{items}</ul>' if items else ""

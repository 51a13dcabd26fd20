"""The bar above the document: back to the search, pages, places found, zoom, and what else can be done with a file."""

from __future__ import annotations

from html import escape

from library.formats.kinds import format_of
from library.locales import Texts
from library.ui.links import file_link, search_link, take_link
from library.ui.page_names import download_words
from library.ui.reader.icons import button, icon
from library.web import Opened

SCALES = (50, 75, 100, 125, 150, 200, 300)
"""Sizes to choose from, in per cent."""


def toolbar(opened: Opened, label: str, t: Texts) -> str:
    """The whole bar; `label` is the printed number of the page that is opened."""
    drawn = format_of(opened.edition).has_pages
    moves = f"{_pages(opened, label, t)}{_hits(opened, t)}{_zoom(t)}" if drawn else ""
    shown = button("panel", t("reader.panel"), "b", "panel-button", ' aria-controls="panel" aria-expanded="true"')
    return (
        f'<header class="bar"><div class="bar-group">{_back(opened, t)}{shown}</div>'
        f'<p class="bar-title" {spoken(opened.edition.language)}>{escape(opened.edition.title)}</p>'
        f"{moves}{_file(opened, t)}</header>"
    )


def spoken(language: str) -> str:
    """The attributes that tell a browser and a screen reader which language a text is in."""
    tag = "" if language == "und" else f'lang="{escape(language)}" '
    return f'{tag}dir="auto"'


def _back(opened: Opened, t: Texts) -> str:
    words = escape(t("reader.back"))
    return (
        f'<a id="back" class="tool tool-words" href="{escape(search_link(opened.asked))}" title="{words}">'
        f'{icon("back")}<span class="tool-name">{words}</span></a>'
    )


def _pages(opened: Opened, label: str, t: Texts) -> str:
    of = t("reader.of", place=str(opened.page), count=opened.edition.pages)
    return (
        f'<form id="page-form" class="bar-group" aria-label="{escape(t("reader.pages_label"))}">'
        f"{button('up', t('reader.page_before'), 'k', 'page-before')}"
        f"{button('down', t('reader.page_after'), 'j', 'page-after')}"
        f'<label class="page-field"><span class="page-word">{escape(t("reader.page_field"))}</span> '
        f'<input id="page" value="{escape(label)}" size="3" autocomplete="off" enterkeyhint="go"></label>'
        f'<span id="page-of" class="figure">{escape(of)}</span></form>'
    )


def _hits(opened: Opened, t: Texts) -> str:
    hidden = "" if opened.found.total else " hidden"
    return (
        f'<div id="hit-steps" class="bar-group" role="group" aria-label="{escape(t("reader.hits"))}"{hidden}>'
        f"{button('previous', t('reader.hit_before'), 'p', 'hit-before')}"
        f'<span id="hit-place" class="figure">{escape(t("reader.of", place="–", count=opened.found.total))}</span>'
        f"{button('next', t('reader.hit_after'), 'n', 'hit-after')}</div>"
    )


def _zoom(t: Texts) -> str:
    sizes = "".join(f'<option value="{size / 100}">{size} %</option>' for size in SCALES)
    return (
        f'<div class="bar-group bar-zoom" role="group" aria-label="{escape(t("reader.zoom"))}">'
        f"{button('less', t('reader.smaller'), '-', 'smaller')}"
        f'<select id="scale" aria-label="{escape(t("reader.size"))}">'
        f'<option value="auto">{escape(t("reader.fit_auto"))}</option>'
        f'<option value="page-width">{escape(t("reader.fit_width"))}</option>'
        f'<option value="page-fit">{escape(t("reader.fit_page"))}</option>'
        f'{sizes}<option value="custom" id="scale-now" hidden></option></select>'
        f"{button('more', t('reader.larger'), '+', 'larger')}</div>"
    )


def _file(opened: Opened, t: Texts) -> str:
    form = format_of(opened.edition)
    address = escape(file_link(opened.work.id, opened.edition))
    taken = escape(take_link(opened.work.id, opened.edition))
    name = escape(f"{opened.work.id}.{opened.edition.language}{form.ending}")
    if not form.has_pages:
        words = escape(download_words(opened.edition, t))
        link = f'<a class="tool" href="{taken}" aria-label="{words}" title="{words}" id="download" download="{name}">'
        return f'<div class="bar-group bar-file">{link}{icon("download")}</a></div>'
    links = (
        (t("reader.download"), "download", taken, f' download="{name}"'),
        (t("reader.print"), "print", address, _BESIDE),
    )
    both = "".join(
        f'<a class="tool" href="{place}" aria-label="{escape(words)}" title="{escape(words)}" id="{sign}"{more}>'
        f"{icon(sign)}</a>"
        for words, sign, place, more in links
    )
    keys = button("keys", t("reader.keys"), "?", "keys-button", ' aria-haspopup="dialog"')
    return f'<div class="bar-group bar-file">{both}{keys}</div>'


_BESIDE = ' target="_blank" rel="noopener"'

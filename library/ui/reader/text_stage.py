"""The text of an edition that has no pages to draw, such as a DOCX: its sections with the words of a query marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from library.formats.kinds import format_of
from library.formats.page_store import StoredPages
from library.locales import Texts
from library.ui.links import anchor, file_link, read_link
from library.ui.page_names import download_words, is_heading, page_name
from library.ui.reader.toolbar import spoken
from library.web import Opened

MOST_SHOWN = 200
"""Sections in one document: a megabyte of text. Longer ones are read in parts."""
MOST_FORMS = 300
"""Different words that are marked on one page."""
NOTHING = re.compile(r"(?!)")


def text_stage(opened: Opened, stored: StoredPages | None, t: Texts) -> str:
    """The sections around the page that is opened, and the way to the file itself."""
    edition = opened.edition
    link = anchor(
        file_link(opened.work.id, edition),
        download_words(edition, t),
        f' download="{escape(opened.work.id)}.{escape(edition.language)}{format_of(edition).ending}"',
    )
    first = max((opened.page - 1) // MOST_SHOWN * MOST_SHOWN, 0)
    inside = "".join(_sections(opened, stored, first, t)) if stored is not None else ""
    return (
        '<main class="desk"><div id="stage" class="stage stage-text" role="region" tabindex="0" '
        f'aria-label="{escape(edition.title)}"><p class="text-note">{escape(t("formats.text_only"))} {link}</p>'
        f"{_around(opened, first - 1, t('formats.before'))}<article {spoken(edition.language)}>{inside}</article>"
        f"{_around(opened, first + MOST_SHOWN, t('formats.after'))}</div></main>"
    )


def marked_text(text: str, forms: tuple[str, ...]) -> str:
    """A paragraph with these words marked wherever they stand, its lines kept."""
    return _marked(text, _pattern(forms))


def _sections(opened: Opened, stored: StoredPages, first: int, t: Texts) -> Iterator[str]:
    """Each section under its heading; one that has none, or goes on from the one before, under its name."""
    texts = stored.all_texts()
    forms = {page.number: page.forms for page in opened.found.pages}
    headings = {(entry.page, entry.title): entry.level for entry in stored.outline}
    for index in range(first, min(first + MOST_SHOWN, len(texts))):
        number, label = index + 1, stored.labels[index]
        pattern = _pattern(forms.get(number, ()))
        paragraphs = [part for part in texts[index].split("\n\n") if part.strip()]
        begins = bool(paragraphs) and (number, paragraphs[0]) in headings
        name = page_name(opened.edition.format, label, t)
        language = "" if is_heading(opened.edition.format, label) else f' lang="{escape(t.language)}"'
        head = "" if begins else f'<p class="text-label"{language}>{escape(name)}</p>'
        body = "".join(_paragraph(part, headings.get((number, part)), pattern) for part in paragraphs)
        yield f'<section id="page-{number}">{head}{body}</section>'


def _paragraph(text: str, level: int | None, pattern: re.Pattern[str]) -> str:
    """A paragraph, or a heading below the title of the document, which stands in the panel as the first."""
    tag = "p" if level is None else f"h{min(level + 2, 6)}"
    return f"<{tag}>{_marked(text, pattern)}</{tag}>"


def _marked(text: str, pattern: re.Pattern[str]) -> str:
    out: list[str] = []
    place = 0
    for found in pattern.finditer(text):
        out += [escape(text[place : found.start()]), f"<mark>{escape(found.group())}</mark>"]
        place = found.end()
    out.append(escape(text[place:]))
    return "".join(out).replace("\n", "<br>")


def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """The forms as whole words, the longest first; they are as they stand in this very text."""
    said = sorted({form for form in forms if form.strip()}, key=len, reverse=True)[:MOST_FORMS]
    if not said:
        return NOTHING
    each = "|".join(r"\s+".join(map(re.escape, form.split())) for form in said)
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)")


def _around(opened: Opened, index: int, words: str) -> str:
    """The way to the sections before or after those that are shown; nothing where there are none."""
    if not 0 <= index < opened.edition.pages:
        return ""
    asked = opened.asked
    link = read_link(opened.work.id, opened.edition.language, index + 1, asked.query, asked.narrow, asked.reader)
    return f'<p class="text-around">{anchor(f"{link}#page-{index + 1}", words)}</p>'

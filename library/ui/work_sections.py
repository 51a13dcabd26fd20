"""The sections of a practice sheet, each under the same heading in the reader's language as on every other sheet."""

from __future__ import annotations

from html import escape

from library.model import Section
from library.ui.links import anchor, page_link
from library.ui.section_text import section_markup
from library.ui.shown_work import ShownWork, in_words


def sections(shown: ShownWork) -> str:
    """All sections that were taken down, with a list of them before, and the way to compare; nothing without any."""
    t, given = shown.t, [(section, text) for section, text in shown.edition.sections if text.strip()]
    if not given:
        return ""
    links = "".join(f"<li>{anchor(f'#section-{section.value}', _heading(shown, section))}</li>" for section, _ in given)
    compare = anchor(page_link("compare", shown.chosen, work=shown.work.id), t("sections.compare"))
    parts = "".join(_section(shown, section, text) for section, text in given)
    return (
        f'<section class="work-sections" aria-labelledby="sheet"><h2 id="sheet">{escape(t("sections.heading"))}</h2>'
        f'{_language(shown)}<nav class="section-nav" aria-label="{escape(t("sections.label"))}"><ul>{links}</ul></nav>'
        f'{parts}<p class="section-compare">{compare}</p></section>'
    )


def _section(shown: ShownWork, section: Section, text: str) -> str:
    heading = f'<h3 id="section-{section.value}">{escape(_heading(shown, section))}</h3>'
    return f'<section class="sheet-section">{heading}<div {shown.spoken(text)}>{section_markup(text)}</div></section>'


def _heading(shown: ShownWork, section: Section) -> str:
    return shown.t(f"section.{section.value}")


def _language(shown: ShownWork) -> str:
    """The headings speak the reader's language; the text may not."""
    if shown.language == shown.t.language:
        return ""
    words = shown.t("sections.in", language=in_words(shown.language, shown.t))
    return f'<p class="section-language">{escape(words)}</p>'

"""What the pages of an edition are called: “p. 12” of a PDF, the heading of a section of what has no pages."""

from __future__ import annotations

from library.formats.kinds import FileFormat, format_of
from library.locales import Texts
from library.model import Edition


def page_name(form: str, label: str, t: Texts) -> str:
    """The name of a page in an edition of this format, `label` being what the page itself is called."""
    if FileFormat(form).has_pages:
        return t("card.page", label=label)
    return t("formats.section", label=label) if label.isdigit() else label


def is_heading(form: str, label: str) -> bool:
    """Whether that name is a heading, in the language of the edition."""
    return not FileFormat(form).has_pages and not label.isdigit()


def length(edition: Edition, t: Texts) -> str:
    """How many pages it has, or sections; empty when nobody knows."""
    if edition.pages < 1:
        return ""
    paged = format_of(edition).has_pages
    return t("count.pages", count=edition.pages) if paged else t("formats.sections", count=edition.pages)


def file_word(edition: Edition, t: Texts) -> str:
    """A word for its file, where there is little room."""
    form = format_of(edition)
    return t("versions.download") if form is FileFormat.PDF else form.shown


def download_words(edition: Edition, t: Texts, language: str = "") -> str:
    """What a link that takes the file away says; with the language where several are offered."""
    form = format_of(edition)
    if form is FileFormat.PDF:
        return t("versions.download_in", language=language) if language else t("work.download")
    if language:
        return t("formats.download_in", format=form.shown, language=language)
    return t("formats.download", format=form.shown)

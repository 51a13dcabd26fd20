"""The page of a file beside the form: its picture, the pages before and after, the words that something rests on."""

from __future__ import annotations

from html import escape

from library.formats.kinds import format_of
from library.languages import UNKNOWN, language_label
from library.model import Edition
from library.ui.desk.evidence import page_button
from library.ui.desk.reviewed import Reviewed
from library.ui.desk.visit import DeskVisit, spoken
from library.ui.links import anchor, file_link


def page_picture(shown: Reviewed) -> str:
    """The page that is shown now: its picture, or its text where the file has no pages to be drawn."""
    t, visit, edition, page = shown.visit.t, shown.visit, shown.edition(), shown.shown.page
    most = max(edition.pages, 1)
    quote = shown.shown.quote
    quoted = f"<q {spoken(edition.language, quote)}>{escape(quote)}</q>" if quote else ""
    said = t("desk_work.page_of", page=page, count=most)
    drawn = format_of(edition).has_pages
    inside = _picture(shown, edition, said) if drawn else _text(shown, edition)
    told = (
        ("source", visit.beside("desk/page-image")),
        ("said", t("desk_work.page_of", page="{page}", count="{count}")),
        ("pages", str(most)),
        ("drawn", "yes" if drawn else ""),
    )
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in told)
    file = anchor(visit.beside(file_link(shown.work.id, edition, page)), t("desk_work.file"))
    return (
        f'<section class="picture" id="picture" aria-label="{escape(t("desk_work.picture"))}"{data}>'
        f"{_tabs(shown)}{_steps(shown, edition, page, most, said)}"
        f'<figure tabindex="0">{inside}<figcaption id="page-quote" aria-live="polite">{quoted}</figcaption></figure>'
        f'<p class="small">{file}</p></section>'
    )


def _picture(shown: Reviewed, edition: Edition, said: str) -> str:
    source = picture_link(shown.visit, shown.work.id, edition.language, shown.shown.page, shown.shown.quote)
    return (
        f'<img id="page-image" src="{escape(source)}" alt="{escape(said)}" width="850" height="1100" decoding="async">'
    )


def _text(shown: Reviewed, edition: Edition) -> str:
    """The text of a page as it was read, with the quoted words marked."""
    stored = shown.visit.library.pages.remembered(edition.sha256)
    try:
        text = stored.text(shown.shown.page) if stored is not None else ""
    except (KeyError, OSError):
        text = ""
    before, quote, after = text.partition(shown.shown.quote) if shown.shown.quote else (text, "", "")
    marked = f"<mark>{escape(quote)}</mark>" if quote else ""
    return f'<div class="page-text" {spoken(edition.language, text)}>{escape(before)}{marked}{escape(after)}</div>'


def picture_link(visit: DeskVisit, work: str, language: str, page: int, quote: str = "") -> str:
    """The picture of a page; the same in every language of the desk."""
    values = {"work": work, "language": language, "page": str(page) if page else "", "mark": quote}
    return DeskVisit(visit.library, visit.user, visit.t, path=visit.path).link("desk/page-image", **values)


def _tabs(shown: Reviewed) -> str:
    """The languages of the work, each of which has a file of its own."""
    if len(shown.work.editions) < 2:
        return ""
    t = shown.visit.t
    items = "".join(f"<li>{_tab(shown, edition)}</li>" for edition in shown.work.editions)
    return f'<ul class="tabs" aria-label="{escape(t("card.languages"))}">{items}</ul>'


def _tab(shown: Reviewed, edition: Edition) -> str:
    t = shown.visit.t
    name = t("language.unknown") if edition.language == UNKNOWN else language_label(edition.language, t.language)
    here = ' aria-current="true"' if edition.language == shown.edition().language else ""
    return page_button(name, edition.language, 1, "", f"{_kind(edition)}{here}")


def _kind(edition: Edition) -> str:
    """What a script must know of a file before it shows its pages."""
    drawn = "yes" if format_of(edition).has_pages else ""
    return f' data-pages="{max(edition.pages, 1)}" data-drawn="{drawn}"'


def _steps(shown: Reviewed, edition: Edition, page: int, most: int, said: str) -> str:
    t = shown.visit.t
    before = _step(edition, page - 1, t("reader.page_before"), "page-before", page > 1)
    after = _step(edition, page + 1, t("reader.page_after"), "page-after", page < most)
    return f'<div class="steps">{before}<span id="page-said" class="figure">{escape(said)}</span>{after}</div>'


def _step(edition: Edition, page: int, words: str, place: str, there: bool) -> str:
    shut = "" if there else " disabled"
    return page_button(words, edition.language, page, "", f' id="{place}"{shut}').replace(
        'class="show-page"', 'class="button small show-page"'
    )

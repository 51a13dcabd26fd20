"""The page of a file beside the form: its picture, the pages before and after, and the words that something rests on."""

from __future__ import annotations

from html import escape

from library.languages import UNKNOWN, language_label
from library.model import Edition
from library.ui.desk.evidence import page_button
from library.ui.desk.reviewed import Reviewed
from library.ui.desk.visit import DeskVisit, spoken
from library.ui.links import anchor, file_link


def page_picture(shown: Reviewed) -> str:
    """The page that is shown now."""
    t, edition, page = shown.visit.t, shown.edition(), shown.shown.page
    most = max(edition.pages, 1)
    quote = (
        f"<q {spoken(edition.language, shown.shown.quote)}>{escape(shown.shown.quote)}</q>" if shown.shown.quote else ""
    )
    source = escape(picture_link(shown.visit, shown.work.id, edition.language, page, shown.shown.quote))
    said = escape(t("desk_work.page_of", page=page, count=most))
    return (
        f'<section class="picture" id="picture" aria-label="{escape(t("desk_work.picture"))}" '
        f'data-source="{escape(picture_link(shown.visit, shown.work.id, "", 0))}" data-language="{escape(edition.language)}" '
        f'data-page="{page}" data-pages="{most}" data-said="{escape(t("desk_work.page_of", page="{page}", count="{count}"))}">'
        f"{_tabs(shown)}{_steps(shown, edition, page, most, said)}"
        f'<figure><img id="page-image" src="{source}" alt="{said}" width="850" height="1100" decoding="async">'
        f'<figcaption id="page-quote" aria-live="polite">{quote}</figcaption></figure>'
        f'<p class="small">{anchor(shown.visit.beside(file_link(shown.work.id, edition, page)), t("reader.open_file"))}'
        f"</p></section>"
    )


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
    return page_button(name, edition.language, 1, "", f' data-pages="{max(edition.pages, 1)}"{here}')


def _steps(shown: Reviewed, edition: Edition, page: int, most: int, said: str) -> str:
    t = shown.visit.t
    before = _step(edition, page - 1, t("reader.page_before"), "page-before", page > 1)
    after = _step(edition, page + 1, t("reader.page_after"), "page-after", page < most)
    return f'<div class="steps">{before}<span id="page-said" class="figure">{said}</span>{after}</div>'


def _step(edition: Edition, page: int, words: str, place: str, there: bool) -> str:
    shut = "" if there else " disabled"
    return page_button(words, edition.language, page, "", f' id="{place}"{shut}').replace(
        'class="show-page"', 'class="button small show-page"'
    )

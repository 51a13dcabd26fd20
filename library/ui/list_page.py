"""The page of a list of works: the reader's own, or one that somebody passed on. The address holds it whole.

Whose it is only the browser knows: list.js compares the address with the list it keeps, and shows what fits.
"""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from library.citing import Format, Imprint
from library.model import Kind
from library.ui import address
from library.ui.export_menu import export_menu
from library.ui.heads import Head
from library.ui.links import anchor, page_link, works_export_link
from library.ui.listed_work import Cite, compare_link, listed_work
from library.ui.masthead import open_page
from library.ui.named_works import NamedWorks, named_works, notice, titles
from library.ui.opening import references
from library.ui.passing_on import copy_button, print_button
from library.ui.visit import Visit

NOT_INDEXED = (("robots", "noindex"),)


def show_list(visit: Visit) -> None:
    """The page of the list in the address."""
    open_page(visit, "list", visit.t("page.list"))
    imprint = Imprint(
        visit.library.settings.name, visit.library.settings.address or address.origin(), visit.t, visit.thesaurus
    )
    st.html(list_markup(visit, date.today(), lambda work, edition: references().html(work, edition, imprint)))


def list_head(visit: Visit) -> Head:
    """What the first document says of a list: how many works, and which."""
    t, named = visit.t, named_works(visit)
    name = t("list.named", count=len(named.works)) if named.works else t("page.list")
    described = titles(named) or t("list.about")
    shared = (("og:title", name), ("og:description", described)) if named.works else ()
    found = bool(named.works) or not named.asked
    title = f"{name} – {visit.library.settings.name}"
    return Head(title, described, found=found, metadata=(*shared, *(NOT_INDEXED if found else ())))


def list_markup(visit: Visit, today: date, cite: Cite) -> str:
    """The list, as it is seen, and as it is printed on that day with the references that `cite` makes."""
    t, named = visit.t, named_works(visit)
    body = _full(visit, named, cite) if named.works else _empty(visit, named)
    heading = (
        f'<span class="list-when-own">{escape(t("list.title"))}</span>'
        f'<span class="list-when-shared">{escape(t("list.shared"))}</span>'
        f'<span class="printed-only">{escape(t("list.named", count=len(named.works)))}</span>'
    )
    printed = _printed(visit, named, today)
    return f'<div class="list-page"><h1 data-arrive="list" data-keep="heading">{heading}</h1>{printed}{body}</div>'


def _empty(visit: Visit, named: NamedWorks) -> str:
    """What a list without works says."""
    t = visit.t
    said = f'<p class="lead">{escape(t("list.empty"))}</p>' if not named.asked else _missing(visit, named)
    search = anchor(page_link("", visit.chosen), t("missing.home"), ' class="button main"')
    return f'<div class="list-empty">{_undo(visit)}{said}<p>{escape(t("list.about"))}</p><p>{search}</p></div>'


def _full(visit: Visit, named: NamedWorks, cite: Cite) -> str:
    t, of = visit.t, len(named.cited)
    items = "".join(
        listed_work(visit, work, edition, cite, (place, of)) for place, (work, edition) in enumerate(named.cited, 1)
    )
    count = f'<p class="list-holds">{escape(t("count.works", count=of))}</p>'
    notes = (
        f'<p class="list-when-own list-note no-print">{escape(t("list.about"))}</p>'
        f'<p class="list-when-shared list-note no-print">{escape(t("list.shared_note"))}</p>'
    )
    return (
        f"{count}{notes}{_tools(visit, named)}{_undo(visit)}{_missing(visit, named)}"
        f'<ol class="list-works">{items}</ol>{_comparing(visit, named)}'
    )


def _missing(visit: Visit, named: NamedWorks) -> str:
    """That some works are not shown; out of the reader's own list they can be taken."""
    if not named.missing:
        return ""
    t, shown = visit.t, {work.id for work in named.works}
    gone = " ".join(work for work in named.asked if work not in shown)
    tidy = _do("tidy", t("list.tidy"), "button quiet list-when-own")
    return f'<div data-missing="{escape(gone)}">{notice(t("list.missing", count=named.missing), f" {tidy}")}</div>'


def _tools(visit: Visit, named: NamedWorks) -> str:
    """What can be done with the whole list."""
    t = visit.t
    copy = copy_button(t, page_link("list", visit.chosen, work=named.asked), "button")
    printing = print_button(t, "button")
    return (
        f'<div class="list-tools no-print">{_do("keep", t("list.keep"), "button main list-when-shared")}'
        f"{copy}{_do('share', t('list.share'), 'button', hidden=True)}{printing}{_exports(visit, named)}"
        f"{_do('clear', t('list.clear'), 'button quiet list-when-own')}"
        f'<a class="button quiet list-when-shared" href="{escape(page_link("list", visit.chosen))}" data-list-link>'
        f"{escape(t('list.own'))}</a></div>"
    )


def _exports(visit: Visit, named: NamedWorks) -> str:
    """The list as a file for other programs."""
    works = [work.id for work in named.works]
    return export_menu({form: works_export_link(works, form, ui=visit.chosen) for form in Format}, visit.t)


def _undo(visit: Visit) -> str:
    """What was done last, and the way back; list.js shows it when there is something to take back."""
    t = visit.t
    said = {
        "take": t("list.taken"),
        "clear": t("list.cleared"),
        "keep": t("list.kept"),
        "tidy": t("list.tidied"),
    }
    words = "".join(f' data-{do}="{escape(text)}"' for do, text in said.items())
    moved = f' data-moved="{escape(t("list.moved", place="{place}", total="{total}"))}"'
    undone = f' data-undone="{escape(t("list.undone"))}"'
    return (
        f'<div class="list-undo no-print" data-list-undo{words}{moved}{undone} hidden><span></span>'
        f"{_do('undo', t('list.undo'), 'button')}</div>"
    )


def _comparing(visit: Visit, named: NamedWorks) -> str:
    """The way to compare practice sheets of the list."""
    t, sheets = visit.t, [work.id for work in named.works if work.kind is Kind.PRACTICE_SHEET]
    if not sheets:
        return ""
    if len(sheets) == 1:
        link = anchor(compare_link(visit, sheets[0]), t("list.compare_one"), ' class="button"')
        return f'<div class="list-compare no-print">{link}</div>'
    address = escape(compare_link(visit))
    return (
        f'<div class="list-compare no-print"><button type="button" class="button main" data-list-do="compare"'
        f' data-keep="compare" data-link="{address}" aria-disabled="true" aria-describedby="list-compare-hint">'
        f"{escape(t('list.compare'))}</button>"
        f'<span id="list-compare-hint">{escape(t("list.compare_hint"))}</span></div>'
    )


def _printed(visit: Visit, named: NamedWorks, today: date) -> str:
    """What stands at the head of the printed list: whose library, when, and where the list is."""
    if not named.works:
        return ""
    said = visit.t("list.printed", name=visit.library.settings.name, date=visit.t.date(today.isoformat()))
    link = escape(page_link("list", work=named.asked))
    return (
        f'<p class="printed-only list-printed">{escape(said)}</p>'
        f'<p class="printed-only list-printed list-whole" data-whole="{link}"></p>'
    )


def _do(do: str, words: str, classes: str, *, hidden: bool = False) -> str:
    """A button that list.js knows."""
    return (
        f'<button type="button" class="{classes}" data-list-do="{do}" data-keep="list-{do}"'
        f"{' hidden' if hidden else ''}>{escape(words)}</button>"
    )

"""The page of a work: everything the library knows of it, and what can be done with it."""

from __future__ import annotations

import streamlit as st

from library.citing import Imprint
from library.errors import NotAllowed
from library.model import Status
from library.result import Tombstone
from library.ui import address
from library.ui.masthead import open_page
from library.ui.opening import references
from library.ui.related_works import related
from library.ui.shown_work import ShownWork
from library.ui.visit import Visit
from library.ui.work_contents import contents
from library.ui.work_head import work_head
from library.ui.work_missing import work_missing, work_withdrawn
from library.ui.work_record import record
from library.ui.work_sections import sections
from library.ui.work_versions import versions


def show_work(visit: Visit) -> None:
    """The page of the work in the address, or that there is none here."""
    shown = named_work(visit)
    tomb = withdrawn(visit) if shown is None else None
    open_page(visit, "work", shown.edition.title if shown else tomb.title if tomb else visit.t("absent.title"))
    if shown is None:
        st.html(work_withdrawn(visit, tomb) if tomb is not None else work_missing(visit))
        return
    st.html(work_markup(shown, _reference(shown)))
    # By itself: what is like a work takes a tenth of a second when it is asked for the first time.
    if others := related(shown):
        st.html(f'<div class="work">{others}</div>')


def named_work(visit: Visit) -> ShownWork | None:
    """The work that the address names; None whether it is hidden from this person, not there, or withdrawn."""
    try:
        shown = ShownWork.of(visit)
    except NotAllowed:
        return None
    # Staff see it at the desk; its page is the same for everybody who could read it.
    return None if shown is None or shown.work.status is Status.WITHDRAWN else shown


def withdrawn(visit: Visit) -> Tombstone | None:
    """What is left of the work that the address names, when it was withdrawn; None for whoever could not read it."""
    named = visit.works("id")
    return (
        visit.library.tombstone(named[0], visit.user, visit.language(), visit.reads, visit.t.language)
        if named
        else None
    )


def _reference(shown: ShownWork) -> str:
    """How the shown edition stands in a list of literature, as markup."""
    settings, visit = shown.visit.library.settings, shown.visit
    imprint = Imprint(settings.name, settings.address or address.origin(), visit.t, visit.thesaurus)
    return references().html(shown.work, shown.edition, imprint)


def work_markup(shown: ShownWork, reference: str = "") -> str:
    """The work itself, below the head of the page; the reference is markup."""
    work, visit = shown.work, shown.visit
    chapters = visit.library.contents(work.id, shown.language, visit.user)
    # The headings of a practice sheet say what is in it; a longer work is entered by its contents.
    parts = [contents(shown, chapters), sections(shown)]
    main = "".join(reversed(parts) if shown.edition.sections else parts)
    several = len(work.editions) > 1
    # Seen on paper, where links lead nowhere.
    cited = f'<p class="work-cited" dir="auto">{reference}</p>' if reference else ""
    return (
        f'<article class="work">{work_head(shown, reference)}<div class="work-parts"><div class="work-main">'
        f"{main}{versions(shown) if several else ''}</div>"
        f'<aside class="work-beside">{record(shown)}{cited}</aside></div></article>'
    )

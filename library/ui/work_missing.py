"""What stands at the address of a work that is not there, or not open to this person: the same words for both.

Of a work that was withdrawn, those who could read it are told so.
"""

from __future__ import annotations

import re
from html import escape

from library.errors import EngineUnavailable, IndexOutOfDate
from library.languages import UNKNOWN
from library.result import Tombstone
from library.ui.links import anchor, page_link
from library.ui.visit import Visit
from library.ui.welcome import theme_list

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
_PAGE = re.compile(r"https?://[^\s\"'<>]+")


def work_missing(visit: Visit) -> str:
    """That there is no such work here, how members get access to theirs, and where to go on."""
    t, settings = visit.t, visit.library.settings
    access = settings.access_help or t("absent.members")
    ask = f"<p>{escape(t('absent.ask'))} {_contact(settings.contact)}</p>" if settings.contact else ""
    home = anchor(page_link("", visit.chosen), t("missing.home"))
    return (
        f'<div class="apology work-absent"><h1 data-arrive="work">{escape(t("absent.title"))}</h1>'
        f"<p>{escape(t('absent.hint'))}</p><h2>{escape(t('absent.access'))}</h2>"
        f'<p dir="auto">{escape(access)}</p>{ask}<p>{home}</p></div>{_themes(visit)}'
    )


def work_withdrawn(visit: Visit, tomb: Tombstone) -> str:
    """That a work was withdrawn, when and why, and where what was in it is now."""
    t = visit.t
    when = t("tomb.on", date=t.date(tomb.when)) if tomb.when else t("tomb.title")
    why = f'<p dir="auto">{escape(tomb.reason)}</p>' if tomb.reason else ""
    now = ""
    if tomb.merged_into:
        link = anchor(page_link("work", visit.chosen, id=tomb.merged_into), t("tomb.now"))
        now = f"<p>{link}</p>"
    home = anchor(page_link("", visit.chosen), t("missing.home"))
    language = "" if tomb.language == UNKNOWN else f' lang="{escape(tomb.language)}"'
    return (
        f'<div class="apology work-withdrawn"><h1 data-arrive="work"{language} dir="auto">{escape(tomb.title)}</h1>'
        f"<p><strong>{escape(when)}</strong></p>{why}{now}<p>{home}</p></div>{_themes(visit)}"
    )


def _contact(contact: str) -> str:
    """A link where it can be one."""
    if _MAIL.fullmatch(contact):
        return anchor(f"mailto:{contact}", contact)
    return anchor(contact, contact) if _PAGE.fullmatch(contact) else escape(contact)


def _themes(visit: Visit) -> str:
    try:
        return theme_list(visit.whole(), visit)
    except (IndexOutOfDate, EngineUnavailable):  # what is missing stays missing
        return ""

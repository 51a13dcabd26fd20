"""What stands around every page of the desk: its head with the pages one may use, boxes that say what happened."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType

from library.access import Right
from library.languages import language_label
from library.locales import LANGUAGES
from library.ui.asset_version import asset_version
from library.ui.desk.visit import DeskVisit
from library.ui.links import anchor, current

_HERE = Path(__file__).parent
ASSETS = {path.name: path for path in sorted(_HERE.iterdir()) if path.suffix in (".css", ".js")}
"""What the documents load."""

PAGES = MappingProxyType(
    {
        "desk": Right.READ_DRAFTS,
        "add": Right.ADD,
        "journal": Right.KEEP,
        "exchange": Right.EXPORT,
        "insight": Right.INSIGHT,
        "health": Right.HEALTH,
    }
)
"""The pages that the head leads to, each with the right that it takes."""

_DOCUMENT = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="{up}assets/icon.svg" type="image/svg+xml">
{loaded}
</head>
<body{attributes}>
<a class="skip" href="#main">{skip}</a>
{head}
<main id="main" tabindex="-1">
{body}
</main>
<p id="said" class="unseen" role="status" aria-live="polite"></p>
</body>
</html>
"""


def desk_document(
    visit: DeskVisit, title: str, body: str, *, here: str = "", scripts: tuple[str, ...] = (), wide: bool = False
) -> str:
    """A page of the desk. The title is text, the body is markup; `here` is the page of `PAGES` that it belongs to.

    `scripts` are names of our own scripts; `wide` gives the page the whole width of the window.
    """
    return _DOCUMENT.format(
        language=visit.t.language,
        direction=visit.t.direction,
        title=escape(f"{title} – {visit.library.settings.name}"),
        up=visit.beside(""),
        loaded=_loaded(visit, (*scripts, "desk.js")),  # the last one says that the page is ready
        attributes=' class="wide"' if wide else "",
        skip=escape(visit.t("desk.skip")),
        head=_head(visit, here),
        body=body,
    )


def refusal(visit: DeskVisit, heading: str, words: str, remedy: str = "") -> str:
    """A whole page that says why something cannot be shown or done, and where to go on. All are texts."""
    more = f"<p>{escape(remedy)}</p>" if remedy else ""
    way = anchor(visit.link("desk"), visit.t("desk.back")) if visit.may(Right.READ_DRAFTS) else ""
    home = anchor(visit.link(), visit.t("missing.home"))
    body = (
        f'<div class="refusal"><h1>{escape(heading)}</h1><p dir="auto">{escape(words)}</p>{more}'
        f'<p class="ways">{way} {home}</p></div>'
    )
    return desk_document(visit, heading, body)


def banner(words: str, tone: str = "good", more: str = "") -> str:
    """A box that says what happened: `good`, `warn` or `bad`. The words are text, `more` is markup."""
    role = "status" if tone == "good" else "alert"
    return f'<div class="banner {tone}" role="{role}"><p dir="auto">{escape(words)}</p>{more}</div>'


def table(heads: Iterable[str], rows: str) -> str:
    """A table that scrolls by itself where there is too little room. The heads are texts, the rows are markup."""
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    return (
        f'<div class="table-frame" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f"</div>"
    )


def _loaded(visit: DeskVisit, scripts: tuple[str, ...]) -> str:
    version = _version()
    up = visit.beside("assets/")
    sheets = "\n".join(
        f'<link rel="stylesheet" href="{up}{name}?v={version}">' for name in ASSETS if name.endswith(".css")
    )
    modules = "".join(f'\n<script type="module" src="{up}{name}?v={version}"></script>' for name in scripts)
    return sheets + modules


def _head(visit: DeskVisit, here: str) -> str:
    t = visit.t
    library = anchor(visit.link(), visit.library.settings.name, ' class="desk-library" dir="auto"')
    items = "".join(f"<li>{_page(visit, page, here)}</li>" for page, right in PAGES.items() if visit.may(right))
    return (
        f'<header class="desk-head"><p class="desk-name">{library}<span>{escape(t("desk.name"))}</span></p>'
        f'<nav class="desk-pages" aria-label="{escape(t("desk.pages"))}"><ul>{items}</ul></nav>'
        f'<div class="desk-person">{_languages(visit)}{_person(visit)}</div></header>'
    )


def _page(visit: DeskVisit, page: str, here: str) -> str:
    address = "desk" if page == "desk" else f"desk/{page}"
    return anchor(visit.link(address), visit.t(f"desk.page.{page}"), current(page == here, "page"))


def _languages(visit: DeskVisit) -> str:
    said, spoken = escape(visit.t("masthead.languages")), visit.t.language
    kept = {name: values for name, values in visit.params.items() if name not in ("ui", "done")}
    items = "".join(
        "<li>"
        + anchor(
            DeskVisit.link(_asking(visit, language), visit.path, **kept),
            language_label(language, language),
            f' lang="{language}" hreflang="{language}"{current(language == spoken)}',
        )
        + "</li>"
        for language in LANGUAGES
    )
    return (
        f'<nav class="language-menu" aria-label="{said}"><details class="menu"><summary class="button quiet">'
        f'<span class="unseen">{said} </span>{escape(language_label(spoken, spoken))}</summary>'
        f"<ul>{items}</ul></details></nav>"
    )


def _asking(visit: DeskVisit, language: str) -> DeskVisit:
    """The same visit as if it had asked for a language."""
    params = {**visit.params, "ui": (language,)}
    return DeskVisit(visit.library, visit.user, visit.t, visit.token, visit.path, params)


def _person(visit: DeskVisit) -> str:
    """Who is signed in, and the way out."""
    if not visit.user.name:
        return ""
    return (
        f'<form method="post" action="{escape(visit.beside("sign-out"))}" class="sign-out">{visit.hidden_token()}'
        f'<bdi class="person">{escape(visit.user.name)}</bdi> '
        f'<button class="button quiet">{escape(visit.t("desk.sign_out"))}</button></form>'
    )


@cache
def _version() -> str:
    """Changes with the content of what the documents load."""
    return asset_version(ASSETS)

"""The document that the browser loads first: Streamlit's own, with our language, title, style and script.

Streamlit's has an English title and language, an inline script that a strict content policy refuses, and
a font that is never used here. Every change is held by a test, so that an upgrade that moves things is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path

import streamlit

from library.access import User
from library.errors import LibraryError
from library.library import Library
from library.locales import Texts, load_texts
from library.settings import Settings
from library.ui.asset_version import asset_version
from library.ui.desk import ASSETS as DESK_ASSETS
from library.ui.doors import DOORS
from library.ui.heads import Head, head_markup
from library.ui.reader import ASSETS as READER_ASSETS
from library.ui.visit import Visit
from library.web import Front
from library.web.front import Document

ASSETS = {path.name: path for path in sorted((Path(__file__).parent / "assets").iterdir())}
"""What the first document loads besides Streamlit's own."""
SERVED = {**ASSETS, **READER_ASSETS, **DESK_ASSETS}

_DROPPED = (
    r"<!--.*?-->",
    r"<script>.*?</script>",
    r'<link rel="shortcut icon"[^>]*>',
    r'<link\s+rel="preload"[^>]*as="font"[^>]*>',
    r'<link rel="service-desc"[^>]*>',
)
_HEAD = """{head}
    <meta name="color-scheme" content="light dark" />
    <meta name="pages" content="{pages}" />
    <link rel="icon" href="./assets/icon.svg" type="image/svg+xml" />
    {loaded}"""
_BODY = """<noscript><p>{noscript}</p></noscript>
    <div id="announcer" role="status" aria-live="polite"></div>"""


def front(open_library: Callable[[], Library]) -> Front:
    """The first documents of this library and what they load, for the routes."""
    version = asset_version(ASSETS)
    versions = frozenset((version, asset_version(READER_ASSETS), asset_version(DESK_ASSETS)))

    def document(page: str, params: Mapping[str, tuple[str, ...]], user: User, language: str, reader: str) -> Document:
        t = load_texts(language)
        try:
            library = open_library()
            head = DOORS[page].head(Visit(library, user, library.texts(language), params, reader))
        except LibraryError:  # the page itself will say what is the matter
            head = Head(Settings().name, t("masthead.about"))
        return Document(shell(head, t, version), head.found, head.gone)

    def missing(language: str) -> str:
        return not_here(load_texts(language), version)

    return Front(tuple(DOORS), document, missing, SERVED, versions)


def shell(head: Head, t: Texts, version: str) -> str:
    """The first document of a page, in the language of the texts."""
    values = {
        "head": head_markup(head),
        "noscript": escape(" ".join(filter(None, (t("page.noscript"), head.noscript)))),
        "loaded": _loaded(version),
        "pages": " ".join(DOORS),
    }
    direction = "" if t.direction == "ltr" else f' dir="{t.direction}"'
    document = _streamlit_document().replace('<html lang="en">', f'<html lang="{t.language}"{direction}>')
    document = document.replace("<title>Streamlit</title>", _HEAD.format_map(values))
    return re.sub(r"<noscript>.*?</noscript>", lambda _: _BODY.format_map(values), document, flags=re.DOTALL)


def not_here(t: Texts, version: str) -> str:
    """A whole small page that says that there is nothing at an address, and where to go on."""
    heading = escape(t("missing.title"))
    loaded = (
        '<meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />'
        '<meta name="robots" content="noindex" />'
        '<link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />'
        f'<link rel="stylesheet" href="/assets/style.css?v={escape(version)}" />'
    )
    way = f'<p>{escape(t("missing.hint"))}</p><p><a href="/">{escape(t("missing.home"))}</a></p>'
    return (
        f'<!doctype html><html lang="{t.language}"><head>{loaded}<title>{heading}</title></head>'
        f'<body class="stApp alone"><main class="stHtml"><div class="apology"><h1>{heading}</h1>{way}</div></main>'
        "</body></html>"
    )


def _loaded(version: str) -> str:
    """The style sheets and scripts of the pages, as elements: all of them, for one page leads to the other."""
    styles = [name for name in ASSETS if name.endswith(".css")]
    scripts = sorted((name for name in ASSETS if name.endswith(".js")), key=lambda name: (name != "page.js", name))
    return "\n    ".join(
        [
            *(f'<link rel="stylesheet" href="./assets/{name}?v={escape(version)}" />' for name in styles),
            *(f'<script type="module" src="./assets/{name}?v={escape(version)}"></script>' for name in scripts),
        ]
    )


@cache
def _streamlit_document() -> str:
    document = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    for part in _DROPPED:
        document = re.sub(part, "", document, flags=re.DOTALL)
    return document.strip()

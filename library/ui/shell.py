"""The document that the browser loads first: Streamlit's own, with our language, title, style and script.

Streamlit's has an English title and language, an inline script that a strict content policy refuses, and
a font that is never used here. Every change is held by a test, so that an upgrade that moves things is noticed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path

import streamlit

from library.errors import LibraryError
from library.library import Library
from library.locales import Texts, load_texts
from library.settings import Settings
from library.ui.reader import ASSETS as READER_ASSETS
from library.web import Front

_HERE = Path(__file__).parent
ASSETS = {name: _HERE / name for name in ("style.css", "page.js", "icon.svg")}
"""What the first document loads besides Streamlit's own."""
SERVED = {**ASSETS, **READER_ASSETS}

_DROPPED = (
    r"<!--.*?-->",
    r"<script>.*?</script>",
    r'<link rel="shortcut icon"[^>]*>',
    r'<link\s+rel="preload"[^>]*as="font"[^>]*>',
    r'<link rel="service-desc"[^>]*>',
)
_HEAD = """<title>{name}</title>
    <meta name="description" content="{about}" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="./assets/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="./assets/style.css?v={version}" />
    <script type="module" src="./assets/page.js?v={version}"></script>"""
_BODY = """<noscript><p>{noscript}</p></noscript>
    <div id="announcer" role="status" aria-live="polite"></div>"""


def front(open_library: Callable[[], Library]) -> Front:
    """The first document of this library and what it loads, for the routes."""
    version = hashlib.sha256(b"".join(path.read_bytes() for path in ASSETS.values())).hexdigest()[:12]

    def document(language: str) -> str:
        try:
            name = open_library().settings.name
        except LibraryError:  # the page itself will say what is the matter
            name = Settings().name
        return shell(name, load_texts(language), version)

    return Front(document, SERVED)


def shell(name: str, t: Texts, version: str) -> str:
    """The first document, for a library of this name, in the language of the texts."""
    values = {
        "name": escape(name),
        "about": escape(t("masthead.about")),
        "noscript": escape(t("page.noscript")),
        "version": escape(version),
    }
    document = _streamlit_document().replace('<html lang="en">', f'<html lang="{t.language}">')
    document = document.replace("<title>Streamlit</title>", _HEAD.format_map(values))
    return re.sub(r"<noscript>.*?</noscript>", lambda _: _BODY.format_map(values), document, flags=re.DOTALL)


@cache
def _streamlit_document() -> str:
    document = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    for part in _DROPPED:
        document = re.sub(part, "", document, flags=re.DOTALL)
    return document.strip()

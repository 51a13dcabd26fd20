"""Where the links of a page lead: a search, a page of a file, a cover.

All are relative, so that they also hold behind a proxy that serves the library below a path.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

from library.request import SearchRequest


def search_link(request: SearchRequest) -> str:
    """The address of a search, relative to the page: the same search whoever opens it."""
    query = urlencode(request.to_params(), doseq=True)
    return f"./?{query}" if query else "./"


def page_link(page: str, reader: str = "", **values: str | tuple[str, ...]) -> str:
    """The address of another page, in the interface language chosen; empty values are left out."""
    given = {name: value for name, value in values.items() if value}
    query = urlencode({**given, "ui": reader} if reader else given, doseq=True)
    return f"./{page}?{query}" if query else f"./{page}"


def work_link(work: str, reader: str = "", language: str = "") -> str:
    """The page of a work, opened at one of its languages when that is named."""
    return page_link("work", reader, id=work, language=language)


def file_link(work: str, language: str, page: int = 0) -> str:
    """The file of an edition, opened at a page by the browser's own viewer."""
    place = f"files/{quote(work, safe='')}/{quote(language, safe='')}.pdf"
    return f"{place}#page={page}" if page > 0 else place


def cover_link(work: str, language: str, sha256: str) -> str:
    """The cover of an edition; another file has another address, so that a browser may keep it for long."""
    return f"covers/{quote(work, safe='')}/{quote(language, safe='')}.webp?v={quote(sha256[:12], safe='')}"


def anchor(address: str, words: str, attributes: str = "") -> str:
    """A link with its words; the words are text, the attributes are markup of ours."""
    return f'<a href="{escape(address)}"{attributes}>{escape(words)}</a>'


def current(yes: bool, what: str = "true") -> str:
    """The attribute that marks a link as where the reader is already."""
    return f' aria-current="{what}"' if yes else ""

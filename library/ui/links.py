"""Where the links of a page lead: a search, a page of a file, a cover.

All are relative, so that they also hold behind a proxy that serves the library below a path.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote, urlencode

from library.citing import Format
from library.model import Edition
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


def theme_link(topic: str, reader: str = "") -> str:
    """The page of a theme."""
    return page_link("theme", reader, id=topic)


def file_link(work: str, edition: Edition, page: int = 0) -> str:
    """The file of an edition, a PDF opened at a page by the browser's own viewer."""
    place = f"files/{quote(work, safe='')}/{quote(edition.language, safe='')}.{quote(edition.format, safe='')}"
    return f"{place}#page={page}" if page > 0 else place


def take_link(work: str, edition: Edition) -> str:
    """The file of an edition, to be kept rather than opened."""
    return f"{file_link(work, edition)}?download=1"


def read_link(
    work: str, language: str, page: int = 0, query: str = "", narrow: tuple[str, ...] = (), reader: str = ""
) -> str:
    """An edition in the reader, opened at a page with the words of a query marked.

    `narrow` are the topics whose other names are not marked, `reader` is the interface language when it was chosen.
    """
    params = {"id": work, "language": language, "page": str(page) if page > 0 else "", "q": query, "ui": reader}
    given = {name: value for name, value in params.items() if value}
    return "read?" + urlencode({**given, **({"narrow": narrow} if narrow else {})}, doseq=True)


def part_link(package: str, version: str, file: str = "") -> str:
    """A file of a package for the browser, or the folder that holds them."""
    return f"parts/{quote(package, safe='@')}/{quote(version, safe='')}/{file}"


def cover_link(work: str, language: str, sha256: str) -> str:
    """The cover of an edition; another file has another address, so that a browser may keep it for long."""
    return f"covers/{quote(work, safe='')}/{quote(language, safe='')}.webp?v={quote(sha256[:12], safe='')}"


def export_link(request: SearchRequest, form: Format) -> str:
    """Every work that answers a search, as a file in that format."""
    return f"export?{urlencode({'format': form.value, **request.with_page(1).to_params()}, doseq=True)}"


def works_export_link(works: Iterable[str], form: Format, edition: str = "", ui: str = "") -> str:
    """These works as a file; of a single work, the edition in that language. `ui` is the reader's language."""
    given = {"format": form.value, "work": list(works), "edition": edition, "ui": ui}
    return f"export?{urlencode({name: value for name, value in given.items() if value}, doseq=True)}"


def anchor(address: str, words: str, attributes: str = "") -> str:
    """A link with its words; the words are text, the attributes are markup of ours."""
    return f'<a href="{escape(address)}"{attributes}>{escape(words)}</a>'


def current(yes: bool, what: str = "true") -> str:
    """The attribute that marks a link as where the reader is already."""
    return f' aria-current="{what}"' if yes else ""

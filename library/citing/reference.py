"""A work as a list of references has it, in the words and months of the reader's language.

citeproc-py does the work, from the style in `apa.csl` and the CSL project's own locales.
"""

from __future__ import annotations

from importlib import resources
from io import BytesIO
from threading import Lock

from citeproc import PRIMARY_DIALECTS, Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import html as html_formatter
from citeproc.source.json import CiteProcJSON

from library.citing.csl import csl_item
from library.citing.imprint import Imprint
from library.model import Edition, Work

STYLE = "apa.csl"
FALLBACK = "en-US"

_SHOWN = {"id", "type", "title", "genre", "issued", "publisher", "URL"}
"""What the style asks for."""
_MARKUP = "&<>"
_HIDDEN = "\ue000\ue001\ue002"
"""Stand for `_MARKUP` while a reference is made: citeproc-py reads some markup in what it is given, and escapes only
some of what it gives back. They are signs for private use, and nothing in a title."""
_HIDE = {**dict.fromkeys(map(ord, _HIDDEN)), **str.maketrans(_MARKUP, _HIDDEN)}
_AS_TEXT = str.maketrans(_HIDDEN, _MARKUP)
_AS_HTML = str.maketrans(dict(zip(_HIDDEN, ("&amp;", "&lt;", "&gt;"), strict=True)))


class References:
    """Makes references, about one millisecond each; opened once, for any number of threads."""

    def __init__(self) -> None:
        self._style = resources.files(__package__).joinpath(STYLE).read_bytes()
        self._opened: dict[str, CitationStylesStyle] = {}
        self._lock = Lock()  # a style remembers what it is just writing

    def html(self, work: Work, edition: Edition, imprint: Imprint) -> str:
        """The reference in APA style: escaped text, and `<i>` around the title."""
        return self._made(work, edition, imprint).translate(_AS_HTML)

    def text(self, work: Work, edition: Edition, imprint: Imprint) -> str:
        """The same as text alone, to be copied."""
        return self._made(work, edition, imprint).replace("<i>", "").replace("</i>", "").translate(_AS_TEXT)

    def _made(self, work: Work, edition: Edition, imprint: Imprint) -> str:
        """The reference as citeproc-py writes it: no markup but its own."""
        every = csl_item(work, edition, imprint)
        item = {name: _hidden(value) for name, value in every.items() if name in _SHOWN}
        with self._lock:
            style = self._in(imprint.texts.language)
            bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), html_formatter)
            bibliography.register(Citation([CitationItem(str(every["id"]))]))
            return "".join(map(str, bibliography.bibliography()))

    def _in(self, language: str) -> CitationStylesStyle:
        """The style with the words of a language; with English ones when CSL has none."""
        locale = PRIMARY_DIALECTS.get("nb" if language == "no" else language, FALLBACK)
        if locale not in self._opened:
            self._opened[locale] = CitationStylesStyle(BytesIO(self._style), locale=locale, validate=False)
        return self._opened[locale]


def _hidden(value: object) -> object:
    return value.translate(_HIDE) if isinstance(value, str) else value

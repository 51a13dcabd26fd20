"""BibTeX, in UTF-8: for LaTeX, with BibTeX or biblatex, and for reference managers.

Text is escaped for LaTeX, braces above all: BibTeX counts them even behind a backslash, so that one alone would
swallow the entries that follow. Fields: https://ctan.org/pkg/biblatex, section 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from library.citing.imprint import Cited, Imprint, full_title, key, plain
from library.citing.kinds import FORMS
from library.languages import language_name
from library.model import Edition, Work

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_TABLE = str.maketrans(_ESCAPED)
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[!?])(?=`)")
"""Where LaTeX would set one sign for two: `--` as a dash, `''` as a quotation mark."""


def bibtex(cited: Iterable[Cited], imprint: Imprint) -> str:
    """Editions as entries, with a blank line between them."""
    return "\n".join(_entry(work, edition, imprint) for work, edition in cited)


def _entry(work: Work, edition: Edition, imprint: Imprint) -> str:
    form = FORMS[work.kind]
    spoken = language_name(edition.language, "en").lower()  # as babel and biblatex name languages
    fields = {
        "title": f"{{{_escaped(full_title(edition))}}}",  # twice in braces: no style may change its capitals
        form.publisher: _escaped(plain(imprint.publisher)),
        "type": _escaped(imprint.genre(work)),
        "year": work.date[:4],
        "date": work.date,
        "language": spoken,
        "langid": spoken,
        "pagetotal": str(edition.pages) if edition.pages > 0 else "",
        "keywords": ", ".join(_keyword(topic) for topic in imprint.topics(work)),
        "abstract": _escaped(plain(edition.abstract)),
        "url": imprint.address(work),  # read letter by letter, and without any sign that would need escaping
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{form.bibtex}{{{key(work, edition)},\n{''.join(lines)}}}\n"


def _escaped(text: str) -> str:
    """A text for LaTeX, with what would become one sign kept apart."""
    return "{}".join(part.translate(_TABLE) for part in _LIGATURES.split(text))


def _keyword(topic: str) -> str:
    """A topic among others: a comma within it parts nothing when it stands in braces."""
    return f"{{{_escaped(topic)}}}" if "," in topic else _escaped(topic)

"""RIS, in UTF-8 with CRLF: for EndNote, Citavi, Mendeley, Zotero.

One `TY` opens a record and one `ER` closes it; each line is a tag of two signs and its value
(https://en.wikipedia.org/wiki/RIS_(file_format)).
"""

from __future__ import annotations

from collections.abc import Iterable

from library.citing.imprint import Cited, Imprint, full_title, key, plain
from library.citing.kinds import FORMS
from library.model import Edition, Work

_END = "\r\n"


def ris(cited: Iterable[Cited], imprint: Imprint) -> str:
    """Editions as records, with an empty line behind each."""
    return "".join(_record(work, edition, imprint) for work, edition in cited)


def _record(work: Work, edition: Edition, imprint: Imprint) -> str:
    lines = [
        ("TY", FORMS[work.kind].ris),
        ("ID", key(work, edition)),
        ("TI", full_title(edition)),
        ("M3", imprint.genre(work)),
        ("PY", work.date[:4]),
        ("DA", work.date.replace("-", "/")),
        ("PB", plain(imprint.publisher)),
        ("LA", edition.language),
        ("SP", str(edition.pages) if edition.pages > 0 else ""),
        *(("KW", topic) for topic in imprint.topics(work)),
        ("AB", plain(edition.abstract)),
        ("UR", imprint.address(work)),
    ]
    written = "".join(f"{tag}  - {value}{_END}" for tag, value in lines if value)
    return f"{written}ER  - {_END}{_END}"

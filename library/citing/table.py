"""A table for spreadsheet programs: CSV (RFC 4180) in UTF-8 with the mark by which they tell it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from library.citing.imprint import Cited, Imprint, plain
from library.model import Edition, Work

COLUMNS = (
    "id", "title", "subtitle", "language", "languages", "kind", "date", "topics", "places", "projects", "pages",
    "access", "url",
)  # fmt: skip
SEPARATOR = " | "
"""Between the values of one cell; a semicolon would part cells where a comma is the decimal sign."""
MARK = "\ufeff"

_FORMULA = re.compile(r"""((?:^|;)["'\s]*)(?=[=+\-@＝＋－＠])""")
"""Where a program may begin to calculate: at the start of a cell, and behind what it may take for the end of one
(https://owasp.org/www-community/attacks/CSV_Injection)."""


def table(cited: Iterable[Cited], imprint: Imprint) -> str:
    """Editions as rows below a row of column names."""
    out = io.StringIO()
    out.write(MARK)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in _row(work, edition, imprint)] for work, edition in cited)
    return out.getvalue()


def _row(work: Work, edition: Edition, imprint: Imprint) -> tuple[str, ...]:
    """The cells of one edition, in the order of `COLUMNS`."""
    return (
        work.id,
        edition.title,
        edition.subtitle,
        edition.language,
        SEPARATOR.join(work.languages),
        imprint.kind(work),
        work.date,
        SEPARATOR.join(imprint.topics(work)),
        SEPARATOR.join(imprint.places(work)),
        SEPARATOR.join(work.projects),
        str(edition.pages) if edition.pages > 0 else "",
        work.access.value,
        imprint.address(work),
    )


def _harmless(cell: str) -> str:
    """A cell as text and never as a formula: an apostrophe before what could begin one."""
    return _FORMULA.sub(r"\1'", plain(cell))

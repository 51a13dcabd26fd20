"""Records as a table for spreadsheet programs, and back: CSV (RFC 4180) in UTF-8, one row for each edition.

Nothing in a cell is ever taken for a formula, by an apostrophe that reading takes away again. Several values of one
cell stand between bars; a bar within a value is written `\\|`, a backslash `\\\\`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from library.errors import UsageError
from library.exchange.columns import BY_NAME, COLUMNS, FILE, LANGUAGE, WORK, Texts, file_of, own_texts, shared_texts
from library.exchange.offer import Offer
from library.model import Work

MARK = "\ufeff"
BAR = " | "
DELIMITERS = ",;\t"
MOST_ROWS = 100_000
LONGEST_CELL = 131_072
"""Characters: the limit of Python's own reader of CSV."""

_FORMULA = re.compile(r"""((?:^|[;\n])["'\s]*)(?=[=+\-@＝＋－＠])""")
"""Where a program may begin to calculate: at the start of a cell, and behind what it may take for the end of one
(https://owasp.org/www-community/attacks/CSV_Injection)."""
_HARMLESS = re.compile(r"""((?:^|[;\n])["'\s]*)'(?=[=+\-@＝＋－＠])""")
"""The same with the apostrophe that made it harmless."""
_PART = re.compile(r"(?:[^|\\]|\\.|\\$)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read."""

    offers: tuple[Offer, ...]
    notices: tuple[str, ...] = ()


def write_sheet(works: Iterable[Work]) -> Iterator[str]:
    """The table of these works, in pieces: a row of column names, then one row for each edition."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    out.write(MARK)
    writer.writerow(COLUMNS)
    for work in works:
        shared = shared_texts(work)
        for edition in work.editions:
            texts: dict[str, Texts] = {**shared, **own_texts(edition)}
            texts |= {WORK: (work.id,), LANGUAGE: (edition.language,), FILE: (file_of(work, edition),)}
            writer.writerow([harmless(_cell(name, texts[name])) for name in COLUMNS])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def read_sheet(content: bytes, encoding: str = "") -> Sheet:
    """The rows of a table; the program that wrote it may have parted cells with commas, semicolons or tabs.

    An encoding is only asked for when the text is not UTF-8. Raises UsageError when it is no such table.
    """
    text, notices = _decoded(content, encoding)
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        _check_head(names)
        offers = tuple(_offers(reader, names))
    except csv.Error as error:
        raise UsageError(
            f"line {reader.line_num} is no line of a table: {error}", "save the table again as CSV"
        ) from None
    unknown = [name[:60] for name in names if name and name not in COLUMNS]
    told = (f"columns that are not read: {', '.join(unknown)}",) if unknown else ()
    return Sheet(offers, (*notices, *told))


def harmless(cell: str) -> str:
    """A cell as text and never as a formula."""
    return _FORMULA.sub(r"\1'", cell)


def as_meant(cell: str) -> str:
    """A cell without the apostrophes of `harmless`."""
    return _HARMLESS.sub(r"\1", cell)


def joined(values: Texts) -> str:
    """Several values as one cell."""
    return BAR.join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def parted(cell: str) -> Texts:
    """The values of a cell that may have several."""
    parts: list[str] = []
    at = 0
    while at <= len(cell):
        found = _PART.match(cell, at)
        end = found.end() if found else len(cell)
        parts.append(re.sub(r"\\(.)", r"\1", cell[at:end].strip(), flags=re.DOTALL))
        at = end + 1
    return tuple(part for part in parts if part)


def _cell(name: str, texts: Texts) -> str:
    column = BY_NAME.get(name)
    return joined(texts) if column is not None and column.many else "".join(texts)


def _decoded(content: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """The text, and what is to be told of how it was read. Raises UsageError."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        if not encoding:
            return content.decode("utf-8-sig"), ()
        return content.decode(encoding), (f"the text was read as {encoding}: look at its accents",)
    except LookupError:
        raise UsageError(f"“{encoding}” is no encoding", "use utf-8, utf-16 or windows-1252") from None
    except UnicodeError:
        line = _line_not_utf8(content)
        raise UsageError(
            f"the table is not {encoding or 'UTF-8'} (line {line})",
            "save it as “CSV UTF-8”, or state how it is written, such as --encoding windows-1252",
        ) from None


def _line_not_utf8(content: bytes) -> int:
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1


def _check_head(names: list[str]) -> None:
    """Raises UsageError when the first row does not name columns."""
    if not {WORK, FILE} & set(names):
        raise UsageError(
            "the first row of the table does not name its columns",
            f"name them in the first row: {WORK} or {FILE} at least, and any of {', '.join(COLUMNS)}",
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UsageError(f"the table has the column {twice[0][:60]} twice", "take one of them out")


def _offers(reader: Iterable[list[str]], names: list[str]) -> Iterator[Offer]:
    """The rows that say something; row 1 is that of the names, as spreadsheet programs count."""
    for number, row in enumerate(reader, 2):
        if number > MOST_ROWS:
            raise UsageError(f"the table has more than {MOST_ROWS} rows", "part it into several")
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: as_meant(cell).strip() for name, cell in zip(names, row, strict=False) if name in COLUMNS}
        texts = {name: _texts(name, cell) for name, cell in cells.items() if name in BY_NAME}
        yield Offer(
            row=number,
            work=cells.get(WORK, ""),
            language=cells.get(LANGUAGE, ""),
            file=cells.get(FILE, ""),
            texts=texts,
            problem="has more cells than there are columns" if any(map(str.strip, row[len(names) :])) else "",
        )


def _texts(name: str, cell: str) -> Texts:
    if BY_NAME[name].many:
        return parted(cell)
    return (cell,) if cell else ()

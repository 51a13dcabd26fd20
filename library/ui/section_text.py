"""The text of a practice sheet's section as markup: paragraphs, lists, and the rows of its tables.

A section is taken down as plain text. Empty lines part paragraphs, lines that begin with “– ” or “1. ” are the points
of a list, and lines of cells parted by “ · ” the rows of a table. `section.css` has the look of all three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from html import escape
from itertools import groupby

CELL = " · "
"""Parts the cells of a row."""

_POINT = re.compile(r"[–—•*-] +(?P<words>\S.*)")
_STEP = re.compile(r"(?P<number>[0-9]{1,3})[.)] +(?P<words>\S.*)")
_FIGURE = re.compile(r"[^\w]*[0-9][0-9\s.,'’+−–%€$£-]*[^\W\d_]{0,4}\.?")
"""A cell that is a number, with a sign before it or a short unit behind it at most."""


class _Shape(Enum):
    """What a line is, by itself."""

    PLAIN = "plain"
    POINT = "point"
    STEP = "step"
    ROW = "row"


def section_markup(text: str) -> str:
    """The text of a section as markup, with everything in it escaped; empty when there is no text."""
    blocks = re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(part for block in blocks for part in _block(block))


def _block(block: str) -> Iterator[str]:
    """The lines between two empty ones: those of one shape that follow each other belong together."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    for shape, group in groupby(lines, _shape):
        together = list(group)
        match shape:
            case _Shape.POINT:
                yield _points(together)
            case _Shape.STEP:
                yield _steps(together)
            case _Shape.ROW:
                yield _table(together) or _paragraph(together)
            case _:
                yield _paragraph(together)


def _shape(line: str) -> _Shape:
    if _POINT.fullmatch(line):
        return _Shape.POINT
    if _STEP.fullmatch(line):
        return _Shape.STEP
    return _Shape.ROW if CELL in line else _Shape.PLAIN


def _paragraph(lines: list[str]) -> str:
    return f'<p class="section-text">{"<br>".join(map(escape, lines))}</p>'


def _points(lines: list[str]) -> str:
    items = "".join(f"<li>{escape(found['words'])}</li>" for line in lines if (found := _POINT.fullmatch(line)))
    return f'<ul class="section-list">{items}</ul>'


def _steps(lines: list[str]) -> str:
    """A numbered list with the numbers that it has, wherever it begins."""
    found = [step for line in lines if (step := _STEP.fullmatch(line))]
    items = "".join(f'<li value="{int(step["number"])}">{escape(step["words"])}</li>' for step in found)
    return f'<ol class="section-list">{items}</ol>'


def _table(lines: list[str]) -> str:
    """Rows under a first row of names; empty when they are no table, so that no cell is put under a wrong name.

    A row may be shorter than the first, never longer: two tables may stand side by side, one longer than the other.
    """
    first, *rows = [[cell.strip() for cell in line.split(CELL)] for line in lines]
    if not rows or any(len(row) > len(first) for row in rows) or any(map(_FIGURE.fullmatch, first)):
        return ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in first)
    body = "".join(f"<tr>{''.join(map(_cell, row + [''] * (len(first) - len(row))))}</tr>" for row in rows)
    return f'<table class="section-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(cell: str) -> str:
    figure = ' class="figure"' if _FIGURE.fullmatch(cell) else ""
    return f"<td{figure}>{escape(cell)}</td>"

"""A document without pages as it flows: paragraphs and headings, one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from library.formats.text_repair import clean_metadata, repair

BODY_SIZE = 11.0
"""Points: the size of type taken for text where the file gives none."""
TITLE_SIZE = 24.0
LONGEST_ROW = 500
"""Characters of a table row that is set on one line; a longer one is a table that lays out a page."""
LARGEST_TYPE = 96.0
LINE_BREAKS = re.compile("[\n\r\v\f\x85\u2028\u2029]")
"""In the source of a document they are blanks like others."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, or a row of a table."""

    text: str
    level: int = 0
    """1 for a heading of the first rank, 2 below it, and so on; 0 for what is no heading."""
    size: float = BODY_SIZE
    """Height of the type in points, as the file says or as its rank lets expect."""
    bold: bool = False
    """Whether nearly all of it is bold."""
    opens: bool = False
    """Whether the document begins a new file or chapter with it."""


@dataclass(slots=True)
class _Open:
    """A paragraph that is still being written."""

    level: int = 0
    size: float = 0.0
    parts: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    largest: float = 0.0


class Flow:
    """Takes down a document in reading order; paragraphs may stand inside paragraphs, as text boxes and notes do."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[_Open] = []
        self._rows: list[int] = []
        self._opens = False

    @property
    def writing(self) -> bool:
        """Whether a paragraph is open."""
        return bool(self._open)

    def chapter(self) -> None:
        """What comes next begins a file or chapter of its own."""
        self._opens = True

    def begin(self, level: int = 0, size: float = 0.0) -> None:
        """Open a paragraph, or a heading of this level, of this size of type where it is known."""
        self._open.append(_Open(level, size))

    def words(self, text: str, *, bold: bool = False, size: float = 0.0) -> None:
        """Text of the paragraph that is open; without one it is lost, being what stands between paragraphs."""
        if not self._open or not text:
            return
        paragraph = self._open[-1]
        paragraph.parts.append(LINE_BREAKS.sub(" ", text))
        letters = len(text.strip())
        paragraph.letters += letters
        paragraph.bold += letters if bold else 0
        if letters:
            paragraph.largest = max(paragraph.largest, min(size, LARGEST_TYPE))

    def line_break(self) -> None:
        """The paragraph goes on in a new line."""
        if self._open:
            self._open[-1].parts.append("\n")

    def end(self) -> None:
        """Close the paragraph that was opened last; an empty one leaves nothing."""
        if not self._open:
            return
        paragraph = self._open.pop()
        text = tidy("".join(paragraph.parts))
        if not text:
            return
        size = paragraph.largest or paragraph.size or BODY_SIZE
        level = paragraph.level
        if level:
            text = clean_metadata(text)
            size = size if size > BODY_SIZE else heading_size(level)
        bold = paragraph.bold > 0.9 * paragraph.letters
        self.blocks.append(Block(text, level, round(size, 2), bold, self._opens))
        self._opens = False

    def row_begins(self) -> None:
        """What follows are the cells of a table's row."""
        self._rows.append(len(self.blocks))

    def row_ends(self) -> None:
        """Cells of a few words become one line; anything longer stays as it is, paragraph by paragraph."""
        start = self._rows.pop() if self._rows else len(self.blocks)
        cells = self.blocks[start:]
        short = sum(len(cell.text) for cell in cells) <= LONGEST_ROW
        if len(cells) > 1 and short and not any(cell.level or "\n" in cell.text for cell in cells):
            joined = " | ".join(cell.text for cell in cells)
            self.blocks[start:] = [replace(cells[0], text=joined, bold=all(cell.bold for cell in cells))]


def heading_size(level: int) -> float:
    """The size of type that stands for a rank: 21 points for the first, 12 for the seventh and lower."""
    return round(BODY_SIZE * 1.1 ** max(8 - level, 1), 1)


def tidy(text: str) -> str:
    """A paragraph on its lines, with single blanks and repaired characters."""
    lines = (" ".join(line.split()) for line in repair(text).split("\n"))
    return "\n".join(line for line in lines if line)

"""The passage of a page to show: around the words that matched, with where to mark them. Spans, never HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from library.analysis import fold, spans_at
from library.result import Passage

PASSAGE = 280
"""Characters of a passage: three lines on a card."""
LEAD = 60
"""Characters shown before the first marked word, where there are so many."""

MOST_MARKS = 150
"""Tokens of a page among which the passage is chosen."""

Spans = tuple[tuple[int, int], ...]


def passage(
    number: int,
    label: str,
    text: str,
    tokens: tuple[int, ...],
    landmarks: Sequence[int] = (0,),
    room: int = PASSAGE,
) -> Passage:
    """The passage of a page that holds the most of these tokens (positions on the page, ascending).

    `landmarks` are those of the text (`analysis.landmarks`); without them it is read from its beginning. `room` is
    how many characters it may have.
    """
    marks = _apart(spans_at(text, tokens[:MOST_MARKS], landmarks))
    start, end = _window(text, marks, room)
    inside = [(a, b) for a, b in marks if start <= a and b <= end]
    shown, moved = _collapsed(text, start, end, inside)
    return Passage(number, label, shown, moved)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with those that overlap, as pairs of Chinese characters do, made one."""
    marks: list[tuple[int, int]] = []
    for start, end in spans:
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return marks


def _window(text: str, marks: list[tuple[int, int]], room: int) -> tuple[int, int]:
    """Start and end of the passage: the window with the most different words, then the most marks, cut at blanks."""
    best, most = 0, (0, 0)
    words = [fold(text[start:end]) for start, end in marks]
    inside: dict[str, int] = {}
    first = 0
    for last in range(len(marks)):
        inside[words[last]] = inside.get(words[last], 0) + 1
        while first < last and marks[last][1] - marks[first][0] > room - LEAD:
            inside[words[first]] -= 1
            if not inside[words[first]]:
                del inside[words[first]]
            first += 1
        held = (len(inside), last - first + 1)
        if held > most:
            best, most = marks[first][0], held
    start = max(best - LEAD, 0) if marks else 0
    end = min(start + room, len(text))
    return _after_blank(text, start, best), _before_blank(text, start, end)


def _after_blank(text: str, start: int, latest: int) -> int:
    if start == 0:
        return 0
    for place in range(start, latest):
        if text[place - 1].isspace():
            return place
    return start


def _before_blank(text: str, start: int, end: int) -> int:
    if end == len(text):
        return end
    for place in range(end, max(end - 30, start), -1):
        if text[place].isspace():
            return place
    return end


def _collapsed(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> tuple[str, Spans]:
    """The window with every run of blanks as one, an ellipsis where text is left out, and the marks moved along."""
    out: list[str] = ["… "] if start > 0 else []
    length = len(out[0]) if out else 0
    moved: list[tuple[int, int]] = []
    place = start
    for mark_start, mark_end in [*marks, (end, end)]:
        between = " ".join(text[place:mark_start].split())
        if place < mark_start and text[place].isspace() and length and not out[-1].endswith(" "):
            between = f" {between}" if between else " "
        if between and mark_start < end and text[mark_start - 1].isspace() and not between.endswith(" "):
            between += " "
        out.append(between)
        length += len(between)
        if mark_start < mark_end:
            word = text[mark_start:mark_end]
            moved.append((length, length + len(word)))
            out.append(word)
            length += len(word)
        place = mark_end
    if end < len(text) and text[end:].strip():
        out.append(" …")
    return "".join(out), tuple(moved)

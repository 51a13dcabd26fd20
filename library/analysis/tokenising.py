"""Where the words of a text begin and end. The n-th token of a text has position n in the index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from library.analysis.folding import APOSTROPHES, COMBINING, GROUPING, UNSEEN, fold

STRIDE = 32
"""Tokens from one landmark of a text to the next."""

_SPACELESS = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6"  # Thai and Lao letters
    "\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3"  # Burmese and Khmer
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"  # Japanese syllables
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Chinese characters
)
"""Letters of scripts that put no blanks between words."""
_ABOVE = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
"""Their vowels, tones and other marks that stand with a letter."""

_SIGN = rf"(?:[{COMBINING}{UNSEEN}]++|[{APOSTROPHES}](?<=[\u0400-\u04ff].)(?=[\u0400-\u04ff])|·(?<=[lL]·)(?=[lL]))"
"""What may stand inside a word, as well as letters and digits."""


def _expression(letter: str, others: str = "") -> re.Pattern[str]:
    """The words made of such letters; `others` are further ways to be a token."""
    acronym = rf"(?:[^\W\d_]\.){{2,}}+(?:[^\W\d_](?!{letter}))?"
    number = rf"\d{{1,3}}(?:[{GROUPING}]\d{{3}})++(?!{letter})"
    return re.compile(rf"{others}{acronym}|{number}|{letter}++(?:{_SIGN}{letter}*+)*+")


TOKEN = _expression(r"[^\W_]")
"""A dotted acronym, a number with its thousands parted, or a run of letters, digits and what may stand inside. An
apostrophe and a hyphen part tokens."""

_UNIT = f"[{_SPACELESS}][{_ABOVE}]*+"
_MIXED = _expression(rf"[^\W_{_SPACELESS}]", f"{_UNIT}(?=({_UNIT}))|(?<![{_SPACELESS}{_ABOVE}]){_UNIT}|")
"""The same where letters of scripts without blanks occur: such a letter makes a token with the next one, or alone when
it has no neighbour. The pairs overlap, 北京大学 → 北京 京大 大学, so that any part of two letters is found."""
_HAS_SPACELESS = re.compile(f"[{_SPACELESS}]")


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order; the n-th one has position n in the index."""
    if _has_blanks(text):
        return TOKEN.findall(text)
    return [text[start:end] for start, end in spans(text)]


def folded_words(text: str) -> tuple[str, ...]:
    """The tokens of a text, each without case and accents: equal for texts that differ in nothing else."""
    return tuple(map(fold, tokens(text)))


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each token starts and ends, in characters; as many and in the same order as `tokens`.

    Each starts after the one before; in scripts without blanks it may start inside it.
    """
    return map(_span, _pattern(text).finditer(text))


def landmarks(text: str) -> tuple[int, ...]:
    """Where every `STRIDE`-th token starts, the first one included: from there others are soon counted."""
    return tuple(match.start() for match in islice(_pattern(text).finditer(text), 0, None, STRIDE))


def spans_at(text: str, positions: Iterable[int], marks: Sequence[int] = (0,)) -> Iterator[tuple[int, int]]:
    """Where the tokens at these positions, ascending, start and end; there is none beyond the last token.

    With the text's landmarks only the tokens since the last of them are passed over, not all since the beginning.
    """
    pattern = _pattern(text)
    matches, passed = pattern.finditer(text), 0
    for position in positions:
        near = min(position // STRIDE, len(marks) - 1)
        if near * STRIDE > passed:
            matches, passed = pattern.finditer(text, marks[near]), near * STRIDE
        match = next(islice(matches, position - passed, None), None)
        if match is None:
            return
        yield _span(match)
        passed = position + 1


def _has_blanks(text: str) -> bool:
    """Whether all of a text is in scripts with blanks between words: nearly always, and then one call finds them."""
    return text.isascii() or not _HAS_SPACELESS.search(text)


def _pattern(text: str) -> re.Pattern[str]:
    return TOKEN if _has_blanks(text) else _MIXED


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where a match starts and ends; what it only looked at, the next letter, belongs to it."""
    return match.start(), match.end(match.lastindex or 0)

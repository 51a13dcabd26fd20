"""A word without case and accents, and without the signs inside it that carry no meaning."""

from __future__ import annotations

import re
import unicodedata

MAX_TERM = 64
"""Characters of a term that count; longer ones are noise from tables and damaged fonts."""

COMBINING = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670"
"""Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic."""
UNSEEN = "\u00ad\u200c\u200d\u2060\ufeff"
"""The soft hyphen, and signs without width that join or part letters."""
GROUPING = ".,'\u2019\u00a0\u202f"
"""What parts the thousands of a number: `1.000`, `1,000`, `1'000`, and blanks that do not break a line."""
APOSTROPHES = "'\u2019\u02bc"
"""Those that are a letter of Ukrainian: `об'єкт`."""

_MARKS = re.compile(f"[{COMBINING}]+")
_GROUPED = re.compile(rf"(?<=\d)[{GROUPING}](?=\d{{3}}(?!\d))")
_INSIDE = re.compile(rf"[{UNSEEN}\u0640]+|(?<=[lL])·(?=[lL])|(?<=[\u0400-\u04ff])[{APOSTROPHES}](?=[\u0400-\u04ff])")
"""Signs inside a word that are not kept: unseen ones, the Arabic letter that only stretches, the dot of Catalan l·l."""
_NOT_DECOMPOSED = str.maketrans(
    {"ł": "l", "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ĸ": "k"}
)
"""Letters that Unicode does not take apart."""


def fold(word: str) -> str:
    """A word without case, accents and ligatures: `Œuvres` → `oeuvres`, `Łódź` → `lodz`, `İzmir` → `izmir`."""
    if word[:1].isdigit():
        word = _GROUPED.sub("", word)
    if word.isascii():
        return word.lower().replace(".", "")[:MAX_TERM]
    lowered = unicodedata.normalize("NFKC", _INSIDE.sub("", word)).casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFD", lowered)).translate(_NOT_DECOMPOSED)
    return unicodedata.normalize("NFC", bare).replace(".", "")[:MAX_TERM]


def lower(word: str) -> str:
    """A word without case and without signs inside it, its accents kept: `U.S.` → `us`, `Col·lectiu` → `collectiu`."""
    plain = _INSIDE.sub("", word).replace("İ", "i").replace("I\u0307", "i").casefold()
    return unicodedata.normalize("NFKC", plain).replace(".", "")[:MAX_TERM]

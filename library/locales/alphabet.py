"""The order of the alphabet: where a letter with a mark stands depends on who looks for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_OWN: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "es": str.maketrans({"ñ": "n~"}),
        "pl": str.maketrans(
            {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
        ),
    }
)
"""Letters with a place of their own in a language: the tilde, which no letter comes after, puts them behind the
plain letter (CLDR root collation tailorings es and pl). The other interface languages take them as the plain letter."""
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
"""Letters that are not written as a letter and a mark in Unicode, as those who do not have them look for them."""


def sorting(label: str, language: str) -> tuple[str, str]:
    """What labels are sorted by: first without marks and case, then, where that is the same, with them."""
    plain = unicodedata.normalize("NFC", label).casefold().translate(_OWN.get(language, {})).translate(_PLAIN)
    letters = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), label

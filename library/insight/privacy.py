"""Which words of a search may be kept: none that look as if they named or numbered a person.

No program can tell every name. What can be told by its form is not kept at all: e-mail addresses and accounts;
telephone, bank and identity numbers; whole dates (of birth, it may be); addresses of pages. docs/privacy.md says the
rest.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
"""Characters of the words that are kept: enough for any question to a catalogue, too few for a letter."""
MOST_DIGITS = 6
"""Digits one after the other that are kept: telephone numbers in use have seven at least."""

_NUMBER = re.compile(rf"\d(?:[\s.,:;/\\|_()\[\]+*#'’‐-―−-]*\d){{{MOST_DIGITS},}}")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\D+(?:19|20)\d\d)*")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[\s./-]{1,3}\d{1,2}[\s./-]{1,3}(?:\d{4}|\d\d)|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)"
)
_CODED = re.compile(r"(?<!\w)(?=\w*\d\w*\d\w*\d)(?=\w*[^\W\d])\w{9,}(?!\w)")
"""Letters and digits mixed into one long word: account numbers, passports, keys."""
_ADDRESS = re.compile(r"@|://|www\.|[(\[{]\s*at\s*[)\]}]")


def kept_words(query: str) -> str:
    """The words of a search as they are kept: in small letters, cut when they are very long; empty when none may be.

    Words that look personal make the whole query unfit: what stands beside a telephone number is likely a name.
    """
    words = _plain(query)
    kept = _cut(words)
    return "" if looks_personal(words) or looks_personal(kept) else kept


def looks_personal(text: str) -> bool:
    """Whether a text holds something by which a person could be reached, numbered or told."""
    plain = _plain(text)
    if _ADDRESS.search(plain) or _DATE.search(plain) or _CODED.search(plain):
        return True
    # “2015-2016” has as many digits as a telephone number.
    return any(not _YEARS.fullmatch(number[0]) for number in _NUMBER.finditer(plain))


def _plain(text: str) -> str:
    """The text as it reads: one form for each letter and digit, nothing unseen, blanks in order."""
    composed = unicodedata.normalize("NFKC", text)
    seen = "".join(
        character for character in composed if unicodedata.category(character) not in {"Cf", "Cc", "Cs", "Co"}
    )
    return " ".join(unicodedata.normalize("NFKC", seen.lower()).split())


def _cut(words: str) -> str:
    """The words that fit, whole ones where that leaves any."""
    if len(words) <= LONGEST:
        return words
    whole = words[: LONGEST + 1].rpartition(" ")[0]
    return whole or words[:LONGEST]

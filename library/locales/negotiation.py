"""Which language to speak with somebody: as the address says, else as the browser says, else English."""

from __future__ import annotations

from library.languages import UNKNOWN, normalise
from library.locales import LANGUAGES

_LONGEST = 500
"""Characters of the browser's list that are looked at."""


def reader_language(asked: str, accepted: str) -> str:
    """The language whose editions a reader wants first: any of the library's; `asked` is the address, `accepted` the
    header Accept-Language (RFC 9110, section 12.5.4)."""
    return next(iter(_preferred(asked, accepted)), LANGUAGES[0])


def interface_language(asked: str, accepted: str) -> str:
    """The language of the pages: the first of those that a reader prefers in which there are texts.

    A Catalan who also reads Spanish gets Spanish pages, with Catalan editions first.
    """
    return next((tag for tag in _preferred(asked, accepted) if tag in LANGUAGES), LANGUAGES[0])


def _preferred(asked: str, accepted: str) -> tuple[str, ...]:
    """The languages of the library that somebody reads, best first."""
    ranked = sorted((_ranked(part) for part in accepted[:_LONGEST].split(",")), key=lambda pair: -pair[0])
    tags = (normalise(asked), *(normalise(tag) for weight, tag in ranked if weight > 0))
    return tuple(tag for tag in tags if tag != UNKNOWN)


def _ranked(part: str) -> tuple[float, str]:
    """One language of the header with its weight, which is 1 where none can be read."""
    tag, _, parameter = part.partition(";")
    name, _, weight = parameter.strip().partition("=")
    try:
        value = float(weight) if name.strip() == "q" else 1.0
    except ValueError:
        value = 1.0
    return (value if 0 <= value <= 1 else 1.0), tag.strip()

"""Bytes of HTML as text: by the byte order mark, by what the file says of itself, as UTF-8, else by a good guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: its mark begins with the same two bytes."""
SAID_WITHIN = 4_096
"""Bytes; the standard says 1,024, and programs that write more before it are no rarity."""
GUESSED_FROM = 100_000
"""Bytes shown to the guesser: it takes a second for some megabytes."""
_SAID = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
"""What is called Latin-1 is Windows-1252 in practice; the WHATWG standard has all browsers read it so."""
LAST_RESORT = "cp1252"


def markup_text(data: bytes) -> str:
    """The text of an HTML file."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    said = _SAID.search(data[:SAID_WITHIN])
    known = _known(said[1].decode("ascii")) if said is not None else ""
    # What can be read says that it is ASCII-like: a file that says it is UTF-16 in such letters errs.
    if known.startswith(("utf-16", "utf-32")):
        known = ""
    for encoding in dict.fromkeys(filter(None, (known, "utf-8"))):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(known or _guessed(data) or LAST_RESORT, "replace")


def _known(name: str) -> str:
    """The name under which Python knows a text encoding; empty when it knows none."""
    try:
        found = codecs.lookup(name)
    except LookupError:
        return ""
    if not getattr(found, "_is_text_encoding", True):
        return ""
    return _AS_BROWSERS_DO.get(found.name, found.name)


def _guessed(data: bytes) -> str:
    best = from_bytes(data[:GUESSED_FROM]).best()
    return best.encoding if best is not None else ""

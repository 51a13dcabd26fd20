"""What the name of a file says: the language it names at its end, and what is left without that."""

from __future__ import annotations

import re

from library.languages import UNKNOWN, is_known, normalise

MOST_LETTERS = 200
"""Of a file name, counted from its end."""

_LANGUAGE = re.compile(r"(?:^|[-_. (])([a-z]{2,3})(?=[)]?\.[^.]*$|[)]?$)", re.IGNORECASE)
"""A language code at the end of a file name: `rembrandt-square_fr.pdf`."""


def named_language(file_name: str) -> str:
    """The language that a file name gives at its end; empty when it gives none."""
    match = _LANGUAGE.search(file_name[-MOST_LETTERS:])
    found = normalise(match[1]) if match else UNKNOWN
    return found if is_known(found) else ""


def without_language(file_name: str) -> str:
    """A file name up to its language code, in small letters; empty when it has none, or nothing else."""
    name = file_name[-MOST_LETTERS:]
    match = _LANGUAGE.search(name)
    return name[: match.start()].casefold() if match and named_language(name) else ""

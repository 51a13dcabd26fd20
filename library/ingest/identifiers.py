"""Identifiers for works that have none yet, made from their titles."""

from __future__ import annotations

import re
from collections.abc import Container

from library.analysis import fold, tokens
from library.model import MAX_SLUG

SLUG_WORDS = 8


def free_id(title: str, taken: Container[str]) -> str:
    """An identifier made from the title that no work has yet."""
    words = [word for word in (re.sub(r"[^a-z0-9]", "", fold(token)) for token in tokens(title)) if word]
    stem = "-".join(words[:SLUG_WORDS])[: MAX_SLUG - 6].strip("-") or "work"
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name

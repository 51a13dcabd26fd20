"""The signs on the reader's buttons, as lines on a grid of 24."""

from __future__ import annotations

from html import escape
from types import MappingProxyType

_PATHS = MappingProxyType(
    {
        "back": "M15 5l-7 7 7 7",
        "panel": "M4 5h16v14H4zM10 5v14",
        "up": "M6 15l6-6 6 6",
        "down": "M6 9l6 6 6-6",
        "previous": "M14 6l-6 6 6 6",
        "next": "M10 6l6 6-6 6",
        "less": "M5 12h14",
        "more": "M5 12h14M12 5v14",
        "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
        "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
        "keys": "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8",
        "close": "M6 6l12 12M18 6L6 18",
        "search": "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l4 4",
    }
)


def icon(name: str) -> str:
    """A sign, which the words of its button explain."""
    return (
        '<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{_PATHS[name]}"/></svg>'
    )


def button(name: str, words: str, key: str = "", place: str = "", attributes: str = "") -> str:
    """A button with a sign; its words and its key appear when one points at it. `place` is its id.

    The attributes are markup of ours.
    """
    hint = f"{words} ({key})" if key else words
    shortcut = f' aria-keyshortcuts="{escape(key)}"' if key else ""
    return (
        f'<button type="button" class="tool" aria-label="{escape(words)}" title="{escape(hint)}"'
        f"{f' id={place}' if place else ''}{shortcut}{attributes}>"
        f"{icon(name)}</button>"
    )

"""Small pictures of numbers: bars that are read aloud as words, drawn by the style sheet alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of a chart that stands."""

    said: str
    """What it means, in words."""
    whole: int
    part: int = 0
    """Of the whole; drawn in another pattern."""


def columns(drawn: Sequence[Column], label: str, ends: Iterable[str] = ()) -> str:
    """Bars side by side, at least one of them above nothing, with what stands below the first and the last."""
    highest = max((column.whole for column in drawn), default=0) or 1
    items = "".join(_column(column, highest) for column in drawn)
    below = "".join(f"<span>{escape(end)}</span>" for end in ends)
    return (
        f'<div class="columns-chart"><p class="columns-top" aria-hidden="true">{highest}</p>'
        f'<ol class="columns" aria-label="{escape(label)}">{items}</ol>'
        f'<p class="columns-ends" aria-hidden="true">{below}</p></div>'
    )


def share(of_one: float, said: str) -> str:
    """A bar that lies, as long as a share of one, with the share in words beside it."""
    width = min(max(of_one, 0.0), 1.0)
    return (
        f'<span class="share"><span class="share-bar" style="--share:{width:.3f}" aria-hidden="true"></span>'
        f"<span>{escape(said)}</span></span>"
    )


def _column(column: Column, highest: int) -> str:
    whole, part = column.whole / highest, column.part / highest
    return (
        f'<li title="{escape(column.said)}" style="--whole:{whole:.3f};--part:{part:.3f}">'
        f'<span class="unseen">{escape(column.said)}</span></li>'
    )

"""The pages by the last part of their address, each with what it draws and what its first document says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from library.ui.heads import Head, library_head
from library.ui.search_page import show_search
from library.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class Door:
    """How one page is drawn, and announced to those who only read its first document."""

    draw: Callable[[Visit], None]
    head: Callable[[Visit], Head]


DOORS: Mapping[str, Door] = MappingProxyType(
    {
        "": Door(show_search, library_head),
    }
)
"""The search stands at the bare address. Raises IndexOutOfDate from `draw`; `head` asks the catalogue only."""

"""The pages by the last part of their address, each with what it draws and what its first document says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from library.ui.browse_page import browse_head, show_browse
from library.ui.compare_page import compare_head, show_compare
from library.ui.heads import Head, library_head
from library.ui.list_page import list_head, show_list
from library.ui.search_page import show_search
from library.ui.theme_page import show_theme, theme_head
from library.ui.visit import Visit
from library.ui.work_announced import head_of_work
from library.ui.work_page import show_work


@dataclass(frozen=True, slots=True)
class Door:
    """How one page is drawn, and announced to those who only read its first document."""

    draw: Callable[[Visit], None]
    head: Callable[[Visit], Head]


DOORS: Mapping[str, Door] = MappingProxyType(
    {
        "": Door(show_search, library_head),
        "browse": Door(show_browse, browse_head),
        "theme": Door(show_theme, theme_head),
        "work": Door(show_work, head_of_work),
        "list": Door(show_list, list_head),
        "compare": Door(show_compare, compare_head),
    }
)
"""The search stands at the bare address. Raises IndexOutOfDate from `draw`; `head` asks the catalogue only."""

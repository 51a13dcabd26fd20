"""One view of a page of the desk: of which library, by whom, in which language, at which address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode

from library.access import Right, User, rights_of
from library.facets import value_label
from library.languages import UNKNOWN, runs_right_to_left
from library.library import Library
from library.locales import LANGUAGES, Texts

TOKEN_FIELD = "token"
"""The name of the field that carries the token against forged requests."""


@dataclass(frozen=True, slots=True)
class DeskVisit:
    """What every page of the desk needs to know."""

    library: Library
    user: User
    t: Texts
    token: str = ""
    """What every form sends along, so that no other site can send it."""
    path: str = "desk"
    """The address of the page below the library's own, such as `desk/work`."""
    params: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the address says after the question mark. Written by anybody: never trusted."""

    def first(self, name: str) -> str:
        """The first value of a parameter; empty when there is none."""
        return next(iter(self.params.get(name, ())), "")

    @property
    def chosen(self) -> str:
        """The interface language that the address asks for, to be kept in links; empty when the browser's is taken."""
        asked = self.first("ui")
        return asked if asked in LANGUAGES else ""

    def may(self, right: Right) -> bool:
        """Whether the person has a right; only to show what can be done, for every action asks again."""
        return right in rights_of(self.user.role)

    def link(self, page: str = "", /, **values: str | tuple[str, ...]) -> str:
        """The address of a page of the library, such as `desk/work`, relative to this one; without empty values."""
        given = {name: value for name, value in values.items() if value}
        query = urlencode({**given, "ui": self.chosen} if self.chosen else given, doseq=True)
        return f"{self.beside(page)}{'?' if query else ''}{query}"

    def beside(self, page: str) -> str:
        """The same without a query: for files and what else is the same in every language."""
        return ("../" * self.path.count("/") or "./") + page

    def label(self, facet: str, value: str) -> str:
        """The name of a value in the language of the page."""
        return value_label(facet, value, self.library.thesaurus, self.t)

    def hidden_token(self) -> str:
        """The field that every form that changes something must have."""
        return f'<input type="hidden" name="{TOKEN_FIELD}" value="{escape(self.token)}">'


def spoken(language: str, text: str = "") -> str:
    """The attributes that tell a browser and a screen reader which language a text is in, and which way it runs."""
    tag = "" if language in ("", UNKNOWN) else f'lang="{escape(language)}" '
    return f'{tag}dir="{"rtl" if text and runs_right_to_left(language, text) else "auto"}"'

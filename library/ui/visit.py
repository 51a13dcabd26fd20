"""One view of a page: of which library, by whom, in which language, at which address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from library.access import User
from library.facets import value_label
from library.formats.covers import cover_path
from library.library import Library
from library.locales import Texts
from library.model import LANGUAGE_TAG, SLUG, Work
from library.request import SearchRequest
from library.result import SearchResult
from library.topics import Thesaurus

MOST_WORKS = 200
"""Works that one address may name; list.js keeps no more."""


@dataclass(frozen=True)
class Visit:
    """What every page needs to know."""

    library: Library
    user: User
    t: Texts
    params: Mapping[str, tuple[str, ...]]
    """What the address says after the question mark, each name with its values. Written by anybody: never trusted."""
    reader: str = ""
    """The language whose editions the reader wants first, any of the library's; empty for that of the texts."""
    form_token: str = ""
    """What the forms of a page show that this person was shown it; empty when nobody is signed in."""

    @property
    def thesaurus(self) -> Thesaurus:
        """The topics and their labels."""
        return self.library.thesaurus

    @property
    def reads(self) -> str:
        """The language whose editions are shown first."""
        return self.reader or self.t.language

    @property
    def chosen(self) -> str:
        """The interface language that the address asks for, to be kept in links; empty when the browser's is taken."""
        return self.asked().reader

    def asked(self) -> SearchRequest:
        """The search that the address stands for; it never fails, whatever stands there."""
        return self._asked

    @cached_property
    def _asked(self) -> SearchRequest:
        return SearchRequest.from_params(self.params)  # every link of a page asks for it

    def start(self) -> SearchRequest:
        """The search for everything, in the language chosen: where a link to a facet begins."""
        return SearchRequest.build(reader=self.chosen)

    def first(self, name: str) -> str:
        """The first value of a parameter; empty when there is none."""
        return next(iter(self.params.get(name, ())), "")

    def works(self, name: str = "work") -> tuple[str, ...]:
        """The works that the address names, each once, in their order; what cannot be the id of a work is left out."""
        named = [value for value in self.params.get(name, ()) if len(value) <= 200 and SLUG.fullmatch(value)]
        return tuple(dict.fromkeys(named))[:MOST_WORKS]

    def language(self, name: str = "language") -> str:
        """The language that a parameter names; empty when there is none or it can be no language."""
        given = self.first(name)
        return given if LANGUAGE_TAG.fullmatch(given[:35]) else ""

    def search(self, request: SearchRequest) -> SearchResult:
        """The answer to a search in the reader's language. Raises IndexOutOfDate."""
        return self.library.search(request.read_in(self.reads), self.user, self.t.language)

    def whole(self) -> SearchResult:
        """The answer to asking for everything: how much there is. Raises IndexOutOfDate."""
        return self.search(SearchRequest.build(per_page=1))

    def label(self, facet: str, value: str) -> str:
        """The name of a facet value in the reader's language."""
        return value_label(facet, value, self.thesaurus, self.t)

    def covered(self, sha256: str) -> bool:
        """Whether there is a cover for the file with this sha256."""
        return bool(sha256) and cover_path(self.library.covers, sha256) is not None

    def read_first(self, work: Work) -> str:
        """The language of the edition to show: the one the address names, else the reader's, else the best there is."""
        return work.best_edition(*filter(None, (self.language(), self.reads, self.t.language))).language

"""What may be asked, and how it looks in an address.

A SearchRequest is the only state of the interface: `?q=…&language=fr&topic=nightlife&page=2`.
Reading one from an address never fails; values nobody knows stay in it, so that the page can show
them as chips to remove. Changing the question goes back to its first page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from library.fields import FACET_NAMES, FACETS

MAX_QUERY = 1_000
"""Characters of a query that are looked at; the rest is dropped, and the answer says so."""
MAX_VALUES = 50
"""Values of one facet that are kept."""
MAX_VALUE = 200
"""Characters of a facet value that are kept."""
MAX_FILTERS = 2_000
"""Characters of all values together, and of all topics in `narrow`, that are kept: each link on a page repeats them."""
MAX_PAGE = 100_000
NARROW_ALL = "all"
"""Stands for every topic in `SearchRequest.narrow`: search for the words as typed and nothing else."""
COMBINED = tuple(facet.name for facet in FACETS if facet.many and facet.name != "language")
"""Facets whose selected values can be wanted all together. Languages cannot: they are found edition by edition."""
PER_PAGE = 10
MAX_PER_PAGE = 100

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_YEARS = re.compile(r"([0-9]{4})?\.\.([0-9]{4})?")


class Sort(StrEnum):
    """In which order the works come."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search: words, filters, order and page. Equal requests have equal answers on an unchanged library."""

    query: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Facet name and selected values, in the order of `FACETS`; a facet without a value is left out."""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE
    reader: str = ""
    """The reader's language, which wins near-ties and gives the labels; empty when unknown."""
    narrow: tuple[str, ...] = ()
    """Topics whose labels in other languages are not to be searched too; `NARROW_ALL` for none at all."""
    every: tuple[str, ...] = ()
    """Facets of which a work must have all selected values rather than one of them; some of `COMBINED`."""
    cut: bool = False
    """Whether the query was longer than `MAX_QUERY` and was cut."""

    @classmethod
    def build(
        cls,
        query: str = "",
        filters: Mapping[str, Iterable[str]] | None = None,
        sort: Sort = Sort.RELEVANCE,
        page: int = 1,
        per_page: int = PER_PAGE,
        reader: str = "",
        narrow: Iterable[str] = (),
        every: Iterable[str] = (),
    ) -> SearchRequest:
        """A request with everything bounded and in its declared order; unknown facet names are left out."""
        given = filters or {}
        chosen = ((name, _values(given.get(name, ()))) for name in FACET_NAMES)
        together = frozenset(every)
        text = " ".join(_CONTROLS.sub(" ", query).split())
        return cls(
            query=text[:MAX_QUERY].rstrip(),
            filters=_within((name, values) for name, values in chosen if values),
            sort=sort,
            page=min(max(page, 1), MAX_PAGE),
            per_page=min(max(per_page, 1), MAX_PER_PAGE),
            reader=next(iter(_values([reader])), ""),
            narrow=_fitting(_values(narrow), MAX_FILTERS),
            every=tuple(name for name in COMBINED if name in together),
            cut=len(text) > MAX_QUERY,
        )

    @classmethod
    def from_params(cls, params: Mapping[str, Iterable[str]]) -> SearchRequest:
        """The request in the parameters of an address, each name with its values. Never raises."""
        first = {name: next(iter(values), "") for name, values in params.items()}
        sort = first.get("sort", "")
        return cls.build(
            query=first.get("q", ""),
            filters={name: params.get(name, ()) for name in FACET_NAMES},
            sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
            page=_number(first.get("page", ""), 1),
            per_page=_number(first.get("per_page", ""), PER_PAGE),
            reader=first.get("ui", ""),
            narrow=params.get("narrow", ()),
            every=params.get("all", ()),
        )

    def to_params(self) -> dict[str, list[str]]:
        """The parameters of its address; what is as usual is left out."""
        params: dict[str, list[str]] = {}
        if self.query:
            params["q"] = [self.query]
        params.update({name: list(values) for name, values in self.filters})
        if self.sort is not Sort.RELEVANCE:
            params["sort"] = [self.sort.value]
        if self.page > 1:
            params["page"] = [str(self.page)]
        if self.per_page != PER_PAGE:
            params["per_page"] = [str(self.per_page)]
        if self.reader:
            params["ui"] = [self.reader]
        if self.narrow:
            params["narrow"] = list(self.narrow)
        if self.every:
            params["all"] = list(self.every)
        return params

    def selected(self, facet: str) -> tuple[str, ...]:
        """The values selected in a facet."""
        return next((values for name, values in self.filters if name == facet), ())

    def toggle(self, facet: str, value: str) -> SearchRequest:
        """The same search with the value added to the facet, or taken away when it was there."""
        values, value = self.selected(facet), next(iter(_values([value])), "")
        return self.with_values(facet, [v for v in values if v != value] if value in values else [*values, value])

    def with_values(self, facet: str, values: Iterable[str]) -> SearchRequest:
        """The same search with these values selected in the facet, from its first page."""
        chosen = {**dict(self.filters), facet: _values(values)}
        return replace(self, filters=tuple((n, chosen[n]) for n in FACET_NAMES if chosen.get(n)), page=1)

    def with_query(self, query: str) -> SearchRequest:
        """The same filters with other words, from the first page."""
        asked = SearchRequest.build(query)
        return replace(self, query=asked.query, cut=asked.cut, narrow=(), page=1)

    def with_sort(self, sort: Sort) -> SearchRequest:
        """The same search in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def with_page(self, page: int) -> SearchRequest:
        """Another page of the same answer."""
        return replace(self, page=min(max(page, 1), MAX_PAGE))

    def with_narrow(self, topics: Iterable[str]) -> SearchRequest:
        """The same search with the labels of these topics left out, from its first page."""
        return replace(self, narrow=_values(topics), page=1)

    def with_every(self, facet: str, together: bool) -> SearchRequest:
        """The same search with all values of the facet wanted together, or one of them enough, from its first page."""
        kept = [name for name in self.every if name != facet]
        return replace(self, every=SearchRequest.build(every=[*kept, *[facet] * together]).every, page=1)

    def read_in(self, language: str) -> SearchRequest:
        """The same search for somebody who reads this language."""
        return replace(self, reader=language)

    def without_filters(self) -> SearchRequest:
        """The same words with every filter taken away."""
        return replace(self, filters=(), every=(), page=1)


def years(value: str) -> tuple[int, int] | None:
    """The first and the last year of `2018..2021`, `2018..` or `..2021`; None when it is no range."""
    found = _YEARS.fullmatch(value)
    return (int(found[1] or 0), int(found[2] or 9999)) if found else None


def between(first: int | None, last: int | None) -> str:
    """The value for the years from one to another, in either order, open where there is none; empty without both."""
    if first is not None and last is not None:
        first, last = sorted((first, last))
    if first == last:
        return "" if first is None else f"{first:04}"
    return f"{'' if first is None else f'{first:04}'}..{'' if last is None else f'{last:04}'}"


def _values(values: Iterable[str]) -> tuple[str, ...]:
    """The values without controls, blanks and repetitions, bounded, in their order."""
    cleaned = (" ".join(_CONTROLS.sub(" ", value[: 4 * MAX_VALUE]).split())[:MAX_VALUE].strip() for value in values)
    return tuple(dict.fromkeys(value for value in cleaned if value))[:MAX_VALUES]


def _within(filters: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The filters with no more values than fit into `MAX_FILTERS` characters."""
    room, kept = MAX_FILTERS, []
    for name, values in filters:
        fitting = _fitting(values, room)
        room -= sum(map(len, fitting))
        if fitting:
            kept.append((name, fitting))
    return tuple(kept)


def _fitting(values: tuple[str, ...], room: int) -> tuple[str, ...]:
    """The first values that fit into so many characters together."""
    ends = accumulate(len(value) for value in values)
    return tuple(value for value, end in zip(values, ends, strict=True) if end <= room)


def _number(text: str, otherwise: int) -> int:
    """A whole number of at most six ASCII digits, or what stands for it."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else otherwise

"""The filters of `library search`: what is given for an option, as the library has it, or a usage error that helps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Annotated

import typer

from library.access import User
from library.errors import UsageError
from library.languages import TAGS, UNKNOWN
from library.library import Library
from library.model import Kind
from library.naming import named_country, named_kind, named_language
from library.request import COMBINED, SearchRequest, years
from library.result import SearchResult
from library.topics import Thesaurus

Languages = Annotated[
    list[str] | None,
    typer.Option("--language", help="Only editions in this language, by code or name; may be repeated."),
]
Topics = Annotated[
    list[str] | None, typer.Option("--topic", help="Only works under this topic, by id or label; may be repeated.")
]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="Only works of this type; may be repeated.")]
Years = Annotated[
    list[str] | None,
    typer.Option("--year", metavar="A..B", help="Only works of these years: 2019, 2018..2021, 2018.. or ..2021."),
]
Projects = Annotated[list[str] | None, typer.Option("--project", help="Only works of this project; may be repeated.")]
Places = Annotated[
    list[str] | None,
    typer.Option("--place", help="Only works on this place, such as NL, Netherlands or NL/Amsterdam."),
]
Together = Annotated[
    list[str] | None,
    typer.Option(
        "--all", metavar="FACET", help=f"Only works with every value given of a facet: {', '.join(COMBINED)}."
    ),
]

_YEAR = re.compile(r"[0-9]{4}")
OPEN = ("place", "project")
"""Facets whose values are whatever the records say: one that no work has is no mistake in the command."""


def known_topic(thesaurus: Thesaurus, text: str) -> str:
    """The id of a topic, named in any language. Raises UsageError."""
    found = thesaurus.find(text)
    if found is None:
        raise UsageError(f"“{text}” is no topic of the thesaurus", "run: library topics")
    return found.id


def known_language(text: str) -> str:
    """The tag of a language, given by its code or its name in any language. Raises UsageError."""
    found = UNKNOWN if text == UNKNOWN else named_language(text)
    if not found:
        raise UsageError(f"“{text}” is no language of the library", f"give one of {', '.join(TAGS)}, or {UNKNOWN}")
    return found


def known_kind(text: str) -> str:
    """A type of work, given as the records have it or as the pages call it. Raises UsageError."""
    found = named_kind(text)
    if not found:
        raise UsageError(f"“{text}” is no type of work", f"give one of {', '.join(Kind)}")
    return found


def known_year(text: str) -> str:
    """A year or a range of years. Raises UsageError."""
    span = years(text)
    if span is None and not _YEAR.fullmatch(text):
        raise UsageError(f"“{text}” is neither a year nor years", "write 2019, 2018..2021, 2018.. or ..2021")
    if span is not None and span[0] > span[1]:
        raise UsageError(f"“{text}” ends before it begins", f"write {span[1]:04}..{span[0]:04}")
    return text


def known_combined(text: str) -> str:
    """A facet whose values can be wanted all together. Raises UsageError."""
    if text not in COMBINED:
        raise UsageError(f"the values of “{text}” cannot be wanted all together", f"give one of {', '.join(COMBINED)}")
    return text


def chosen(thesaurus: Thesaurus, given: Mapping[str, list[str] | None]) -> dict[str, list[str]]:
    """The filters as given, each value as the library has it. Raises UsageError."""
    known: dict[str, Callable[[str], str]] = {
        "topic": partial(known_topic, thesaurus),
        "language": known_language,
        "kind": known_kind,
        "year": known_year,
        "place": lambda text: named_country(text) or text,
    }
    return {facet: [known.get(facet, str)(text) for text in texts or ()] for facet, texts in given.items()}


def unheard_of(library: Library, result: SearchResult, user: User) -> Iterator[tuple[str, str]]:
    """Selected places and projects that no work has which this person may see, with their facet."""
    empty = [(facet, v.value) for facet in OPEN for v in result.facet(facet) if v.selected and not v.count]
    if empty:
        whole = library.search(SearchRequest.build(per_page=1), user)
        there = {(facet, value.value) for facet in OPEN for value in whole.facet(facet)}
        yield from (one for one in empty if one not in there)

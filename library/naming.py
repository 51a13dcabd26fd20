"""Languages, countries and types of work by name: what people write, in any language, and the code that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from library.analysis import folded_words
from library.languages import BRAZIL, TAGS, UNKNOWN, countries, country_name, language_name, normalise
from library.locales import LANGUAGES, load_texts
from library.model import Kind
from library.query import Node, Some, Value

_SPOKEN = (*TAGS, BRAZIL)
"""The languages in which names are known; of Portuguese both ways of naming."""
_CODE = re.compile(r"[A-Za-z]{2,3}")
_PLACE_CODE = re.compile(r"[A-Z]{2}(/.*)?")


def named_language(text: str) -> str:
    """The tag of the language that is called so: `French`, `français` and `fre` are `fr`; empty when none is."""
    tag = normalise(text) if _CODE.fullmatch(text.strip()) else UNKNOWN
    return tag if tag != UNKNOWN else _languages().get(folded_words(text), "")


def named_country(text: str) -> str:
    """The code of the country that is called so: `France` and `Frankreich` are `FR`; empty when none is."""
    return _countries().get(folded_words(text), "")


def named_kind(text: str) -> str:
    """The type of work that is called so in a record or on the pages; empty when none is."""
    return _kinds().get(folded_words(text), "")


def by_code(node: Value) -> Node:
    """A language, a type or a country named in a query, by its code; whatever else is named stays as it is."""
    if node.facet == "kind" and (kind := named_kind(node.value)):
        return Value("kind", kind)
    if node.facet == "language" and (tag := named_language(node.value)):
        return Value("language", tag)
    if node.facet == "place" and not _PLACE_CODE.fullmatch(node.value) and (code := named_country(node.value)):
        return Some((node, Value("place", code)))  # a city may be called as a country is: Luxembourg
    return node


@cache
def _languages() -> Mapping[tuple[str, ...], str]:
    return _names((language_name(tag, interface), tag) for interface in _SPOKEN for tag in TAGS)


@cache
def _kinds() -> Mapping[tuple[str, ...], str]:
    spoken = [load_texts(interface) for interface in LANGUAGES]
    written = [(kind.value, kind.value) for kind in Kind]
    return _names([*written, *((texts(f"kind.{kind}"), kind.value) for texts in spoken for kind in Kind)])


@cache
def _countries() -> Mapping[tuple[str, ...], str]:
    return _names((country_name(code, interface), code) for interface in _SPOKEN for code in countries())


def _names(named: Iterable[tuple[str, str]]) -> Mapping[tuple[str, ...], str]:
    """Code by name; a name of two, such as Congo, is the first one's."""
    found: dict[tuple[str, ...], str] = {}
    for name, code in named:
        found.setdefault(folded_words(name), code)
    return MappingProxyType(found)

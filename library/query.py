"""What the reader typed, as an engine-neutral tree.

Words, "phrases", AND, OR, NOT, parentheses, + and -, prefix*, fuzzy~, =exact, title:words, and a facet's
name with a value: topic:nightlife, year:2018..2021, city:Amsterdam. What does not parse, or uses a form that
is not known here, is searched literally as words, and a notice says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from luqum import tree as lucene
from luqum.exceptions import ParseError
from luqum.thread import parse as parse_lucene

from library.fields import FACET_NAMES
from library.result import Notice

MAX_DEPTH = 20
"""Brackets inside brackets; deeper than that nobody types by hand."""
MAX_LEAVES = 64
"""Words and phrases of one query that are searched."""


class Form(StrEnum):
    """What a word stands for."""

    INFLECTED = "inflected"
    """Every form of the word that its language knows."""
    PREFIX = "prefix"
    """Every word that begins with it."""
    FUZZY = "fuzzy"
    """Every word that is spelt nearly so."""
    EXACT = "exact"
    """Only the word as it is written, accents and case aside."""


@dataclass(frozen=True, slots=True)
class Word:
    """One or more words as typed, still to be tokenised by each language's analysis."""

    text: str
    form: Form = Form.INFLECTED
    field: str = ""
    """The one text field to look in; empty for all of them."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand one after the other on a page."""

    text: str
    field: str = ""
    language: str = ""
    """The one language whose texts are looked in; empty for all of them."""


@dataclass(frozen=True, slots=True)
class Value:
    """Works that have a value of a facet."""

    facet: str
    value: str
    """As typed, or as the facet has it; for years also `2018..2021`."""


@dataclass(frozen=True, slots=True)
class All:
    """Everything in it must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of its parts must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Expanded:
    """A part, or phrases that nobody typed but that mean the same.

    Of the phrases the best counts, not their sum: many names of a thing must not outweigh the one that was typed.
    """

    part: Node
    phrases: tuple[Phrase, ...]
    weight: float
    """What their scores are multiplied with."""
    below: bool = False
    """Whether they count less than any score of the part: what was typed then comes first."""


@dataclass(frozen=True, slots=True)
class Not:
    """What must not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """No words at all: every work matches."""


Node = Word | Phrase | Value | All | Some | Not | Expanded | Everything


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query understood, with what must be said about how it was understood."""

    node: Node
    notices: tuple[Notice, ...] = ()


_PLAIN = re.compile(r"[^\"“”„«»()+\-!:*?~^\[\]{}/\\<>|&=]*")
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b|&&|\|\|")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_LONE_SIGNS = re.compile(r"(?:(?<=\s)|^)[-–—+/&|:!?]+(?=\s|$)|[?!,;:]+(?=\s|$)")
_TRIM_PHRASE = re.compile(r'"\s*([^"]*?)\s*"')


WORD_FIELDS = frozenset({"title"})
"""Text fields that may be named before a colon."""

FACET_FIELDS = MappingProxyType({**{name: name for name in FACET_NAMES}, "city": "place", "country": "place"})
"""What may be named before a colon, and the facet it means."""

MIN_PREFIX = 2
"""Letters before the star: one letter would stand for a tenth of all words."""


class _Unsupported(Exception):
    """The query uses a form that is not offered here."""


def parse(text: str) -> Parsed:
    """The tree of a query. Never raises: what does not parse is searched literally, with a notice."""
    if not text.strip():
        return Parsed(Everything())
    if _PLAIN.fullmatch(text) and not _OPERATOR.search(text):
        return Parsed(_bounded(tuple(Word(word) for word in text.split())))
    prepared = _prepare(text)
    try:
        return Parsed(_convert(parse_lucene(prepared), 0))
    except (ParseError, _Unsupported, RecursionError, ArithmeticError, ValueError):  # the last two: `~..`, `^1.2.3`
        return Parsed(literal(text), (Notice("notice.literal"),))


def literal(text: str) -> Node:
    """Every word of the text, nothing in it meaning anything special."""
    words = re.sub(r"[^\w'’.@&-]+|_", " ", text).split()
    kept = tuple(Word(word) for word in words if re.search(r"\w", word) and word not in {"AND", "OR", "NOT"})
    return _bounded(kept) if kept else Word(text)


def leaves(node: Node) -> tuple[Word | Phrase, ...]:
    """The words and phrases that are wanted, in the order typed; what stands under NOT is left out."""
    match node:
        case Word() | Phrase():
            return (node,)
        case All(parts) | Some(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Expanded(part, phrases):
            return (*leaves(part), *phrases)
        case _:
            return ()


def is_filter(node: Node) -> bool:
    """Whether a part asks for values and no words: it holds even when a query is relaxed."""
    match node:
        case Value():
            return True
        case All(parts) | Some(parts):
            return all(map(is_filter, parts))
        case Not(part):
            return is_filter(part)
    return False


def word_parts(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """The parts that ask for words, so that a query can be relaxed by one of them: no filters, and nothing refused."""
    return tuple(part for part in parts if not isinstance(part, Not) and not is_filter(part))


def _bounded(words: tuple[Word, ...]) -> Node:
    unique = tuple(dict.fromkeys(words))[:MAX_LEAVES]
    return unique[0] if len(unique) == 1 else All(unique)


def _prepare(text: str) -> str:
    """The text with typographic quotes made plain, and with dashes between words taken as blanks."""
    plain = _TRIM_PHRASE.sub(lambda m: f'"{m.group(1)}"', text.translate(_QUOTES))
    return _LONE_SIGNS.sub(" ", plain).strip()


def _convert(item: lucene.Item, depth: int, field: str = "") -> Node:
    """The luqum tree as ours; raises _Unsupported for what is not offered."""
    if depth > MAX_DEPTH:
        raise _Unsupported
    match item:
        case lucene.Word():
            return _word(item.value, field)
        case lucene.Phrase():
            return Phrase(item.value[1:-1], field)
        case lucene.Fuzzy() if isinstance(item.term, lucene.Word) and re.search(r"\w", item.term.value):
            return Word(item.term.value, Form.FUZZY, field)
        case lucene.SearchField() if not field:
            return _in_field(item, depth)
        case lucene.Group() | lucene.FieldGroup() | lucene.Plus():
            return _convert(item.children[0], depth + 1, field)
        case lucene.Not() | lucene.Prohibit():
            return Not(_convert(item.children[0], depth + 1, field))
        case lucene.OrOperation():
            return Some(_parts(item, depth, field))
        case lucene.AndOperation() | lucene.UnknownOperation():
            return All(_parts(item, depth, field))
    raise _Unsupported


def _parts(item: lucene.Item, depth: int, field: str) -> tuple[Node, ...]:
    return tuple(_convert(child, depth + 1, field) for child in item.children)[:MAX_LEAVES]


def _in_field(item: lucene.SearchField, depth: int) -> Node:
    """`title:` and what follows, or a facet's name and a value; other names are not fields but words with a colon."""
    name = item.name.casefold()
    if name in WORD_FIELDS:
        return _convert(item.expr, depth + 1, name)
    facet = FACET_FIELDS.get(name)
    match item.expr:
        case lucene.Word() if facet:
            return Value(facet, item.expr.value)
        case lucene.Phrase() if facet:
            return Value(facet, item.expr.value[1:-1])
    raise _Unsupported


def _word(value: str, field: str) -> Word:
    """A word as typed; a star at its end asks for every word that begins so, other wild cards mean nothing."""
    if value.startswith("=") and re.search(r"\w", value):
        return Word(value[1:], Form.EXACT, field)
    bare = value.replace("*", " ").replace("?", " ").strip()
    if not re.search(r"\w", bare):
        raise _Unsupported
    begins = value.endswith("*") and "*" not in value[:-1] and len(bare) >= MIN_PREFIX
    return Word(bare, Form.PREFIX if begins else Form.INFLECTED, field)

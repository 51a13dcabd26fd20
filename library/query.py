"""What the reader typed, as an engine-neutral tree.

Words, "phrases", AND, OR, NOT, parentheses, + and -, and prefix*. What does not parse, or uses a form
that is not known here, is searched literally as words, and a notice says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luqum import tree as lucene
from luqum.exceptions import ParseError
from luqum.thread import parse as parse_lucene

from library.result import Notice

MAX_DEPTH = 20
"""Brackets inside brackets; deeper than that nobody types by hand."""
MAX_LEAVES = 64
"""Words and phrases of one query that are searched."""


@dataclass(frozen=True, slots=True)
class Word:
    """One or more words as typed, still to be tokenised by each language's analysis."""

    text: str
    prefix: bool = False
    """Whether it stands for every word that begins with it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand one after the other on a page."""

    text: str


@dataclass(frozen=True, slots=True)
class All:
    """Everything in it must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of its parts must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """No words at all: every work matches."""


Node = Word | Phrase | All | Some | Not | Everything


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
        case _:
            return ()


def _bounded(words: tuple[Word, ...]) -> Node:
    unique = tuple(dict.fromkeys(words))[:MAX_LEAVES]
    return unique[0] if len(unique) == 1 else All(unique)


def _prepare(text: str) -> str:
    """The text with typographic quotes made plain, and with dashes between words taken as blanks."""
    plain = _TRIM_PHRASE.sub(lambda m: f'"{m.group(1)}"', text.translate(_QUOTES))
    return _LONE_SIGNS.sub(" ", plain).strip()


def _convert(item: lucene.Item, depth: int) -> Node:
    """The luqum tree as ours; raises _Unsupported for what is not offered."""
    if depth > MAX_DEPTH:
        raise _Unsupported
    match item:
        case lucene.Word():
            return _word(item.value)
        case lucene.Phrase():
            return Phrase(item.value[1:-1])
        case lucene.Group() | lucene.Plus():
            return _convert(item.children[0], depth + 1)
        case lucene.Not() | lucene.Prohibit():
            return Not(_convert(item.children[0], depth + 1))
        case lucene.OrOperation():
            return Some(_parts(item, depth))
        case lucene.AndOperation() | lucene.UnknownOperation():
            return All(_parts(item, depth))
    raise _Unsupported


def _parts(item: lucene.Item, depth: int) -> tuple[Node, ...]:
    return tuple(_convert(child, depth + 1) for child in item.children)[:MAX_LEAVES]


def _word(value: str) -> Word:
    """A word as typed; a star at its end asks for every word that begins so, other wild cards mean nothing."""
    bare = value.replace("*", " ").replace("?", " ").strip()
    if not re.search(r"\w", bare):
        raise _Unsupported
    wanted = value.endswith("*") and "*" not in value[:-1] and len(bare) >= MIN_PREFIX
    return Word(bare, prefix=wanted)

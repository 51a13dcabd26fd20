"""The thesaurus in a query: a topic's label met there brings the topic's labels in every language.

`nightlife` finds `vie nocturne` and `Nachtleben` too, for less than the reader's own words, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from library.analysis import Analysers, tokens
from library.naming import by_code
from library.query import All, Expanded, Form, Node, Not, Phrase, Some, Value, Word
from library.request import NARROW_ALL
from library.result import Expansion
from library.topics import Thesaurus, Topic

PREFERRED_WEIGHT = 1.0
"""Who types a topic's own name means the topic: its names in other languages count as much."""
ALTERNATIVE_WEIGHT = 0.3
"""Who types another word for it means that word: the topic's names count less than any work that has the word.
Both are our judgement; the judged queries hold them."""
MOST_TOPICS = 3
"""Topics that one query brings; more would drown the words."""

Terms = tuple[tuple[str, ...], ...]
"""For each token of a text the terms that stand for it, with accents and without."""
Known = Mapping[str, tuple[tuple[Terms, Topic, bool], ...]]
"""A term of the first token → the labels that begin with it, whole, with their topic and whether they are preferred."""


@dataclass(frozen=True, slots=True)
class Met:
    """A topic's label met in a query: which of its parts it covers."""

    start: int
    end: int
    topic: Topic
    preferred: bool
    """Whether it is the topic's own name rather than another word for it."""


class Expander:
    """Finds topics in queries. Made once for a thesaurus; not to be shared between threads."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._analysers = Analysers()

    def expand(self, node: Node, narrow: tuple[str, ...]) -> tuple[Node, tuple[Expansion, ...]]:
        """The query with the labels of its topics added, and what was added; topics in `narrow` are left alone.

        Names after a colon become ids and codes on the way: `topic:Nachtleben` is `topic:nightlife`.
        """
        named = self._named(node)
        parts = named.parts if isinstance(named, All) else (named,)
        if NARROW_ALL in narrow:
            return named, ()
        kept: list[Node] = []
        added: list[Expansion] = []
        place = 0
        for met in self._met(parts, narrow):
            kept += parts[place : met.start]
            own = parts[met.start : met.end]
            labels = tuple(self._labels(met.topic))
            phrases = tuple(Phrase(label, language=language) for language, label in labels)
            weight = PREFERRED_WEIGHT if met.preferred else ALTERNATIVE_WEIGHT
            kept.append(Expanded(own[0] if len(own) == 1 else All(own), phrases, weight, below=not met.preferred))
            typed = " ".join(part.text for part in own if isinstance(part, Word | Phrase))
            added.append(Expansion(typed, met.topic.id, tuple(dict.fromkeys(label for _, label in labels))))
            place = met.end
        kept += parts[place:]
        return (kept[0] if len(kept) == 1 else All(tuple(kept))), tuple(added)

    def _met(self, parts: tuple[Node, ...], narrow: tuple[str, ...]) -> Iterator[Met]:
        """The topics met, from left to right, none overlapping, the longest label first."""
        place, found = 0, 0
        while place < len(parts) and found < MOST_TOPICS:
            met = max(self._starting(parts, place, narrow), key=lambda met: (met.end, met.preferred), default=None)
            if met is None:
                place += 1
                continue
            yield met
            place, found = met.end, found + 1

    def _starting(self, parts: tuple[Node, ...], start: int, narrow: tuple[str, ...]) -> Iterator[Met]:
        words = [part.text for part in _words(parts, start)]
        for language, known in self._known.items():
            terms: list[tuple[str, ...]] = []
            ends: dict[int, int] = {}
            for place, word in enumerate(words, start + 1):
                terms += self._analysers[language].alternatives(word)
                ends[len(terms)] = place
            beginning = [entry for first in terms[:1] for term in first for entry in known.get(term, ())]
            for label, topic, preferred in sorted(beginning, key=lambda entry: (-len(entry[0]), not entry[2])):
                if len(label) in ends and _same(label, terms) and topic.id not in narrow:
                    yield Met(start, ends[len(label)], topic, preferred)
                    break

    @cached_property
    def _known(self) -> Mapping[str, Known]:
        """The labels of every language, by their stems."""
        return MappingProxyType({language: self._of(language) for language in self._thesaurus.languages})

    def _of(self, language: str) -> Known:
        found: dict[str, list[tuple[Terms, Topic, bool]]] = {}
        analyser = self._analysers[language]
        for topic in self._thesaurus:
            for label in topic.all_labels(language):
                terms = tuple(analyser.alternatives(label))
                for first in terms[0] if terms else ():
                    found.setdefault(first, []).append((terms, topic, label == topic.labels.get(language)))
        return {first: tuple(labels) for first, labels in found.items()}

    def _labels(self, topic: Topic) -> Iterator[tuple[str, str]]:
        """Language and label: the preferred ones of every language, then the others."""
        languages = self._thesaurus.languages
        yield from ((language, topic.labels[language]) for language in languages if language in topic.labels)
        yield from ((language, label) for language in languages for label in topic.alternatives.get(language, ()))

    def _named(self, node: Node) -> Node:
        match node:
            case Value("topic", value):
                topic = self._thesaurus.find(value)
                return Value("topic", topic.id) if topic else node
            case Value():
                return by_code(node)
            case All(parts):
                return All(tuple(map(self._named, parts)))
            case Some(parts):
                return Some(tuple(map(self._named, parts)))
            case Not(part):
                return Not(self._named(part))
        return node


def _words(parts: tuple[Node, ...], start: int) -> Iterator[Word | Phrase]:
    """The plain words from a place on, up to anything else; a phrase stands by itself."""
    first = parts[start]
    if isinstance(first, Phrase) and not first.field:
        yield first
        return
    for part in parts[start:]:
        if not isinstance(part, Word) or part.form is not Form.INFLECTED or part.field or not tokens(part.text):
            return
        yield part


def _same(label: Terms, terms: list[tuple[str, ...]]) -> bool:
    """Whether every token of the label has a term in common with the one in its place."""
    return all(not set(one).isdisjoint(other) for one, other in zip(label, terms, strict=False))

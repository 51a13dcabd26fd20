"""Did you mean: a query whose words find nothing, with words of visible works that are spelt nearly so.

Only words change; signs, quotation marks, fields and filters stay as they were typed. What is proposed finds more works
with all of its words than what was typed, or it is not proposed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from types import MappingProxyType

from library.analysis import fold, spans, tokens
from library.engines import Engine, Neighbour
from library.engines.letters import alike
from library.model import Access
from library.query import FACET_FIELDS, MAX_LEAVES, All, Form, Node, Phrase, Word, leaves, parse
from library.request import PER_PAGE
from library.topics import Thesaurus
from library.wording import Wording

LEAST_LETTERS = 4
"""Letters of a word that may be wrong: shorter ones are near to too much."""
MOST_WORDS = 4
"""Words of a query that are looked up; one with more unknown words is not mistyped but of another subject."""
MOST_CANDIDATES = 8
"""Words that may stand for one of them; fewer when several are doubtful."""
MOST_TRIED = 30
"""Corrected queries that are tried, those with the fewest changes first."""
RARE = 2
"""Works that a word may have and still be a slip of the pen…"""
COMMONER = 20
"""…when a word one letter away has more than so many times as many."""
LONG = 8
"""Letters of a word in which two may be wrong, or that may be of another language than the reader's, and it is still
surely meant: `Poller` and `poser` are two words. Our judgement, as are the two above."""
MOST_TOGETHER = 5
"""Words up to which it is asked whether they stand side by side."""

_VALUE = re.compile(rf"(?i)\b(?:{'|'.join(FACET_FIELDS)}):(?:\"[^\"]*\"|\S+)")
"""A facet's name with a value: what stands there is no word of a text."""

Span = tuple[int, int]
Places = Mapping[str, tuple[Span, ...]]
"""The words of a query, and where each stands in it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks, and what the query found as it was typed."""

    had: int
    """Works with all of its words."""
    reader: str
    visible: frozenset[Access]
    expand: Callable[[Node], Node]


@dataclass(frozen=True, slots=True)
class Correction:
    """A query as it may have been meant."""

    query: str
    sure: bool
    """Whether little was changed and nothing else comes to mind: its works may be shown when nothing else is found."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A part of the query that may be wrong, and what may stand there instead."""

    spans: tuple[Span, ...]
    candidates: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """One corrected query: what is put where."""

    edits: tuple[tuple[_Spot, Neighbour], ...]

    @property
    def letters(self) -> int:
        """How many letters it changes."""
        return sum(candidate.letters for _, candidate in self.edits)

    def foreign(self, reader: str) -> int:
        """How many of its words no work in the reader's language has."""
        return sum(reader not in candidate.languages for _, candidate in self.edits)

    def is_sure(self, reader: str) -> bool:
        """Whether one word alone is changed, and by little for its length."""
        if len(self.edits) != 1:
            return False
        long = len(self.edits[0][1].words) >= LONG
        return long or (self.letters == 1 and not self.foreign(reader))

    def is_form_of(self, other: _Plan) -> bool:
        """Whether its words only lengthen or shorten those of the other plan: bollard and bollards."""
        pairs = zip(self.edits, other.edits, strict=False)
        same = len(self.edits) == len(other.edits)
        return same and all(a.words.startswith(b.words) or b.words.startswith(a.words) for (_, a), (_, b) in pairs)

    def applied(self, query: str, written: Callable[[str], str] = str) -> str:
        """The query with its words put in."""
        every = sorted(((span, written(one.words)) for spot, one in self.edits for span in spot.spans), reverse=True)
        for (start, end), words in every:
            query = query[:start] + words + query[end:]
        return query


class Corrector:
    """Proposes corrected queries. Made once for an engine and a thesaurus; it holds nothing of a query."""

    def __init__(self, engine: Engine, thesaurus: Thesaurus, wording: Wording) -> None:
        self._engine = engine
        self._thesaurus = thesaurus
        self._wording = wording

    def propose(
        self, query: str, reader: str, visible: frozenset[Access], expand: Callable[[Node], Node]
    ) -> Correction | None:
        """The query as it may have been meant; None when it answers well, or nothing better is found.

        `expand` adds what a search adds to a query. Raises IndexOutOfDate.
        """
        node = parse(query).node
        places = self._places(query, node)
        if not places:
            return None
        had, *each = self._engine.counts([expand(node), *map(Word, places)], visible)
        if had >= PER_PAGE:
            return None
        asked = _Asked(had, reader, visible, expand)
        plans = self._plans(query, places, dict(zip(places, each, strict=True)), asked)
        best = self._best(query, plans, asked)
        if best is None:
            return None
        plan, alone = best
        corrected = plan.applied(query, lambda words: self._written(words, asked))
        return Correction(corrected, alone and plan.is_sure(reader))

    def _places(self, query: str, node: Node) -> dict[str, tuple[Span, ...]]:
        """The words of the query that may be mistyped, and where they stand in it."""
        wanted = {token for leaf in leaves(node) if _as_typed(leaf) for token in tokens(leaf.text)}
        closed = [match.span() for match in _VALUE.finditer(query)]
        places: dict[str, tuple[Span, ...]] = {}
        for start, end in spans(query):
            word, inside = query[start:end], any(first <= start < last for first, last in closed)
            if word in wanted and not inside and (word in places or len(places) < MAX_LEAVES):
                places[word] = (*places.get(word, ()), (start, end))
        return places

    def _plans(self, query: str, places: Places, works: Mapping[str, int], asked: _Asked) -> list[_Plan]:
        """The corrections worth trying, those with the fewest changes first."""
        doubtful = [word for word in places if works[word] <= RARE and self._correctable(word)]
        if sum(not works[word] for word in doubtful) > MOST_WORDS:
            return []
        doubtful = sorted(doubtful, key=lambda word: works[word])[:MOST_WORDS]
        spots = [_Spot(places[word], self._candidates(fold(word), works[word], asked.visible)) for word in doubtful]
        spots = [spot for spot in spots if spot.candidates]
        most = min(int(MOST_TRIED ** (1 / max(len(spots), 1))), MOST_CANDIDATES)
        fewer = [_Spot(spot.spans, spot.candidates[:most]) for spot in spots]
        joined = list(self._joined(query, places, works, asked))[:MOST_WORDS]
        plans = [plan for first in (None, *joined) for plan in _products(first, fewer)]
        return sorted(plans, key=lambda plan: plan.letters)[:MOST_TRIED]

    def _correctable(self, word: str) -> bool:
        """Whether a word may be mistyped: no number, not too short, and no word of a topic's label."""
        folded = fold(word)
        return folded.isalpha() and len(folded) >= LEAST_LETTERS and folded not in self._labels

    def _candidates(self, word: str, works: int, visible: frozenset[Access]) -> tuple[Neighbour, ...]:
        """What may be meant by a word, in texts that may be found and in labels of topics."""
        near = self._engine.neighbours(word, visible, MOST_CANDIDATES)
        if works:  # it may be right: only what is far commoner, and a letter away, is likelier
            return tuple(one for one in near if one.letters == 1 and one.works > COMMONER * works)
        known = {one.words for one in near}
        beginning = (name for name in self._labels if name[0] == word[0] and name not in known)
        labels = [
            Neighbour(name, letters, 0, self._labels[name]) for letters, name in alike(word, beginning) if letters
        ]
        return tuple(sorted((*near, *labels), key=lambda one: (one.letters, -one.works, one.words)))

    def _joined(self, query: str, places: Places, works: Mapping[str, int], asked: _Asked) -> Iterator[_Spot]:
        """Two neighbouring words that texts write as one, when they find nothing as two."""
        in_order = sorted((span, word) for word, spans in places.items() for span in spans)
        pairs = [
            ((start, end), fold(first) + fold(second))
            for ((start, before), first), ((after, end), second) in pairwise(in_order)
            if query[before:after] in (" ", "-") and not (asked.had and works[first] and works[second])
        ]
        had = self._engine.counts([Word(whole, Form.EXACT) for _, whole in pairs], asked.visible)
        for (span, whole), count in zip(pairs, had, strict=True):
            if count:
                yield _Spot((span,), (Neighbour(whole, 1, count, ()),))

    def _best(self, query: str, plans: list[_Plan], asked: _Asked) -> tuple[_Plan, bool] | None:
        """The plan that changes least, of those that find as many works with all the words as the query as typed.

        When none finds any, and the query as typed does not either, the one that changes least: works with most of
        its words may be found. With it, whether it is the only one to think of.
        """
        nodes = [parse(plan.applied(query)).node for plan in plans]
        found = self._engine.counts([asked.expand(node) for node in nodes], asked.visible)
        side_by_side = self._engine.counts([_together(node) for node in nodes], asked.visible)
        ranks = [
            (not count, plan.letters - bool(together), plan.foreign(asked.reader))
            for plan, count, together in zip(plans, found, side_by_side, strict=True)
        ]
        order = sorted(
            (place for place, count in enumerate(found) if count >= asked.had),
            key=lambda place: (ranks[place], -found[place], place),
        )
        if not order:
            return None
        best = plans[order[0]]
        others = [plans[place] for place in order[1:] if ranks[place] == ranks[order[0]]]
        return best, all(best.is_form_of(other) for other in others)

    def _written(self, folded: str, asked: _Asked) -> str:
        """Folded words as texts have them, else as labels have them."""
        words = folded.split(" ")
        forms = (self._wording.written(word, asked.visible, asked.reader) for word in words)
        return " ".join(form or self._label_forms.get(word, word) for form, word in zip(forms, words, strict=True))

    @cached_property
    def _labels(self) -> Mapping[str, tuple[str, ...]]:
        """The folded words of topics' labels, and the languages in which they are labels."""
        found: dict[str, tuple[str, ...]] = {}
        for word, language in self._label_words():
            found[fold(word)] = tuple(dict.fromkeys((*found.get(fold(word), ()), language)))
        return MappingProxyType(found)

    @cached_property
    def _label_forms(self) -> Mapping[str, str]:
        """Folded words of labels → as they are written there; small unless German, where nouns begin with a capital."""
        found: dict[str, str] = {}
        for word, language in self._label_words():
            found.setdefault(fold(word), word if language == "de" or word.isupper() else word.lower())
        return MappingProxyType(found)

    def _label_words(self) -> Iterable[tuple[str, str]]:
        for topic in self._thesaurus:
            for language in self._thesaurus.languages:
                for label in topic.all_labels(language):
                    yield from ((word, language) for word in tokens(label))


def _as_typed(leaf: Word | Phrase) -> bool:
    """Whether a leaf's words are to be found as they are: not a beginning, not nearly, not to the letter."""
    return isinstance(leaf, Phrase) or leaf.form is Form.INFLECTED


def _products(first: _Spot | None, spots: list[_Spot]) -> Iterator[_Plan]:
    """Every way to correct these spots, with one pair of words joined or none; at least one change."""
    taken = first.spans if first else ()
    others = [spot for spot in spots if not any(_meet(one, two) for one in spot.spans for two in taken)]
    start = ((first, first.candidates[0]),) if first else ()
    for chosen in product(*(spot.candidates for spot in others)):
        edits = (*start, *zip(others, chosen, strict=True))
        if edits:
            yield _Plan(edits)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _together(node: Node) -> Node:
    """The words of a plain query side by side; a query that nothing can match when it is not plain."""
    if isinstance(node, All) and len(node.parts) <= MOST_TOGETHER and all(isinstance(p, Word) for p in node.parts):
        return Phrase(" ".join(part.text for part in node.parts if isinstance(part, Word)))
    return Phrase("")

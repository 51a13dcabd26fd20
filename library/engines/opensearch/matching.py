"""A query's tree as a query of OpenSearch: the rules of `engines/matching.py`, said in its language.

Each language with editions is a lane: a word goes through that language's own analysis and is asked of that language's
own fields. What is a stop word in all the languages of an edition is not asked of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from library.analysis import Analysers, fold, folded_words, tokens
from library.engines.lane import Wanted, rarity
from library.engines.matching import MOST_BEGINNINGS, MOST_NEAR, SMALLEST
from library.engines.opensearch.clauses import EVERY, NONE, best_of, every_of, flat, some_of
from library.engines.opensearch.documents import HOLE, packed
from library.engines.opensearch.glance import Glance
from library.engines.opensearch.schema import EDITION, Json, named_field
from library.engines.opensearch.vocabulary import Vocabulary
from library.engines.whoosh_schema import facet_field, lane_field
from library.fields import TEXT_FIELDS
from library.query import All, Everything, Expanded, Form, Node, Not, Phrase, Some, Value, Word, leaves
from library.request import years

NOWHERE: frozenset[str] = frozenset()
MOST_MEANT = 1_000
"""Words that a prefix in a title, or one spelt nearly so, stands for: each is asked as a phrase when it is several."""

Leaf = Word | Phrase
Count = Callable[[list[Json]], list[int]]
"""Queries → the editions of each."""
Extremes = Callable[[Json, Json], tuple[float, float]]
"""Two queries → the lowest score of the first and the highest of the second; 0 where nothing matches."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a part of a query asks, and where it asks nothing."""

    query: Json
    neutral: frozenset[str] = NOWHERE
    """Languages in which it means nothing, all its words being stop words there."""


class Lanes:
    """The words of queries in the analyses of all languages of an index."""

    def __init__(self, glance: Glance, analysers: Analysers, vocabulary: Vocabulary) -> None:
        self.glance = glance
        self._analysers = analysers
        self._vocabulary = vocabulary
        self._stands_for: dict[Leaf, tuple[str, ...]] = {}
        self.rarities: dict[tuple[Leaf, str], float] = {}
        """Of words and phrases that were counted, in the languages in which some edition has them."""
        self._counted: set[Leaf] = set()

    def wanted(self, text: str, lane: str) -> Wanted:
        """The tokens of a word or phrase that are not stop words in a language; the first one has offset 0."""
        analysed = ((offset, self._analysers[lane].terms(token)) for offset, token in enumerate(tokens(text)))
        kept = [(offset, terms) for offset, terms in analysed if terms]
        return tuple((offset - kept[0][0], terms) for offset, terms in kept)

    def asked(self, leaf: Leaf) -> Iterator[tuple[str, Wanted]]:
        """The languages that a word or phrase is asked in, and what it wants in each; empty where it means nothing."""
        for lane in self.glance.lanes:
            if isinstance(leaf, Word) or leaf.language in ("", lane):
                yield lane, self.wanted(leaf.text, lane)

    def met(self, leaf: Leaf) -> Iterator[tuple[str, Wanted]]:
        """The same without the languages in which no edition has it: each that is asked takes time on every shard."""
        for lane, wanted in self.asked(leaf):
            if not wanted or leaf not in self._counted or (leaf, lane) in self.rarities:
                yield lane, wanted

    def weigh(self, leaves: Iterable[Leaf], count: Count) -> None:
        """Ask in one go how many editions have each of these, in each language."""
        new = [leaf for leaf in dict.fromkeys(leaves) if leaf not in self._counted]
        queries: dict[tuple[Leaf, str], Json] = {}
        for leaf in new:
            for lane, wanted in self.asked(leaf):
                if wanted:
                    queries[leaf, lane] = some_of([field for _, field in _fields(wanted, lane, leaf.field)])
        for key, having in zip(queries, count(list(queries.values())), strict=True):
            if having:
                self.rarities[key] = float(rarity(self.glance.documents[key[1]], having))
        self._counted.update(new)

    def stands_for(self, leaf: Word) -> tuple[str, ...]:
        """The folded words of the index that the last token stands for."""
        known = self._stands_for.get(leaf)
        if known is None:
            last = fold((tokens(leaf.text) or [""])[-1])
            match leaf.form:
                case Form.PREFIX:
                    known = self._vocabulary.beginning(last, MOST_BEGINNINGS)
                case Form.FUZZY:
                    known = self._vocabulary.near(last, MOST_NEAR)
                case _:
                    known = (last,) if last else ()
            self._stands_for[leaf] = known
        return known


class Matching:
    """Says the nodes of one query. `count` tells how rare its words are; `extremes` what an expansion may score."""

    def __init__(self, lanes: Lanes, count: Count, extremes: Extremes) -> None:
        self._lanes = lanes
        self._count = count
        self._extremes = extremes
        self._said: dict[Node, Match] = {}

    def find(self, node: Node) -> Match:
        """What matches the node, with the scores of its words."""
        return self.find_all((node,))[0]

    def find_all(self, nodes: Sequence[Node]) -> list[Match]:
        """The same for several nodes, whose words are weighed by one request."""
        self._lanes.weigh([leaf for node in nodes for leaf in _every_leaf(node)], self._count)
        return [self._find(node) for node in nodes]

    def literally(self, node: Node) -> Json:
        """Editions of any language with all words of the query, stop words or not."""
        words = dict.fromkeys(word for leaf in leaves(node) for word in folded_words(leaf.text))
        return every_of({"term": {"words": packed(word) or HOLE}} for word in words) if words else NONE

    def _find(self, node: Node) -> Match:
        known = self._said.get(node)
        if known is None:
            known = self._said[node] = self._say(node)
        return known

    def _say(self, node: Node) -> Match:
        match node:
            case Word(_, form) if form is not Form.INFLECTED:
                return self._spelt(node)
            case Word() | Phrase():
                return self._leaf(node)
            case Value(facet, value):
                return Match(flat(with_value(facet, value)))
            case Expanded():
                return self._expanded(node)
            case All(parts):
                return self._all(parts)
            case Some(parts):
                some = [self._find(part) for part in parts]
                return Match(some_of([part.query for part in some]), _common(some))
            case Not():
                return self._all((node,))
            case Everything():
                return Match(flat({"term": {"family": EDITION}}))

    def _leaf(self, leaf: Leaf) -> Match:
        """A word or phrase in all lanes: the weighted sum of BM25 in the fields of the best of them."""
        neutral: set[str] = set()
        lanes: list[Json] = []
        for lane, wanted in self._lanes.met(leaf):
            if not wanted:
                neutral.add(lane)
                continue
            rare = self._lanes.rarities[leaf, lane]
            boosted = [_boosted(clause, weight * rare, wanted) for weight, clause in _fields(wanted, lane, leaf.field)]
            lanes.append(some_of(boosted))
        return Match(best_of(lanes), frozenset(neutral))

    def _expanded(self, node: Expanded) -> Match:
        own = self._find(node.part)
        phrases = [match.query for match in map(self._find, node.phrases) if match.query is not NONE]
        weight = node.weight
        if node.below and phrases:
            lowest, highest = self._extremes(own.query, best_of(phrases))
            if lowest and highest:
                weight *= lowest / max(highest, SMALLEST)
        return Match(some_of([own.query, best_of(phrases, weight)]), own.neutral)

    def _spelt(self, leaf: Word) -> Match:
        """Editions with one of the words that stand for the last token; what comes before it is wanted as it is."""
        *before, last = tokens(leaf.text) or [""]
        if not last:
            return Match(NONE, frozenset(self._lanes.glance.lanes))
        if before:
            both = (Phrase(" ".join(before), leaf.field), Word(last, leaf.form, leaf.field))
            self._lanes.weigh(_every_leaf(All(both)), self._count)
            return self._all(both)
        words = self._lanes.stands_for(leaf)
        found: Json = {"match": {"words": {"query": "|".join(map(packed, words))}}} if words else NONE
        if not leaf.field:
            return Match(found)
        # The unstemmed words are of the whole edition: that one stands in the field is asked of the field's own stems.
        in_field = [clause for clause in self._in_field(words[:MOST_MEANT], leaf.field)]
        return Match(every_of([found, best_of(in_field)]))

    def _in_field(self, words: tuple[str, ...], field: str) -> Iterator[Json]:
        """One of the words in a field of any language: single tokens together, as they cost little so."""
        for lane in self._lanes.glance.lanes:
            every = [wanted for word in words if (wanted := self._lanes.wanted(word, lane))]
            single = tuple(dict.fromkeys(term for wanted in every if len(wanted) == 1 for term in wanted[0][1]))
            for together in ([((0, single),)] if single else []) + [wanted for wanted in every if len(wanted) > 1]:
                yield from (clause for _, clause in _fields(together, lane, field))

    def _all(self, parts: tuple[Node, ...]) -> Match:
        wanted = [self._find(part) for part in parts if not isinstance(part, Not)]
        refused = [self._find(part.part) for part in parts if isinstance(part, Not)]
        glance = self._lanes.glance
        neutral = _common(wanted or refused)
        musts = [
            some_of([part.query, flat(glance.silent(part.neutral))]) if part.neutral else part.query for part in wanted
        ] or [flat(EVERY)]
        without = [part.query for part in refused] + ([glance.silent(neutral)] if neutral else [])
        return Match(every_of(musts, without), neutral if wanted else NOWHERE if not refused else neutral)


def with_value(facet: str, wanted: str) -> Json:
    """Works with a value of a facet, as it is, or by its name whatever its case and accents; years may be a range."""
    span = years(wanted) if facet == "year" else None
    if span is not None:
        return {"range": {"years": {"gte": span[0], "lte": span[1]}}}
    exact: Json = {"term": {facet_field(facet): wanted}}
    name = " ".join(folded_words(wanted))
    return some_of([exact, {"term": {named_field(facet): name}}]) if name else exact


def phrase_text(wanted: Wanted) -> str:
    """The wanted tokens as the analyser takes them, holes where stop words stood."""
    places: Mapping[int, str] = {offset: "|".join(map(packed, terms)) for offset, terms in wanted}
    return " ".join(places.get(offset, HOLE) for offset in range(wanted[-1][0] + 1))


def in_field(name: str, wanted: Wanted) -> Json:
    """The wanted tokens side by side in a field."""
    kind = "match" if len(wanted) == 1 else "match_phrase"
    return {kind: {name: {"query": phrase_text(wanted)}}}


def _fields(wanted: Wanted, lane: str, only: str) -> Iterator[tuple[float, Json]]:
    """The text fields of a language, or only one: its weight, and the wanted tokens in it."""
    for field in TEXT_FIELDS:
        if only in ("", field.name):
            yield field.weight, in_field(lane_field(field.name, lane), wanted)


def _boosted(clause: Json, boost: float, wanted: Wanted) -> Json:
    """The clause with its score multiplied. A scripted similarity counts a phrase once for each of its terms."""
    terms = 1 if len(wanted) == 1 else sum(len(terms) for _, terms in wanted)
    ((kind, ((name, said),)),) = ((kind, tuple(fields.items())) for kind, fields in clause.items())
    return {kind: {name: {**said, "boost": boost / terms}}}


def _every_leaf(node: Node) -> Iterator[Leaf]:
    """Every inflected word and phrase, those that are refused too."""
    match node:
        case Word() | Phrase():
            if isinstance(node, Phrase) or node.form is Form.INFLECTED:
                yield node
        case All(parts) | Some(parts):
            for part in parts:
                yield from _every_leaf(part)
        case Expanded(part, phrases):
            yield from _every_leaf(part)
            yield from phrases
        case Not(part):
            yield from _every_leaf(part)


def _common(parts: list[Match]) -> frozenset[str]:
    return frozenset.intersection(*(part.neutral for part in parts)) if parts else NOWHERE

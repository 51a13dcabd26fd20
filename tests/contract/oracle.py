"""The search contract by brute force: every entry is looked at, word by word. Slow, short, and the judge of engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from library.analysis import Analysers, fold, tokens
from library.engines import PAGES_PER_HIT, Entry, PageMatch
from library.fields import FACETS
from library.model import Access
from library.query import All, Everything, Expanded, Form, Node, Not, Phrase, Some, Value, Word, is_filter, leaves
from library.request import PER_PAGE, SearchRequest, Sort

Wanted = list[tuple[int, set[str]]]
"""The tokens of a word or phrase that count in a language: offset, and the terms that stand for each."""


@dataclass(frozen=True)
class Judgement:
    """What must be found: editions, works, and the works that every facet value would show."""

    editions: frozenset[str]
    works: frozenset[str]
    counts: dict[str, dict[str, int]]
    whole: frozenset[str]
    """Those of the works that have all of what was asked; they come first."""


class Oracle:
    """A library held in a list."""

    def __init__(self, entries: Iterable[Entry], analysers: Analysers | None = None) -> None:
        self.entries = list(entries)
        self.analysers = analysers or Analysers()
        self.lanes = {lane for entry in self.entries for lane in entry.lanes}

    def judge(self, node: Node, request: SearchRequest, visible: frozenset[Access]) -> Judgement:
        """The right answer to a request."""
        seen = [entry for entry in self.entries if entry.access in visible]
        found = [entry for entry in seen if self._matches(node, entry)]
        neutral = any(self._silent(node, lane) for lane in self.lanes)
        if not found and neutral:
            words = {fold(token) for leaf in leaves(node) for token in tokens(leaf.text)}
            found = [entry for entry in seen if words and words <= self._folded(entry)]
        whole = {entry.work for entry in found}
        if len(whole) < PER_PAGE and isinstance(node, All) and len(self._words(node)) > 1:
            others = (entry for entry in seen if entry.work not in whole)
            found += [entry for entry in others if self._most(node, entry, more=bool(whole))]
        chosen = [entry for entry in found if all(self._selected(entry, name, request) for name, _ in request.filters)]
        return Judgement(
            editions=frozenset(entry.edition for entry in chosen),
            works=frozenset(entry.work for entry in chosen),
            counts={facet.name: self._counts(found, facet.name, request) for facet in FACETS},
            whole=frozenset({entry.work for entry in chosen} & whole),
        )

    def order(self, right: Judgement, request: SearchRequest, scores: dict[str, float]) -> list[str]:
        """The works in the request's order, where the scores of an engine decide what only scores can."""
        chosen = [entry for entry in self.entries if entry.edition in right.editions]
        newest = {work: -max(entry.date for entry in self.entries if entry.work == work) for work in right.works}
        titles = {work: self._title([e for e in chosen if e.work == work], request.reader) for work in right.works}
        keys: dict[Sort, Callable[[str], tuple[object, ...]]] = {
            Sort.TITLE: lambda work: (titles[work], work),
            Sort.NEWEST: lambda work: (newest[work], work),
            Sort.RELEVANCE: lambda work: (-scores[work], newest[work], work),
        }
        return sorted(right.works, key=lambda work: (work not in right.whole, *keys[request.sort](work)))

    def _title(self, editions: list[Entry], reader: str) -> str:
        """The title that places a work: in the reader's language, else English, else the first in the alphabet."""
        titles = {entry.language: fold(entry.title) for entry in editions}
        return titles.get(reader, titles.get("en", min(titles.values())))

    def pages(self, node: Node, edition: str) -> tuple[tuple[PageMatch, ...], int]:
        """The best pages of an edition, and how many more there are, for a query of words and phrases as they are."""
        (entry,) = [entry for entry in self.entries if entry.edition == edition]
        words = [leaf for leaf in leaves(node) if leaf.field in ("", "body")]
        found: list[tuple[int, int, int, set[int]]] = []
        for number, text in enumerate(entry.pages, 1):
            there = [here for leaf in words if (here := self._places(leaf, text, entry))]
            if there:
                found.append((-len(there), -sum(map(len, there)), number, set().union(*there)))
        best = [PageMatch(number, tuple(sorted(here))) for _, _, number, here in sorted(found)[:PAGES_PER_HIT]]
        return tuple(best), len(found) - len(best)

    def _places(self, leaf: Word | Phrase, text: str, entry: Entry) -> set[int]:
        """The tokens of a page that a word or phrase covers, in any language of the edition."""
        covered: set[int] = set()
        for lane in entry.lanes:
            terms = [set(self.analysers[lane].terms(token)) for token in tokens(text)]
            wanted = self._wanted(leaf, lane)
            for start in range(len(terms) if wanted else 0):
                if _begins(wanted, terms, start):
                    covered |= {start + offset for offset, _ in wanted}
        return covered

    def _counts(self, found: list[Entry], facet: str, request: SearchRequest) -> dict[str, int]:
        others = [name for name, _ in request.filters if name != facet or name in request.every]
        works: dict[str, set[str]] = {}
        for entry in found:
            if all(self._selected(entry, name, request) for name in others):
                for value in entry.values.get(facet, ()):
                    works.setdefault(value, set()).add(entry.work)
        return {value: len(ids) for value, ids in works.items()}

    def _selected(self, entry: Entry, facet: str, request: SearchRequest) -> bool:
        enough = all if facet in request.every else any
        return enough(
            any(self._within(facet, wanted, value) for value in entry.values.get(facet, ()))
            for wanted in request.selected(facet)
        )

    def _within(self, facet: str, wanted: str, value: str) -> bool:
        if facet == "year" and ".." in wanted:
            first, _, last = wanted.partition("..")
            return (first or "0000") <= value <= (last or "9999")
        return wanted == value

    def _most(self, node: All, entry: Entry, more: bool) -> bool:
        """Whether the entry has half of the words, or more than half, all of the values, and nothing refused."""
        parts = [part for part in self._words(node) if not self._neutral(part, entry)]
        has = sum(self._matches(part, entry) for part in parts)
        if not has or (has * 2 <= len(parts) if more else has * 2 < len(parts)):
            return False
        refused = [part.part for part in node.parts if isinstance(part, Not)]
        values = [part for part in node.parts if not isinstance(part, Not) and is_filter(part)]
        return all(self._matches(part, entry) for part in values) and not any(
            self._matches(part, entry) for part in refused
        )

    def _words(self, node: All) -> list[Node]:
        """The parts of a query that it may do without."""
        return [part for part in node.parts if not isinstance(part, Not) and not is_filter(part)]

    def _neutral(self, node: Node, entry: Entry) -> bool:
        """Whether nothing in the node means anything in any language of the entry."""
        return all(self._silent(node, lane) for lane in entry.lanes)

    def _silent(self, node: Node, lane: str) -> bool:
        """Whether nothing in the node means anything in this language."""
        match node:
            case Word(text, form) if form is not Form.INFLECTED:
                return not tokens(text)
            case Value():
                return False
            case Expanded(part):
                return self._silent(part, lane)
            case Word() | Phrase():
                return not self._wanted(node, lane)
            case All(parts):
                positive = [part for part in parts if not isinstance(part, Not)]
                return all(self._silent(part, lane) for part in positive or parts)
            case Some(parts):
                return all(self._silent(part, lane) for part in parts)
            case Not(part):
                return self._silent(part, lane)
            case Everything():
                return False

    def _matches(self, node: Node, entry: Entry) -> bool:
        if self._neutral(node, entry):
            return False
        match node:
            case Word(_, form) if form is not Form.INFLECTED:
                return self._spelt(node, entry)
            case Value(facet, value):
                return any(self._meant(facet, value, v) for v in entry.values.get(facet, ()))
            case Expanded(part, phrases):
                spoken = any(self._in_language(phrase, entry) for phrase in phrases)
                return spoken or self._matches(part, entry)
            case Word() | Phrase():
                wanted = [(lane, self._wanted(node, lane)) for lane in entry.lanes]
                return any(self._stands(tokens_, entry, lane, node.field) for lane, tokens_ in wanted if tokens_)
            case All(parts):
                return all(self._matches(part, entry) for part in parts if not self._neutral(part, entry))
            case Some(parts):
                return any(self._matches(part, entry) for part in parts)
            case Not(part):
                return not self._matches(part, entry)
            case Everything():
                return True

    def _wanted(self, leaf: Word | Phrase, lane: str) -> Wanted:
        analysed = ((offset, set(self.analysers[lane].terms(token))) for offset, token in enumerate(tokens(leaf.text)))
        kept = [(offset, terms) for offset, terms in analysed if terms]
        return [(offset - kept[0][0], terms) for offset, terms in kept]

    def _stands(self, wanted: Wanted, entry: Entry, lane: str, field: str = "") -> bool:
        """Whether the tokens stand together on a page, or in the title, the abstract, or one label."""
        for text in (entry.title,) if field == "title" else self._texts(entry):
            terms = [set(self.analysers[lane].terms(token)) for token in tokens(text)]
            if any(_begins(wanted, terms, start) for start in range(len(terms))):
                return True
        return False

    def _in_language(self, phrase: Phrase, entry: Entry) -> bool:
        lanes = [lane for lane in entry.lanes if phrase.language in ("", lane)]
        wanted = [(lane, self._wanted(phrase, lane)) for lane in lanes]
        return any(self._stands(tokens_, entry, lane) for lane, tokens_ in wanted if tokens_)

    def _spelt(self, leaf: Word, entry: Entry) -> bool:
        *before, last = tokens(leaf.text)
        wanted = fold(last)
        alike: Callable[[str], bool] = {
            Form.PREFIX: lambda word: word.startswith(wanted),
            Form.FUZZY: lambda word: word[:1] == wanted[:1] and distance(word, wanted) <= allowed(wanted),
            Form.EXACT: lambda word: word == wanted,
        }[leaf.form]
        begun = any(alike(word) for word in self._folded(entry))
        if begun and leaf.field:
            begun = self._titled({word for other in self.entries for word in self._folded(other) if alike(word)}, entry)
        phrase = Phrase(" ".join(before), leaf.field)
        return begun and (not before or self._neutral(phrase, entry) or self._matches(phrase, entry))

    def _titled(self, words: set[str], entry: Entry) -> bool:
        """Whether the title has one of these words in a form that its language knows: titles are kept as stems."""
        wanted = [(lane, self._wanted(Word(word), lane)) for lane in entry.lanes for word in words]
        return any(self._stands(tokens_, entry, lane, "title") for lane, tokens_ in wanted if tokens_)

    def _meant(self, facet: str, wanted: str, value: str) -> bool:
        same = [fold(token) for token in tokens(wanted)]
        names = [value, value.partition("/")[2]] if facet == "place" else [value]
        return self._within(facet, wanted, value) or same in [[fold(t) for t in tokens(name)] for name in names]

    def _folded(self, entry: Entry) -> set[str]:
        return {fold(token) for text in self._texts(entry) for token in tokens(text)}

    def _texts(self, entry: Entry) -> tuple[str, ...]:
        return (entry.title, entry.abstract, *entry.subject, *entry.pages)


def _begins(wanted: Wanted, terms: list[set[str]], start: int) -> bool:
    """Whether the wanted tokens stand in a text from this token on."""
    return all(start + offset < len(terms) and terms[start + offset] & some for offset, some in wanted)


def allowed(word: str) -> int:
    """How many letters of a word may be wrong."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


def distance(a: str, b: str) -> int:
    """Letters wrong, missing, added or swapped between two words (optimal string alignment), by the textbook."""
    rows = [[i + j if i * j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            same = a[i - 1] == b[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (not same))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]

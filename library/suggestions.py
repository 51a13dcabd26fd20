"""What a reader may be looking for, while typing: topics, places, projects, titles, words and phrases, with counts.

What is typed is a beginning: its words may be any words of a label, each as far as it was typed; accents and case make
no difference. Every count is of works that this person may find: those that choosing the suggestion shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from library.access import User, may_read, visible_to
from library.analysis import folded_words, tokens
from library.beginnings import Beginnings
from library.catalogue import Catalogue
from library.engines import Engine
from library.languages import country_names
from library.model import Access
from library.query import Everything, Node, parse
from library.request import SearchRequest
from library.result import Suggestion, SuggestionKind
from library.topics import Thesaurus
from library.wording import Wording

MAX_TYPED = 100
"""Characters that are looked at; a longer text is no beginning of anything."""
MOST_WORDS = 8
"""Words that are looked at."""
FACET_KINDS = frozenset({SuggestionKind.TOPIC, SuggestionKind.PLACE, SuggestionKind.PROJECT})
"""What is chosen as a filter; words that are its name are not suggested once more."""
LEAST_PHRASE = 2
"""Letters from which words are completed: one letter begins a tenth of all."""
SHARES = {
    SuggestionKind.TOPIC: 3,
    SuggestionKind.PLACE: 2,
    SuggestionKind.PHRASE: 3,
    SuggestionKind.TITLE: 3,
    SuggestionKind.PROJECT: 2,
}
"""At most so many of each kind; they take turns in this order until there are enough."""
MOST_COMPLETED = 12
"""Completions among which those in the reader's language are chosen, when there are any."""
LEAST_FOREIGN = 3
"""Letters from which names of topics in other languages than the reader's are met."""
LONGEST_PHRASE = 4
"""Words of a phrase, its last one being completed."""


@dataclass(frozen=True, slots=True)
class Label:
    """One name of something, as it may be typed."""

    value: str
    """Of the facet."""
    text: str
    """As it is shown."""
    words: tuple[str, ...]
    """Folded."""
    rank: int = 0
    """0 for the name the reader's language has for it, more for others."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, by whom."""

    words: tuple[str, ...]
    """Folded; the last one is a beginning."""
    reader: str
    visible: frozenset[Access]
    counts: Mapping[str, Mapping[str, int]]
    """Facet → value → works that this person may find."""


WITHIN = 2
"""How well a label fits in which what was typed stands within; those of other languages come last."""


class Labels:
    """The names of some values, found by what is typed of them."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.every = tuple(labels)
        self._beginnings = Beginnings(label.words for label in self.every)

    def find(self, typed: tuple[str, ...]) -> Iterator[tuple[int, Label]]:
        """The labels with these words, each after how well it fits: 0 whole, 1 from its beginning, 2 within."""
        for number in self._beginnings.find(typed):
            yield fit(self.every[number].words, typed), self.every[number]


class Suggester:
    """Makes suggestions. Made once for a library; the tables of names are made when they are first needed."""

    def __init__(self, engine: Engine, catalogue: Catalogue, thesaurus: Thesaurus, wording: Wording) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._thesaurus = thesaurus
        self._wording = wording
        self._places: dict[tuple[str, frozenset[Access]], tuple[tuple[str, ...], Labels]] = {}

    def suggest(
        self, text: str, user: User, reader: str, most: int, expand: Callable[[Node], Node]
    ) -> tuple[Suggestion, ...]:
        """What may be meant by a text that is still being typed; `expand` adds what a search adds to a query.

        Raises IndexOutOfDate.
        """
        visible = visible_to(user)
        counts = self._engine.search(Everything(), SearchRequest(per_page=1), visible).counts
        words = folded_words(text[:MAX_TYPED])[:MOST_WORDS]
        if not words:
            return ()
        typed = _Typed(words, reader, visible, counts)
        found = {
            SuggestionKind.TOPIC: self._topics(typed),
            SuggestionKind.PLACE: self._of_facet("place", SuggestionKind.PLACE, self._place_labels(typed), typed),
            SuggestionKind.PHRASE: self._phrases(typed, expand),
            SuggestionKind.TITLE: self._titles(typed, user),
            SuggestionKind.PROJECT: self._of_facet("project", SuggestionKind.PROJECT, _projects(typed), typed),
        }
        named = {folded_words(one.label) for kind, some in found.items() if kind in FACET_KINDS for _, one in some}
        phrases = found[SuggestionKind.PHRASE]
        found[SuggestionKind.PHRASE] = [one for one in phrases if folded_words(one[1].label) not in named]
        return _mixed({kind: sorted(some, key=_order)[: SHARES[kind]] for kind, some in found.items()}, most)

    def _topics(self, typed: _Typed) -> list[Ranked]:
        """Topics with such a label in any language, shown in the reader's."""
        best: dict[str, tuple[tuple[int, int, int], Label]] = {}
        for rank, label in self._topic_labels.find(typed.words):
            topic = self._thesaurus.by_id[label.value]
            own = label.text in topic.all_labels(typed.reader)
            if not own and sum(map(len, typed.words)) < LEAST_FOREIGN:
                continue
            key = (rank + (rank == WITHIN and not own), not own, label.rank)
            if label.value not in best or key < best[label.value][0]:
                best[label.value] = (key, label)
        counts = typed.counts.get("topic", {})
        return [
            (rank[0], self._topic(label, counts[value], typed.reader))
            for value, (rank, label) in best.items()
            if counts.get(value)
        ]

    def _topic(self, label: Label, count: int, reader: str) -> Suggestion:
        shown = self._thesaurus.label(label.value, reader)
        other = "" if label.words == folded_words(shown) else label.text
        return Suggestion(SuggestionKind.TOPIC, shown, count, matched=other, facet="topic", value=label.value)

    def _of_facet(self, facet: str, kind: SuggestionKind, labels: Labels, typed: _Typed) -> list[Ranked]:
        """Values of a facet with such a name, each by the name that fits best."""
        best: dict[str, tuple[int, int, str]] = {}
        names = {label.value: label.text for label in reversed(labels.every) if not label.rank}
        for rank, label in labels.find(typed.words):
            other = "" if label.text == names[label.value] else label.text
            best[label.value] = min(best.get(label.value, (3, 0, "")), (rank, label.rank, other))
        return [
            (rank, Suggestion(kind, names[value], typed.counts[facet][value], matched=other, facet=facet, value=value))
            for value, (rank, _, other) in best.items()
        ]

    def _phrases(self, typed: _Typed, expand: Callable[[Node], Node]) -> list[Ranked]:
        """Words that begin as the last one typed, after the words before it, as texts have them."""
        *before, last = typed.words
        if len(last) < LEAST_PHRASE or len(typed.words) > LONGEST_PHRASE:
            return []
        every = self._engine.completions(" ".join(before), last, typed.visible, MOST_COMPLETED)
        own = [one for one in every if typed.reader in one.languages]
        found = (own or list(every))[: SHARES[SuggestionKind.PHRASE]]
        written = [self._wording.written(one.words, typed.visible, typed.reader) for one in found]
        texts = [text for text in dict.fromkeys(written) if text]
        counts = self._engine.counts([expand(parse(text).node) for text in texts], typed.visible)
        return [
            (fit(folded_words(text), typed.words), Suggestion(SuggestionKind.PHRASE, text, count, query=text))
            for text, count in zip(texts, counts, strict=True)
            if count
        ]

    def _titles(self, typed: _Typed, user: User) -> list[Ranked]:
        """Works by their titles, as their records have them now."""
        found: list[Ranked] = []
        for edition in self._engine.titles(typed.words, typed.visible, typed.reader, SHARES[SuggestionKind.TITLE]):
            name, _, language = edition.partition(".")
            work = self._catalogue.sound(name)
            own = work.edition(language) if work is not None else None
            if work is not None and own is not None and may_read(user, work):
                query = f'title:"{" ".join(tokens(own.title))}"'
                made = Suggestion(SuggestionKind.TITLE, own.title, 1, query=query, work=work.id)
                found.append((fit(folded_words(own.title), typed.words), made))
        return found

    @cached_property
    def _topic_labels(self) -> Labels:
        return Labels(
            Label(topic.id, label, folded_words(label), int(label != topic.labels.get(language)))
            for topic in self._thesaurus
            for language in self._thesaurus.languages
            for label in topic.all_labels(language)
        )

    def _place_labels(self, typed: _Typed) -> Labels:
        """The names of the places that works are about: made again when these are others."""
        values = tuple(typed.counts.get("place", {}))
        key = typed.reader, typed.visible
        made = self._places.get(key)
        if made is None or made[0] != values:
            made = self._places[key] = values, Labels(_place_names(values, typed.reader))
        return made[1]


Ranked = tuple[int, Suggestion]
"""How well a suggestion fits what was typed, and the suggestion."""


def fit(label: tuple[str, ...], typed: tuple[str, ...]) -> int:
    """0 when a label is what was typed, 1 when it begins so, 2 when what was typed stands within."""
    if label == typed:
        return 0
    return 1 if " ".join(label).startswith(" ".join(typed)) else WITHIN


def _order(one: Ranked) -> tuple[int, int, str]:
    return one[0], -one[1].count, one[1].label


def _mixed(found: Mapping[SuggestionKind, list[Ranked]], most: int) -> tuple[Suggestion, ...]:
    """Some of each kind, in turns; shown: a topic and a place first, then the best fit, then that of most works."""
    turns = [some[turn] for turn in range(max(SHARES.values())) for some in found.values() if turn < len(some)][:most]
    heads = [found[kind][0] for kind in (SuggestionKind.TOPIC, SuggestionKind.PLACE) if found[kind]]
    heads = [one for one in heads if one in turns]
    rest = sorted((one for one in turns if one not in heads), key=_order)
    return tuple(suggestion for _, suggestion in (*sorted(heads, key=lambda one: one[0]), *rest))


def _projects(typed: _Typed) -> Labels:
    return Labels(Label(value, value, folded_words(value)) for value in typed.counts.get("project", {}))


def _place_names(values: Iterable[str], reader: str) -> Iterator[Label]:
    """Cities by their names, countries by their names in the reader's language, in English, and in their own."""
    for value in values:
        country, _, city = value.partition("/")
        names = (city,) if city else country_names(country, reader)
        yield from (Label(value, name, folded_words(name), rank) for rank, name in enumerate(names))

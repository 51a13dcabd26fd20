"""More like this: the works that share topics, places and projects with a work, or the telling words of its text.

Topics reach across languages; words are compared within each language that both works have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from library.access import User, may_read, visible_to
from library.analysis import fold, stop_words, tokens
from library.catalogue import Catalogue
from library.engines import Alike, Engine, Likeness
from library.formats.page_store import PageStore
from library.languages import country_name
from library.model import Edition, Work, edition_id
from library.result import Reason, Similar
from library.topics import Thesaurus

TOPIC = 1.0
"""What a shared topic counts, before its rarity. These weights are our judgement."""
ABOVE = 0.5
"""What a topic above it counts."""
PLACE = 0.3
PROJECT = 0.3
MOST_LANGUAGES = 4
"""Editions of a work whose words are compared: the reader's, English, then as in the record."""
MOST_TALLIED = 200
"""Words of an edition that are given to the engine, those that occur most often."""
LEAST_LETTERS = 3
"""Letters of a word that tells anything."""
REMEMBERED = 2_000
"""Editions whose words stay in memory: some kilobytes each."""
MOST_REASONS = 5

Tally = Mapping[str, int]
"""Word → how often."""


class Likener:
    """Finds works that are like another one. Made once for a library; it remembers the words of editions."""

    def __init__(self, engine: Engine, catalogue: Catalogue, pages: PageStore, thesaurus: Thesaurus) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._pages = pages
        self._thesaurus = thesaurus
        self._tallies: dict[str, Tally] = {}

    def like(self, work: Work, user: User, reader: str, most: int) -> tuple[Similar, ...]:
        """The works most like this one that a person may find, never itself. Raises IndexOutOfDate."""
        languages = dict.fromkeys(tag for tag in (reader, "en", *work.languages) if tag in work.languages)
        editions = [edition for tag in languages if (edition := work.edition(tag)) is not None][:MOST_LANGUAGES]
        words = {edition.language: self._tally(edition) for edition in editions}
        likeness = Likeness(work.id, dict(self._values(work)), words)
        found = self._engine.alike(likeness, visible_to(user), most)
        every = (self._similar(one, work, user, reader) for one in found)
        return tuple(similar for similar in every if similar is not None)

    def _values(self, work: Work) -> Iterator[tuple[tuple[str, str], float]]:
        """What other works may share, and what it counts; a topic's own weight comes after those above it."""
        for topic in work.topics:
            yield from ((("topic", above), ABOVE) for above in self._thesaurus.with_ancestors(topic))
        yield from ((("topic", topic), TOPIC) for topic in work.topics)
        for place in work.places:
            yield ("place", place.country), PLACE * ABOVE
        yield from ((("place", place.id), PLACE) for place in work.places)
        yield from ((("project", project), PROJECT) for project in work.projects)

    def _tally(self, edition: Edition) -> Tally:
        """The words of an edition's pages that occur most often, stop words and numbers left out."""
        known = self._tallies.get(edition.sha256)
        if known is not None:
            return known
        stored = self._pages.remembered(edition.sha256)
        try:
            texts = stored.all_texts() if stored is not None else None
        except OSError:  # the texts have gone from the disk since: topics alone are left
            texts = None
        if texts is None:
            return MappingProxyType({})
        if len(self._tallies) >= REMEMBERED:
            self._tallies.clear()
        made = self._tallies[edition.sha256] = tally(texts, edition.language)
        return made

    def _similar(self, found: Alike, work: Work, user: User, reader: str) -> Similar | None:
        """A work with what its record says now; None when that is gone, not right, or not open to this person."""
        other = self._catalogue.sound(found.work)
        if other is None or not may_read(user, other):
            return None
        edition = other.best_edition(reader, *work.languages)
        return Similar(
            work=other.id,
            edition=edition_id(other.id, edition.language),
            language=edition.language,
            languages=other.languages,
            title=edition.title,
            kind=other.kind.value,
            year=other.year,
            score=found.score,
            reasons=tuple(self._reasons(found, reader))[:MOST_REASONS],
            sha256=edition.sha256,
        )

    def _reasons(self, found: Alike, reader: str) -> Iterator[Reason]:
        """What both share: topics that stand above no other, places and projects, then words."""
        topics = [value for facet, value in found.values if facet == "topic"]
        above = {name for topic in topics for name in self._thesaurus.with_ancestors(topic)[1:]}
        cities = {value.partition("/")[0] for facet, value in found.values if facet == "place" and "/" in value}
        for facet, value in found.values:
            if facet == "topic" and value not in above:
                yield Reason(facet, self._thesaurus.label(value, reader))
            elif facet == "place" and value not in cities:
                yield Reason(facet, value.partition("/")[2] or country_name(value, reader or "en"))
            elif facet == "project":
                yield Reason(facet, value)
        yield from (Reason("", word) for word in found.words)


def tally(texts: Iterable[str], language: str) -> Tally:
    """The words of some pages that occur most often, in small letters where any of them is small."""
    stop = stop_words(language)
    often = Counter(token for text in texts for token in tokens(text))
    small = {token for token in often if token == token.lower()}
    found: Counter[str] = Counter()
    for token, count in often.items():
        found[token.lower() if token.lower() in small else token] += count
    telling = (
        (word, count)
        for word, count in found.most_common()
        if len(word) >= LEAST_LETTERS and word.isalpha() and word.casefold() not in stop and fold(word) not in stop
    )
    return MappingProxyType(dict(pair for pair, _ in zip(telling, range(MOST_TALLIED), strict=False)))

"""Which topics of the thesaurus a document is about: the labels that stand in it, and where they stand.

A label counts when all its words stand side by side, in any inflected form; the longest label wins, so that
"community police" does not also count as "police". One pass over the words of each page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from library.analysis import spans
from library.describe.proposal import NO_EVIDENCE, Evidence, Proposal, Source, snippet

TopicLabels = tuple[tuple[str, str], ...]
"""Identifier of a topic and one of its labels, as many pairs as there are labels."""

Stems = Callable[[str], Sequence[str]]
"""A text to its words, in order, each reduced to its stem: `library.analysis.Analyser(language).stems`."""

MAX_TOPICS = 4
"""Most topics proposed; the records of the network carry one to four."""

IN_TITLE, IN_HEADING, ON_FIRST_PAGE = 6.0, 2.0, 1.0
"""Points for a label in the title, in a heading of the outline, and on the first page; the last two up to three
times. A title says what a work is about, a cover page names it, a body mentions much besides."""

DENSITY_POINTS = 0.5
"""Points for each time a label stands in 1,000 words, up to ten times: the size of the document does not count."""

LEAST_POINTS = 2.0
"""Below this a topic is only mentioned."""

LEAST_PART = 0.25
"""A topic with less than this part of the points of the best one is a side matter."""

_HALF_SURE = 3.0
"""Points at which a topic is as likely right as wrong: confidence = points / (points + this)."""

_FEW = 3
"""A label that stands in the body fewer times than this counts as a mention, however short the text."""

_SHORT = 1_000
"""Words of a short document, a sheet of two pages: with fewer, three mentions would already be dense."""

_PAGE_CHARACTERS = 20_000
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&+]{1,9}")


@dataclass(slots=True)
class _Count:
    """Where one topic was met, and how often."""

    title: int = 0
    headings: int = 0
    first_page: int = 0
    body: int = 0
    pages: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label as the sequence of its stems."""

    stems: tuple[str, ...]
    topic: str
    acronym: str
    """The label itself when it only counts in capitals, as `IT` does and `it` does not; else empty."""


class TopicMatcher:
    """The labels of the thesaurus in one language, made ready once to be found in many documents."""

    def __init__(self, labels: TopicLabels, stems: Stems, broader: Mapping[str, str] | None = None) -> None:
        self._stems = stems
        self._broader = dict(broader or {})
        by_first: dict[str, list[_Label]] = {}
        for topic, label in dict.fromkeys(labels):
            parts = tuple(stems(label))
            if parts:
                acronym = label if _ACRONYM.fullmatch(label) else ""
                by_first.setdefault(parts[0], []).append(_Label(parts, topic, acronym))
        self._by_first = {
            first: tuple(sorted(found, key=lambda label: -len(label.stems))) for first, found in by_first.items()
        }

    def propose(self, title: str, headings: Sequence[str], pages: Sequence[str]) -> tuple[Proposal, ...]:
        """The topics of a document, the surest first, each with the words that speak for it."""
        counts, length = self._count(title, headings, pages)
        points = {topic: _points(count, length) for topic, count in counts.items()}
        best = max(points.values(), default=0.0)
        likely = {topic: p for topic, p in points.items() if p >= max(LEAST_POINTS, LEAST_PART * best)}
        kept = {topic: p for topic, p in likely.items() if not self._covered(topic, likely, counts)}
        ranked = sorted(kept, key=lambda topic: (-kept[topic], topic))[:MAX_TOPICS]
        return tuple(
            Proposal(
                topic,
                round(min(kept[topic] / (kept[topic] + _HALF_SURE), 0.95), 3),
                self._evidence(topic, counts[topic], title, pages),
            )
            for topic in ranked
        )

    def _count(self, title: str, headings: Sequence[str], pages: Sequence[str]) -> tuple[dict[str, _Count], int]:
        counts: dict[str, _Count] = {}
        length = 0
        for topic in self._topics_in(title, self._stems(title)):
            counts.setdefault(topic, _Count()).title += 1
        for heading in headings:
            for topic in self._topics_in(heading, self._stems(heading)):
                counts.setdefault(topic, _Count()).headings += 1
        for number, page in enumerate(pages, start=1):
            text = page[:_PAGE_CHARACTERS]
            stems = self._stems(text)
            length += len(stems)
            for topic in self._topics_in(text, stems):
                count = counts.setdefault(topic, _Count())
                count.body += 1
                count.first_page += number == 1
                count.pages[number] += 1
        return counts, length

    def _topics_in(self, text: str, stems: Sequence[str]) -> Iterator[str]:
        """The topics whose labels stand in a text, once for each place."""
        written: dict[str, bool] = {}  # asked once for each acronym: "it" stands on every English page
        for label, _ in self._found(stems):
            if label.acronym and label.acronym not in written:
                written[label.acronym] = bool(re.search(rf"(?<!\w){re.escape(label.acronym)}(?!\w)", text))
            if written.get(label.acronym, True):
                yield label.topic

    def _found(self, stems: Sequence[str]) -> Iterator[tuple[_Label, int]]:
        """Each label found and the place of its first word; the words of a label are not looked at again."""
        by_first = self._by_first
        free = 0
        for place, stem in enumerate(stems):
            if stem not in by_first or place < free:
                continue
            longest = 0
            for label in by_first[stem]:
                size = len(label.stems)
                if size < longest:
                    break
                if tuple(stems[place : place + size]) == label.stems:
                    longest, free = size, place + size
                    yield label, place

    def _covered(self, topic: str, likely: Mapping[str, float], counts: Mapping[str, _Count]) -> bool:
        """Whether a narrower topic says the same more exactly, and this one has no strong evidence of its own."""
        narrower = [other for other in likely if topic in self._above(other)]
        strong = counts[topic].title > 0 or any(likely[topic] > 2 * likely[other] for other in narrower)
        return bool(narrower) and not strong

    def _above(self, topic: str) -> Iterator[str]:
        seen: set[str] = set()
        while (topic := self._broader.get(topic, "")) and topic not in seen:
            seen.add(topic)
            yield topic

    def _evidence(self, topic: str, count: _Count, title: str, pages: Sequence[str]) -> Evidence:
        """The page where the topic stands most often, and the words there; the title when only that has it."""
        if not count.pages:
            return Evidence(Source.THESAURUS, None, snippet(title)) if count.title else NO_EVIDENCE
        number = max(count.pages, key=lambda page: (count.pages[page], -page))
        text = pages[number - 1][:_PAGE_CHARACTERS]
        places = tuple(spans(text))
        stems = self._stems(text)
        if len(stems) == len(places):  # an analyser that drops words cannot say where the label stands
            for label, index in self._found(stems):
                if label.topic == topic:
                    start, end = places[index][0], places[index + len(label.stems) - 1][1]
                    return Evidence(Source.THESAURUS, number, snippet(text, start, end))
        return Evidence(Source.THESAURUS, number, snippet(text))


def _points(count: _Count, length: int) -> float:
    density = 1000 * count.body / max(length, _SHORT)
    body = min(density, 10.0) * DENSITY_POINTS if count.body >= _FEW else 0.1 * count.body
    marked = IN_HEADING * min(count.headings, 3) + ON_FIRST_PAGE * min(count.first_page, 3)
    return IN_TITLE * min(count.title, 1) + marked + body

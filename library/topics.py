"""The thesaurus: topics with their labels in every language, read from SKOS in Turtle.

Nothing here writes: `documents/topics.ttl` is edited by people, and `catalogue.label_file` adds labels to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from rdflib import RDF, SKOS, Graph, Literal, Node, URIRef

from library.errors import Problem, RecordError

_ORDER = URIRef("urn:practice-library:order")


@dataclass(frozen=True, slots=True)
class Topic:
    """One concept of the thesaurus."""

    id: str
    """The last part of its URI, such as `nightlife`: stable, used in records and addresses."""
    labels: Mapping[str, str]
    """Preferred label by language."""
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other labels by language: synonyms and acronyms."""
    scope: Mapping[str, str] = field(default_factory=dict)
    """What belongs under it, by language."""
    broader: str = ""
    """The topic above; empty at the top."""
    notation: str = ""
    """Its short code, such as `public.night`."""
    order: int = 0
    uri: str = ""
    """As in the file, such as `urn:practice-library:topic:nightlife`."""

    def label(self, *languages: str) -> str:
        """The preferred label in the first of these languages that has one; else English; else any; else the id."""
        for language in (*languages, "en"):
            if language in self.labels:
                return self.labels[language]
        return next(iter(self.labels.values()), self.id)

    def all_labels(self, language: str) -> tuple[str, ...]:
        """The preferred and the alternative labels in one language."""
        preferred = self.labels.get(language)
        return ((preferred,) if preferred else ()) + self.alternatives.get(language, ())


@dataclass(frozen=True)
class Thesaurus:
    """All topics, as a tree in the order its editors gave."""

    topics: tuple[Topic, ...] = ()
    by_id: Mapping[str, Topic] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", MappingProxyType({topic.id: topic for topic in self.topics}))

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.topics)

    def __len__(self) -> int:
        return len(self.topics)

    def get(self, topic: str) -> Topic | None:
        """The topic with that id, if there is one."""
        return self.by_id.get(topic)

    def label(self, topic: str, *languages: str) -> str:
        """The label of a topic; an id that nobody knows is its own label."""
        found = self.by_id.get(topic)
        return found.label(*languages) if found else topic

    def narrower(self, topic: str = "") -> tuple[Topic, ...]:
        """The topics right below one, in order; without an id, those at the top."""
        return tuple(t for t in self.topics if t.broader == topic)

    def with_ancestors(self, topic: str) -> tuple[str, ...]:
        """The topic and everything above it, from itself upwards."""
        found: list[str] = []
        while topic and topic not in found:
            found.append(topic)
            topic = self.by_id[topic].broader if topic in self.by_id else ""
        return tuple(found)

    def find(self, text: str) -> Topic | None:
        """The topic a person means: by id, by short code, or by a label in any language."""
        return self.by_id.get(text) or self._by_name.get(text.strip().casefold())

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Every language that has a preferred label."""
        return tuple(sorted({language for topic in self.topics for language in topic.labels}))

    @cached_property
    def _by_name(self) -> Mapping[str, Topic]:
        names: dict[str, Topic] = {}
        for topic in self.topics:
            every = (label for language in self.languages for label in topic.all_labels(language))
            for name in (topic.notation, *every):
                if name:
                    names.setdefault(name.casefold(), topic)
        return MappingProxyType(names)


def load_thesaurus(path: Path) -> Thesaurus:
    """The thesaurus in a Turtle file; an empty one when there is no such file.

    Raises RecordError when the file is not Turtle or its topics do not form a tree.
    """
    if not path.exists():
        return Thesaurus()
    try:
        return parse_thesaurus(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path.name, error) from None


def parse_thesaurus(turtle: str, file: str) -> Thesaurus:
    """The thesaurus in a text, which is that of a file with this name. Raises RecordError as `load_thesaurus` does."""
    graph = Graph()
    try:
        graph.parse(data=turtle, format="turtle")
    except Exception as error:  # BadSyntax most often; rdflib's parser also trips over its own asserts and indexes
        raise _unreadable(file, error) from None
    topics = tuple(sorted((_topic(graph, subject) for subject in graph.subjects(RDF.type, SKOS.Concept)), key=_rank))
    thesaurus = Thesaurus(topics)
    problems = tuple(_problems(thesaurus, file))
    if problems:
        raise RecordError(problems)
    return thesaurus


def _unreadable(file: str, error: Exception) -> RecordError:
    said = " ".join(str(error).split())[:300]
    return RecordError((Problem(file, "", f"is not readable as Turtle: {said}", "mend the line it names"),))


def _topic(graph: Graph, subject: Node) -> Topic:
    broader = graph.value(subject, SKOS.broader)
    order = graph.value(subject, _ORDER)
    alternatives: dict[str, list[str]] = {}
    for language, text in _texts(graph, subject, SKOS.altLabel):
        alternatives.setdefault(language, []).append(text)
    return Topic(
        id=local_name(subject),
        labels=MappingProxyType(dict(_texts(graph, subject, SKOS.prefLabel))),
        alternatives=MappingProxyType({language: tuple(sorted(texts)) for language, texts in alternatives.items()}),
        scope=MappingProxyType(dict(_texts(graph, subject, SKOS.scopeNote))),
        broader=local_name(broader) if broader is not None else "",
        notation=str(graph.value(subject, SKOS.notation) or ""),
        order=int(str(order)) if isinstance(order, Literal) and str(order).isdigit() else 1_000_000,
        uri=str(subject),
    )


def _texts(graph: Graph, subject: Node, predicate: URIRef) -> Iterator[tuple[str, str]]:
    for value in sorted(graph.objects(subject, predicate), key=str):
        if isinstance(value, Literal):
            yield (value.language or "en"), str(value)


def local_name(uri: object) -> str:
    """The id of the topic with this URI: its last part."""
    return str(uri).rstrip("/").rsplit("#", 1)[-1].rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def _rank(topic: Topic) -> tuple[int, str]:
    return topic.order, topic.id


def _problems(thesaurus: Thesaurus, file: str) -> Iterator[Problem]:
    for topic in thesaurus:
        if not topic.labels:
            yield Problem(file, topic.id, "has no preferred label", "add skos:prefLabel in at least one language")
        if topic.broader and topic.broader not in thesaurus.by_id:
            yield Problem(file, topic.id, f"stands below “{topic.broader}”, which is no topic", "mend skos:broader")
        chain = thesaurus.with_ancestors(topic.id)
        highest = thesaurus.get(chain[-1])
        if highest is not None and highest.broader in chain:
            yield Problem(file, topic.id, "stands below itself", "mend skos:broader along: " + " → ".join(chain))

"""An edition as documents of OpenSearch, its texts as terms that are ready: those of the embedded engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from library.analysis import Analysers, Folder, folded_words, tokens
from library.engines import Entry
from library.engines.opensearch.schema import EDITION, WORK, Json, named_field
from library.engines.whoosh_batch import TITLE_KEY
from library.engines.whoosh_schema import LANES, facet_field, lane_field
from library.languages import UNKNOWN

HOLE = "_"
"""Stands for a token that is not searched. No token is a line."""
MOST_KNOWN = 200_000
"""Tokens of a language whose terms are remembered before the memory is emptied."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What an edition becomes."""

    work: Json
    """Of its work: the values that all its editions have."""
    edition: Json
    words: Mapping[str, int]
    """Its folded words, and how often it has each."""


class Preparing:
    """Makes documents of editions, remembering the terms of words. Not to be shared between threads."""

    def __init__(self, analysers: Analysers) -> None:
        self._analysers = analysers
        self._folder = Folder()
        self._known: dict[str, dict[str, str]] = {}

    def documents(self, entry: Entry) -> Documents:
        """The documents of an edition."""
        texts: dict[str, list[list[str]]] = {
            "title": [tokens(entry.title)],
            "abstract": [tokens(entry.abstract)],
            "subject": [tokens(label) for label in entry.subject],
        }
        pages = [tokens(text) for text in entry.pages]
        words: dict[str, int] = {}
        for parts in (*texts.values(), pages):
            for part in parts:
                self._folder.count(part, words)
        lanes = tuple(dict.fromkeys(lane if lane in LANES else UNKNOWN for lane in entry.lanes))
        shared = _of_work(entry)
        title = " ".join(folded_words(entry.title))[:TITLE_KEY] or "~"
        edition = {
            **shared,
            "family": {"name": EDITION, "parent": work_id(entry.work)},
            "edition": entry.edition,
            "access": entry.access.value,
            "lanes": list(lanes),
            "lane_set": lane_set(lanes),
            "title_key": title,
            "title_words": " ".join(map(packed, title.split(" "))),
            "fingerprint": entry.fingerprint,
            "date": entry.date,
            **{facet_field(name): list(values) for name, values in entry.values.items() if values},
            **_named(entry.values),
            "words": " ".join(" ".join([packed(word)] * often) for word, often in words.items()),
            **{
                lane_field(name, lane): [self.text(part, lane) for part in parts]
                for lane in lanes
                for name, parts in texts.items()
            },
            "pages": list(self._pages(pages, lanes)),
        }
        return Documents({**shared, "family": WORK}, edition, words)

    def text(self, part: Iterable[str], lane: str) -> str:
        """The terms of some tokens, as the fields of a language take them."""
        known = self._known.setdefault(lane, {})
        analyser = self._analysers[lane]
        found: list[str] = []
        for token in part:
            terms = known.get(token)
            if terms is None:
                if len(known) >= MOST_KNOWN:
                    known.clear()
                terms = known[token] = "|".join(map(packed, analyser.terms(token))) or HOLE
            found.append(terms)
        return " ".join(found)

    def _pages(self, pages: list[list[str]], lanes: tuple[str, ...]) -> Iterable[Json]:
        """The pages with words, each with its number."""
        for number, page in enumerate(pages, 1):
            texts = {lane_field("body", lane): self.text(page, lane) for lane in lanes}
            if page:
                yield {"number": number, **texts}


def packed(term: str) -> str:
    """A term as one token: ligatures that fold into several words, ﷺ among them, hold blanks."""
    return "\u2423".join(term.replace("|", "\u2423").split())


def lane_set(lanes: Iterable[str]) -> str:
    """A name for the languages that an edition is searched in, taken together."""
    return "+".join(sorted(lanes))


def work_id(work: str) -> str:
    """The id of a work's document; an edition's own id has a dot where this has a colon."""
    return f"work:{work}"


def _of_work(entry: Entry) -> Json:
    values = {facet_field(name): list(found) for name, found in entry.values.items() if found and name != "language"}
    years = [int(year) for year in entry.values.get("year", ()) if year.isdecimal()]
    return {"work": entry.work, **values, **({"years": years} if years else {})}


def _named(values: Mapping[str, tuple[str, ...]]) -> Json:
    """The values as somebody names them, whatever the case and accents; a city without its country too."""
    return {
        named_field(facet): sorted({name for value in found for name in names(facet, value)})
        for facet, found in values.items()
        if found
    }


def names(facet: str, value: str) -> set[str]:
    """What a value of a facet may be called in a query, folded."""
    called = {" ".join(folded_words(value))}
    if facet == "place":
        called.add(" ".join(folded_words(value.partition("/")[2])))
    return called - {""}

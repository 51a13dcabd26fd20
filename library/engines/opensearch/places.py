"""Where the words of a query stand on a page, found in the terms that the page was indexed with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from library.engines.best_pages import MOST_TOKENS
from library.engines.lane import BODY, Wanted
from library.engines.opensearch.documents import HOLE, packed
from library.engines.opensearch.matching import Lanes, Leaf, in_field
from library.engines.opensearch.schema import Json
from library.engines.standing import Unit
from library.engines.whoosh_schema import LAST_TOKEN, lane_field
from library.query import Form, Phrase

MOST_MARKED = 100
"""Words that a prefix, or one spelt nearly so, stands for on a page: the commonest of them, or the nearest."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The words of a query on one page."""

    number: int
    places: tuple[tuple[int, int], ...]
    """Token and unit of every place, ascending, each once."""

    @property
    def different(self) -> int:
        """How many different words of the query stand on the page."""
        return len({unit for _, unit in self.places})

    @property
    def tokens(self) -> tuple[int, ...]:
        """The tokens to be marked. The last position of an overlong page is left out, as in the embedded engine."""
        return tuple(dict.fromkeys(token for token, _ in self.places if token < LAST_TOKEN))[:MOST_TOKENS]


class Places:
    """Finds the words of one query on pages."""

    def __init__(self, units: tuple[Unit, ...], lanes: Lanes) -> None:
        self._units = units
        self._lanes = lanes
        self._wanted = {lane: tuple(self._of_lane(lane)) for lane in lanes.glance.lanes}

    def clauses(self) -> list[list[Json]]:
        """For each unit of the query, the clauses that ask for it on a page, in all languages."""
        found: list[list[Json]] = [[] for _ in self._units]
        for lane, asked in self._wanted.items():
            for unit, wanted in asked:
                found[unit].append(in_field(f"pages.{lane_field(BODY.name, lane)}", wanted))
        return found

    def on(self, page: Json) -> Standing:
        """Where the words stand on a page, given as it was indexed."""
        found: set[tuple[int, int]] = set()
        for lane, asked in self._wanted.items():
            text = page.get(lane_field(BODY.name, lane))
            if text and asked:
                found.update(_find(text, asked))
        return Standing(int(page["number"]), tuple(sorted(found)))

    def _of_lane(self, lane: str) -> Iterator[tuple[int, Wanted]]:
        """What is wanted in a language: the unit, and its tokens."""
        for number, unit in enumerate(self._units):
            single: list[str] = []
            for leaf in unit:
                for wanted in self._of_leaf(leaf, lane):
                    if len(wanted) == 1:
                        single += wanted[0][1]
                    elif wanted:
                        yield number, wanted
            if single:
                yield number, ((0, tuple(dict.fromkeys(single))),)

    def _of_leaf(self, leaf: Leaf, lane: str) -> Iterator[Wanted]:
        if leaf.field not in ("", BODY.name):
            return
        if isinstance(leaf, Phrase) or leaf.form is Form.INFLECTED:
            yield from (wanted for name, wanted in self._lanes.met(leaf) if name == lane)
        else:
            every = (self._lanes.wanted(word, lane) for word in self._lanes.stands_for(leaf)[:MOST_MARKED])
            yield from (wanted for wanted in every if len(wanted) == 1)


def _find(text: str, asked: tuple[tuple[int, Wanted], ...]) -> Iterator[tuple[int, int]]:
    """Every token of a text that one of the wanted covers, with the unit."""
    standing: dict[str, list[int]] = {}
    for token, terms in enumerate(text.split(" ")):
        if terms != HOLE:
            for term in terms.split("|"):
                standing.setdefault(term, []).append(token)
    for unit, wanted in asked:
        starts = {start for term in wanted[0][1] for start in standing.get(packed(term), ())}
        for offset, others in wanted[1:]:
            starts &= {place - offset for term in others for place in standing.get(packed(term), ())}
        for start in starts:
            yield from ((start + offset, unit) for offset, _ in wanted)

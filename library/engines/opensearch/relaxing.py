"""A query relaxed: when only few works have all of it, those with most of it are added, in steps.

OpenSearch gives one score. What more of the query an edition has counts in steps that are higher than any sum of words,
so that the score says both, and `share_of` and `score_of` take them apart again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from library.engines.matching import LESS, MOST_OF
from library.engines.opensearch.clauses import EVERY, NONE, every_of, filtered, flat, some_of
from library.engines.opensearch.glance import Glance
from library.engines.opensearch.matching import Match
from library.engines.opensearch.schema import Json
from library.query import Node, Not, is_filter, word_parts

STEP = 4_096.0
"""From one step to the next: above the score of a dozen rare words. Scores are floats of 24 bits, so of six steps the
highest still tells scores apart by 0.002."""
CLIMB = """
int had = (int) Math.min(_score / params.step, params.steps.size() - 1);
return params.steps.get(had) * params.step + _score % params.step;
"""
"""From so many steps as parts are had to the step of that share; Painless, run on the server."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The query, and the steps of its scores."""

    query: Json
    shares: tuple[float, ...]
    """How much of the query an edition has at each step from the first on; the last one is all of it."""

    def share_of(self, score: float) -> float:
        """How much of the query an edition with this score has."""
        return self.shares[min(max(int(score // STEP) - 1, 0), len(self.shares) - 1)]

    def score_of(self, score: float) -> float:
        """The score of its words alone."""
        return score % STEP


@dataclass(frozen=True, slots=True)
class _Group:
    """Editions of which equally many parts are asked: some of the sets of languages."""

    lane_sets: tuple[str, ...]
    asked: int


def relaxed(
    glance: Glance, parts: tuple[Node, ...], said: dict[Node, Match], whole: Json, works: Sequence[str]
) -> Relaxed | None:
    """What has all of the query, `whole`, and what has most of it: half when no work has all, else more than half.

    `said` has the match of each part; `works` are all that have all of it. What stands under NOT is still refused, and
    values are still wanted. None when there is nothing to be added.
    """
    words = [said[part] for part in word_parts(parts)]
    groups = [group for group in _groups(glance, words) if _shares(group, bool(works))]
    if not groups:
        return None
    shares = (*sorted({share for group in groups for share in _shares(group, bool(works))}), 1.0)
    refused = [said[part.part].query for part in parts if isinstance(part, Not)]
    filters = [said[part].query for part in parts if not isinstance(part, Not) and is_filter(part)]
    climbing = _climbing(words, [(group, _steps(group, shares, bool(works))) for group in groups])
    most = filtered(every_of([climbing], [*refused, {"terms": {"work": list(works)}}]), *filters)
    best = every_of([whole, flat(EVERY, STEP * len(shares))]) if works else NONE
    return Relaxed(some_of([best, most]), shares)


def _groups(glance: Glance, words: list[Match]) -> list[_Group]:
    by_asked: dict[int, list[str]] = {}
    for name, lanes in glance.lane_sets.items():
        by_asked.setdefault(sum(not lanes <= word.neutral for word in words), []).append(name)
    return [_Group(tuple(sorted(names)), asked) for asked, names in sorted(by_asked.items()) if asked]


def _shares(group: _Group, some_have_all: bool) -> dict[float, int]:
    """The shares that editions of the group may have, ascending, and how many of the parts each takes."""
    each = {had / group.asked: had for had in range(1, group.asked + 1)}
    enough = {share: had for share, had in each.items() if (share > MOST_OF if some_have_all else share >= MOST_OF)}
    # What does not have all has less, whatever is not asked of it.
    return {min(share, LESS): had for share, had in enough.items()}


def _steps(group: _Group, shares: tuple[float, ...], some_have_all: bool) -> list[int]:
    """For each number of parts that an edition of the group may have the step on which it stands; 0 for too few."""
    steps = {had: shares.index(share) + 1 for share, had in _shares(group, some_have_all).items()}
    return [steps.get(had, 0) for had in range(group.asked + 1)]


def _climbing(words: list[Match], groups: list[tuple[_Group, list[int]]]) -> Json:
    """The editions with enough of the parts for their group, each on the step of its share.

    Every part stands in the query once, and counts a step: a server takes 1,024 clauses, and a word that is found in
    many languages, with the names of a topic, is a hundred of them.
    """
    counted = some_of([every_of([word.query, flat(EVERY, STEP)]) for word in words])
    climbs = [
        {
            "filter": {"terms": {"lane_set": list(group.lane_sets)}},
            "script_score": {"script": {"source": CLIMB, "params": {"step": STEP, "steps": steps}}},
        }
        for group, steps in groups
    ]
    # An edition of another group is left with a score of 1.
    how = {"score_mode": "first", "boost_mode": "replace", "min_score": STEP}
    return {"function_score": {"query": counted, "functions": climbs, **how}}

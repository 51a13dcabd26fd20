"""Engine and brute force agree on random libraries, changes and requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.access import Role, User, visible_to
from library.analysis import Analysers
from library.engines import Answer, Batch, Engine, Entry
from library.model import Access
from library.query import Everything, Form, Node, Word, leaves, parse
from library.request import MAX_PER_PAGE, SearchRequest, Sort
from tests.contract.made_up import Change, made_up, requests
from tests.contract.oracle import Judgement, Oracle
from tests.thorough import rounds

LIBRARIES = {"whoosh": rounds(20, 140), "opensearch": rounds(20, 50)}
"""Histories of a library: after each of its batches, three to five requests are compared. A server makes an index in
half a second, so it is given fewer; 140 of them, 1,000 pairs, take it four minutes."""
PAIRS = {"whoosh": rounds(60, 1_000), "opensearch": rounds(60, 320)}
"""Different pairs of a library and a request that must have been compared, of a quarter as many different libraries."""

Held = dict[str, Entry]
Asked = list[tuple[SearchRequest, Role]]
batches = st.tuples(st.integers(2, 6), st.lists(st.tuples(requests, st.sampled_from(Role)), min_size=3, max_size=5))


def test_engine_equals_oracle(
    open_engine: Callable[[Path], Engine], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What is compared: editions held and their fingerprints; works, total, editions, works with all of the query, the
    counts of every facet; the order, exactly by date and title, and by the engine's own scores where relevance decides,
    unless the reader's language or the nearness of several words has a say there; every page of the answer against the
    whole; which edition stands for a work where no score decides; best pages and marked tokens of queries without
    prefix*, fuzzy~, =exact. Not compared: the scores themselves.
    """
    name = request.node.callspec.params["open_engine"]
    engine, analysers = open_engine(tmp_path / "engine"), Analysers()
    pairs: set[tuple[str, SearchRequest, Role]] = set()

    @settings(max_examples=LIBRARIES[name], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(st.lists(batches, min_size=2, max_size=3), st.booleans())
    def histories(history: list[tuple[int, Asked]], again: bool) -> None:
        held: Held = {}
        for number, (works, questions) in enumerate(history):
            made = made_up(f"{number} {history}", works)
            held = write(engine, held, made, anew=number == 0 or (again and number == 2))
            assert dict(engine.held()) == {one.edition: one.fingerprint for one in held.values()}
            oracle = Oracle(held.values(), analysers)
            for asked, role in questions:
                pairs.add((repr(oracle.entries), asked, role))
                compare(engine, oracle, asked, visible_to(User(role)))

    histories()
    assert len(pairs) >= PAIRS[name]
    assert len({library for library, *_ in pairs}) >= PAIRS[name] / 4


def write(engine: Engine, held: Held, made: list[Change], anew: bool) -> Held:
    """Bring the engine from what is held to what the changes make of it; what should be held now."""
    after = dict(held)
    for change in made:
        mine = [edition for edition, one in after.items() if one.work == change.work]
        for edition in mine[:1] if change.editions is None else mine:
            del after[edition]
        after |= {one.edition: one for one in change.editions or ()}

    def fill(batch: Batch) -> None:
        for edition in held.keys() - after.keys() if not anew else ():
            batch.drop(edition)
        for edition, one in after.items():
            if anew or held.get(edition) is not one:
                batch.put(one)

    if anew:
        engine.rebuild(fill)
    else:
        with engine.batch() as batch:
            fill(batch)
    return after


def compare(engine: Engine, oracle: Oracle, request: SearchRequest, visible: frozenset[Access]) -> None:
    """One request, answered by both."""
    node = parse(request.query).node
    right = oracle.judge(node, request, visible)
    whole = engine.search(node, replace(request, page=1, per_page=MAX_PER_PAGE), visible)
    assert {hit.work for hit in whole.hits} == right.works
    assert {hit.edition for hit in whole.hits} <= right.editions
    assert (whole.total, whole.editions, whole.complete) == (len(right.works), len(right.editions), len(right.whole))
    assert {hit.work for hit in whole.hits[: whole.complete]} == right.whole
    assert {name: dict(counts) for name, counts in whole.counts.items()} == right.counts
    compare_order(whole, oracle, right, node, request)
    if all(leaf.form is Form.INFLECTED for leaf in leaves(node) if isinstance(leaf, Word)):
        for hit in whole.hits:
            assert (hit.pages, hit.more_pages) == oracle.pages(node, hit.edition)
    part = engine.search(node, request, visible)
    first = (request.page - 1) * request.per_page
    assert part == replace(whole, hits=whole.hits[first : first + request.per_page])


def compare_order(whole: Answer, oracle: Oracle, right: Judgement, node: Node, request: SearchRequest) -> None:
    """The order of the works, and the edition that stands for each, as far as they do not hang on scores."""
    nothing_asked = isinstance(node, Everything)
    by_score = not request.reader and len(leaves(node)) == 1
    if nothing_asked or request.sort is not Sort.RELEVANCE or by_score:
        scores = {hit.work: hit.score if by_score else 0.0 for hit in whole.hits}
        assert [hit.work for hit in whole.hits] == oracle.order(right, request, scores)
    for hit in whole.hits if nothing_asked else ():
        there = [name for name in (request.reader, "en") if f"{hit.work}.{name}" in right.editions]
        assert not there or hit.edition == f"{hit.work}.{there[0]}"

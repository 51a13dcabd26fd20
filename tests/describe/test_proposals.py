"""Proposals: choosing among candidates, snippets, and the way there and back through JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from library.describe.proposal import (
    MAX_ALTERNATIVES,
    NOTHING,
    SNIPPET_LENGTH,
    Candidate,
    Description,
    Evidence,
    Proposal,
    Source,
    choose,
    snippet,
)

confidences = st.floats(min_value=0, max_value=1)
evidences = st.builds(Evidence, st.sampled_from(Source), st.none() | st.integers(min_value=1), st.text())
candidates = st.builds(Candidate, st.text(), confidences, evidences)
proposals = st.builds(Proposal, st.text(), confidences, evidences, st.lists(candidates, max_size=3).map(tuple))
descriptions = st.builds(
    Description,
    language=proposals,
    title=proposals,
    subtitle=proposals,
    date=proposals,
    topics=st.lists(proposals, max_size=4).map(tuple),
    kind=proposals,
    warnings=st.lists(st.text(), max_size=3).map(tuple),
)


@given(descriptions)
def test_a_description_survives_json(description: Description) -> None:
    assert Description.from_json(json.loads(json.dumps(description.as_json()))) == description


def test_an_empty_description_survives_json() -> None:
    assert Description.from_json(Description().as_json()) == Description()


@given(st.lists(candidates, max_size=12))
def test_the_surest_is_chosen_and_each_value_stands_once(found: list[Candidate]) -> None:
    chosen = choose(found)
    values = [chosen.value, *(other.value for other in chosen.alternatives)]
    assert len(set(values)) == len(values)
    assert len(chosen.alternatives) <= MAX_ALTERNATIVES
    assert chosen.confidence == max((c.confidence for c in found if c.value), default=0.0)


def test_nothing_comes_from_nothing() -> None:
    assert choose([]) == choose([Candidate("", 0.9)]) == NOTHING


@given(st.text(max_size=600), st.integers(0, 700), st.integers(0, 300))
def test_a_snippet_is_one_short_line(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    found = snippet(text, start, min(start + length, len(text)))
    assert len(found) <= SNIPPET_LENGTH
    assert found == " ".join(found.split())


def test_a_snippet_holds_the_words_found_and_begins_with_a_whole_word() -> None:
    text = "lorem ipsum " * 40 + "the night mayor of Amsterdam " + "dolor sit amet " * 40
    start = text.index("night mayor")
    found = snippet(text, start, start + len("night mayor"))
    assert "night mayor" in found
    assert found.split()[0] in {"lorem", "ipsum"}

"""A reading crosses between processes without loss."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from library.formats import Embedded, Line, OutlineEntry, Reading, as_json, from_json
from library.model import Page, TextSource

words = some.text(max_size=30)
sizes = some.floats(0, 1000, allow_nan=False)
numbers = some.integers(1, 9_999)
readings = some.builds(
    Reading,
    format=some.just("pdf"),
    pages=some.lists(
        some.builds(
            Page, numbers, words, words, some.sampled_from(TextSource), some.lists(words, max_size=2).map(tuple)
        ),
        max_size=4,
    ).map(tuple),
    embedded=some.builds(Embedded, words, words, words, words, words, words, words),
    first_page=some.lists(some.builds(Line, words, sizes), max_size=3).map(tuple),
    outline=some.lists(some.builds(OutlineEntry, words, numbers, some.integers(0, 9)), max_size=3).map(tuple),
    cover=some.binary(max_size=50),
    notices=some.lists(words, max_size=3).map(tuple),
)


@given(readings)
def test_round_trip_through_json(reading: Reading) -> None:
    assert from_json(json.loads(json.dumps(as_json(reading)))) == reading


@pytest.mark.parametrize("change", [{"pages": [[1]]}, {"cover": "?"}, {"embedded": {"colour": "red"}}, {"notices": 3}])
def test_what_is_no_reading_is_refused(change: dict[str, object]) -> None:
    data = as_json(Reading("pdf", (Page(1, "1", "text"),))) | change
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json(data)

"""What is remembered takes no more than it may, and what was asked for last is what stays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from library.engines.remembered import ENTRY_BYTES, Remembered


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of a size."""

    nbytes: int


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4_000)), max_size=60), st.integers(1_000, 20_000))
def test_it_never_holds_more_than_it_may(asked: list[tuple[int, int]], most: int) -> None:
    remembered: Remembered[int, Thing] = Remembered(most)
    held: dict[int, Thing] = {}
    for key, size in asked:
        found = remembered.get(key, partial(Thing, size))
        assert remembered.known(key) is found
        held[key] = found
        kept = [held[k] for k in held if remembered.known(k) is held[k]]
        assert len(kept) == 1 or sum(thing.nbytes + ENTRY_BYTES for thing in kept) <= most


def test_what_was_asked_for_last_stays() -> None:
    remembered: Remembered[str, Thing] = Remembered(3 * (ENTRY_BYTES + 100))
    for key in "abc":
        remembered.keep(key, Thing(100))
    assert remembered.known("a")
    remembered.keep("d", Thing(100))
    assert [key for key in "abcd" if remembered.known(key)] == ["a", "c", "d"]

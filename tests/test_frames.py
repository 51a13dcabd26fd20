"""Messages between processes: whole, bounded, in time, or refused."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from library.frames import MAX_FRAME, BrokenFrame, HugeFrame, LateFrame, decoded, encoded, receive, send


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(some.characters()),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=10,
)


@given(some.dictionaries(some.text(some.characters()), JSON))
def test_every_message_comes_back_lone_surrogates_included(message: dict[str, object]) -> None:
    assert decoded(encoded(message)[4:]) == message


def test_a_message_goes_through_a_pipe(pipe: tuple[int, int]) -> None:
    send(pipe[1], encoded({"page": "é"}))
    assert decoded(receive(pipe[0], time.monotonic() + 60)) == {"page": "é"}


def test_half_a_message_is_refused(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], b"\0\0\0\x09{}")
    os.close(pipe[1])
    with pytest.raises(BrokenFrame):
        receive(pipe[0])


def test_silence_is_late(pipe: tuple[int, int]) -> None:
    with pytest.raises(LateFrame):
        receive(pipe[0], time.monotonic())


def test_a_length_beyond_the_bound_is_refused_before_anything_is_read(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], (MAX_FRAME + 1).to_bytes(4, "big"))
    with pytest.raises(HugeFrame):
        receive(pipe[0])


def test_nobody_at_the_other_end(pipe: tuple[int, int]) -> None:
    os.close(pipe[0])
    with pytest.raises(BrokenFrame):
        send(pipe[1], encoded({}))


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(BrokenFrame):
        decoded(body)

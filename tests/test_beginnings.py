"""Texts found by the beginnings of their words: the same as looking at each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from library.beginnings import Beginnings

words = st.text("abéب", max_size=3)


@given(st.lists(st.lists(words, max_size=4), max_size=6), st.lists(words, min_size=1, max_size=3))
def test_each_beginning_has_a_word(texts: list[list[str]], typed: list[str]) -> None:
    right = [n for n, text in enumerate(texts) if all(any(word.startswith(b) for word in text) for b in typed)]
    assert Beginnings(texts).find(typed) == right


def test_nothing_typed_finds_nothing() -> None:
    assert Beginnings([["a"], ["b"]]).find([]) == []
    assert Beginnings([]).find(["a"]) == []

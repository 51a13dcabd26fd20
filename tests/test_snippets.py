"""Passages: marks fall on the words they stand for, blanks are single, and no text is too odd."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from library.analysis import spans_at, tokens
from library.result import Passage
from library.snippets import LEAD, PASSAGE, passage

texts = st.lists(
    st.sampled_from(("night", "é", "l'école", "U.S.", "-", " ", "  ", "\n", "\t", ", ", "\u00a0", "e\u0301", "x" * 90,
                     "police ", "city ", "the ", ". ")),
    max_size=120,
).map("".join)  # fmt: skip
places = st.lists(st.integers(0, 150), max_size=30).map(lambda found: tuple(sorted(set(found))))


def marked(shown: Passage) -> list[str]:
    return [shown.text[start:end] for start, end in shown.marks]


@given(texts | st.text(alphabet=st.characters(max_codepoint=0xDFF), max_size=400), places)
def test_marks_fall_on_the_tokens(text: str, wanted: tuple[int, ...]) -> None:
    shown = passage(1, "1", text, wanted)
    there = tokens(text)
    asked = [there[place] for place in wanted if place < len(there)]
    found = marked(shown)
    assert found == asked[len(asked) - len(found) :] or _in_order(found, asked)
    assert all(before[1] <= after[0] for before, after in pairwise(shown.marks))


@given(texts | st.text(max_size=400), places)
def test_blanks_are_single_and_the_passage_is_short(text: str, wanted: tuple[int, ...]) -> None:
    shown = passage(1, "1", text, wanted)
    assert not re.search(r"\s\s|[\n\r\t]", shown.text)
    assert len(shown.text) <= PASSAGE + len("… ") + len(" …")


@given(texts, places)
def test_the_passage_is_a_part_of_the_page(text: str, wanted: tuple[int, ...]) -> None:
    shown = passage(1, "1", text, wanted)
    inside = shown.text.removeprefix("… ").removesuffix(" …")
    assert "".join(inside.split()) in "".join(text.split())


@given(st.lists(st.sampled_from(("night", "police", "lamps", "square")), min_size=1, max_size=300), st.data())
def test_one_wanted_word_is_always_marked(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    assert marked(passage(1, "1", " ".join(words), (place,))) == [words[place]]


@given(st.text(alphabet="北京大学東都安全夜,a", max_size=PASSAGE), places)
def test_tokens_that_overlap_are_marked_as_one(text: str, wanted: tuple[int, ...]) -> None:
    shown = passage(1, "1", text, wanted)
    right = {place for start, end in spans_at(text, wanted) for place in range(start, end)}
    assert shown.text == text
    assert {place for start, end in shown.marks for place in range(start, end)} == right
    assert all(before[1] <= after[0] for before, after in pairwise(shown.marks))


def test_a_word_without_blanks_around_it_is_marked() -> None:
    assert marked(passage(1, "1", "昨日、北京大学で Tokyo東京2020", (1, 2, 6))) == ["北京大", "東京"]


def test_a_soft_hyphen_does_not_move_the_marks() -> None:
    assert marked(passage(1, "1", "the co\u00adope\u00adration of cities", (1, 3))) == [
        "co\u00adope\u00adration",
        "cities",
    ]


def test_the_window_is_where_most_of_the_words_are() -> None:
    text = "police " + "x " * 400 + "police at night in the square " + "x " * 400
    there = tokens(text)
    wanted = tuple(place for place, word in enumerate(there) if word in {"police", "night", "square"})
    shown = passage(7, "vii", text, wanted)
    assert (shown.number, shown.label) == (7, "vii")
    assert marked(shown) == ["police", "night", "square"]
    assert shown.text.startswith("… x")
    assert shown.text.endswith("x …")
    assert shown.marks[0][0] <= LEAD + len("… ")


def test_a_short_page_is_shown_whole() -> None:
    assert passage(1, "1", "  The  night\nis young ", (1,)) == Passage(1, "1", "The night is young", ((4, 9),))


def test_a_page_without_words_to_mark_is_shown_from_its_beginning() -> None:
    shown = passage(2, "2", "The beginning of it. " + "Then more of the same. " * 50, ())
    assert shown.text.startswith("The beginning of it.")
    assert shown.text.endswith(" …")
    assert shown.marks == ()


def test_an_empty_page_gives_an_empty_passage() -> None:
    assert passage(1, "1", "", (0, 5)) == passage(1, "1", "", ()) == Passage(1, "1")


def test_html_stays_text() -> None:
    assert passage(1, "1", "<b>night</b> & co", (1,)).text == "<b>night</b> & co"


def _in_order(some: list[str], every: list[str]) -> bool:
    rest = iter(every)
    return all(word in rest for word in some)

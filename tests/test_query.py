"""What a reader types becomes a tree, whatever it is; what is no syntax is searched as it stands, and said so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.query import (
    MAX_DEPTH,
    MAX_LEAVES,
    All,
    Everything,
    Form,
    Node,
    Not,
    Phrase,
    Some,
    Value,
    Word,
    leaves,
    literal,
    parse,
)

SYNTAX = ('"', "(", ")", "AND", "OR", "NOT", "~", "^", "1.2.3", "..", "[", "]", "{", "}", "TO", "*", "?", "\\", "/",
          ":", "+", "-", "!", "&&", "||", "city", "é", "«", "»", " ", "\x00", "\u2028", "10")  # fmt: skip

night, police, city = Word("night"), Word("police"), Word("city")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        ("  \t ", Everything()),
        ("night", night),
        ("night police", All((night, police))),
        ("night night", night),
        ("night AND police", All((night, police))),
        ("night && police", All((night, police))),
        ("night OR police", Some((night, police))),
        ("night NOT police", All((night, Not(police)))),
        ("night -police", All((night, Not(police)))),
        ("+night -police", All((night, Not(police)))),
        ("NOT night", Not(night)),
        ("(night OR police) city", All((Some((night, police)), city))),
        ('"safe nights"', Phrase("safe nights")),
        ("“safe nights”", Phrase("safe nights")),
        ("« vie nocturne »", Phrase("vie nocturne")),
        ("„sichere Nächte“", Phrase("sichere Nächte")),
        ("polic*", Word("polic", Form.PREFIX)),
        ("night and police", All((night, Word("and"), police))),
        ("radicalisaton~", Word("radicalisaton", Form.FUZZY)),
        ("radicalisaton~1 night", All((Word("radicalisaton", Form.FUZZY), night))),
        ("=cities", Word("cities", Form.EXACT)),
        ("title:night police", All((Word("night", field="title"), police))),
        ('TITLE:"safe nights"', Phrase("safe nights", "title")),
        ("title:(night OR polic*)", Some((Word("night", field="title"), Word("polic", Form.PREFIX, "title")))),
        ("topic:nightlife", Value("topic", "nightlife")),
        (
            'topic:"public spaces" -year:2018..2021',
            All((Value("topic", "public spaces"), Not(Value("year", "2018..2021")))),
        ),
        ("city:Amsterdam", Value("place", "Amsterdam")),
        ("project:PACTESUR OR language:fr", Some((Value("project", "PACTESUR"), Value("language", "fr")))),
    ],
)
def test_what_is_understood(text: str, node: Node) -> None:
    parsed = parse(text)
    assert (parsed.node, parsed.notices) == (node, ())


@pytest.mark.parametrize(
    "text",
    [
        "and/or", "24/7", "AT&T", "R&D", "c++", "don't", "l'école", "50%", "#metoo", "covid-19", "(CCTV)",
        "Vie nocturne : quelles politiques ?", "women & girls", "city – night", "1990-2000", "crime: prevention",
        "what is it?",
        "e.g. police", "security!", "état-major", "night-time economy; youth, women",
    ],
)  # fmt: skip
def test_words_as_people_write_them_are_no_syntax(text: str) -> None:
    assert parse(text).notices == ()
    assert all(leaf.form is Form.INFLECTED for leaf in leaves(parse(text).node) if isinstance(leaf, Word))


@pytest.mark.parametrize(
    "text",
    [
        "page:night", "topic:(a b)", "title:topic:night",
        "night^2", "[2010 TO 2020]", "/night/", '"night', "night AND", "(night", "night)",
        "night~..", "night^1.2.3", '"night"~1.5', "night OR OR police", "*",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_taken_at_its_letters_and_said(text: str) -> None:
    parsed = parse(text)
    assert [notice.key for notice in parsed.notices] == ["notice.literal"]
    assert parsed.node == literal(text)
    assert not any(isinstance(leaf, Phrase) for leaf in leaves(parsed.node))


@given(st.text(max_size=80) | st.lists(st.sampled_from(SYNTAX), max_size=14).map("".join))
def test_no_text_is_too_odd(text: str) -> None:
    parsed = parse(text)
    for leaf in leaves(parsed.node):
        assert isinstance(leaf, Word | Phrase)


@given(st.lists(st.from_regex(r"[a-zé]{1,8}", fullmatch=True), min_size=1, max_size=100))
def test_plain_words_are_all_wanted_each_once(words: list[str]) -> None:
    kept = tuple(dict.fromkeys(words))[:MAX_LEAVES]
    assert leaves(parse(" ".join(words)).node) == tuple(Word(word) for word in kept)


def test_brackets_without_end_are_taken_at_their_letters() -> None:
    assert parse("(" * (MAX_DEPTH - 2) + "night" + ")" * (MAX_DEPTH - 2)).node == night
    deep = parse("(" * 400 + "night" + ")" * 400)
    assert (deep.node, [notice.key for notice in deep.notices]) == (night, ["notice.literal"])


def test_what_is_refused_is_no_leaf() -> None:
    assert leaves(parse("night -police (city OR NOT youth)").node) == (night, city)


def test_one_letter_before_a_star_is_only_a_letter() -> None:
    assert parse("p*").node == Word("p")
    assert parse("pé*").node == Word("pé", Form.PREFIX)

"""Where words begin and end: signs inside them, addresses, numbers, acronyms, and scripts without blanks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.analysis import Analysers, fold, landmarks, spans, spans_at, tokens

ANALYSERS = Analysers()
pieces = st.sampled_from(
    (
        "night",
        "é",
        "l'école",
        "U.S.",
        "-",
        " ",
        "\n",
        "1.000",
        "co\u00adop",
        "京",
        "都市",
        "安全な",
        "เมือง",
        "ใ",
        "ภ",
        "\u0e31",
    )
)
texts = st.lists(pieces, max_size=120).map("".join) | st.text(max_size=300)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the U.S. police", ["the", "U.S.", "police"]),
        ("P.A.C.T.E.S.U.R. P.A.C.T.E.S.U.R", ["P.A.C.T.E.S.U.R.", "P.A.C.T.E.S.U.R"]),
        ("a.b.com", ["a.b.", "com"]),
        ("l'école d’été", ["l", "école", "d", "été"]),
        ("covid-19 24/7 R&D", ["covid", "19", "24", "7", "R", "D"]),
        ("2018/2019 § 129a", ["2018", "2019", "129a"]),
        ("snake_case 3.5", ["snake", "case", "3", "5"]),
        ("1,000 1.000 12'345'678", ["1,000", "1.000", "12'345'678"]),
        ("1\u00a0000 1\u202f000 1 000", ["1\u00a0000", "1\u202f000", "1", "000"]),
        ("12.05.2018 2018.500 1,0000", ["12", "05", "2018", "2018", "500", "1", "0000"]),
        ("info@efus.eu https://www.efus.eu/fr", ["info", "efus", "eu", "https", "www", "efus", "eu", "fr"]),
        ("e\u0301cole", ["e\u0301cole"]),
        ("مُدُن", ["مُدُن"]),
        ("co-operation co\u00adope\u00adration", ["co", "operation", "co\u00adope\u00adration"]),
        ("об'єкт п’ять", ["об'єкт", "п’ять"]),
        ("col·lectiu a·b", ["col·lectiu", "a", "b"]),
        ("서울시의 안전", ["서울시의", "안전"]),
    ],
)
def test_where_words_begin_and_end(text: str, found: list[str]) -> None:
    assert tokens(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("北京大学", ["北京", "京大", "大学"]),
        ("Tokyo東京2020", ["Tokyo", "東京", "2020"]),
        ("学 学", ["学", "学"]),
        ("パトロール。", ["パト", "トロ", "ロー", "ール"]),
        ("か\u3099く", ["か\u3099く"]),
        ("เมือง", ["เมื", "มือ", "อง"]),
        ("都市，安全", ["都市", "安全"]),
    ],
)
def test_letters_of_scripts_without_blanks_go_in_pairs(text: str, found: list[str]) -> None:
    assert tokens(text) == found


@given(st.text(alphabet="北京大学東都市安全夜", min_size=2, max_size=12), st.data())
def test_any_part_of_two_characters_is_found_in_a_longer_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    part = tokens(text[start : data.draw(st.integers(start + 2, len(text)))])
    assert tokens(text)[start : start + len(part)] == part


@given(texts)
def test_tokens_stand_where_their_spans_say(text: str) -> None:
    there = list(spans(text))
    assert [text[start:end] for start, end in there] == tokens(text)
    assert all(start < end for start, end in there)
    assert all(one[0] < two[0] and one[1] <= two[1] for one, two in pairwise(there))


@given(st.text(alphabet=st.characters(max_codepoint=0xDFF), max_size=300))
def test_only_scripts_without_blanks_have_tokens_that_overlap(text: str) -> None:
    assert all(one[1] <= two[0] for one, two in pairwise(spans(text)))


@given(texts, st.sets(st.integers(0, 150), max_size=8))
def test_landmarks_only_shorten_the_way(text: str, positions: set[int]) -> None:
    every = list(spans(text))
    wanted = sorted(positions)
    right = [every[position] for position in wanted if position < len(every)]
    assert list(spans_at(text, wanted)) == list(spans_at(text, wanted, landmarks(text))) == right


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,000", "1000"),
        ("1\u00a0000.000", "1000000"),
        ("U.S.A.", "USA"),
        ("P.A.C.T.E.S.U.R", "PACTESUR"),
        ("co\u00adope\u00adration", "cooperation"),
        ("Об’єкт", "об'єкт"),
        ("COL·LECTIU", "collectiu"),
        ("مـديـنة", "مدينة"),
    ],
)
def test_ways_to_write_one_word_are_folded_to_one(one: str, other: str) -> None:
    assert tokens(one) == [one]
    assert fold(one) == fold(other)


@pytest.mark.parametrize("query", ["info@efus.eu", "efus", "efus.eu", "INFO"])
def test_an_address_is_found_by_its_parts(query: str) -> None:
    """The words of a query word stand one after the other in a text that has it."""
    text, asked = tokens("write to info@efus.eu today"), tokens(query.lower())
    assert any(text[place : place + len(asked)] == asked for place in range(len(text)))


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("nl", "camera's", "camera"),
        ("en", "city's", "city"),
        ("en", "don't", ""),
        ("fr", "l’État", "État"),
        ("it", "dell'arte", "arte"),
        ("ca", "d'en Joan", "Joan"),
        ("tr", "İstanbul'da", "İstanbul"),
        ("ro", "într-un oraș", "oraș"),
    ],
)
def test_what_an_apostrophe_leaves_is_not_asked_for(language: str, text: str, kept: str) -> None:
    assert [token for token in tokens(text) if not ANALYSERS[language].is_stop(token)] == kept.split()


def test_a_dotted_acronym_is_a_word_and_an_abbreviation_is_none() -> None:
    assert ANALYSERS["en"].terms("U.S.") == ("us",)
    assert ANALYSERS["en"].is_stop("us") and ANALYSERS["en"].is_stop("e.g.") and ANALYSERS["de"].is_stop("z.B.")

"""The characters of a page, put right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from library.formats.text_repair import (
    MAX_METADATA,
    NOISE,
    clean_metadata,
    doubtful,
    glued,
    letters_in,
    repair,
)

PROSE = "The prevention of violence begins in the street, with lights, and with people who look out for others. " * 5


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("Präven\ufffetion", "Prävention"),
        ("Präven\ufffe\r\ntion", "Prävention"),
        ("one\r\ntwo\rthree\x0cfour\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("a\x00b\x1fc\x9fd\ud800e\ue123f\uffffg\U000f0001h", "abcdefgh"),
        ("tab\tand\nline stay", "tab\tand\nline stay"),
        ("Se\u0301curite\u0301", "Sécurité"),
        ("wort-\nteil", "wortteil"),
        ("wort-\r\nteil", "wortteil"),
        ("Nord-\nSüd", "Nord-\nSüd"),
        ("2019-\nheute", "2019-\nheute"),
        ("list:\n-\nitem", "list:\n-\nitem"),
        ("Sicher\u00adheit", "Sicherheit"),
        ("Sicher\u00ad\nheit", "Sicherheit"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
    ],
)
def test_repairs(raw: str, right: str) -> None:
    assert repair(raw) == right


def test_loose_accents_of_old_fonts_are_attached() -> None:
    assert repair("P´eld´ak apresenta¸c˜oes wst˛ep ´ıtem") == "Példák apresentações wstęp ítem"


def test_a_few_loose_accents_are_left_alone() -> None:
    text = PROSE + "run `date` and ´e"
    assert repair(text) == text


@given(some.text(some.characters()))
def test_repaired_text_can_be_written_and_searched(text: str) -> None:
    right = repair(text)
    right.encode("utf-8")
    assert not NOISE.search(right)
    assert "\r" not in right


@given(some.text(some.characters(), max_size=700))
def test_metadata_is_one_short_line(text: str) -> None:
    clean = clean_metadata(text)
    clean.encode("utf-8")
    assert len(clean) <= MAX_METADATA
    assert clean == " ".join(clean.split())


def test_metadata_keeps_its_words_and_its_markup() -> None:
    assert clean_metadata(" Safe\x00 nights\r\n <b>in</b>\tKöln ") == "Safe nights <b>in</b> Köln"


def test_glued_words_are_counted() -> None:
    assert glued(PROSE) == 0
    assert glued(PROSE.replace(" ", "")) > 19
    assert glued("") == 0


def test_a_long_german_word_is_no_glue() -> None:
    text = PROSE * 4 + "Donaudampfschifffahrtsgesellschaft"
    assert 0 < glued(text) < 5


@pytest.mark.parametrize(
    "text",
    ["警察と市民の協力による犯罪防止活動についての報告書を公表しました。" * 20, "การป้องกันอาชญากรรมในเขตเมือง" * 20],
)
def test_scripts_without_spaces_are_not_glued(text: str) -> None:
    assert glued(text) == 0


@pytest.mark.parametrize(
    "text", [PROSE, "Évènements déjà prévus à l’été : sécurité, égalité.", "Ασφάλεια στην πόλη", "安全"]
)
def test_plain_text_is_not_doubtful(text: str) -> None:
    assert doubtful(text) < 0.1


@pytest.mark.parametrize(
    "text", ["Íå î÷åíü êðàòêîå ââåäåíèå", "\x01FMMPT\x02\x03 PBSF \x01\x05", "\ue010\ue011\ue012 \ufffd\ufffd"]
)
def test_unreadable_text_is_doubtful(text: str) -> None:
    assert doubtful(text) > 0.1


def test_counting_letters_stops_early() -> None:
    assert letters_in("a1b2c3", 20) == 3
    assert letters_in("abcdef", 4) == 4
    assert letters_in("12 .", 20) == 0

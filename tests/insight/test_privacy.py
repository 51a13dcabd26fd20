"""Words that look personal are not kept, whatever stands around them; honest words are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.insight.privacy import LONGEST, kept_words, looks_personal

WORDS = st.text(st.characters(categories=("Ll", "Lu"), max_codepoint=0x250), min_size=1, max_size=12)
AROUND = st.lists(WORDS, max_size=4).map(" ".join)
SEPARATORS = st.sampled_from(["", " ", ".", "-", "/", " - ", " (0) ", "\u00a0", "–", "\u200b", "'"])


@given(st.text(max_size=400))
def test_what_is_kept_is_bounded_on_one_line_and_stays_as_it_is(query: str) -> None:
    kept = kept_words(query)
    assert len(kept) <= LONGEST
    assert kept == " ".join(kept.split())
    assert kept_words(kept) == kept
    assert not looks_personal(kept)


@given(AROUND, WORDS, WORDS, AROUND)
def test_no_address_for_mail_is_kept(before: str, name: str, host: str, after: str) -> None:
    assert kept_words(f"{before} {name}@{host}.org {after}") == ""
    assert kept_words(f"{before} {name} ＠ {host} {after}") == ""


@given(AROUND, st.lists(st.integers(0, 9), min_size=7, max_size=24), st.data(), AROUND)
def test_no_long_number_is_kept_however_it_is_written(
    before: str, digits: list[int], data: st.DataObject, after: str
) -> None:
    written = str(digits[0])
    for digit in digits[1:]:
        written += data.draw(SEPARATORS) + str(digit)
    years = re.fullmatch(r"(?:19|20)\d\d(\D+(?:19|20)\d\d)*", written)
    assert years or kept_words(f"{before} {written} {after}") == ""


@given(AROUND, st.lists(st.integers(0, 9), min_size=7, max_size=14), st.sampled_from([0x660, 0xFF10, 0x966]))
def test_digits_of_other_scripts_are_digits(before: str, digits: list[int], zero: int) -> None:
    assert kept_words(f"{before} {''.join(chr(zero + digit) for digit in digits)}") == ""


@pytest.mark.parametrize(
    "query",
    [
        "marie.dupont@example.org",
        "Marie Dupont +33 6 12 34 56 78",
        "call 030/1234567",
        "FR76 3000 6000 0112 3456 7890 189",
        "FR7630006000011234567890189",
        "born 12/03/1985 in Lyon",
        "1985-03-12 Dupont",
        "X12345678Y",
        "https://example.org/?token=abc",
        "www.example.org",
        "marie (at) example org",
        "1 85 03 69 123 456",
    ],
)
def test_personal(query: str) -> None:
    assert kept_words(query) == ""


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("  Night   LIFE ", "night life"),
        ("Sécurité urbaine", "sécurité urbaine"),
        ("Łódź", "łódź"),
        ("2015-2016", "2015-2016"),
        ("covid-19 2020", "covid-19 2020"),
        ("euro 2016", "euro 2016"),
        ("G20 summit", "g20 summit"),
        ("15 minute city", "15 minute city"),
        ("أمن حضري", "أمن حضري"),
        ("budget 100000", "budget 100000"),
        ('"night watch" topic:police', '"night watch" topic:police'),
        ("", ""),
    ],
)
def test_honest_words(query: str, kept: str) -> None:
    assert kept_words(query) == kept


def test_very_long_words_are_cut_at_a_word() -> None:
    kept = kept_words("security " * 50)
    assert kept.endswith("security")
    assert LONGEST - 9 <= len(kept) <= LONGEST
    assert kept_words("x" * 500) == "x" * LONGEST

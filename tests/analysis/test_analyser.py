"""From text to terms: what meets and what stays apart, whatever the accents, the case and the form of the letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.analysis import (
    MAX_TERM,
    Analyser,
    Analysers,
    Folder,
    fold,
    tokens,
)
from library.languages import TAGS

LATIN = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]
latin_words = st.text(alphabet=LATIN, min_size=1, max_size=20)
ANALYSERS = Analysers()


def common(language: str, first: str, second: str) -> set[str]:
    return set(ANALYSERS[language].terms(first)) & set(ANALYSERS[language].terms(second))


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("fr", "sécurité", "securite"),
        ("es", "jóvenes", "jovenes"),
        ("pl", "społeczność", "spolecznosc"),
        ("de", "Straßen", "strassen"),
        ("ro", "siguranță", "siguranta"),
        ("el", "ασφάλεια", "ασφαλεια"),
        ("cs", "bezpečnost", "bezpecnost"),
        ("pt", "prevenção", "prevencao"),
        ("hu", "közösség", "kozosseg"),
        ("tr", "İstanbul", "istanbul"),
        ("da", "Øresund", "oresund"),
    ],
)
def test_accents_may_be_left_out(language: str, written: str, typed: str) -> None:
    assert common(language, written, typed)


@given(latin_words | st.text(alphabet=LATIN, max_size=100))
def test_a_folded_word_is_folded_for_good(word: str) -> None:
    assert fold(fold(word)) == fold(word)
    assert len(fold(word)) <= MAX_TERM


@given(latin_words)
def test_case_makes_no_difference(word: str) -> None:
    assert fold(word.casefold()) == fold(word)


@given(st.lists(latin_words, max_size=5).map(" ".join), st.sampled_from(TAGS))
def test_composed_and_decomposed_letters_give_the_same_terms(text: str, language: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    analyser = ANALYSERS[language]
    assert [analyser.terms(token) for token in tokens(composed)] == [analyser.terms(t) for t in tokens(decomposed)]


@pytest.mark.parametrize("word", ["Ǣ", "ǿl", "Œuvres", "Łódź", "ĳ", "ﬁn", "Ærø"])
def test_letters_that_are_two_or_have_strokes_become_plain(word: str) -> None:
    assert fold(word).isascii()


@given(st.text(min_size=1, max_size=30), st.sampled_from(TAGS))
def test_any_token_has_at_most_two_terms(text: str, language: str) -> None:
    for token in tokens(text):
        terms = ANALYSERS[language].terms(token)
        assert len(terms) == len(set(terms)) <= 2
        assert all(terms)
        assert ANALYSERS[language].is_stop(token) == (not terms)


def test_dotted_acronyms_are_found_with_and_without_their_dots() -> None:
    assert common("en", "U.S.A.", "USA")
    assert common("fr", "O.N.G.", "ong")


def test_both_stems_stand_at_one_position_and_positions_stop_at_the_last() -> None:
    found: dict[str, list[int]] = {}
    Analyser("es").place(["la", "jóvenes", "de", "policía", "policía"], found, start=10, last=13)
    terms = Analyser("es").terms("jóvenes")
    assert all(found[term] == [11] for term in terms)
    assert all(found[term] == [13] for term in Analyser("es").terms("policía"))


@pytest.mark.parametrize("word", ["129a", "covid19", "2018", "1,000", "4x4"])
def test_words_with_digits_have_no_stem(word: str) -> None:
    assert all(ANALYSERS[language].terms(word) == (fold(word),) for language in TAGS)


def test_stems_of_a_text_are_one_for_each_token() -> None:
    text = "Les villes et les écoles de la région"
    assert len(Analyser("fr").stems(text)) == len(tokens(text))


def test_words_are_counted_as_folded() -> None:
    found: dict[str, int] = {"ville": 1}
    Folder().count(["Ville", "VILLE", "École"], found)
    assert found == {"ville": 3, "ecole": 1}


def test_a_language_nobody_knows_is_folded_without_stems() -> None:
    assert Analyser("und").terms("Cities") == ("cities",)

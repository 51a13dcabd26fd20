"""Forms of a word meet and words that only look alike stay apart, in every language: inflections.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.analysis import Analysers, fold, tokens
from library.analysis.folding import lower
from library.analysis.inflection import INFLECTION
from library.analysis.stemming import Stemming
from library.languages import LANGUAGES, TAGS

WORDS: Mapping[str, Mapping[str, str | Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_name("inflections.toml").read_text(encoding="utf-8")
)
NAMED = "en fr de es it pt nl pl cs ro el hu sv da fi ca no bg uk ar tr".split()
"""The languages for which the most is promised."""
ANALYSERS = Analysers()


def cases(sound: str, known: str) -> Iterator[object]:
    """Every pair of a table, and the pairs known to go wrong as strict xfails."""
    for language, tables in WORDS.items():
        pairs, wrong = tables.get(sound, ""), tables.get(known, {})
        assert isinstance(pairs, str) and isinstance(wrong, Mapping)
        for pair in filter(None, map(str.strip, pairs.split(","))):
            yield pytest.param(language, *pair.split(), id=f"{language}-{pair}")
        for pair, reason in wrong.items():
            mark = pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True)
            yield pytest.param(language, *pair.split(), id=f"{language}-{pair}", marks=mark)


def terms(language: str, text: str) -> set[str]:
    """The terms of the one word in a text that is no stop word."""
    found = [found for token in tokens(text) if (found := ANALYSERS[language].terms(token))]
    assert len(found) == 1, text
    return set(found[0])


@pytest.mark.parametrize(("language", "first", "second"), list(cases("meet", "missed")))
def test_forms_of_one_word_meet(language: str, first: str, second: str) -> None:
    assert terms(language, first) & terms(language, second)
    assert terms(language, first.upper()) & terms(language, second)


@pytest.mark.parametrize(("language", "first", "second"), list(cases("apart", "mixed")))
def test_words_that_only_look_alike_stay_apart(language: str, first: str, second: str) -> None:
    assert not set(ANALYSERS[language].terms(first)) & set(ANALYSERS[language].terms(second))


def test_the_table_has_enough_of_every_language() -> None:
    assert set(WORDS) == set(TAGS) - {"sr"}  # Serbian is written as Croatian is
    for language in NAMED:
        assert len(str(WORDS[language]["meet"]).split(",")) >= 10, language
        assert len(str(WORDS[language]["apart"]).split(",")) >= 5, language


@pytest.mark.parametrize("language", sorted(INFLECTION))
def test_the_tables_are_in_order(language: str) -> None:
    """No entry twice, none with capitals or blanks that would never be met, and only languages of the library."""
    tables = INFLECTION[language]
    assert language in TAGS
    for table in (tables.words, tables.beginnings, tables.endings):
        written = [entry.split(">") for entry in table.split()]
        assert all(len(entry) == 2 and entry[0] for entry in written)
        keys = [key for key, _ in written]
        assert len(set(keys)) == len(keys), [key for key in keys if keys.count(key) > 1]
        assert all(key == key.lower() for key in keys)


def test_every_language_has_a_stemmer_or_endings_but_maltese() -> None:
    without = {one.tag for one in LANGUAGES if not one.stemmer and not INFLECTION.get(one.tag)}
    assert without == {"mt"}
    assert Stemming("mt").stem("skejjel") == Stemming("und").stem("skejjel") == "skejjel"


@given(st.text(max_size=80), st.sampled_from(TAGS))
def test_any_word_has_a_stem(word: str, language: str) -> None:
    stemming = Stemming(language)
    for plain in (fold(word), lower(word)):
        assert stemming.stem(plain) or len(plain) < 3


@pytest.mark.parametrize(
    ("british", "american"),
    [pair.split() for pair in (
        "organisations organizations, organised organized, prioritising prioritizing, analyse analyze, "
        "neighbours neighbors, neighbourhoods neighborhoods, behavioural behavioral, colourful colorful, "
        "centre center, theatres theaters, defence defense, offences offenses, licence license, "
        "programmes programs, catalogue catalog, travelling traveling, counsellor counselor, judgement judgment, "
        "sceptical skeptical, kerbs curbs, radicalised radicalized, victimisation victimization"
    ).split(", ")],
)  # fmt: skip
def test_british_and_american_spelling_meet(british: str, american: str) -> None:
    assert terms("en", british) & terms("en", american)

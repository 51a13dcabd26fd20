"""The closed list of languages, and how tags and names are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.languages import (
    LANGUAGES,
    TAGS,
    UNKNOWN,
    country_name,
    country_names,
    country_of_name,
    country_of_number,
    is_known,
    language,
    language_name,
    month_names,
    normalise,
)


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("fr", "fr"),
        ("fr-FR", "fr"),
        ("FR_fr", "fr"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("ger", "de"),
        ("nb", "no"),
        ("nn-NO", "no"),
        ("sr-Latn", "sr"),
        (" pt_BR ", "pt"),
        ("zh-Hans", "und"),
        ("", "und"),
        ("french", "und"),
    ],
)
def test_every_way_to_write_a_tag_gives_the_library_s_own(written: str, tag: str) -> None:
    assert normalise(written) == tag


@given(st.text())
def test_normalise_gives_a_known_tag_or_und(text: str) -> None:
    found = normalise(text)
    assert found == UNKNOWN or is_known(found)
    assert normalise(found) == found


def test_the_list_holds_each_language_once() -> None:
    assert len(set(TAGS)) == len(TAGS) == len(LANGUAGES)
    assert {one.tag for one in LANGUAGES if one.right_to_left} == {"ar"}


def test_only_exact_tags_are_known() -> None:
    assert is_known("fr")
    assert not is_known("FR")
    assert not is_known("und")
    assert not is_known("nb")


def test_a_language_is_found_however_its_tag_is_written() -> None:
    found = language("nb-NO")
    assert found is not None
    assert (found.tag, found.stemmer) == ("no", "norwegian")
    assert language("ja") is None


def test_every_stemmer_named_exists() -> None:
    stemmer = pytest.importorskip("Stemmer")
    assert {one.stemmer for one in LANGUAGES if one.stemmer} <= set(stemmer.algorithms())


@pytest.mark.parametrize(
    ("tag", "interface", "name"),
    [
        ("de", "fr", "allemand"),
        ("de", "de", "Deutsch"),
        ("de", "en", "German"),
        ("nb", "fr", "norvégien"),
        ("el", "el", "Ελληνικά"),
        ("de", "xx", "German"),
        ("ja", "en", "ja"),
    ],
)
def test_names_are_said_in_the_language_of_the_interface(tag: str, interface: str, name: str) -> None:
    assert language_name(tag, interface) == name


def test_every_language_has_a_name_in_every_other() -> None:
    for interface in TAGS:
        for tag in TAGS:
            assert language_name(tag, interface) not in {"", tag}, (tag, interface)


@pytest.mark.parametrize(
    ("tag", "name", "number"),
    [("fr", "août", 8), ("de", "märz", 3), ("ru", "май", 5), ("ru", "мая", 5), ("cs", "července", 7), ("en", "sep", 9)],
)
def test_months_are_known_in_both_forms(tag: str, name: str, number: int) -> None:
    assert month_names(tag)[name] == number


def test_every_language_has_twelve_months() -> None:
    for tag in TAGS:
        assert set(month_names(tag).values()) == set(range(1, 13)), tag
    assert not month_names("xx")


def test_a_country_is_known_by_the_names_it_gives_itself() -> None:
    assert country_names("NL", "fr") == ("Pays-Bas", "Nederland", "Netherlands")
    assert {"Belgien", "België", "Belgique", "Belgium"} == set(country_names("BE", "de"))
    assert country_names("XX", "en") == ("XX",)


@pytest.mark.parametrize(
    ("number", "code"),
    [("528", "NL"), ("040", "AT"), ("276", "DE"), ("826", "GB"), ("890", ""), ("999999", ""), ("", ""), ("NL", "")],
)
def test_a_country_is_known_by_its_number(number: str, code: str) -> None:
    assert country_of_number(number) == code


def test_a_country_is_known_by_its_english_name() -> None:
    assert country_of_name("Kosovo") == "XK"
    assert country_of_name(country_name("PL")) == "PL"
    assert country_of_name("Nowhere") == ""

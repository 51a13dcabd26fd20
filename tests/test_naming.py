"""Languages, countries and types by whatever name people have for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.languages import TAGS, countries, country_name, language_name
from library.locales import LANGUAGES, load_texts
from library.model import Kind
from library.naming import named_country, named_kind, named_language


@pytest.mark.parametrize("interface", TAGS)
def test_every_language_is_known_by_its_name_in_every_language(interface: str) -> None:
    assert [tag for tag in TAGS if named_language(language_name(tag, interface).upper()) != tag] == []


@pytest.mark.parametrize("interface", LANGUAGES)
def test_every_country_is_known_by_its_name_in_the_languages_of_the_pages(interface: str) -> None:
    assert [code for code in countries() if named_country(country_name(code, interface)) != code] == []


@pytest.mark.parametrize("interface", LANGUAGES)
def test_every_type_is_known_as_the_pages_call_it(interface: str) -> None:
    texts = load_texts(interface)
    assert [kind for kind in Kind if named_kind(texts(f"kind.{kind}")) != kind] == []


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("fr", "fr"),
        (" FR ", "fr"),
        ("fre", "fr"),
        ("nb", "no"),
        ("francais", "fr"),
        ("polaco", "pl"),
        ("polonês", "pl"),  # in Brazil
        ("no-such", ""),
        ("und", ""),
        ("", ""),
    ],
)
def test_codes_and_names_of_languages(text: str, tag: str) -> None:
    assert named_language(text) == tag


@pytest.mark.parametrize(
    ("text", "code"),
    [("France", "FR"), ("pays bas", "NL"), ("ČESKO", "CZ"), ("Eurozone", ""), ("Amsterdam", ""), ("", "")],
)
def test_names_of_countries(text: str, code: str) -> None:
    assert named_country(text) == code


@given(st.text(max_size=40))
def test_no_name_is_too_odd(text: str) -> None:
    assert named_language(text) in ("", *TAGS)
    assert named_country(text) in ("", *countries())
    assert named_kind(text) in ("", *Kind)

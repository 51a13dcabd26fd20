"""Which language is spoken with whom: one rule for the first document and for the pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.languages import TAGS
from library.locales import LANGUAGES
from library.locales.negotiation import interface_language, reader_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_interface_language_can_be_asked_for(language: str) -> None:
    assert interface_language(language, "ar") == interface_language("", f"{language}-XX,ar;q=0.5") == language


@pytest.mark.parametrize(
    ("asked", "accepted", "reader", "interface"),
    [
        ("", "de-AT, de;q=0.9, en;q=0.8", "de", "de"),
        ("", "pt-BR", "pt", "pt"),
        ("", "nb", "no", "en"),
        ("", "ca, es;q=0.8, en;q=0.5", "ca", "es"),
        ("", "en;q=0.3, pl;q=0.8", "pl", "pl"),
        ("", "fr;q=0, it", "it", "it"),
        ("", "fr;q=nan, it;q=2, de;q=0.1", "fr", "fr"),
        ("", "*, zh-CN;q=0.9", "en", "en"),
        ("sv", "fr", "sv", "fr"),
        ("sv", "", "sv", "en"),
        ("klingon", "", "en", "en"),
        ("nl", "fr", "nl", "nl"),
        ("", "x" * 10_000 + ",fr", "en", "en"),
    ],
)
def test_the_first_language_that_somebody_reads(asked: str, accepted: str, reader: str, interface: str) -> None:
    assert (reader_language(asked, accepted), interface_language(asked, accepted)) == (reader, interface)


@given(st.text(max_size=40), st.text(max_size=120))
def test_nothing_in_a_header_is_too_odd(asked: str, accepted: str) -> None:
    assert reader_language(asked, accepted) in TAGS
    assert interface_language(asked, accepted) in LANGUAGES

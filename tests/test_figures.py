"""Dates and sizes in words."""

from __future__ import annotations

import pytest

from library.locales.figures import date_words, file_size


@pytest.mark.parametrize(
    ("iso", "language", "words"),
    [
        ("2016", "fr", "2016"),
        ("2016-05", "en", "May 2016"),
        ("2016-05", "fr", "mai 2016"),
        ("2016-05-31", "en", "31 May 2016"),
        ("2016-05-01", "de", "1. Mai 2016"),
        ("", "en", ""),
        ("2016-13", "en", "2016-13"),
        ("2016-02-31", "en", "2016-02-31"),
        ("soon", "en", "soon"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(iso: str, language: str, words: str) -> None:
    assert date_words(iso, language) == words


@pytest.mark.parametrize(
    ("count", "language", "words"),
    [
        (0, "en", ""),
        (-1, "en", ""),
        (1, "en", "1 kB"),
        (187_088, "en", "187 kB"),
        (999_499, "en", "999 kB"),
        (1_450_000, "en", "1.4 MB"),
        (12_000_000, "en", "12 MB"),
    ],
)
def test_a_size_is_short(count: int, language: str, words: str) -> None:
    assert file_size(count, language) == words


def test_a_size_is_written_as_the_language_does() -> None:
    assert file_size(1_450_000, "fr").split() == ["1,4", "Mo"]

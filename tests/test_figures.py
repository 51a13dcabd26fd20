"""Sizes of files in words."""

from __future__ import annotations

import pytest

from library.locales.figures import file_size


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

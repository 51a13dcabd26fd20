"""Every type of work and every facet has a name in every language of the interface."""

from __future__ import annotations

import pytest

from library.fields import FACETS
from library.locales import LANGUAGES, load_texts
from library.model import Kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_and_facets_have_names(language: str) -> None:
    texts = load_texts(language)
    keys = [f"kind.{kind}" for kind in Kind] + [facet.label_key for facet in FACETS]
    assert [key for key in keys if not texts.has(key) or not texts(key).strip()] == []
    assert len({texts(f"kind.{kind}") for kind in Kind}) == len(Kind)


def test_a_language_without_texts_is_stood_in_for() -> None:
    assert load_texts("sv").language == load_texts("../../etc/passwd").language == "en"

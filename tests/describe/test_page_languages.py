"""Which language a document and each of its pages is in."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.describe.detectors import Detectors
from library.describe.language import PAGE_SHARE, SURE, UNSURE, WINDOW, LanguageIdentifier
from library.describe.proposal import Source

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "el", "hu", "sv", "uk", "ga")


class Disagreeing:
    """Detectors of which the second always says Danish."""

    def __init__(self, real: Detectors) -> None:
        self._real = real
        self.second_knows = real.second_knows

    def first_opinion(self, text: str) -> dict[str, float]:
        return self._real.first_opinion(text)

    def anywhere(self, text: str) -> tuple[str, float]:
        return self._real.anywhere(text)

    def second_opinion(self, text: str) -> str:
        return "da"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_paragraph_is_enough(language: str, identifier: LanguageIdentifier, paragraphs: Mapping[str, str]) -> None:
    opinion = identifier.identify([paragraphs[language]])
    assert opinion.language == language
    assert opinion.confidence >= SURE
    assert [[tag for tag, _ in languages] for languages in opinion.pages] == [[language]]
    assert (opinion.evidence.source, opinion.evidence.page) == (Source.PAGE, 1)


def test_the_second_detector_is_not_asked_about_a_language_it_does_not_have(
    identifier: LanguageIdentifier, paragraphs: Mapping[str, str]
) -> None:
    assert identifier.identify([paragraphs["ga"]]).second_opinion == ""
    assert identifier.identify([paragraphs["fr"]]).second_opinion == "fr"


def test_capitals_change_nothing(identifier: LanguageIdentifier, paragraphs: Mapping[str, str]) -> None:
    for language in ("en", "fr", "de"):
        assert identifier.identify([paragraphs[language].upper()]).language == language


def test_a_page_in_two_languages_has_two(identifier: LanguageIdentifier, paragraphs: Mapping[str, str]) -> None:
    page = f"{paragraphs['fr']}\n\n{paragraphs['en']}"
    assert {tag for tag, _ in identifier.page_languages(page)} == {"fr", "en"}
    assert all(share >= PAGE_SHARE for _, share in identifier.page_languages(page))


def test_a_bilingual_document_is_not_sure_of_one(identifier: LanguageIdentifier, paragraphs: Mapping[str, str]) -> None:
    opinion = identifier.identify([paragraphs["fr"], paragraphs["de"]])
    assert opinion.confidence < SURE
    assert {tag for tag, share in opinion.shares if share >= PAGE_SHARE} == {"fr", "de"}
    assert [languages[0][0] for languages in opinion.pages] == ["fr", "de"]


def test_pages_count_by_their_letters(identifier: LanguageIdentifier, paragraphs: Mapping[str, str]) -> None:
    opinion = identifier.identify([paragraphs["en"], *[paragraphs["es"] * 3] * 4, paragraphs["en"]])
    assert opinion.language == "es"
    assert opinion.pages[0][0][0] == "en"


@pytest.mark.parametrize("text", ["", "12", "Ville", "Plan 2020", "1 2 3 4 5 6 7 8 9 " * 100, "….… ‒ " * 500])
def test_too_little_text_is_und(text: str, identifier: LanguageIdentifier) -> None:
    assert identifier.identify([text]).language == "und"
    assert identifier.page_languages(text) == ()


def test_a_document_without_pages_is_und(identifier: LanguageIdentifier) -> None:
    assert identifier.identify([]).language == "und"


def test_a_language_that_is_not_on_the_list_is_und(
    identifier: LanguageIdentifier, paragraphs: Mapping[str, str]
) -> None:
    opinion = identifier.identify([paragraphs["ja"] * 3])
    assert (opinion.language, opinion.outside) == ("und", "ja")
    assert opinion.confidence < UNSURE
    assert opinion.pages == ((),)


def test_disagreement_lowers_the_confidence(identifier: LanguageIdentifier, paragraphs: Mapping[str, str]) -> None:
    doubting = LanguageIdentifier(Disagreeing(Detectors.open()))  # type: ignore[arg-type]
    sure, unsure = identifier.identify([paragraphs["sv"]]), doubting.identify([paragraphs["sv"]])
    assert unsure.language == "sv"
    assert unsure.second_opinion == "da"
    assert unsure.confidence < SURE <= sure.confidence


def test_a_long_document_still_has_a_language_on_every_page(
    identifier: LanguageIdentifier, paragraphs: Mapping[str, str]
) -> None:
    opinion = identifier.identify([paragraphs["nl"]] * 900)
    assert opinion.language == "nl"
    assert {languages[0][0] for languages in opinion.pages} == {"nl"}


def test_the_answer_is_always_the_same(identifier: LanguageIdentifier, paragraphs: Mapping[str, str]) -> None:
    pages = [paragraphs["pt"][:120] + paragraphs["es"][:120]]
    assert len({identifier.identify(pages) for _ in range(5)}) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=st.lists(st.text(max_size=3 * WINDOW), max_size=4))
def test_any_text_gives_an_opinion(identifier: LanguageIdentifier, pages: list[str]) -> None:
    opinion = identifier.identify(pages)
    assert 0.0 <= opinion.confidence <= 1.0
    assert len(opinion.pages) == len(pages)
    assert opinion.language == "und" or opinion.confidence >= UNSURE
    for languages in opinion.pages:
        assert sum(share for _, share in languages) <= 1.01
        assert all(share >= PAGE_SHARE for _, share in languages)


@pytest.mark.parametrize("text", ["a" * 300_000, "é " * 100_000, "x@" * 50_000, "http://" * 40_000])
def test_a_page_without_end_is_cut(text: str, identifier: LanguageIdentifier) -> None:
    assert len(identifier.identify([text]).pages) == 1

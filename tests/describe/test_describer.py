"""The whole description of a document."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.describe import Describer, Description, labels_by_language
from library.formats.reading import Embedded, Line, OutlineEntry, Reading
from library.model import Kind, Page
from library.topics import Thesaurus, Topic

Make = Callable[..., Reading]
THESAURUS = Thesaurus(
    (
        Topic("police", {"en": "Police", "fr": "Police"}, {}, {}),
        Topic("local-police", {"en": "Neighbourhood police", "fr": "Police de proximité"}, {}, {}, "police"),
        Topic("night", {"en": "Nightlife", "fr": "Vie nocturne"}, {"en": ("night-time economy",)}, {}),
        Topic("design", {"en": "Urban design", "fr": "Urbanisme"}, {"en": ("CPTED",)}, {}),
    )
)


@pytest.fixture(scope="module")
def describer() -> Describer:
    return Describer.open(THESAURUS, this_year=2026)


def test_labels_are_gathered_by_language() -> None:
    labels = labels_by_language(THESAURUS)
    assert labels["fr"][0] == ("police", "Police")
    assert ("night", "night-time economy") in labels["en"]


@pytest.fixture
def sheet(reading_of: Make, paragraphs: Mapping[str, str]) -> Reading:
    cover = f"FICHE PRATIQUE\nLa vie nocturne apaisée\nPublié en mai 2018\n{paragraphs['fr']}"
    lines = (("FICHE PRATIQUE", 9.0), ("La vie nocturne apaisée", 26.0), ("Publié en mai 2018", 9.0), ("texte", 9.0))
    return reading_of(cover, f"{paragraphs['fr']} La méthode CPTED.", paragraphs["en"], lines=lines)


def test_a_practice_sheet_is_described(describer: Describer, sheet: Reading) -> None:
    reading, description = describer.describe(sheet, "vie-nocturne_fr.pdf")
    assert description.language.value == "fr"
    assert description.title.value == "La vie nocturne apaisée"
    assert description.date.value == "2018-05"
    assert description.kind.value == Kind.PRACTICE_SHEET
    assert description.topics[0].value == "night"
    assert [page.languages for page in reading.pages] == [("fr",), ("fr",), ("en",)]
    assert replace(reading, pages=sheet.pages) == sheet


def test_a_second_language_is_told(describer: Describer, sheet: Reading) -> None:
    _, description = describer.describe(sheet, "x.pdf")
    assert any("French, English" in warning for warning in description.warnings)
    assert "en" in {other.value for other in description.language.alternatives}


def test_a_file_name_that_says_another_language_is_told(
    describer: Describer, reading_of: Make, paragraphs: Mapping[str, str]
) -> None:
    _, description = describer.describe(reading_of(paragraphs["de"]), "bericht-FR.pdf")
    assert description.language.value == "de"
    assert description.warnings == ("language: the file name says French, the text is German",)
    assert [other.value for other in description.language.alternatives] == ["fr"]


def test_no_text_is_told_and_metadata_is_only_an_alternative(describer: Describer, reading_of: Make) -> None:
    _, description = describer.describe(reading_of("", "", language="fr-FR", title="La nuit en ville"), "x.pdf")
    assert (description.language.value, description.language.confidence) == ("und", 0.0)
    assert [other.value for other in description.language.alternatives] == ["fr"]
    assert description.title.value == "La nuit en ville"
    assert description.warnings == ("language: there is too little text to tell",)


def test_a_language_of_elsewhere_is_told(describer: Describer, reading_of: Make, paragraphs: Mapping[str, str]) -> None:
    reading, description = describer.describe(reading_of(paragraphs["ja"] * 3), "x.pdf")
    assert description.language.value == "und"
    assert "“ja”" in description.warnings[0]
    assert reading.pages[0].languages == ()


def test_the_outline_speaks_for_topics(describer: Describer, sheet: Reading) -> None:
    outline = (OutlineEntry("La police de proximité", 2, 0), OutlineEntry("Police de proximité et nuit", 3, 0))
    _, description = describer.describe(replace(sheet, outline=outline), "x.pdf")
    assert {topic.value for topic in description.topics} == {"night", "local-police"}


def test_english_acronyms_are_found_in_every_language(describer: Describer, reading_of: Make) -> None:
    page = "La prévention situationnelle, dite CPTED, transforme les rues et les places de la ville. " * 4
    _, description = describer.describe(reading_of(page), "x.pdf")
    assert description.language.value == "fr"
    assert [topic.value for topic in description.topics] == ["design"]


def test_an_empty_file_gives_an_empty_description(describer: Describer) -> None:
    reading, description = describer.describe(Reading("pdf", ()), "")
    assert reading == Reading("pdf", ())
    assert (description.title.value, description.kind.value, description.topics) == ("", "", ())


text = st.text(max_size=400)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pages=st.lists(text, max_size=3),
    lines=st.lists(st.builds(Line, text, st.floats(min_value=0, max_value=200)), max_size=5),
    embedded=st.builds(Embedded, text, text, text, text, text, text, text),
    outline=st.lists(st.builds(OutlineEntry, text, st.integers(), st.integers()), max_size=3),
    file_name=text,
)
def test_any_file_is_described(
    describer: Describer,
    pages: list[str],
    lines: list[Line],
    embedded: Embedded,
    outline: list[OutlineEntry],
    file_name: str,
) -> None:
    made = tuple(Page(number, str(number), page) for number, page in enumerate(pages, start=1))
    reading, description = describer.describe(Reading("pdf", made, embedded, tuple(lines), tuple(outline)), file_name)
    assert [page.text for page in reading.pages] == pages
    assert Description.from_json(json.loads(json.dumps(description.as_json()))) == description

"""Every type of work and every facet has a name, and dates, lists and shares are written as each language does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.fields import FACETS
from library.languages import country_name, language_label
from library.locales import LANGUAGES, Texts, load_texts, plural_forms
from library.model import Kind
from library.topics import load_thesaurus
from tests.test_shape import ROOT


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_and_facets_have_names(language: str) -> None:
    texts = load_texts(language)
    keys = [f"kind.{kind}" for kind in Kind] + [facet.label_key for facet in FACETS]
    assert [key for key in keys if not texts.has(key) or not texts(key).strip()] == []
    assert len({texts(f"kind.{kind}") for kind in Kind}) == len(Kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_stand_alone_begin_with_a_capital(language: str) -> None:
    texts = load_texts(language)
    names = [texts(f"kind.{kind}") for kind in Kind] + [texts(facet.label_key) for facet in FACETS]
    names += [language_label(tag, language) for tag in (*LANGUAGES, "cs", "el", "ar")]
    names += [country_name(code, language) for code in ("NL", "CZ", "GB")]
    assert [name for name in names if name[0] != name[0].upper()] == []


def test_every_topic_of_the_library_has_a_label_and_a_scope_note_in_every_interface_language() -> None:
    topics = load_thesaurus(ROOT / "documents" / "topics.ttl").topics
    assert [(topic.id, tag) for topic in topics for tag in LANGUAGES if not topic.labels.get(tag)] == []
    assert [(topic.id, tag) for topic in topics for tag in LANGUAGES if not topic.scope.get(tag, "").strip()] == []
    labels = [topic.labels[tag] for topic in topics for tag in LANGUAGES]
    assert [label for label in labels if label[0].islower()] == []


def test_portuguese_names_are_those_of_portugal() -> None:
    assert language_label("cs", "pt") == "Checo"
    assert language_label("pl", "pt") == "Polaco"


def test_a_language_without_texts_is_stood_in_for() -> None:
    assert load_texts("sv").language == load_texts("../../etc/passwd").language == "en"


def test_the_forms_that_each_language_counts_with() -> None:
    assert {tag: plural_forms(tag) for tag in LANGUAGES if plural_forms(tag) != {"one"}} == {
        "pl": {"one", "few", "many"}
    }
    assert plural_forms("ar") == {"zero", "one", "two", "few", "many"}


DATES = {
    "en": ("May 2019", "31 May 2019"),
    "fr": ("mai 2019", "31 mai 2019"),
    "de": ("Mai 2019", "31. Mai 2019"),
    "es": ("mayo de 2019", "31 de mayo de 2019"),
    "it": ("maggio 2019", "31 maggio 2019"),
    "pt": ("maio de 2019", "31 de maio de 2019"),
    "nl": ("mei 2019", "31 mei 2019"),
    "pl": ("maj 2019", "31 maja 2019"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_of_any_precision(language: str) -> None:
    texts = load_texts(language)
    month, day = DATES[language]
    assert [texts.date(iso) for iso in ("2019", "2019-05", "2019-05-31")] == ["2019", month, day]
    assert texts.date("2019-05-31T23:30:00Z") == day


@pytest.mark.parametrize(
    "odd", ["", "May 2019", "2019-13", "2019-02-30", "2019-5", "0000-01", "20190531", "2019-05-31T", "٢٠١٩-٠٥", "<b>"]
)
def test_what_is_no_date_comes_back_as_it_is(odd: str) -> None:
    assert load_texts("fr").date(odd) == odd


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_every_day_can_be_written(day: date, language: str) -> None:
    assert str(day.year) in load_texts(language).date(day.isoformat())


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_no_date_is_too_odd(text: str, language: str) -> None:
    assert isinstance(load_texts(language).date(text), str)


@pytest.mark.parametrize(
    ("language", "listed"),
    [("en", "a, b and c"), ("fr", "a, b et c"), ("de", "a, b und c"), ("pl", "a, b i c"), ("es", "a, b y c")],
)
def test_lists(language: str, listed: str) -> None:
    texts = load_texts(language)
    assert texts.listed(("a", "b", "c")) == listed
    assert (texts.listed(()), texts.listed(("{x}",)), texts.listed(["a"])) == ("", "{x}", "a")


@pytest.mark.parametrize(
    ("last", "listed"),
    [
        ("Italia", "Francia e Italia"),
        ("Íllora", "Francia e Íllora"),
        ("Hierro", "Francia y Hierro"),
        ("Irún", "Francia e Irún"),
    ],
)
def test_spanish_says_e_before_i(last: str, listed: str) -> None:
    assert load_texts("es").listed(("Francia", last)) == listed


def test_shares() -> None:
    shares = [load_texts(language).percent(0.123) for language in ("en", "fr", "de", "pt")]
    assert shares == ["12%", "12\u00a0%", "12\u00a0%", "12%"]


def test_the_direction_of_writing() -> None:
    assert {load_texts(language).direction for language in LANGUAGES} == {"ltr"}
    assert Texts("ar", {}).direction == "rtl"


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("de", ["Ost", "Österreich", "Polen"]),
        ("fr", ["Egypte", "Égypte", "Espagne", "Zambie"]),
        ("pl", ["Lublin", "Łódź", "Miasto", "Zamość", "Źródło", "Żory"]),
        ("es", ["Ana", "Antonio", "Añover", "Aragón"]),
        ("en", ["Łask", "Leeds", "Łódź", "London"]),
    ],
)
def test_labels_stand_where_readers_of_the_language_look_for_them(language: str, ordered: list[str]) -> None:
    assert sorted(reversed(ordered), key=load_texts(language).sorting) == ordered

"""A topic's label met in a query brings the topic's labels in other languages, seen and removable."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.expansion import MOST_TOPICS, Expander
from library.query import All, Expanded, Node, Not, Phrase, Some, Value, Word, parse
from library.request import NARROW_ALL
from library.topics import Thesaurus, load_thesaurus

THESAURUS = load_thesaurus(Path(__file__).resolve().parents[1] / "documents" / "topics.ttl")
EXPANDER = Expander(THESAURUS)


INFLECTED = {
    "ca": """espai públic: public-spaces, crisi sanitària: health-crises,
    vides nocturnes: nightlife, violències discriminatòries: discrimination""",
    "cs": """veřejné prostory: public-spaces, zdravotních krizí: health-crises,
    nočního života: nightlife, diskriminačního násilí: discrimination""",
    "de": """Gesundheitskrise: health-crises, öffentlichen Raum: public-spaces,
    öffentliche Räume: public-spaces, diskriminierender Gewalt: discrimination""",
    "el": """υγειονομική κρίση: health-crises, δημόσιος χώρος: public-spaces,
    δημόσιων χώρων: public-spaces, νυχτερινής ζωής: nightlife""",
    "en": """public space: public-spaces, health crisis: health-crises,
    victims support: victims, local strategy audit evaluation: local-strategies""",
    "es": """espacio público: public-spaces, vidas nocturnas: nightlife,
    crisis sanitaria: health-crises, violencias discriminatorias: discrimination""",
    "fr": """espace public: public-spaces, crise sanitaire: health-crises,
    vies nocturnes: nightlife, violence discriminatoire: discrimination""",
    "it": """spazio pubblico: public-spaces, crisi sanitaria: health-crises,
    vite notturne: nightlife, violenze discriminatorie: discrimination""",
    "nl": """openbare ruimten: public-spaces, gezondheidscrisis: health-crises,
    civiele bescherming: civil-protection, politie en wijkpolitie: police""",
    "pl": """przestrzeni publicznych: public-spaces, kryzys zdrowotny: health-crises,
    życia nocnego: nightlife, kryzysów zdrowotnych: health-crises""",
    "pt": """espaço público: public-spaces, crise sanitária: health-crises,
    vidas noturnas: nightlife, violências discriminatórias: discrimination""",
    "ro": """spațiu public: public-spaces, spațiul public: public-spaces,
    criza sanitară: health-crises, vieți de noapte: nightlife""",
    "sv": """offentlig plats: public-spaces, offentliga platserna: public-spaces,
    hälsokris: health-crises, hälsokriserna: health-crises""",
}
"""Labels in other forms than the thesaurus has them, with their topics."""


def topics(query: str, *narrow: str) -> list[tuple[str, str]]:
    """The words that met a topic, and the topic."""
    return [(met.term, met.topic) for met in EXPANDER.expand(parse(query).node, narrow)[1]]


@pytest.mark.parametrize(
    ("query", "met"),
    [
        ("nightlife", [("nightlife", "nightlife")]),
        ("Vie Nocturne", [("Vie Nocturne", "nightlife")]),
        ("vies nocturnes", [("vies nocturnes", "nightlife")]),
        ("zycie nocne", [("zycie nocne", "nightlife")]),
        ('"vie nocturne"', [("vie nocturne", "nightlife")]),
        ("nachtleben Amsterdam", [("nachtleben", "nightlife")]),
        ("police nightlife", [("police", "police"), ("nightlife", "nightlife")]),
        ("nocturne", []),
        ("zebra giraffe", []),
        ("title:nightlife", []),
        ("nightlif*", []),
        ("=nightlife", []),
        ("nightlife OR zebra", []),
        ("", []),
    ],
)
def test_labels_are_met_whatever_their_language_and_form(query: str, met: list[tuple[str, str]]) -> None:
    assert topics(query) == met


@pytest.mark.parametrize("language", THESAURUS.languages)
def test_labels_are_met_in_other_forms(language: str) -> None:
    asked = [entry.strip().split(": ") for entry in INFLECTED[language].split(",")]
    assert len(asked) >= 3
    assert {query: topics(query) for query, _ in asked} == {query: [(query, topic)] for query, topic in asked}


def test_the_labels_of_every_language_are_added() -> None:
    node, (added,) = EXPANDER.expand(parse("zebra nightlife").node, ())
    assert {"Nachtleben", "Vie nocturne", "Życie nocne"} <= set(added.labels)
    assert isinstance(node, All)
    zebra, either = node.parts
    assert zebra == Word("zebra")
    assert isinstance(either, Expanded)
    assert either.part == Word("nightlife")
    assert (either.weight, either.below) == (1.0, False)  # it is the topic's own name
    assert Phrase("Nachtleben", language="de") in either.phrases


def test_another_word_for_a_topic_counts_before_the_topics_names() -> None:
    node = EXPANDER.expand(parse("Nachtbürgermeister").node, ())[0]
    assert isinstance(node, Expanded)
    assert node.below and node.weight < 1


def test_a_topic_can_be_left_out_and_all_of_them() -> None:
    assert topics("police nightlife", "police") == [("nightlife", "nightlife")]
    assert topics("police nightlife", NARROW_ALL) == []
    assert EXPANDER.expand(parse("nightlife").node, ("nightlife",))[0] == Word("nightlife")


def test_a_query_brings_few_topics() -> None:
    assert len(topics("police nightlife drugs women sport youth")) == MOST_TOPICS


@pytest.mark.parametrize("name", ["nightlife", "public.night", "Nachtleben", "vie nocturne"])
def test_a_topic_is_named_in_any_language(name: str) -> None:
    asked: Node = Value("topic", name)
    assert EXPANDER.expand(asked, ())[0] == Value("topic", "nightlife")
    assert EXPANDER.expand(Not(asked), ())[0] == Not(Value("topic", "nightlife"))


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("language:français", Value("language", "fr")),
        ("language:Niederländisch", Value("language", "nl")),
        ("-language:fre", Not(Value("language", "fr"))),
        ('kind:"fiche pratique"', Value("kind", "practice-sheet")),
        ("kind:GUIDE", Value("kind", "guide")),
        ('country:"Pays-Bas"', Some((Value("place", "Pays-Bas"), Value("place", "NL")))),
        ("country:NL", Value("place", "NL")),
        ("city:Amsterdam", Value("place", "Amsterdam")),
        ("language:klingon", Value("language", "klingon")),
        ("kind:poem", Value("kind", "poem")),
    ],
)
def test_languages_types_and_countries_are_named_in_any_language(query: str, node: Node) -> None:
    assert EXPANDER.expand(parse(query).node, ())[0] == node


def test_an_unknown_name_stays_as_it_is() -> None:
    assert EXPANDER.expand(Value("topic", "zebra"), ())[0] == Value("topic", "zebra")


def test_without_a_thesaurus_nothing_is_added() -> None:
    node = parse("nightlife police").node
    assert Expander(Thesaurus()).expand(node, ()) == (node, ())


@given(st.text(max_size=60))
def test_no_query_is_too_odd(query: str) -> None:
    node = parse(query).node
    expanded, added = EXPANDER.expand(node, ())
    assert len(added) <= MOST_TOPICS
    assert added or expanded == EXPANDER.expand(node, (NARROW_ALL,))[0]

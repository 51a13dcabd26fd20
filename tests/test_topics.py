"""The thesaurus: the real one is a sound tree in thirteen languages; a broken one is told about, not crashed on."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.analysis import fold
from library.errors import RecordError
from library.topics import Thesaurus, Topic, load_thesaurus
from tests.conftest import DOCUMENTS

THIRTEEN = {"en", "fr", "de", "es", "it", "pt", "nl", "pl", "ro", "el", "cs", "sv", "ca"}
PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <urn:practice-library:topic:> .
"""


@pytest.fixture(scope="module")
def thesaurus() -> Thesaurus:
    return load_thesaurus(DOCUMENTS / "topics.ttl")


def loaded(folder: Path, turtle: str | bytes) -> Thesaurus:
    path = folder / "topics.ttl"
    path.write_bytes(turtle if isinstance(turtle, bytes) else turtle.encode())
    return load_thesaurus(path)


def test_every_topic_has_a_label_in_thirteen_languages(thesaurus: Thesaurus) -> None:
    assert set(thesaurus.languages) == THIRTEEN
    assert [topic.id for topic in thesaurus if set(topic.labels) != THIRTEEN] == []


def test_the_topics_are_a_tree_in_the_order_of_their_editors(thesaurus: Thesaurus) -> None:
    assert (len(thesaurus), len(thesaurus.narrower())) == (38, 8)
    walked = [topic.id for top in thesaurus.narrower() for topic in (top, *thesaurus.narrower(top.id))]
    assert walked == [topic.id for topic in thesaurus]
    for topic in thesaurus:
        assert thesaurus.with_ancestors(topic.id) == ((topic.id, topic.broader) if topic.broader else (topic.id,))


def test_no_label_and_no_code_stands_for_two_topics(thesaurus: Thesaurus) -> None:
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for topic in thesaurus:
        meant["", topic.notation].add(topic.id)
        for language in THIRTEEN:
            for label in topic.all_labels(language):
                meant[language, fold(label)].add(topic.id)
    assert {name: ids for name, ids in meant.items() if len(ids) > 1} == {}


def test_every_topic_says_what_belongs_under_it(thesaurus: Thesaurus) -> None:
    assert [topic.id for topic in thesaurus if not {"en", "fr"} <= set(topic.scope)] == []


@pytest.mark.parametrize("text", ["nightlife", "Nightlife", " VIE NOCTURNE ", "Nachtleben", "public.night"])
def test_a_topic_is_found_by_id_code_or_label(thesaurus: Thesaurus, text: str) -> None:
    found = thesaurus.find(text)
    assert found is not None
    assert found.id == "nightlife"


def test_nothing_is_found_by_nothing(tmp_path: Path) -> None:
    thesaurus = loaded(tmp_path, PREFIXES + 't:a a skos:Concept ; skos:prefLabel "A"@en .')
    assert thesaurus.find("") is None
    assert thesaurus.find("  ") is None
    assert thesaurus.find("b") is None


def test_what_nobody_knows_is_its_own_label(thesaurus: Thesaurus) -> None:
    assert thesaurus.label("no-such-topic", "fr") == "no-such-topic"
    assert thesaurus.with_ancestors("no-such-topic") == ("no-such-topic",)
    assert thesaurus.get("no-such-topic") is None


def test_a_label_falls_back_to_english_then_to_any_then_to_the_id() -> None:
    assert Topic("a", {"en": "A", "fr": "Â"}).label("sv", "fr") == "Â"
    assert Topic("a", {"en": "A", "fr": "Â"}).label("sv") == "A"
    assert Topic("a", {"fi": "Ä"}).label("sv") == "Ä"
    assert Topic("a", {}).label("sv") == "a"


def test_no_file_is_an_empty_thesaurus(tmp_path: Path) -> None:
    assert len(load_thesaurus(tmp_path / "topics.ttl")) == 0


@pytest.mark.parametrize(
    "turtle",
    [
        "this is no Turtle",
        "@prefix",
        "_:",
        "<",
        '"""',
        PREFIXES + 't:a a skos:Concept ; skos:prefLabel "A"@123 .',
        PREFIXES + 't:a a skos:Concept ; skos:prefLabel "\\u12" .',
        PREFIXES + "t:a a skos:Concept ; skos:prefLabel " + "(" * 3_000,
        PREFIXES + "x:a a skos:Concept .",
        b"\xff\xfe\x00broken",
        b'@prefix skos: <x> . <a> <b> "caf\xe9" .',
    ],
)
def test_what_is_no_turtle_is_a_problem_of_that_file(tmp_path: Path, turtle: str | bytes) -> None:
    with pytest.raises(RecordError) as caught:
        loaded(tmp_path, turtle)
    (problem,) = caught.value.problems
    assert problem.file == "topics.ttl"
    assert problem.message.startswith("is not readable as Turtle")
    assert problem.remedy


@given(st.binary(max_size=60) | st.text(alphabet='@prefix:<>"a.;,[]()_ \n\\^', max_size=40).map(str.encode))
def test_no_bytes_are_too_odd(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    try:
        loaded(tmp_path_factory.getbasetemp(), content)
    except RecordError as error:
        assert error.problems


@pytest.mark.parametrize(
    ("turtle", "about"),
    [
        ("t:a a skos:Concept .", {("a", "has no preferred label")}),
        ('t:a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader t:z .', {("a", "stands below “z”")}),
        ('t:a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader t:a .', {("a", "stands below itself")}),
        (
            't:a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader t:b .'
            't:b a skos:Concept ; skos:prefLabel "B"@en ; skos:broader t:a .'
            "t:c a skos:Concept ; skos:broader t:z .",
            {("a", "stands below itself"), ("b", "stands below itself"), ("c", "has no preferred label"),
             ("c", "stands below “z”")},
        ),
    ],
)  # fmt: skip
def test_every_topic_that_stands_wrong_is_named(tmp_path: Path, turtle: str, about: set[tuple[str, str]]) -> None:
    with pytest.raises(RecordError) as caught:
        loaded(tmp_path, PREFIXES + turtle)
    found = {(problem.key, problem.message) for problem in caught.value.problems}
    assert len(found) == len(about)
    assert all(any(key == k and message.startswith(start) for k, message in found) for key, start in about)


def test_a_mark_that_some_editors_put_first_does_no_harm(tmp_path: Path) -> None:
    turtle = "\ufeff" + PREFIXES + 't:a a skos:Concept ; skos:prefLabel "Sécurité"@fr .'
    assert loaded(tmp_path, turtle).label("a", "fr") == "Sécurité"

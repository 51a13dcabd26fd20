"""Topics: which labels are found, how they weigh, and what narrower topics do to broader ones."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from library.describe.proposal import Source
from library.describe.topics import MAX_TOPICS, TopicLabels, TopicMatcher

LABELS: TopicLabels = (
    ("police", "police"),
    ("community-policing", "community police"),
    ("night", "night life"),
    ("night", "night-time economy"),
    ("youth", "young people"),
    ("design", "CPTED"),
    ("it", "IT"),
    ("sport", "football"),
    ("drugs", "drug"),
)
BROADER = {"community-policing": "police"}
FILLER = "Residents and shopkeepers agreed on many other matters of daily interest. " * 12


def stems(text: str) -> tuple[str, ...]:
    """A plain analyser: small letters, and no plural."""
    return tuple(word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.lower()))


def ids(title: str, *pages: str, headings: tuple[str, ...] = ()) -> tuple[str, ...]:
    return tuple(found.value for found in TopicMatcher(LABELS, stems, BROADER).propose(title, headings, pages))


def test_a_label_in_the_title_is_enough() -> None:
    found = TopicMatcher(LABELS, stems, BROADER).propose("Drugs in town", (), ("", FILLER))
    assert [proposal.value for proposal in found] == ["drugs"]
    assert found[0].confidence > 0.6
    assert (found[0].evidence.source, found[0].evidence.page) == (Source.THESAURUS, None)


def test_one_mention_is_not_enough() -> None:
    assert ids("A title", FILLER, f"{FILLER} football {FILLER}", FILLER) == ()


def test_many_mentions_are() -> None:
    found = TopicMatcher(LABELS, stems).propose("A title", (), (FILLER, f"{FILLER} Young people. " * 3, FILLER))
    assert [proposal.value for proposal in found] == []
    found = TopicMatcher(LABELS, stems).propose("A title", (), (FILLER, f"{FILLER} {'Young people. ' * 9}", FILLER))
    assert [proposal.value for proposal in found] == ["youth"]
    assert found[0].evidence.page == 2
    assert "Young people" in found[0].evidence.snippet


def test_the_length_of_a_document_makes_no_topic() -> None:
    page = f"{FILLER * 10} The police. "
    assert ids("", FILLER, *[page] * 40) == ()


def test_headings_weigh_more_than_the_body() -> None:
    assert ids("", FILLER, FILLER, headings=("Night life in the port", "The night-time economy")) == ("night",)


def test_the_longest_label_wins_and_inflected_forms_are_found() -> None:
    assert ids("Community polices", FILLER) == ("community-policing",)


def test_a_broader_topic_yields_to_its_narrower_one() -> None:
    page = "Community police. " * 4 + "The police. " * 3 + FILLER
    assert ids("", page) == ("community-policing",)
    assert set(ids("The police and the community police", page)) == {"police", "community-policing"}


def test_a_broader_topic_with_much_more_evidence_stays() -> None:
    page = "Community police. " * 2 + FILLER
    assert "police" in ids("", page, "Police. " * 60, headings=("Police", "Police", "Police"))


def test_acronyms_count_only_in_capitals() -> None:
    assert ids("", f"It is so. {FILLER}" * 2, "it it it it it it it") == ()
    assert ids("IT for all", FILLER) == ("it",)
    assert ids("CPTED in parks", FILLER) == ("design",)


def test_no_more_than_four() -> None:
    title = "Police, night life, young people, football, drugs, CPTED"
    assert len(ids(title, FILLER)) == MAX_TOPICS


def test_a_loop_in_the_thesaurus_does_no_harm() -> None:
    matcher = TopicMatcher((("a", "police"), ("b", "football")), stems, {"a": "b", "b": "a"})
    assert len(matcher.propose("Police, football", (), ())) == 2


def test_nothing_to_find_finds_nothing() -> None:
    assert TopicMatcher((), stems).propose("Police", ("Police",), ("Police",)) == ()
    assert TopicMatcher((("x", ""),), stems).propose("Police", (), ()) == ()


SOME = "police community night life young people drug it IT CPTED 12"
words = st.lists(st.sampled_from(SOME.split()), max_size=60)


@given(words, st.lists(words, max_size=4), st.lists(words, max_size=3))
def test_any_text_gives_ranked_topics_with_their_evidence(
    title: list[str], pages: list[list[str]], headings: list[list[str]]
) -> None:
    texts = tuple(" ".join(page) for page in pages)
    found = TopicMatcher(LABELS, stems, BROADER).propose(" ".join(title), [" ".join(h) for h in headings], texts)
    assert len(found) <= MAX_TOPICS
    assert [p.confidence for p in found] == sorted((p.confidence for p in found), reverse=True)
    for proposal in found:
        assert 0 < proposal.confidence <= 0.95
        page = proposal.evidence.page
        assert page is None or 1 <= page <= len(texts)

"""Gaps: works by topic and language, held against counting by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from library.insight.gaps import lacking, languages_of, matrix, published, usual_languages
from library.model import Edition, Kind, Status, Work
from library.topics import Thesaurus, Topic

TREE = Thesaurus(
    (
        Topic("spaces", {"en": "Spaces"}, order=1),
        Topic("night", {"en": "Night"}, broader="spaces", order=2),
        Topic("bars", {"en": "Bars"}, broader="night", order=3),
        Topic("sport", {"en": "Sport"}, order=4),
    )
)
WORKS = st.lists(
    st.builds(
        lambda languages, topics: (languages, topics),
        st.lists(st.sampled_from(["en", "fr", "de", "el"]), min_size=1, unique=True),
        st.lists(st.sampled_from(["spaces", "night", "bars", "sport", "unknown"]), unique=True),
    ),
    max_size=12,
).map(lambda made: tuple(work(f"work-{number}", *one) for number, one in enumerate(made)))


def work(name: str, languages: list[str], topics: list[str], status: Status = Status.PUBLISHED) -> Work:
    editions = tuple(Edition(language, name, "0" * 64, 1) for language in languages)
    return Work(name, Kind.GUIDE, editions, topics=tuple(topics), status=status)


@given(WORKS)
def test_each_cell_counts_the_works_once_with_those_below(works: tuple[Work, ...]) -> None:
    made = matrix(works, TREE)
    assert [(row.topic.id, row.depth) for row in made.rows] == [("spaces", 0), ("night", 1), ("bars", 2), ("sport", 0)]
    for row in made.rows:
        under = [w for w in works if any(row.topic.id in TREE.with_ancestors(topic) for topic in w.topics)]
        assert row.works == len(under)
        assert row.counts == tuple(sum(language in w.languages for w in under) for language in made.languages)
    assert made.empty == sum(count == 0 for row in made.rows for count in row.counts)


@given(WORKS, st.lists(st.sampled_from(["en", "fr", "xx"]), unique=True))
def test_a_work_lacks_what_it_has_not(works: tuple[Work, ...], wanted: list[str]) -> None:
    found = {one.work.id: one.languages for one in lacking(works, wanted)}
    for one in works:
        assert set(found.get(one.id, ())) == set(wanted) - set(one.languages)
    assert [len(languages) for languages in found.values()] == sorted(map(len, found.values()), reverse=True)


def test_usual_languages_are_those_of_half_the_works_and_two_at_least() -> None:
    works = [work("a", ["en", "fr"], []), work("b", ["en", "fr"], []), work("c", ["en", "de"], [])]
    assert languages_of(works) == ("en", "fr", "de")
    assert usual_languages(works) == ("en", "fr")
    assert usual_languages(works[2:]) == ("de", "en")
    assert usual_languages([work("a", ["en"], []), work("b", ["en"], []), work("c", ["fr"], [])]) == ("en", "fr")
    assert usual_languages([]) == ()


def test_drafts_and_withdrawn_works_fill_no_gap() -> None:
    works = [work("a", ["en"], []), work("b", ["en"], [], Status.DRAFT), work("c", ["en"], [], Status.WITHDRAWN)]
    assert [one.id for one in published(works)] == ["a"]

"""Engine and brute force agree on random libraries and requests: ids, works, facet counts, relaxing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.engines import Batch, Engine, Entry
from library.model import Access
from library.query import parse
from library.request import SearchRequest
from tests.contract.oracle import Oracle
from tests.contract.toy import entry

WORDS = (
    "city",
    "cities",
    "policy",
    "police",
    "night",
    "the",
    "ville",
    "villes",
    "de",
    "Stadt",
    "Städte",
    "und",
    "harm",
)
LANGUAGES = ("en", "fr", "de")
words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=6).map(" ".join)


@st.composite
def libraries(draw: st.DrawFn) -> list[Entry]:
    """One to six works in one to three languages."""
    entries = []
    for number in range(draw(st.integers(1, 6))):
        access = draw(st.sampled_from(list(Access)))
        topics = draw(st.sampled_from([(), ("a",), ("b", "a"), ("c",)]))
        places = draw(st.sampled_from([(), ("NL",), ("NL", "NL/Amsterdam"), ("FR", "NL", "NL/Amsterdam")]))
        date = draw(st.sampled_from([0, 20190000, 20200000, 20210500]))
        for language in draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)):
            lanes = (language, *draw(st.sampled_from([(), tuple(o for o in LANGUAGES if o != language)[:1]])))
            pages, title, abstract = draw(st.lists(texts, min_size=1, max_size=3)), draw(texts), draw(texts)
            subject = tuple(draw(st.lists(texts, max_size=2)))
            made = entry(
                f"w{number}", language, *pages, title=title or "untitled", abstract=abstract, lanes=lanes,
                access=access, date=date, subject=subject, topic=topics, place=places,
            )  # fmt: skip
            entries.append(made)
    return entries


leaf = st.one_of(
    words,
    words.map(lambda word: word[:3] + "*"),
    words.map(lambda word: word[:-1] + "x~"),
    words.map(lambda word: "=" + word),
    st.sampled_from(("topic:a", "topic:B", "year:2019..2020", "language:fr", "topic:none", "(topic:a OR kind:guide)")),
    st.lists(words, min_size=2, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
)
queries = st.one_of(
    st.just(""),
    st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda two: f"({two[0]} AND {two[1]})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]} AND NOT {two[1]})"),
            st.lists(inner, min_size=2, max_size=4).map(" ".join),
        ),
        max_leaves=5,
    ),
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "language": st.lists(st.sampled_from((*LANGUAGES, "xx")), max_size=2),
        "topic": st.lists(st.sampled_from(("a", "b", "c", "none")), max_size=2),
        "year": st.lists(st.sampled_from(("2019", "2020..", "..2020", "2019..2021")), max_size=2),
        "place": st.lists(st.sampled_from(("NL", "NL/Amsterdam", "FR", "XX")), max_size=3),
    },
)
together = st.sets(st.sampled_from(("topic", "place", "language", "year")))


@settings(
    max_examples=120, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(
    entries=libraries(),
    asked=st.lists(st.tuples(queries, filters, together), min_size=1, max_size=6),
    visible=st.sets(st.sampled_from(list(Access))),
)
def test_engine_equals_oracle(
    open_engine: Callable[[Path], Engine],
    entries: list[Entry],
    asked: list[tuple[str, dict[str, list[str]], set[str]]],
    visible: set[Access],
) -> None:
    oracle = Oracle(entries)
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder))

        def fill(batch: Batch) -> None:
            for one in entries:
                batch.put(one)

        engine.rebuild(fill)
        for query, chosen, every in asked:
            request = SearchRequest.build(query, chosen, per_page=100, every=every)
            answer = engine.search(parse(query).node, request, frozenset(visible))
            right = oracle.judge(parse(query).node, request, frozenset(visible))
            assert {hit.work for hit in answer.hits} == right.works
            assert (answer.total, answer.editions, answer.complete) == (
                len(right.works),
                len(right.editions),
                right.complete,
            )
            assert {hit.edition for hit in answer.hits} <= right.editions
            assert {name: dict(counts) for name, counts in answer.counts.items()} == right.counts
        engine.close()

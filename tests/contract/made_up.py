"""Made-up libraries and requests, for comparing an engine with the oracle: few words, so that they meet often."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from library.engines import Entry
from library.model import Access, Kind
from library.request import MAX_PER_PAGE, SearchRequest, Sort
from tests.contract.toy import entry

WORDS = (
    "city", "cities", "policy", "police", "night", "the", "ville", "villes", "école", "de", "l'école",
    "Stadt", "Städte", "und", "harm", "2020",
)  # fmt: skip
"""Inflected forms, stop words of one language that are words of another, accents, an elision and a number."""
LANGUAGES = ("en", "fr", "de")

words = st.sampled_from(WORDS)


@dataclass(frozen=True)
class Change:
    """What a batch does to a work: all of it anew, or one of its editions dropped."""

    work: str
    editions: tuple[Entry, ...] | None
    """None drops the first edition that is held, and leaves the others alone."""


def made_up(seed: str, works: int) -> list[Change]:
    """What one batch does to some works. From a seed: Hypothesis repeats itself so much that of libraries which it
    draws value by value three in four are the same, and drawing one takes longer than comparing it."""
    chance = Random(seed)
    return [_change(chance, f"w{chance.randrange(7)}") for _ in range(works)]


def _change(chance: Random, work: str) -> Change:
    """A work in one to three languages; one time in ten it is deleted, and as often one of its editions."""
    fate = chance.random()
    if fate < 0.2:
        return Change(work, () if fate < 0.1 else None)
    access, date = chance.choice(list(Access)), chance.choice((0, 20190000, 20200000, 20210500))
    values: dict[str, tuple[str, ...]] = {
        "topic": chance.choice(((), ("a",), ("b", "a"), ("c",))),
        "place": chance.choice(((), ("NL",), ("NL", "NL/Amsterdam"), ("FR", "FR/Paris", "NL"))),
        "project": chance.choice(((), ("Solidify",), ("Solidify", "Urbis"))),
        "kind": chance.choice(((Kind.GUIDE.value,), (Kind.AUDIT.value,))),
    }
    editions = []
    for language in chance.sample(LANGUAGES, chance.randint(1, 3)):
        other = tuple(o for o in LANGUAGES if o != language)[:1] if chance.random() < 0.3 else ()
        title, abstract, label, *pages = (_text(chance) for _ in range(chance.randint(4, 8)))
        made = entry(
            work, language, *pages, title=title or "untitled", abstract=abstract, subject=(label, title),
            lanes=(language, *other), access=access, date=date, fingerprint=str(chance.random()), **values,
        )  # fmt: skip
        editions.append(made)
    return Change(work, tuple(editions))


def _text(chance: Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(0, 6)))


leaf = st.one_of(
    words,
    words.map(lambda word: word[:3] + "*"),
    words.map(lambda word: word[:-1] + "x~"),
    words.map(lambda word: "=" + word),
    words.map(lambda word: "title:" + word),
    words.map(lambda word: f"title:{word[:3]}*"),
    st.sampled_from((
        "topic:a", "topic:B", "year:2019..2020", "language:fr", "topic:none", "city:amsterdam", "country:FR",
        "project:solidify", "kind:audit", "NOT night", "-police", "(topic:a OR kind:guide)",
    )),
    st.lists(words, min_size=2, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
    st.lists(words, min_size=2, max_size=2).map(lambda some: f'title:"{" ".join(some)}"'),
)  # fmt: skip
queries = st.one_of(
    st.just(""),
    st.lists(words, min_size=1, max_size=4).map(" ".join),
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


def _some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=2)


nothing_chosen: st.SearchStrategy[dict[str, list[str]]] = st.just({})
filters = nothing_chosen | st.fixed_dictionaries(
    {},
    optional={
        "language": _some(*LANGUAGES, "xx"),
        "topic": _some("a", "b", "c", "none"),
        "year": _some("2019", "2020..", "..2020", "2019..2021", "none"),
        "kind": _some("guide", "audit"),
        "place": _some("NL", "NL/Amsterdam", "FR", "XX"),
        "project": _some("Solidify", "Urbis"),
    },
)
requests = st.builds(
    SearchRequest.build,
    query=queries,
    filters=filters,
    sort=st.sampled_from(Sort),
    page=st.integers(1, 3),
    per_page=st.sampled_from((1, 2, MAX_PER_PAGE)),
    reader=st.sampled_from(("", *LANGUAGES)),
    every=st.sets(st.sampled_from(("topic", "place", "language", "year"))),
)

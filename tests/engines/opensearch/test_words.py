"""Words, titles and likeness on a real OpenSearch, where the contract does not say: requests, shards, many works."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from library.analysis import Analysers, fold, tokens
from library.engines import Batch, Engine, Entry, Likeness
from library.engines.opensearch.asking import Asking
from library.engines.opensearch.completing import completions
from library.engines.opensearch.likeness import alike
from library.engines.opensearch.naming import Names
from library.engines.opensearch.place import Place
from library.engines.opensearch.schema import Json
from library.engines.opensearch.server import Server
from library.engines.opensearch.spelling import neighbours
from library.engines.opensearch.titles import titles
from library.engines.opensearch_engine import OpenSearchEngine
from library.engines.whoosh_engine import WhooshEngine
from library.model import Access
from tests.contract.made_up import made_up
from tests.contract.toy import ALL, PUBLIC, TOY, entry

LONG = "x" * 40_000
"""OpenSearch takes no term of more than 32,766 bytes."""


class CountingServer(Server):
    """Counts what it is asked."""

    asked = 0

    def search(self, index: str | None, body: Json, preference: str = "") -> Json:
        self.asked += 1
        return super().search(index, body, preference)

    def searches(self, pairs: Sequence[tuple[str, Json]]) -> tuple[Json, ...]:
        self.asked += bool(pairs)
        return super().searches(pairs)


@pytest.fixture
def place(opensearch: str, tmp_path: Path) -> Iterator[Place]:
    """Where a library may keep indexes of its own, which are taken away afterwards."""
    found = Place.read(f"opensearch+{opensearch}/words-{uuid.uuid4().hex[:12]}", tmp_path)
    yield found
    server = Server(found)
    for index in server.named(f"{found.prefix}*"):
        server.delete(index)
    server.close()


@pytest.fixture
def held(place: Place, tmp_path: Path) -> Iterator[Callable[..., tuple[OpenSearchEngine, WhooshEngine]]]:
    """Both engines with these entries, the one on so many shards."""
    opened: list[Engine] = []

    def hold(entries: Iterable[Entry], shards: int = 1) -> tuple[OpenSearchEngine, WhooshEngine]:
        def fill(batch: Batch) -> None:
            for one in entries:
                batch.put(one)

        both = OpenSearchEngine(replace(place, shards=shards)), WhooshEngine(tmp_path / "whoosh")
        for engine in both:
            opened.append(engine)
            engine.rebuild(fill)
        return both

    yield hold
    for engine in opened:
        engine.close()


@pytest.mark.parametrize(
    ("most", "ask"),
    [
        (4, lambda asking: neighbours(asking, "publicspaces", 5)),
        (2, lambda asking: completions(asking, "", "p", 5)),
        (4, lambda asking: completions(asking, "public", "s", 5)),
        (1, lambda asking: titles(asking, ("ni", "ci"), "en", 5)),
        (4, lambda asking: alike(asking, Likeness("drugs", {("topic", "drugs"): 1.0}, {"en": {"harm": 2}}), 5)),
    ],
    ids=["neighbours", "completions", "completions after a word", "titles", "alike"],
)
def test_what_is_asked_takes_few_requests(
    held: Callable[..., object], place: Place, most: int, ask: Callable[[Asking], Sequence[Any]]
) -> None:
    more = [entry(f"d{n}", "en", "Harm reduction and the public space.", topic=("drugs",)) for n in range(9)]
    held([*TOY, *more])
    server, names = CountingServer(place), Names(place.prefix)
    asking = Asking(server, names.editions, names.words, Analysers(), ALL)
    before = server.asked
    assert ask(asking)
    assert server.asked - before <= most
    server.close()


@pytest.mark.parametrize(("shards", "visible"), [(1, ALL), (3, PUBLIC)], ids=["staff", "public"])
def test_both_engines_say_the_same(held: Callable[..., Any], shards: int, visible: frozenset[Access]) -> None:
    works = {change.work: change.editions or () for change in made_up("words", 30)}
    entries = sorted((one for editions in works.values() for one in editions), key=lambda one: one.edition)
    one, other = held(entries, shards)
    used = sorted({fold(token) for edition in entries for page in edition.pages for token in tokens(page)})
    assert used
    for word in used:
        for spelt in (word[1:] + "x", word + used[0]):
            assert one.neighbours(spelt, visible, 9) == other.neighbours(spelt, visible, 9)
        assert one.completions("", word[:1], visible, 9) == other.completions("", word[:1], visible, 9)
        assert one.completions(word, "p", visible, 9) == other.completions(word, "p", visible, 9)
        assert one.titles((word[:2],), visible, "fr", 9) == other.titles((word[:2],), visible, "fr", 9)
    assert one.completions("", "", visible, 9) == other.completions("", "", visible, 9)


def test_on_several_shards_the_same_works_are_alike(held: Callable[..., Any]) -> None:
    themes = ("bars music night", "drugs harm syringes", "cameras drones pictures", "schools pupils bullying")
    entries = [
        entry(f"w{n}", language, f"{themes[n % 4]} {themes[n % 4]} in town {n}", topic=(f"t{n % 4}", "all"))
        for n in range(24)
        for language in ("en", "fr")[: 1 + n % 2]
    ]
    one, other = held(entries, 3)
    for n in range(6):
        words = {"en": dict.fromkeys(themes[n % 4].split(), 2), "fr": {"bars": 2, "night": 2}}
        asked = Likeness(f"w{n}", {("topic", f"t{n % 4}"): 1.0, ("topic", "all"): 0.5}, words)
        right = {found.work: found for found in other.alike(asked, PUBLIC, 100)}
        found = {found.work: found for found in one.alike(asked, PUBLIC, 100)}
        assert found.keys() == right.keys()
        for work, like in found.items():
            assert like.score == pytest.approx(right[work].score, abs=0.03)
            assert (like.values, sorted(like.words)) == (right[work].values, sorted(right[work].words))


def test_of_many_works_with_the_same_topic_the_one_with_the_same_words_is_found(held: Callable[..., Any]) -> None:
    many = [entry(f"w{n}", "en", "cars and money", topic=("a",), date=20200000) for n in range(450)]
    twin = entry("twin", "en", "bollards on squares", topic=("a",), date=19990000)
    engine, _ = held([*many, twin, entry("me", "en", "bollards on squares", topic=("a",)), entry("far", topic=("b",))])
    found = engine.alike(Likeness("me", {("topic", "a"): 1.0}, {"en": {"bollards": 2, "squares": 2}}), PUBLIC, 3)
    assert [one.work for one in found] == ["twin", "w0", "w1"]
    assert found[0].score == 1.0


def test_words_that_are_too_long_for_the_server_are_not_asked(held: Callable[..., Any]) -> None:
    one, other = held(TOY)
    for text in (LONG, LONG + " " + LONG, "ﷺ" * 20_000, "a" * 65):
        assert one.neighbours(text, ALL, 5) == other.neighbours(text, ALL, 5)
        assert one.completions("", text, ALL, 5) == one.completions(text, text, ALL, 5) == ()
        assert one.titles((text, text), ALL, text, 5) == ()
        assert one.alike(Likeness(text, {("topic", text): 1.0}, {"en": {text: 5}}), ALL, 5) == ()


def test_a_title_without_words_is_found_by_nothing_in_particular(held: Callable[..., Any]) -> None:
    one, other = held([entry("bare", title="…"), entry("night", title="Night")])
    for beginnings in (("",), ("~",), ("n", ""), ("a b",)):
        assert one.titles(beginnings, ALL, "en", 5) == other.titles(beginnings, ALL, "en", 5)

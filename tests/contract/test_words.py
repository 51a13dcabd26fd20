"""What every engine promises of words and titles: spelt nearly so, begun, counted; nothing that may not be found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.analysis import fold, stop_words, tokens
from library.engines import Batch, Engine, Entry, Likeness
from library.errors import IndexOutOfDate
from library.model import Access
from library.query import Phrase, Word, parse
from library.request import SearchRequest
from tests.contract.conftest import Fill
from tests.contract.made_up import made_up, queries
from tests.contract.oracle import Oracle, allowed, distance
from tests.contract.toy import ALL, MEMBERS, PUBLIC, TOY, entry

ODD = ("", "~~~", '"', "🦉", "مرحبا", "12345", "é", " ", "x" * 1000, "a" * 64, "\u0301", "ﷺ", "a b", "\U0010ffff")


def near(engine: Engine, word: str, visible: frozenset[Access] = PUBLIC) -> dict[str, int]:
    """The words spelt nearly so, with their letters."""
    return {one.words: one.letters for one in engine.neighbours(word, visible, 50)}


def completed(engine: Engine, before: str, beginning: str, visible: frozenset[Access] = PUBLIC) -> dict[str, int]:
    """The completions, with their works."""
    return {one.words: one.works for one in engine.completions(before, beginning, visible, 50)}


def test_words_spelt_nearly_so(filled: Fill) -> None:
    engine = filled(TOY)
    assert near(engine, "nigthlife") == {"nightlife": 1}
    assert near(engine, "reductoin")["reduction"] == 1
    assert near(engine, "poliec") == {"police": 1}
    assert near(engine, "plice")["police"] == 1
    assert near(engine, "zebra") == {}


@pytest.mark.parametrize("wrong", ["olice", "opolice", "oplice", "xolice", "xpolice"])
def test_the_first_letter_may_be_the_one_that_is_wrong(filled: Fill, wrong: str) -> None:
    assert near(filled(TOY), wrong).get("police") == 1


def test_two_words_written_as_one(filled: Fill) -> None:
    engine = filled([*TOY, entry("apart", "en", "mayor"), entry("other", "en", "zebra")])
    assert near(engine, "publicspaces") == {"public spaces": 1}
    assert near(engine, "vienocturne") == {"vie nocturne": 1}
    assert near(engine, "mayorzebra") == {}  # in no edition together


def test_neighbours_say_how_common_they_are_and_where(filled: Fill) -> None:
    (found,) = filled(TOY).neighbours("nightlive", PUBLIC, 5)
    assert (found.words, found.works, found.languages) == ("nightlife", 1, ("en",))
    engine = filled([entry("a", "de", "terror"), entry("b", "en", "terror"), entry("c", "en", "terror")])
    (found,) = engine.neighbours("terorr", PUBLIC, 5)
    assert (found.works, found.languages) == (3, ("en", "de"))


def test_words_of_hidden_editions_are_unknown(filled: Fill) -> None:
    engine = filled(TOY)
    for visible, known in ((PUBLIC, False), (MEMBERS, False), (ALL, True)):
        assert ("unfinished" in near(engine, "unfinnished", visible)) is known
        assert ("unfinished" in completed(engine, "", "unfin", visible)) is known
        assert bool(engine.titles(("unfin",), visible, "en", 5)) is known
        assert engine.counts([Word("unfinished")], visible) == (int(known),)


def test_beginnings_are_completed_by_the_commonest_words(filled: Fill) -> None:
    engine = filled(TOY)
    assert completed(engine, "", "secu", MEMBERS) == {"securite": 1}
    assert completed(engine, "", "narkot") == {"narkotyki": 1}
    assert completed(engine, "", "th") == {}  # nothing but stop words
    assert completed(engine, "", "zzz") == {}
    many = filled([entry("a", "en", "police policy"), entry("b", "en", "policy"), entry("c", "en", "polite")])
    assert list(completed(many, "", "pol")) == ["policy", "police", "polite"]


def test_of_many_words_that_are_equally_common_the_first_in_the_alphabet_are_completed(filled: Fill) -> None:
    words = [f"zo{one}{other}" for one in "abcdefghij" for other in "klmnopqrst"]
    found = list(completed(filled([entry("a", "en", " ".join(reversed(words)))]), "", "zo"))
    assert len(found) >= 20
    assert found == words[: len(found)]


def test_what_follows_other_words_stands_beside_them(filled: Fill) -> None:
    engine = filled(TOY)
    assert completed(engine, "vie", "n") == {"vie nocturne": 1}
    assert completed(engine, "public", "s") == {"public spaces": 1}
    assert completed(engine, "spaces", "p") == {}
    assert completed(engine, "harm", "red") == {"harm reduction": 1}
    apart = filled([entry("a", "en", "public square and spaces")])
    assert completed(apart, "public", "s") == {"public square": 1}


def test_forms_of_one_word_are_completed_once(filled: Fill) -> None:
    engine = filled([entry("a", "en", "bollards"), entry("b", "en", "bollards and a bollard")])
    assert completed(engine, "", "boll") == {"bollards": 2}


def test_titles_are_found_by_the_beginnings_of_their_words(filled: Fill) -> None:
    engine = filled(TOY)
    assert engine.titles(("noc", "vi"), PUBLIC, "fr", 5) == ("nightlife.fr",)
    assert engine.titles(("ni", "cit"), PUBLIC, "fr", 5) == ("nightlife.en",)
    assert engine.titles(("narkotyki", "szkod"), PUBLIC, "en", 5) == ("drugs.pl",)
    assert engine.titles(("redu",), PUBLIC, "pl", 5) == ("drugs.pl",)
    assert engine.titles(("video",), PUBLIC, "fr", 5) == ()
    assert engine.titles(("video",), MEMBERS, "fr", 5) == ("cameras.fr",)
    assert engine.titles((), PUBLIC, "fr", 5) == ()


def test_titles_that_begin_so_come_first_then_the_newest(filled: Fill) -> None:
    engine = filled([
        entry("old", title="Night work", date=20100000), entry("new", title="Night life", date=20200000),
        entry("within", title="Work at night", date=20260000),
    ])  # fmt: skip
    assert engine.titles(("nig",), PUBLIC, "en", 5) == ("new.en", "old.en", "within.en")
    assert engine.titles(("nig",), PUBLIC, "en", 1) == ("new.en",)


def test_the_end_of_a_long_title_counts_too(filled: Fill) -> None:
    engine = filled([entry("long", title="word " * 60 + "lighthouse")])
    assert engine.titles(("lighth",), PUBLIC, "en", 5) == ("long.en",)


@pytest.mark.parametrize("text", ODD)
def test_odd_words_break_nothing(filled: Fill, text: str) -> None:
    engine = filled(TOY)
    assert len(engine.neighbours(text, ALL, 5)) <= 5
    assert len(engine.completions(text, text, ALL, 5)) <= 5
    assert len(engine.titles((text,), ALL, text, 5)) <= 5
    assert engine.counts([Word(text), Phrase(text)], ALL) >= (0, 0)


def test_an_empty_index_knows_nothing(filled: Fill) -> None:
    engine = filled([])
    assert near(engine, "police", ALL) == completed(engine, "", "po", ALL) == completed(engine, "a", "po", ALL) == {}
    assert not engine.titles(("po",), ALL, "en", 5)
    assert not engine.alike(Likeness("a", {}, {}), ALL, 5)
    assert engine.counts([Word("police")], ALL) == (0,)


def test_without_an_index_it_is_said(open_engine: Callable[[Path], Engine], tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "nothing")
    asked: tuple[Callable[[], object], ...] = (
        lambda: engine.counts([Word("police")], ALL),
        lambda: engine.neighbours("police", ALL, 5),
        lambda: engine.completions("", "po", ALL, 5),
        lambda: engine.titles(("po",), ALL, "en", 5),
        lambda: engine.alike(Likeness("a", {}, {}), ALL, 5),
    )
    for ask in asked:
        with pytest.raises(IndexOutOfDate):
            ask()


def test_what_was_dropped_is_unknown(filled: Fill) -> None:
    engine = filled(TOY)
    with engine.batch() as batch:
        batch.drop("nightlife.fr")
    assert completed(engine, "vie", "n") == completed(engine, "", "noct") == near(engine, "nocturme") == {}
    assert engine.titles(("noct",), ALL, "fr", 5) == ()


letters = st.text("acdeilnopsty", min_size=1, max_size=7)


@settings(
    max_examples=30, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(
    seed=st.text(max_size=5),
    words=st.lists(letters, min_size=1, max_size=4),
    asked=st.lists(queries, min_size=1, max_size=4),
    visible=st.frozensets(st.sampled_from(list(Access))),
)
def test_engine_equals_brute_force(
    open_engine: Callable[[Path], Engine],
    seed: str,
    words: list[str],
    asked: list[str],
    visible: frozenset[Access],
) -> None:
    works = {change.work: change.editions or () for change in made_up(seed, 6)}
    entries = [one for editions in works.values() for one in editions]
    oracle = Oracle(entries)
    seen = [one for one in entries if one.access in visible]
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder))

        def fill(batch: Batch) -> None:
            for one in entries:
                batch.put(one)

        engine.rebuild(fill)
        nodes = [parse(query).node for query in asked]
        right = tuple(len(oracle.judge(node, SearchRequest(), visible).whole) for node in nodes)
        assert engine.counts(nodes, visible) == right
        for word in words:
            _check_neighbours(engine, oracle, seen, word, visible)
            _check_completions(engine, oracle, seen, word, visible)
            found = engine.titles((word[:2],), visible, "en", 50)
            titled = {e.work for e in seen if any(fold(t).startswith(word[:2]) for t in tokens(e.title))}
            assert len({name.partition(".")[0] for name in found}) == len(found)
            assert {name.partition(".")[0] for name in found} == titled
            assert set(found) <= {one.edition for one in seen}
        engine.close()


def _check_neighbours(engine: Engine, oracle: Oracle, seen: list[Entry], word: str, visible: frozenset[Access]) -> None:
    found = engine.neighbours(word, visible, 500)
    works = {one.words: len({e.work for e in seen if set(one.words.split()) <= oracle._folded(e)}) for one in found}
    assert {one.words: one.works for one in found} == works
    every = {used for one in seen for used in oracle._folded(one)} - {word}
    spelt = {used for used in every if used[:1] == word[:1] and distance(used, word) <= allowed(word)}
    single = {one.words: one.letters for one in found if " " not in one.words}
    assert spelt <= single.keys() <= every
    assert all(single[used] == distance(used, word) for used in spelt)
    assert all(single[used] == 1 == distance(used, word) for used in single.keys() - spelt)
    assert all("".join(one.words.split()) == word for one in found if " " in one.words)


def _check_completions(
    engine: Engine, oracle: Oracle, seen: list[Entry], word: str, visible: frozenset[Access]
) -> None:
    stop = {name for lane in oracle.lanes for name in stop_words(lane)}
    for before in ("", "night", "ville"):
        found = engine.completions(before, word[:2], visible, 50)
        right = {}
        for used in {used for one in seen for used in oracle._folded(one)}:
            if used.startswith(word[:2]) and len(used) > 2 and used not in stop:
                phrase = Phrase(f"{before} {used}")
                having = {
                    one.work
                    for one in seen
                    if (oracle._matches(phrase, one) if before else used in oracle._folded(one))
                }
                right[f"{before} {used}".strip()] = len(having)
        assert all(one.works == right[one.words] > 0 for one in found)
        assert max((one.works for one in found), default=0) == max(right.values(), default=0)

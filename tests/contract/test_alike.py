"""What every engine promises of works that are like another one."""

from __future__ import annotations

from library.engines import Alike, Engine, Likeness
from library.model import Access
from tests.contract.conftest import Fill
from tests.contract.toy import ALL, PUBLIC, TOY, entry

NIGHT = Likeness("nightlife", {("topic", "nightlife"): 1.0, ("topic", "public-spaces"): 0.5}, {})


def like(engine: Engine, likeness: Likeness, visible: frozenset[Access] = PUBLIC) -> list[str]:
    """The works that are like one."""
    return [one.work for one in engine.alike(likeness, visible, 10)]


def test_topics_reach_across_languages(filled: Fill) -> None:
    engine = filled([*TOY, entry("bars", "es", "Los bares", topic=("nightlife",)), entry("far", "en", topic=("far",))])
    (found,) = engine.alike(NIGHT, PUBLIC, 10)
    assert (found.work, found.values, found.words) == ("bars", (("topic", "nightlife"),), ())
    assert 0 < found.score < 0.5


def test_a_work_is_never_like_itself_and_hidden_ones_are_nowhere(filled: Fill) -> None:
    hidden = entry("hidden", "en", "The nightlife", topic=("nightlife",), access=Access.STAFF)
    engine = filled([*TOY, hidden, entry("far", "en", topic=("far",))])
    words = Likeness("nightlife", NIGHT.values, {"en": {"nightlife": 3, "police": 2}})
    assert like(engine, words) == []
    assert like(engine, words, ALL) == ["hidden"]
    assert like(engine, words, frozenset()) == []


def test_hidden_works_do_not_change_what_a_value_counts(filled: Fill) -> None:
    seen = [*TOY, entry("bars", "es", topic=("nightlife",)), entry("walk", "es", topic=("public-spaces",))]
    hidden = [entry(f"h{n}", "en", topic=("public-spaces",), access=Access.STAFF) for n in range(20)]
    assert filled(seen).alike(NIGHT, PUBLIC, 10) == filled([*seen, *hidden]).alike(NIGHT, PUBLIC, 10)


def test_a_rarer_topic_counts_more(filled: Fill) -> None:
    common = [entry(f"c{n}", topic=("common",)) for n in range(8)]
    engine = filled([entry("a", topic=("common", "rare")), entry("r", topic=("rare",)), *common])
    found = engine.alike(Likeness("a", {("topic", "common"): 1.0, ("topic", "rare"): 1.0}, {}), PUBLIC, 10)
    assert found[0].work == "r"
    assert found[0].score > 2 * found[1].score if len(found) > 1 else found[0].score > 0.3


def test_telling_words_meet_within_a_language(filled: Fill) -> None:
    text = "Bollards and bollards keep cars from the square; the square is calm."
    others = [entry(f"o{n}", "en", "Cars and money.") for n in range(6)]
    engine = filled([
        entry("a", "en", text), entry("same", "en", "A bollard on the square."),
        entry("fr", "fr", "bollards square"), *others,
    ])  # fmt: skip
    words = {"en": {"bollards": 2, "square": 2, "cars": 1}}
    (found,) = engine.alike(Likeness("a", {}, words), PUBLIC, 10)
    assert (found.work, sorted(found.words)) == ("same", ["bollards", "square"])


def test_the_same_values_and_words_score_1(filled: Fill) -> None:
    twins = [entry(work, "en", "bollards bollards on squares", topic=("a",)) for work in ("one", "two")]
    engine = filled([*twins, *(entry(f"o{n}", "en", "cars", topic=("b",)) for n in range(4))])
    (found,) = engine.alike(Likeness("one", {("topic", "a"): 1.0}, {"en": {"bollards": 2}}), PUBLIC, 10)
    assert found == Alike("two", 1.0, (("topic", "a"),), ("bollards",))


def test_ties_are_broken_by_the_newest_then_the_id(filled: Fill) -> None:
    some = [entry(name, topic=("a",), date=date) for name, date in (("z", 20200000), ("y", 20200000), ("x", 20190000))]
    engine = filled([entry("me", topic=("a",)), *some, *(entry(f"o{n}") for n in range(9))])
    asked = Likeness("me", {("topic", "a"): 1.0}, {})
    assert like(engine, asked) == ["y", "z", "x"]
    assert [one.work for one in engine.alike(asked, PUBLIC, 2)] == ["y", "z"]


def test_what_nobody_knows_is_like_nothing(filled: Fill) -> None:
    engine = filled(TOY)
    assert (
        like(engine, Likeness("unheard-of", {("topic", "unheard-of"): 1.0}, {"xx": {"a": 1}, "en": {"zebra": 9}})) == []
    )
    assert like(engine, Likeness("", {}, {})) == []

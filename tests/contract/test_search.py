"""What every engine promises of a search."""

from __future__ import annotations

import pytest

from library.engines import Answer, Engine
from library.model import Access
from library.query import Expanded, Phrase, Word, parse
from library.request import SearchRequest, Sort
from tests.contract.conftest import Fill
from tests.contract.toy import ALL, MEMBERS, PUBLIC, TOY, entry


def ask(engine: Engine, query: str = "", visible: frozenset[Access] = PUBLIC, **request: object) -> Answer:
    """The answer to a query."""
    return engine.search(parse(query).node, SearchRequest.build(query, **request), visible)  # type: ignore[arg-type]


def editions(answer: Answer) -> list[str]:
    """The editions shown, in order."""
    return [hit.edition for hit in answer.hits]


def test_nothing_asked_is_everything_visible_newest_first(filled: Fill) -> None:
    answer = ask(filled(TOY), visible=ALL)
    assert [hit.work for hit in answer.hits] == ["draft", "cameras", "nightlife", "drugs"]
    assert (answer.total, answer.editions) == (4, 7)


@pytest.mark.parametrize(
    ("query", "work"),
    [
        ("city", "nightlife"),  # cities
        ("walking", "nightlife"),  # walk
        ("ville", "nightlife"),  # villes
        ("sûr", "nightlife"),  # sûres
        ("Stadt", "nightlife"),  # Städte
        ("miasta", "drugs"),  # miastach
        ("narkotykach", "drugs"),  # Narkotyki
        ("école", "cameras"),  # écoles
    ],
)
def test_inflected_forms_meet(filled: Fill, query: str, work: str) -> None:
    assert work in [hit.work for hit in ask(filled(TOY), query, MEMBERS).hits]


@pytest.mark.parametrize(
    ("query", "same_as"),
    [
        ("securite", "sécurité"),
        ("SÉCURITÉ", "sécurité"),
        ("stadten", "Städten"),
        ("szkod", "szkód"),
        ("ecole", "l’école"),
    ],
)
def test_accents_and_case_make_no_difference(filled: Fill, query: str, same_as: str) -> None:
    engine = filled(TOY)
    found = ask(engine, query, MEMBERS)
    assert found.total
    assert editions(found) == editions(ask(engine, same_as, MEMBERS))


def test_a_phrase_wants_its_words_side_by_side(filled: Fill) -> None:
    engine = filled(TOY)
    assert editions(ask(engine, '"vie nocturne"')) == ["nightlife.fr"]
    assert editions(ask(engine, '"nocturne vie"')) == []
    assert editions(ask(engine, '"the public spaces"')) == ["drugs.en"]


def test_a_phrase_never_crosses_a_page(filled: Fill) -> None:
    engine = filled([entry("a", "en", "consumption", "rooms"), entry("b", "en", "consumption rooms")])
    assert editions(ask(engine, '"consumption rooms"')) == ["b.en"]


def test_a_phrase_never_crosses_two_labels(filled: Fill) -> None:
    engine = filled([entry("a", subject=("public", "spaces")), entry("b", subject=("public spaces",))])
    assert editions(ask(engine, '"public spaces"')) == ["b.en"]


def test_and_or_not(filled: Fill) -> None:
    engine = filled(TOY)
    assert editions(ask(engine, "drug AND harm")) == ["drugs.en"]
    assert {hit.work for hit in ask(engine, "drug OR nightlife").hits} == {"drugs", "nightlife"}
    assert editions(ask(engine, "public NOT nightlife")) == ["drugs.en"]
    assert editions(ask(engine, "(drug OR nightlife) -police -harm")) == []
    assert {hit.work for hit in ask(engine, "NOT harm").hits} == {"drugs", "nightlife"}  # the Polish edition


def test_a_prefix_stands_for_every_word_that_begins_so(filled: Fill) -> None:
    engine = filled(TOY)
    assert editions(ask(engine, "consum*")) == ["drugs.en"]
    assert editions(ask(engine, "narkot*")) == ["drugs.pl"]
    assert ask(engine, "zzz*").total == 0


def test_a_fuzzy_word_stands_for_words_spelt_nearly_so(filled: Fill) -> None:
    engine = filled(TOY)
    assert editions(ask(engine, "reductoin~")) == editions(ask(engine, "consumtion~")) == ["drugs.en"]
    assert editions(ask(engine, "narkotyky~")) == ["drugs.pl"]
    assert ask(engine, "narkotyki~")  # the word itself is spelt so
    assert ask(engine, "xarkotyki~").total == 0  # the first letter is right


def test_an_exact_word_is_only_itself(filled: Fill) -> None:
    engine = filled([entry("one", "en", "the city"), entry("many", "en", "the cities"), entry("fr", "fr", "été")])
    assert editions(ask(engine, "=cities")) == ["many.en"]
    assert editions(ask(engine, "=CITY")) == ["one.en"]
    assert editions(ask(engine, "=ete")) == ["fr.fr"]
    assert ask(engine, "city").total == 2


def test_a_word_may_be_asked_of_titles_alone(filled: Fill) -> None:
    engine = filled([entry("body", "en", "burglary", title="Other"), entry("title", "en", "x", title="A burglary")])
    for query in ("title:burglaries", "title:burgl*", "title:burglray~", 'title:"a burglary"'):
        assert editions(ask(engine, query)) == ["title.en"]


def test_a_value_may_be_asked_for_by_name(filled: Fill) -> None:
    engine = filled(TOY)
    assert [hit.work for hit in ask(engine, "topic:drugs").hits] == ["drugs"]
    assert [hit.work for hit in ask(engine, "city:amsterdam police").hits] == ["nightlife"]
    assert [hit.work for hit in ask(engine, "place:NL").hits] == ["nightlife"]
    assert [hit.work for hit in ask(engine, "project:solidify").hits] == ["drugs"]
    assert [hit.work for hit in ask(engine, "year:2018..2019").hits] == ["drugs"]
    assert editions(ask(engine, "language:pl")) == ["drugs.pl"]
    assert ask(engine, "topic:unheard-of").total == 0
    assert [hit.work for hit in ask(engine, "-topic:drugs").hits] == ["nightlife"]


def test_what_nobody_typed_counts_less(filled: Fill) -> None:
    engine = filled([entry("typed", "en", "night"), entry("other", "fr", "nuit")])
    phrases = (Phrase("nuit", language="fr"), Phrase("nuit", language="de"))
    node = Expanded(Word("night"), phrases, 0.3, below=True)
    answer = engine.search(node, SearchRequest(), PUBLIC)
    assert [hit.work for hit in answer.hits] == ["typed", "other"]
    assert 0 < answer.hits[1].score < answer.hits[0].score
    assert [page.tokens for hit in answer.hits for page in hit.pages] == [(0,), (0,)]


def test_stop_words_are_not_asked_for(filled: Fill) -> None:
    engine = filled(TOY)
    assert editions(ask(engine, "the nightlife of the cities"))[0] == "nightlife.en"
    assert not ask(engine, "the nightlife of the cities").relaxed


def test_a_query_of_nothing_but_stop_words_is_taken_at_its_letters(filled: Fill) -> None:
    engine = filled([entry("hamlet", "en", "To be or not to be"), entry("other", "en", "Something else")])
    assert editions(ask(engine, "to be")) == ["hamlet.en"]


def test_when_nothing_has_all_the_words_most_of_them_will_do(filled: Fill) -> None:
    engine = filled(TOY)
    answer = ask(engine, "harm reduction zebra")
    assert answer.relaxed
    assert editions(answer) == ["drugs.en"]
    assert not ask(engine, "harm reduction").relaxed
    assert not ask(engine, "zebra giraffe").relaxed


def test_values_in_a_query_are_not_relaxed(filled: Fill) -> None:
    engine = filled(TOY)
    assert ask(engine, "kind:guide AND language:pl").total == 0
    assert ask(engine, "kind:guide language:pl project:SOLIDIFY").total == 0
    assert ask(engine, "harm reduction kind:guide").total == 0
    assert ask(engine, "harm zebra (language:pl OR kind:guide)").total == 0
    answer = ask(engine, "harm reduction zebra kind:publication -topic:nightlife")
    assert (answer.relaxed, editions(answer)) == (True, ["drugs.en"])


def test_a_filter_does_not_relax_the_words(filled: Fill) -> None:
    answer = ask(filled(TOY), "harm reduction", filters={"language": ["pl"]})
    assert (answer.total, answer.relaxed) == (0, False)


def test_what_a_reader_may_not_see_is_nowhere(filled: Fill) -> None:
    engine = filled(TOY)
    for visible, hidden in ((PUBLIC, {"cameras", "draft"}), (MEMBERS, {"draft"}), (ALL, set())):
        answer = ask(engine, visible=visible)
        assert hidden.isdisjoint(hit.work for hit in answer.hits)
        assert ("surveillance" in answer.counts["topic"]) == ("cameras" not in hidden)
        assert ("2026" in answer.counts["year"]) == ("draft" not in hidden)
    assert ask(engine, "unfinished", MEMBERS).total == 0


def test_a_hidden_work_does_not_keep_a_query_from_being_relaxed(filled: Fill) -> None:
    engine = filled([entry("a", "en", "alpha beta", access=Access.STAFF), entry("b", "en", "alpha gamma")])
    assert (ask(engine, "alpha beta").relaxed, editions(ask(engine, "alpha beta"))) == (True, ["b.en"])


def test_counts_are_works_and_ignore_their_own_facet(filled: Fill) -> None:
    engine = filled(TOY)
    counts = ask(engine, visible=ALL, filters={"language": ["fr"]}).counts
    assert counts["language"] == {"en": 3, "fr": 2, "de": 1, "pl": 1}
    assert counts["topic"] == {"nightlife": 1, "public-spaces": 1, "surveillance": 1, "technology": 1}
    both = ask(engine, visible=ALL, filters={"language": ["fr"], "topic": ["nightlife"]})
    assert both.total == 1
    assert both.counts["topic"] == counts["topic"]
    assert both.counts["language"] == {"en": 1, "fr": 1, "de": 1}


def test_values_of_a_facet_are_alternatives_and_facets_are_not(filled: Fill) -> None:
    engine = filled(TOY)
    assert ask(engine, filters={"topic": ["nightlife", "drugs"]}).total == 2
    assert ask(engine, filters={"topic": ["nightlife"], "kind": ["publication"]}).total == 0
    assert ask(engine, filters={"topic": ["nobody-knows-this"]}).total == 0
    assert ask(engine, filters={"topic": ["nobody-knows-this", "drugs"]}).total == 1


def test_values_of_a_facet_can_be_wanted_all_together(filled: Fill) -> None:
    """Counts are then of what is found: so many works would stay if the value were selected too."""
    engine = filled([
        entry("a", topic=("crime", "drugs", "youth"), place=("FR", "FR/Paris")),
        entry("b", topic=("crime", "drugs"), place=("FR", "FR/Lyon", "NL")),
        entry("c", topic=("youth",)),
    ])  # fmt: skip
    both = ask(engine, filters={"topic": ["drugs", "youth"]}, every=["topic"])
    assert [hit.work for hit in both.hits] == ["a"]
    assert both.counts["topic"] == {"crime": 1, "drugs": 1, "youth": 1}
    assert both.counts["place"] == {"FR": 1, "FR/Paris": 1}
    assert ask(engine, filters={"topic": ["drugs", "youth"]}).total == 3
    assert ask(engine, filters={"topic": ["crime", "drugs"]}, every=["topic"]).total == 2
    assert ask(engine, filters={"topic": ["drugs", "unheard-of"]}, every=["topic"]).total == 0
    assert ask(engine, filters={"place": ["FR", "NL"], "topic": ["youth", "drugs"]}, every=["place"]).total == 1
    one = ask(engine, filters={"topic": ["youth"]}, every=["topic"])
    assert one.counts["topic"] == {"crime": 1, "drugs": 1, "youth": 2}


def test_years_may_be_a_range(filled: Fill) -> None:
    engine = filled(TOY)
    assert [hit.work for hit in ask(engine, filters={"year": ["2018..2021"]}).hits] == ["drugs"]
    assert ask(engine, filters={"year": ["2018.."]}).total == 2
    assert ask(engine, filters={"year": ["..2020", "2022"]}).total == 2


def test_a_work_is_shown_by_the_edition_in_the_readers_language(filled: Fill) -> None:
    engine = filled(TOY)
    assert editions(ask(engine, reader="de"))[0] == "nightlife.de"
    assert editions(ask(engine, reader="sv"))[0] == "nightlife.en"
    assert editions(ask(engine, "police", reader="fr")) == ["nightlife.fr"]
    assert editions(ask(engine, "police", reader="en")) == ["nightlife.en"]
    assert editions(ask(engine, "Nachtleben", reader="fr")) == ["nightlife.de"]


def test_best_pages_hold_the_words(filled: Fill) -> None:
    hit = ask(filled(TOY), "harm rooms").hits[0]
    assert [page.number for page in hit.pages] == [2, 3]
    assert hit.pages[0].tokens == (1, 3)  # Consumption *rooms* reduce *harm*
    assert hit.more_pages == 0


def test_pages_beyond_the_best_are_counted(filled: Fill) -> None:
    engine = filled([entry("long", "en", *["harm"] * 9, "harm and harm")])
    hit = ask(engine, "harm").hits[0]
    assert [page.number for page in hit.pages] == [10, 1, 2]
    assert hit.more_pages == 7


def test_a_text_in_two_languages_is_found_in_both(filled: Fill) -> None:
    text = "La sécurité urbaine. Urban safety in cities."
    engine = filled([entry("two", "fr", text, lanes=("fr", "en"))])
    assert ask(engine, "securite").total == ask(engine, "city").total == 1


def test_pages_of_an_answer_are_a_partition(filled: Fill) -> None:
    engine = filled([entry(f"work-{n:02}", "en", "city " * (n % 3 + 1), date=20200000 + n % 4) for n in range(23)])
    for sort in Sort:
        for query in ("", "city"):
            shown = [
                hit.work for page in range(1, 9) for hit in ask(engine, query, sort=sort, page=page, per_page=4).hits
            ]
            assert len(shown) == len(set(shown)) == 23
            assert ask(engine, query, sort=sort, page=99, per_page=4).hits == ()


def test_orders(filled: Fill) -> None:
    engine = filled(TOY)
    by_title = [hit.edition for hit in ask(engine, visible=MEMBERS, sort=Sort.TITLE).hits]
    assert by_title == ["drugs.en", "nightlife.en", "cameras.fr"]
    newest = [hit.work for hit in ask(engine, "nightlife OR drugs", sort=Sort.NEWEST).hits]
    assert newest == ["nightlife", "drugs"]


def test_a_title_weighs_more_than_a_page(filled: Fill) -> None:
    engine = filled([entry("body", "en", "burglary", title="Other"), entry("title", "en", "other", title="Burglary")])
    assert [hit.work for hit in ask(engine, "burglary").hits] == ["title", "body"]


def test_hostile_queries_cost_little_and_break_nothing(filled: Fill) -> None:
    engine = filled(TOY)
    for query in (
        '"' * 999,
        "(" * 500,
        "a* " * 300,
        "NOT " * 200 + "x",
        "\\",
        "city^999 ~",
        "é" * 1000,
        "\u202e ../..",
    ):
        ask(engine, query)

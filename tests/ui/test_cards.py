"""Cards, chips and pages: plain functions from values to markup, with everything in it escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.errors import EngineUnavailable, LibraryError
from library.locales import load_texts
from library.request import SearchRequest
from library.result import Expansion, Hit, Notice, Passage, SearchResult
from library.topics import Thesaurus, Topic
from library.ui.answer import Answer, answer_head
from library.ui.apology import apology
from library.ui.cards import Shelf, card, cards, marked
from library.ui.chips import chips, wider
from library.ui.links import search_link
from library.ui.masthead import masthead
from library.ui.nothing import nothing_found
from library.ui.paging import page_numbers, paging
from tests.ui.conftest import Visiting

EN, FR = load_texts("en"), load_texts("fr")
THESAURUS = Thesaurus((Topic("nightlife", {"en": "Nightlife", "fr": "Vie nocturne"}),))
SHELF = Shelf(EN, THESAURUS, SearchRequest(reader="en"))
HIT = Hit(
    work="night-watch",
    edition="night-watch.fr",
    language="fr",
    languages=("en", "fr", "ar"),
    title="Veille de nuit",
    kind="publication",
    year=2022,
    topics=("nightlife",),
    score=1.0,
    pages=(Passage(12, "9", "les médiateurs de nuit", ((18, 22),)), Passage(3, "iii", "la nuit", ((3, 7),))),
    more_pages=4,
    sha256="0" * 64,
    abstract="Un rapport.",
    places=("NL", "NL/Rotterdam"),
)
NASTY = "<img src=x onerror=alert(1)>\"' & </style><script>alert(2)</script>"
HARMLESS = {
    "a",
    "abbr",
    "article",
    "bdi",
    "code",
    "details",
    "div",
    "h1",
    "h2",
    "h3",
    "header",
    "img",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
}
HARMLESS |= {"button", "span", "strong", "style", "summary", "ul"}


class Seen(HTMLParser):
    """What a browser would see in some markup."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [str(attributes.get("href")) for tag, attributes in self.tags if tag == "a"]

    def assert_harmless(self) -> None:
        assert {tag for tag, _ in self.tags} <= HARMLESS
        for tag, attributes in self.tags:
            assert not [name for name in attributes if name.startswith("on")]
            if tag == "img":
                assert str(attributes["src"]).startswith("covers/")
        assert all(link.startswith(("./", "read?")) for link in self.links())


def test_nothing_in_a_record_becomes_markup() -> None:
    nasty = replace(
        HIT,
        work=NASTY,
        title=NASTY,
        kind=NASTY,
        topics=(NASTY,),
        places=(NASTY,),
        language=NASTY,
        languages=(NASTY,),
        abstract=NASTY,
        pages=(Passage(1, NASTY, NASTY, ((1, 4),)),),
    )
    for hit in (nasty, replace(nasty, pages=())):
        for shelf in (SHELF, replace(SHELF, covered=frozenset({hit.sha256}))):
            seen = Seen(card(hit, shelf))
            seen.assert_harmless()
            assert "<img src=x onerror=alert(1)>" in seen.text


@given(st.text(max_size=80))
def test_no_words_of_a_reader_become_markup(words: str) -> None:
    asked = SearchRequest.build(words + NASTY, {"topic": [words, NASTY]}, reader="en")
    result = SearchResult(asked.query, 0, 0, 0, 0.0, (), (), correction=words)
    answer = Answer(asked, result, EN)
    for part in (chips(asked, SHELF.label, EN), answer_head(answer), paging(asked, 99, EN)):
        Seen(part).assert_harmless()


def test_no_words_of_a_reader_become_markup_where_nothing_was_found(visiting: Visiting) -> None:
    visit = visiting(q=NASTY, topic=(NASTY, "nightlife"), place=NASTY)
    answer = Answer(visit.asked(), visit.search(visit.asked()), EN)
    assert not answer.result.total
    Seen(nothing_found(answer, visit)).assert_harmless()
    Seen(masthead(visit, "")).assert_harmless()


def test_an_error_is_said_with_its_remedy_and_nothing_else_of_it_is_markup() -> None:
    seen = Seen(apology(LibraryError(NASTY, "run: library index"), FR))
    seen.assert_harmless()
    assert "run: library index" in seen.text
    assert "Pour y remédier" in seen.text


def test_readers_are_not_told_where_the_search_server_is() -> None:
    error = EngineUnavailable("the search server at http://10.0.0.9:9200/ours is away", "look whether 10.0.0.9 runs")
    seen = Seen(apology(error, FR))
    assert "10.0.0.9" not in seen.text
    assert FR("error.title") in seen.text and FR("error.unexpected") in seen.text


def test_the_title_leads_to_the_work_and_each_passage_to_its_page_in_the_reader() -> None:
    links = Seen(card(HIT, SHELF)).links()
    assert [link for link in links if "work" in link] == 2 * ["./work?id=night-watch&language=fr&ui=en"]
    assert [link for link in links if link.startswith("read")] == [
        "read?id=night-watch&language=fr&page=12&ui=en",
        "read?id=night-watch&language=fr&page=3&ui=en",
        "read?id=night-watch&language=fr&ui=en",  # the other pages
        "read?id=night-watch&language=en&ui=en",
        "read?id=night-watch&language=fr&ui=en",
        "read?id=night-watch&language=ar&ui=en",
    ]
    searched = replace(SHELF, request=SearchRequest.build("nuit calme", narrow=("nightlife",)))
    assert "read?id=night-watch&language=fr&page=3&q=nuit+calme&narrow=nightlife" in Seen(card(HIT, searched)).links()


def test_a_work_that_is_not_in_the_readers_language_says_so() -> None:
    assert "in French" not in Seen(card(HIT, SHELF)).text, "it can be had in English"
    assert "in French" in Seen(card(replace(HIT, languages=("fr",)), SHELF)).text


def test_the_title_is_the_readers_own_and_the_passages_say_which_language_they_are_in() -> None:
    hit = replace(HIT, called="Night watch", called_in="en", abstract="A report.")
    seen = Seen(card(hit, SHELF))
    assert "Night watch" in seen.text and "Veille de nuit" not in seen.text
    assert "in French" in seen.text
    assert "./work?id=night-watch&ui=en" in seen.links()
    assert '<p class="abstract" lang="en"' in card(replace(hit, pages=()), SHELF)


def test_a_page_is_called_as_it_is_printed() -> None:
    text = Seen(card(HIT, SHELF)).text
    assert "p.\u00a09" in text
    assert "p.\u00a0iii" in text
    assert "and 4 more pages" in text


def test_facts_are_in_the_readers_language_and_texts_are_marked_with_their_own() -> None:
    markup = card(HIT, replace(SHELF, t=FR))
    assert "Publication · 2022 · Rotterdam" in Seen(markup).text
    assert "Vie nocturne" in markup
    assert '<h3 class="card-title" lang="fr" dir="auto">' in markup
    assert 'lang="ar" dir="rtl" hreflang="ar" title="Arabe"' in markup
    assert markup.count('aria-current="true"') == 1


@pytest.mark.parametrize(
    ("language", "text", "direction"),
    [
        ("ar", "CCTV في 12 مدينة", "rtl"),
        ("ar", "Rotterdam 2019", "auto"),
        ("fr", "الأمن، un mot arabe", "auto"),
        ("und", "نص", "auto"),
        (NASTY, "x", "auto"),
    ],
)
def test_arabic_runs_from_right_to_left_whatever_it_begins_with(language: str, text: str, direction: str) -> None:
    hit = replace(HIT, language=language, title=text, abstract=text, pages=(Passage(2, "ii", text, ((0, 2),)),))
    for shown in (hit, replace(hit, pages=())):
        tags = Seen(card(shown, SHELF)).tags
        texts = [of for tag, of in tags if of.get("class") in ("card-title", "passage-text", "abstract")]
        assert [of["dir"] for of in texts] == [direction, direction]


def test_the_abstract_stands_in_for_passages() -> None:
    assert "Un rapport." not in card(HIT, SHELF)
    assert "Un rapport." in card(replace(HIT, pages=(), more_pages=0), SHELF)
    assert "Un rapport." in card(replace(HIT, pages=(Passage(1, "1"),)), SHELF), "pages whose text is not kept"


def test_a_work_without_a_cover_or_a_year_or_anything_still_has_a_card() -> None:
    bare = Hit("w", "w.en", "en", ("en",), "", "guide", None, (), 0.0)
    assert "cover-tile" in card(bare, SHELF)
    covered = card(HIT, replace(SHELF, covered=frozenset({HIT.sha256})))
    assert 'src="covers/night-watch/fr.webp?v=000000000000"' in covered


def test_cards_are_numbered_on_from_the_pages_before() -> None:
    third = replace(SHELF, request=SearchRequest(page=3, per_page=10))
    assert cards((HIT,), third).startswith('<ol class="cards" start="21">')


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_marks_never_change_the_text_whatever_they_are(text: str, marks: list[tuple[int, int]]) -> None:
    markup = marked(Passage(1, "1", text, tuple(marks)))
    assert Seen(re.sub(r"&#x27;", "'", markup)).text.replace("\r", "") == text.replace("\r", "")


def test_a_chip_is_the_same_search_without_its_filter() -> None:
    asked = SearchRequest.build("night", {"topic": ["nightlife"], "language": ["fr", "xx"]}, page=3, reader="fr")
    links = Seen(chips(asked, SHELF.label, EN)).links()
    without = [parse_qs(urlsplit(link).query) for link in links]
    assert without == [
        {"q": ["night"], "language": ["fr", "xx"], "ui": ["fr"]},
        {"q": ["night"], "topic": ["nightlife"], "language": ["xx"], "ui": ["fr"]},
        {"q": ["night"], "topic": ["nightlife"], "language": ["fr"], "ui": ["fr"]},
        {"q": ["night"], "ui": ["fr"]},  # all of them
    ]
    assert chips(SearchRequest(), SHELF.label, EN) == ""


NIGHT = Expansion("nightlife", "nightlife", ("Vida nocturna", "Noční život", "Nightlife", "Vie nocturne", "uteliv"))


def test_what_the_thesaurus_added_names_the_languages_that_most_read_and_not_the_words_typed() -> None:
    labels = {"cs": "Noční život", "en": "Nightlife", "es": "Vida nocturna", "fr": "Vie nocturne"}
    thesaurus = Thesaurus((Topic("nightlife", labels),))
    markup = wider(SearchRequest.build("nightlife"), (NIGHT,), thesaurus, EN)
    assert "“nightlife” also as:Vie nocturne, Vida nocturna, Noční životand 1 more" in Seen(markup).text
    assert '<bdi lang="fr">Vie nocturne</bdi>' in markup
    few = replace(NIGHT, labels=("Nightlife", "Vie nocturne"))
    assert Seen(wider(SearchRequest.build("nightlife"), (few,), thesaurus, FR)).text.endswith(
        "aussi\u202f:Vie nocturne"
    )


def test_each_topic_can_be_left_out_and_brought_back() -> None:
    asked = SearchRequest.build("nightlife sport", {"language": ["fr"]}, page=2)
    both = (NIGHT, Expansion("sport", "sport", ("Sport", "deporte")))
    without = [parse_qs(urlsplit(link).query) for link in Seen(wider(asked, both, THESAURUS, EN)).links()]
    query = {"q": ["nightlife sport"], "language": ["fr"]}
    assert without == [query | {"narrow": ["nightlife"]}, query | {"narrow": ["sport"]}]

    partly = Seen(wider(asked.with_narrow(["nightlife"]), both[1:], THESAURUS, EN))
    links = [parse_qs(urlsplit(link).query) for link in partly.links()]
    assert links == [query | {"narrow": ["nightlife", "sport"]}, query]
    assert "Only as typed: Nightlife" in partly.text

    wholly = Seen(wider(asked.with_narrow(["nightlife", "sport"]), (), THESAURUS, FR))
    assert [parse_qs(urlsplit(link).query) for link in wholly.links()] == [query]
    assert "Uniquement les mots saisis" in wholly.text
    assert wider(asked, (), THESAURUS, EN) == ""


@given(st.text(max_size=40))
def test_no_label_and_no_word_becomes_markup_among_what_was_added(words: str) -> None:
    thesaurus = Thesaurus((Topic(NASTY, {"en": NASTY, "fr": words, NASTY: words}),))
    asked = SearchRequest.build(words + NASTY, narrow=[NASTY, words])
    for topic in (NASTY, "unknown"):
        expanded = (Expansion(words + NASTY, topic, (NASTY, words, NASTY + words)),)
        Seen(wider(asked, expanded, thesaurus, EN)).assert_harmless()
    Seen(wider(asked, (), thesaurus, FR)).assert_harmless()


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=4), st.integers(1, 50))
def test_a_link_leads_to_the_search_it_was_made_from(words: str, topics: list[str], page: int) -> None:
    asked = SearchRequest.build(words, {"topic": topics}, page=page)
    params = parse_qs(urlsplit(search_link(asked)).query, keep_blank_values=True)
    assert replace(SearchRequest.from_params(params), cut=asked.cut) == asked


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (1, 9, (1, 2, 0, 9)),
        (4, 9, (1, 2, 3, 4, 5, 0, 9)),
        (5, 9, (1, 0, 4, 5, 6, 0, 9)),
        (9, 9, (1, 0, 8, 9)),
    ],
)
def test_page_numbers_around_the_current_one(current: int, last: int, numbers: tuple[int, ...]) -> None:
    assert page_numbers(current, last) == numbers


def test_paging_keeps_the_search_and_marks_where_one_is() -> None:
    asked = SearchRequest.build("night", page=2)
    markup = paging(asked, 35, EN)
    assert '<a href="./?q=night&amp;page=2" aria-current="page">' in markup
    assert "./?q=night" in Seen(markup).links()
    assert paging(asked, 10, EN) == ""


def test_a_correction_is_a_link_unless_its_works_are_shown_already() -> None:
    asked = SearchRequest(query="bolards")
    proposed = SearchResult("bolards", 0, 0, 0, 0.0, (), (), correction="bollards")
    assert Seen(answer_head(Answer(asked, proposed, EN))).links() == ["./?q=bollards"]
    notice = Notice("notice.corrected", (("query", "<b>bolards"), ("correction", "bollards")))
    shown = replace(proposed, total=1, corrected=True, notices=(notice,))
    head = Seen(answer_head(Answer(asked, shown, EN)))
    assert head.links() == []
    assert "Nothing found for “<b>bolards”. Showing works for “bollards”." in head.text


def test_an_answer_says_when_nothing_had_all_the_words_and_passes_notices_on() -> None:
    notices = (Notice("notice.cut", (("count", "1000"),)),)
    result = SearchResult("a b", 3, 0, 5, 0.0, (), (), notices=notices)
    text = Seen(answer_head(Answer(SearchRequest(query="a b"), result, EN))).text
    assert "3 works found, in 5 editions" in text
    assert "No work has all these words." in text
    assert "only its first 1000 characters" in text


def test_an_address_beyond_the_last_page_leads_back_to_it(visiting: Visiting) -> None:
    asked = SearchRequest(query="a", page=9)
    result = SearchResult("a", 12, 12, 12, 0.0, (), ())
    assert "./?q=a&page=2" in Seen(nothing_found(Answer(asked, result, EN), visiting())).links()

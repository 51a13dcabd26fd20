"""Browsing: every work is found by every way, with counts that the searches behind them keep."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from library.access import ANYONE, Role, User
from library.locales import load_texts
from library.request import SearchRequest
from library.topics import Topic
from library.ui.browse.places import positions
from library.ui.browse.themes import first_sentence, scope_note, theme_name
from library.ui.browse.titles import grouped, newest_first
from library.ui.browse_page import By, browse, browse_head, way
from library.ui.visit import Visit
from tests.ui.conftest import Visiting
from tests.ui.test_cards import Seen

FACET = {By.PLACE: "place", By.PROJECT: "project", By.YEAR: "year", By.LANGUAGE: "language", By.KIND: "kind"}


def searches(markup: str) -> list[SearchRequest]:
    """What the links to searches ask for."""
    links = [urlsplit(link) for link in Seen(markup).links()]
    return [SearchRequest.from_params(parse_qs(link.query)) for link in links if link.path == "./"]


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_way_has_its_heading_and_its_tab(visiting: Visiting, by: By, language: str) -> None:
    markup = browse(visiting(language), by)
    assert markup.count("<h1") == 1 and 'data-arrive="browse"' in markup
    assert markup.count('aria-current="page"') == 1
    assert f'data-keep="tab-{by}" aria-current="page"' in markup
    assert load_texts(language)(f"browse.{by}") in Seen(markup).text


@pytest.mark.parametrize("by", FACET)
def test_every_value_leads_to_its_works(visiting: Visiting, by: By) -> None:
    visit = visiting()
    values = {value.value for value in visit.whole().facet(FACET[by]) if value.count}
    led = [request for request in searches(browse(visit, by)) if request.filters]
    assert {value for request in led for value in request.selected(FACET[by])} == values
    assert all(visit.search(request).total for request in led)


def test_themes_lead_to_their_pages_and_count_what_is_below(visiting: Visiting) -> None:
    seen = Seen(browse(visiting(ui="fr", language="fr"), By.THEME))
    assert "Espaces publics 1" in seen.text and "Vie nocturne 1" in seen.text
    assert seen.links()[-3:] == [
        "./theme?id=public-spaces&ui=fr",
        "./theme?id=nightlife&ui=fr",
        "./theme?id=sport&ui=fr",
    ]


def test_a_theme_without_a_label_in_the_readers_language_is_marked(visiting: Visiting) -> None:
    visit = Visit(visiting().library, ANYONE, load_texts("fr"), {})
    topic = Topic("night", {"de": "Nacht"}, scope={"en": "What happens at night: all of it.", "de": "Die Nacht."})
    assert scope_note(topic, "fr") == ("What happens at night: all of it.", "en")
    assert scope_note(topic, "de") == ("Die Nacht.", "de")
    assert scope_note(Topic("night", {}), "fr") == ("", "fr")
    assert theme_name(topic, visit) == '<a href="./theme?id=night" lang="de">Nacht</a>'
    assert theme_name(Topic("night", {}), visit) == '<a href="./theme?id=night">night</a>'
    assert "lang=" not in browse(visit, By.THEME)


@pytest.mark.parametrize(
    ("note", "first"),
    [
        ("One. Two.", "One."),
        ("One: two, three.", "One."),
        ("Un\u202f: deux.", "Un."),
        ("All in one", "All in one"),
        ("", ""),
        ("Comes from e.g.this.", "Comes from e.g.this."),
    ],
)
def test_of_a_note_the_first_sentence_is_shown(note: str, first: str) -> None:
    assert first_sentence(note) == first


def test_places_are_listed_with_their_cities_and_what_is_missing_is_said(visiting: Visiting) -> None:
    seen = Seen(browse(visiting(), By.PLACE))
    assert "Netherlands 1Rotterdam 1" in seen.text
    assert "1 work names no place." in seen.text
    assert "12 cities have no position in the records and are not on the map." in seen.text


def test_years_stand_with_their_titles_newest_first(visiting: Visiting) -> None:
    seen = Seen(browse(visiting(), By.YEAR))
    assert seen.text.index("Night watch") < seen.text.index("Volume 1")
    assert "11 works" in seen.text
    assert [link for link in seen.links() if link.startswith("./work?id=volume-11")]


def test_a_language_says_how_many_works_are_in_no_other(visiting: Visiting) -> None:
    text = Seen(browse(visiting(), By.LANGUAGE)).text
    assert "EnglishEnglish1312" in text, "thirteen works, twelve of them in English only"
    assert "FrançaisFrench1–" in text


def test_titles_in_another_language_are_marked(visiting: Visiting) -> None:
    markup = browse(visiting("fr"), By.YEAR)
    assert '<a href="./work?id=night-watch" dir="auto">Veille de nuit</a>' in markup
    assert '<a href="./work?id=volume-1&amp;language=en" lang="en" dir="auto">Volume 1</a>' in markup


@pytest.mark.parametrize("by", By)
def test_what_a_reader_may_not_see_is_nowhere_and_nothing_is_harmful(visiting: Visiting, by: By) -> None:
    visit = visiting()
    markup = browse(visit, by)
    assert "hidden-plan" not in markup and "Hidden plan" not in markup
    assert "<img src=x" not in markup
    if by is By.YEAR:
        member = Visit(visit.library, User(Role.MEMBER), visit.t, {})
        assert "hidden-plan" in browse(member, by)


@pytest.mark.parametrize(("named", "by"), [("place", By.PLACE), ("", By.THEME), ("<b>", By.THEME), ("Year", By.THEME)])
def test_an_unknown_way_is_by_theme(visiting: Visiting, named: str, by: By) -> None:
    visit = visiting(by=named)
    assert way(visit) is by
    head = browse_head(visit)
    assert head.found and head.canonical == f"./browse?by={by}"


def test_groups_and_their_order(visiting: Visiting) -> None:
    works = visiting().library.works(ANYONE)
    assert [work.id for work in newest_first(works, "en")][:2] == ["odd-title", "night-watch"]
    assert {year: len(found) for year, found in grouped(works, lambda work: (work.date,)).items()} == {
        "2019": 11,
        "2022": 2,
    }
    assert positions(works) == {}

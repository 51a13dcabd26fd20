"""The page of a list of works: what it shows, of whom it keeps what, and what its head says."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from library.citing import Imprint
from library.citing.reference import References
from library.locales import load_texts
from library.ui.heads import head_markup
from library.ui.list_button import list_button
from library.ui.list_link import list_link
from library.ui.list_page import list_head, list_markup
from library.ui.visit import MOST_WORKS, Visit
from tests.ui.conftest import Visiting
from tests.web.small_library import HOSTILE

DAY = date(2026, 11, 22)


def listed(visit: Visit) -> str:
    """The page, printed on that day from a library at this address."""
    imprint = Imprint("Practice Library", "https://library.example.org", visit.t, visit.thesaurus)
    references = References()
    return list_markup(visit, DAY, lambda work, edition: references.html(work, edition, imprint))


def shown(markup: str) -> list[str]:
    """The works that the markup lists, in its order."""
    return re.findall(r'data-listed="([^"]*)"', markup)


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_exactly_the_works_of_the_address_are_shown_in_its_order(visiting: Visiting) -> None:
    markup = listed(visiting(work=("volume-2", "night-watch", "volume-2", "odd-title")))
    assert shown(markup) == ["volume-2", "night-watch", "odd-title"]
    assert "notice" not in markup


def test_hidden_unknown_and_impossible_works_are_told_alike(visiting: Visiting) -> None:
    markup = listed(visiting(work=("hidden-plan", "night-watch", "never-there", "../../etc")))
    assert shown(markup) == ["night-watch"]
    assert "2 works of this list are not open to you or no longer there." in words(markup)
    assert "Hidden plan" not in markup
    alone = [listed(visiting(work=(work,))) for work in ("hidden-plan", "never-there")]
    assert alone[0] == alone[1].replace("never-there", "hidden-plan")


def test_an_empty_list_explains_itself(visiting: Visiting) -> None:
    markup = listed(visiting("fr"))
    assert "Votre liste est encore vide." in words(markup)
    assert 'href="./"' in markup
    assert shown(markup) == []


def test_the_readers_edition_is_shown(visiting: Visiting) -> None:
    markup = listed(visiting("fr", work=("night-watch",)))
    assert '<h2 class="listed-title" lang="fr" dir="auto">' in markup
    assert "Veille de nuit" in markup
    assert "en anglais et français" in words(markup)


def test_nothing_of_a_record_becomes_markup(visiting: Visiting) -> None:
    markup = listed(visiting(work=("odd-title",)))
    assert "<img src=x" not in markup
    assert HOSTILE in unescape(markup)


def test_the_list_is_taken_away_whole_and_printed_with_date_and_address(visiting: Visiting) -> None:
    markup = listed(visiting(work=("night-watch", "hidden-plan", "volume-1"), ui="en"))
    exports = [unescape(link) for link in re.findall(r'href="(export[^"]*)"', markup)]
    assert [parse_qs(urlsplit(link).query) for link in exports] == [
        {"format": [form], "work": ["night-watch", "volume-1"], "ui": ["en"]}
        for form in ("csv", "bibtex", "ris", "csl")
    ]
    assert "Practice Library, 22 November 2026" in words(markup)
    assert 'data-whole="./list?work=night-watch&amp;work=hidden-plan&amp;work=volume-1"' in markup
    assert "https://library.example.org/work?id=night-watch" in words(markup)
    assert re.search(r'listed-reference" dir="auto"><i>Night watch</i>', markup)


def test_the_ends_of_the_list_move_no_further(visiting: Visiting) -> None:
    markup = listed(visiting(work=("volume-1", "volume-2")))
    off = re.findall(r'data-list-do="(\w+)" data-work="([\w-]+)"[^>]*aria-disabled', markup)
    assert off == [("up", "volume-1"), ("down", "volume-2")]


def test_only_practice_sheets_can_be_chosen_to_compare(visiting: Visiting) -> None:
    markup = listed(visiting(work=("volume-1", "odd-title")))
    assert re.findall(r'data-compare="([\w-]+)"', markup) == ["odd-title"]
    assert 'href="./compare?work=odd-title"' in markup, "one sheet is compared with one that is not in the list"


def test_no_more_works_than_an_address_may_name(visiting: Visiting) -> None:
    many = tuple(f"volume-{number}" for number in range(1, 500))
    assert f"{MOST_WORKS - 11} works of this list" in words(listed(visiting(work=many)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_head_says_which_works_and_keeps_search_engines_away(visiting: Visiting, language: str) -> None:
    head = list_head(visiting(language, work=("volume-1", "night-watch")))
    assert head.found
    title = {"en": "A list of 2 works – Practice Library", "fr": "Une liste de 2 ouvrages – Practice Library"}[language]
    assert head.title == title
    assert head.description == {"en": "Volume 1 · Night watch", "fr": "Volume 1 · Veille de nuit"}[language]
    assert head_markup(head).count('content="noindex"') == 1


def test_a_list_of_which_nothing_is_there_is_not_found(visiting: Visiting) -> None:
    assert not list_head(visiting(work=("hidden-plan", "never-there"))).found
    assert list_head(visiting()).found
    assert head_markup(list_head(visiting(work=("hidden-plan",)))).count('content="noindex"') == 1


def test_the_button_says_what_it_does_in_both_states() -> None:
    button = list_button('a"b', load_texts("fr"))
    assert 'data-list="a&quot;b"' in button
    assert 'data-add="Ajouter à ma liste" data-remove="Dans ma liste" aria-pressed="false">Ajouter' in button


def test_the_link_has_what_the_script_says() -> None:
    link = unescape(list_link(load_texts("en"), "fr", here=True))
    assert 'href="./list?ui=fr"' in link
    assert 'data-full="Your list is full: it holds 200 works.' in link
    assert 'aria-current="page"' in link

"""The page of a theme, and of a theme that is none."""

from __future__ import annotations

from library.access import ANYONE
from library.library import Library
from library.ui.theme_page import DESCRIPTION, theme, theme_head, unknown
from library.ui.visit import Visit
from tests.ui.conftest import Visiting
from tests.ui.test_cards import NASTY, Seen


def page(visit: Visit) -> str:
    topic = visit.thesaurus.get(visit.first("id"))
    return theme(topic, visit) if topic else unknown(visit)


def test_a_theme_shows_where_it_belongs_and_its_works(visiting: Visiting) -> None:
    markup = page(visiting(id="nightlife"))
    seen = Seen(markup)
    assert '<h1 data-arrive="theme">Nightlife</h1>' in markup
    assert seen.links()[:2] == ["./browse", "./theme?id=public-spaces"]
    assert markup.count('<article class="card">') == 1
    assert "./?topic=nightlife" in seen.links()
    assert "./?topic=nightlife&kind=publication" in seen.links()
    assert "./?topic=nightlife&place=NL%2FRotterdam" in seen.links()
    assert "Netherlands" not in seen.text, "the city says as much"
    assert "Vie nocturne" in seen.text, "its name in French"
    assert "Often together with" not in seen.text


def test_the_theme_above_leads_to_those_below(visiting: Visiting) -> None:
    seen = Seen(page(visiting(id="public-spaces")))
    assert "Narrower themesNightlife 1" in seen.text
    assert "./theme?id=nightlife" in seen.links()
    assert "The one work" in seen.text


def test_the_page_speaks_the_readers_language(visiting: Visiting) -> None:
    markup = page(visiting("fr", id="nightlife", ui="fr"))
    assert '<h1 data-arrive="theme">Vie nocturne</h1>' in markup
    assert all("ui=fr" in link for link in Seen(markup).links() if link.startswith("./"))


def test_an_unknown_theme_is_not_found_and_the_page_helps(visiting: Visiting) -> None:
    visit = visiting(id=NASTY)
    head = theme_head(visit)
    assert (head.found, head.title) == (False, "There is no such theme – Practice Library")
    seen = Seen(page(visit))
    seen.assert_harmless()
    assert {"./browse", "./theme?id=public-spaces", "./theme?id=sport"} <= set(seen.links())


def test_the_first_document_says_what_the_theme_is(demo: Library) -> None:
    for topic in demo.thesaurus:
        head = theme_head(Visit(demo, ANYONE, demo.texts("fr"), {"id": (topic.id,)}))
        assert head.found
        assert head.title.startswith(topic.labels["fr"])
        assert 40 < len(head.description) <= DESCRIPTION + 1
        assert head.canonical == f"./theme?id={topic.id}"


def test_neighbours_are_neither_above_nor_below(demo: Library) -> None:
    visit = Visit(demo, ANYONE, demo.texts("en"), {"id": ("nightlife",)})
    markup = page(visit)
    together = Seen(markup[markup.index("Often together with") :]).links()
    kin = {"nightlife", "public-spaces"}
    assert together and not {link.removeprefix("./theme?id=") for link in together} & kin
    below = Visit(demo, ANYONE, demo.texts("en"), {"id": ("people",)})
    markup = page(below)
    children = {topic.id for topic in demo.thesaurus.narrower("people")}
    together = Seen(markup[markup.index("Often together with") :]).links()
    assert together and not {link.removeprefix("./theme?id=") for link in together} & children


def test_names_in_other_languages_are_marked(demo: Library) -> None:
    markup = page(Visit(demo, ANYONE, demo.texts("en"), {"id": ("nightlife",)}))
    assert '<li lang="fr" dir="auto">' in markup and '<li lang="en"' not in markup
    assert "Also searched as:" in Seen(markup).text


def test_a_theme_without_works_says_so(demo: Library) -> None:
    counted = {value.value for value in Visit(demo, ANYONE, demo.texts("en"), {}).whole().facet("topic")}
    empty = next(topic for topic in demo.thesaurus if topic.id not in counted)
    seen = Seen(theme(empty, Visit(demo, ANYONE, demo.texts("en"), {"id": (empty.id,)})))
    assert "The library has no work on this theme yet." in seen.text

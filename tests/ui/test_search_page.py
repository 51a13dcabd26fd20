"""The search page as Streamlit runs it: what the address says is on the page, and what is done is in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from library.ui.opening import opened

SCRIPT = Path(__file__).resolve().parents[2] / "library" / "ui" / "pages.py"

Run = Callable[..., AppTest]


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Opens the page at an address, given as its parameters."""
    yield from _running(root, monkeypatch)


@pytest.fixture
def run_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The same over a folder without an index."""
    yield from _running(tmp_path, monkeypatch)


def _running(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("LIBRARY_ROOT", str(root))
    opened.clear()

    def run(**params: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(SCRIPT), default_timeout=30)
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    yield run
    opened().close()
    opened.clear()


def body(app: AppTest) -> str:
    """All markup on the page."""
    return "\n".join(str(getattr(element, "body", "")) for element in app.get("html"))


def test_the_start_page_shows_the_newest_works_and_what_there_is(run: Run) -> None:
    page = body(run())
    assert "Newest works" in page
    assert "13 works · 14 editions · 2 languages" in page
    assert page.count('<article class="card">') == 10
    assert "Browse by theme" in page
    assert "hidden-plan" not in page


def test_a_search_is_read_from_the_address(run: Run) -> None:
    app = run(q="mediators")
    assert app.text_input(key="words").value == "mediators"
    assert "<mark>mediators</mark>" in body(app)
    assert 'href="files/night-watch/en.pdf#page=2"' in body(app)


def test_typing_writes_the_address_and_goes_back_to_the_first_page(run: Run) -> None:
    app = run(page="2", kind="guide")
    app.text_input(key="words").set_value("lamps").run()
    assert app.query_params == {"q": "lamps", "kind": "guide"}
    assert "<mark>lamps</mark>" in body(app)


def test_a_box_writes_the_address_and_a_second_click_takes_it_back(run: Run) -> None:
    app = run(q="night", page="2")
    app.checkbox(key="facet-d0-kind-publication").check().run()
    assert app.query_params == {"q": "night", "kind": "publication"}
    assert 'class="chip"' in body(app)
    assert body(app).count('<article class="card">') == 1
    app.checkbox(key="facet-d0-kind-publication").uncheck().run()
    assert app.query_params == {"q": "night"}


def test_a_word_typed_and_a_box_ticked_at_once_both_count(run: Run) -> None:
    app = run()
    app.text_input(key="words").set_value("lamps")
    app.checkbox(key="facet-d0-kind-guide").check()
    app.run()
    assert app.query_params == {"q": "lamps", "kind": "guide"}


def test_two_topics_can_be_wanted_together(run: Run) -> None:
    assert not run(topic="nightlife").toggle, "there is nothing to put together"
    app = run(q="night", topic=["nightlife", "sport"])
    app.toggle(key="facet-every-topic").set_value(True).run()
    assert app.query_params == {"q": "night", "topic": ["nightlife", "sport"], "all": "topic"}
    assert "Nothing found" in body(app)
    assert app.checkbox(key="facet-d0-topic-sport").label == "Sport `0`"
    app.toggle(key="facet-every-topic").set_value(False).run()
    assert app.query_params == {"q": "night", "topic": ["nightlife", "sport"]}
    assert run(all="topic").toggle(key="facet-every-topic").value, "what is on can be switched off"


def test_two_fields_choose_years(run: Run) -> None:
    app = run(q="night", page="2")
    assert "2019: 11 works" in body(app)
    app.number_input(key="year-from").set_value(2020).run()
    assert app.query_params == {"q": "night", "year": "2020.."}
    app.number_input(key="year-to").set_value(2016).run()
    assert app.query_params == {"q": "night", "year": "2016..2020"}
    assert (app.number_input(key="year-from").value, app.number_input(key="year-to").value) == (2016, 2020)
    app.number_input(key="year-from").set_value(None)
    app.number_input(key="year-to").set_value(None).run()
    assert app.query_params == {"q": "night"}


@pytest.mark.parametrize(
    ("year", "fields"),
    [
        ("2019", (2019, 2019)),
        ("..2019", (None, 2019)),
        (["2019", "2022"], (None, None)),
        ("0000..9999", (None, None)),
        ("9999..0001", (9999, 1)),
        ("some", (None, None)),
    ],
)
def test_the_fields_say_the_years_of_the_address(
    run: Run, year: str | list[str], fields: tuple[int | None, int | None]
) -> None:
    app = run(year=year)
    assert (app.number_input(key="year-from").value, app.number_input(key="year-to").value) == fields


def test_another_address_wins_over_what_the_widgets_held(run: Run) -> None:
    app = run(q="nuit", language="fr")
    assert app.checkbox(key="facet-d0-language-fr").value
    app.query_params.clear()
    app.query_params["q"] = "lamps"
    app.run()
    assert app.text_input(key="words").value == "lamps"
    assert not [box.label for box in app.checkbox if box.value]


def test_the_interface_speaks_the_language_of_the_address(run: Run) -> None:
    app = run(q="nuit", ui="fr")
    assert "ouvrage" in body(app)
    assert "Fiche pratique" not in body(app)
    labels = [box.label for box in app.checkbox]
    assert "Vie nocturne `1`" in labels
    assert "Français `1`" in labels
    assert 'href="./?q=nuit&amp;ui=en"' in body(app), "the switch keeps the search"


def test_a_value_nobody_knows_stays_as_a_box_and_a_chip_to_remove(run: Run) -> None:
    app = run(topic=["nightlife", "no such <b>topic</b>"])
    assert "no such &lt;b&gt;topic&lt;/b&gt;" in body(app)
    box = app.checkbox(key="facet-d0-topic-no such <b>topic</b>")
    assert box.value
    box.uncheck().run()
    assert app.query_params == {"topic": "nightlife"}


def test_nothing_found_offers_ways_out(run: Run) -> None:
    page = body(run(q="xyzzy", language="fr"))
    assert "Nothing found for “xyzzy”" in page
    assert "Remove filter: Language French" in page
    assert "Browse by theme" in page


def test_a_hostile_title_is_shown_as_it_is_written(run: Run) -> None:
    page = body(run(kind="practice-sheet"))
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    "params",
    [
        {"q": "a" * 5000, "page": "-3", "sort": "best", "per_page": "0", "ui": "klingon"},
        {"q": '"unclosed (', "year": "x..y", "place": "/", "unknown": "1"},
        {"topic": [""] * 100, "page": "999999"},
        {"q": "\x00\u202e night", "topic": "\n"},
    ],
)
def test_no_address_breaks_the_page(run: Run, params: dict[str, str | list[str]]) -> None:
    assert "masthead" in body(run(**params))


def test_a_library_without_an_index_says_so_and_what_to_do(run_empty: Run) -> None:
    page = body(run_empty(ui="fr"))
    assert "La bibliothèque ne peut pas répondre" in page
    assert "library index" in page
    assert "Traceback" not in page


def test_works_with_most_of_the_words_follow_under_a_heading_of_their_own(run: Run) -> None:
    page = body(run(q="mediators lamps Rotterdam"))
    assert "1 work found<" in page
    first, second = page.split("12 more works have most of the words, but not all")
    assert (first.count('<article class="card">'), second.count('<article class="card">')) == (1, 9)
    assert "Night watch" in first
    later = body(run(q="mediators lamps Rotterdam", page="2"))
    assert later.index("12 more works have most of the words") < later.index('<article class="card">')
    assert later.count('<article class="card">') == 3

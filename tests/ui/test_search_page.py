"""The search page as Streamlit runs it: what the address says is on the page, and what is done is in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from library.ui.opening import following, opened

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
    following.clear()

    def run(**params: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(SCRIPT), default_timeout=300)
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    yield run
    opened().close()
    following.clear()


def bodies(app: AppTest) -> list[str]:
    """The pieces of markup on the page."""
    return [str(getattr(element, "body", "")) for element in app.get("html")]


def body(app: AppTest) -> str:
    """All markup on the page."""
    return "\n".join(bodies(app))


def test_the_start_page_shows_the_newest_works_and_what_there_is(run: Run) -> None:
    page = body(run())
    assert "Newest works" in page
    assert "13 works · 14 editions · 2 languages" in page
    assert page.count('<article class="card">') == 10
    assert "Browse by theme" in page
    assert "hidden-plan" not in page


def test_a_search_is_read_from_the_address(run: Run) -> None:
    page = body(run(q="mediators"))
    assert "<mark>mediators</mark>" in page
    assert 'href="read?id=night-watch&amp;language=en&amp;page=2&amp;q=mediators"' in page


def test_the_box_never_changes_so_that_what_is_typed_stays(run: Run) -> None:
    boxes = {
        next(part for part in bodies(run(**params)) if "search-box" in part)
        for params in ({}, {"q": "lamps", "page": "2"}, {"q": "<b>", "kind": "guide"})
    }
    assert len(boxes) == 1


def test_boxes_show_what_the_address_has_chosen(run: Run) -> None:
    page = body(run(q="night", kind="publication"))
    assert 'data-facet="kind" id="kind-publication" data-value="publication" checked' in page
    assert 'data-facet="kind" id="kind-guide" data-value="guide">' in page
    assert 'class="chip"' in page
    assert page.count('<article class="card">') == 1


def test_two_topics_can_be_wanted_together(run: Run) -> None:
    page = body(run(q="night", topic=["nightlife", "sport"], all="topic"))
    assert "Nothing found" in page
    assert 'id="every-topic" data-value="topic" checked' in page


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
    page = body(run(year=year))
    first, last = ("" if year is None else f"{year:04}" for year in fields)
    assert f'id="year-from" value="{first}"' in page
    assert f'id="year-to" value="{last}"' in page


def test_the_interface_speaks_the_language_of_the_address(run: Run) -> None:
    page = body(run(q="nuit", ui="fr"))
    assert "ouvrage" in page
    assert "Fiche pratique" not in page
    assert "<bdi>Vie nocturne</bdi>" in page
    assert 'data-ui="en"' in page


def test_a_value_nobody_knows_stays_as_a_box_and_a_chip_to_remove(run: Run) -> None:
    page = body(run(topic=["nightlife", "no such <b>topic</b>"]))
    assert "no such &lt;b&gt;topic&lt;/b&gt;" in page
    assert "no such <b>" not in page
    assert 'data-value="no such &lt;b&gt;topic&lt;/b&gt;" checked' in page


def test_nothing_found_offers_ways_out(run: Run) -> None:
    page = body(run(q="lamps", language="fr", kind="guide"))
    assert "Nothing found for “lamps”" in page
    assert "Remove filter: Language French" in page
    assert "Keep the filters, drop the words" not in page, "that finds nothing either"
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

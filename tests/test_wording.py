"""How folded words are written in texts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from library.access import ANYONE, Role, User, visible_to
from library.library import Library
from library.model import Access, Place
from library.wording import Wording, runs
from tests.papers import shelve

PUBLIC = visible_to(ANYONE)
STAFF = visible_to(User(Role.LIBRARIAN))


@pytest.fixture(scope="module")
def wording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wording]:
    """The words of a small library."""
    root = tmp_path_factory.mktemp("wording")
    shelve(
        root, "fr", {"fr": ("Sécurité publique. La sécurité\npublique et l’Œuvre.",)}, places=(Place("FR", "Orléans"),)
    )
    shelve(root, "de", {"de": ("Die Gesichtserkennung.",)})
    shelve(root, "staff", {"fr": ("Le quartz fumé.",)}, access=Access.STAFF)
    with Library.open(root) as library:
        assert not library.index().failed
        yield Wording(library.engine, library.catalogue, library.pages, library.thesaurus)


@pytest.mark.parametrize(
    ("folded", "written"),
    [
        ("securite", "sécurité"),
        ("securite publique", "sécurité publique"),
        ("gesichtserkennung", "Gesichtserkennung"),
        ("oeuvre", "Œuvre"),
        ("orleans", "Orléans"),  # on no page: the name of a place
        ("fume", ""),
        ("zebra", ""),
        ("publique securite", ""),
        ("", ""),
    ],
)
def test_words_are_written_as_texts_have_them(wording: Wording, folded: str, written: str) -> None:
    assert wording.written(folded, PUBLIC) == written


def test_hidden_texts_are_looked_at_for_those_who_may_see_them(wording: Wording) -> None:
    assert wording.written("fume", STAFF) == "fumé"


def test_runs_of_words_are_found_across_lines() -> None:
    assert list(runs("Night\n  mayor, night mayors and a night-mayor", ["night", "mayor"])) == [
        "Night mayor",
        "night-mayor",
    ]
    assert list(runs("night mayor night", ["night"], (2, 9))) == ["night"]

"""Works given as a list: all that answer a search, or those a reader gathered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.access import ANYONE, Role, User
from library.errors import IndexOutOfDate
from library.library import MOST_GATHERED, Library
from library.model import Access, Status
from library.request import PER_PAGE, SearchRequest, Sort
from tests.papers import shelve

MEMBER, STAFF = User(Role.MEMBER), User(Role.LIBRARIAN)
LAMPS = 13
"""More than one page of works."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Many works about lamps, one in two languages, one for members, one draft. For reading only."""
    root = tmp_path_factory.mktemp("lists")
    shelve(root, "both", {"en": ("A bridge.",), "fr": ("Un pont, et des lampes.",)}, date="2020")
    shelve(root, "secret", {"en": ("Lamps for members only.",)}, access=Access.MEMBERS, date="2021")
    shelve(root, "draft", {"en": ("Lamps to come.",)}, status=Status.DRAFT)
    for number in range(LAMPS):
        shelve(root, f"lamp-{number}", {"en": (f"Lamps in the square. {'Lamps. ' * number}",)}, date=str(2000 + number))
    with Library.open(root) as library:
        library.index()
        yield library


def names(found: tuple[tuple[object, object], ...]) -> list[str]:
    return [f"{work.id}.{edition.language}" for work, edition in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("query", ["", "lamps", "lamps square", "square OR bridge", "lampes"])
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("user", [ANYONE, MEMBER, STAFF], ids=lambda user: str(user.role))
def test_a_list_is_all_pages_one_after_the_other(shelf: Library, query: str, sort: Sort, user: User) -> None:
    asked = SearchRequest.build(query, sort=sort)
    first = shelf.search(asked, user)
    pages = [shelf.search(asked.with_page(page), user).hits for page in range(1, first.total // PER_PAGE + 2)]
    listed = shelf.listed(asked.with_page(2), user)
    assert names(listed) == [hit.edition for hits in pages for hit in hits]
    assert len(listed) == first.total


def test_a_list_is_as_long_as_is_wanted(shelf: Library) -> None:
    asked = SearchRequest.build("lamps")
    assert names(shelf.listed(asked, ANYONE, most=3)) == names(shelf.listed(asked, ANYONE))[:3]
    assert len(shelf.listed(asked, ANYONE, most=0)) == 1


def test_a_list_has_the_readers_language_unless_the_search_names_another(shelf: Library) -> None:
    asked = SearchRequest.build("bridge", reader="fr")
    assert names(shelf.listed(asked, ANYONE)) == ["both.fr"]
    assert names(shelf.listed(asked.with_values("language", ["en"]), ANYONE)) == ["both.en"]
    assert names(shelf.listed(SearchRequest.build("bridge", reader="pl"), ANYONE)) == ["both.en"]


def test_a_list_shows_a_correction_as_the_page_does(shelf: Library) -> None:
    asked = SearchRequest.build("bridgge")
    result = shelf.search(asked, ANYONE)
    assert result.corrected
    assert names(shelf.listed(asked, ANYONE)) == [hit.edition for hit in result.hits] == ["both.en"]


def test_what_was_gathered_keeps_its_order_and_its_secrets(shelf: Library) -> None:
    asked = ["lamp-3", "secret", "both", "lamp-3", "nowhere", "../both", "", "draft", "lamp-1"]
    assert names(shelf.gathered(asked, ANYONE, "fr")) == ["lamp-3.en", "both.fr", "lamp-1.en"]
    assert names(shelf.gathered(asked, MEMBER)) == ["lamp-3.en", "secret.en", "both.en", "lamp-1.en"]
    assert names(shelf.gathered(asked, STAFF))[-2:] == ["draft.en", "lamp-1.en"]
    assert shelf.gathered([], STAFF) == ()


def test_what_was_gathered_is_not_without_end(shelf: Library) -> None:
    asked = [*(f"unknown-{number}" for number in range(MOST_GATHERED - 1)), "lamp-1", "lamp-2"]
    assert names(shelf.gathered(asked, ANYONE)) == ["lamp-1.en"]
    assert names(shelf.gathered((name for name in asked), ANYONE)) == ["lamp-1.en"]


def test_what_was_gathered_needs_no_index_and_a_list_says_when_it_is_missing(tmp_path: Path) -> None:
    shelve(tmp_path, "lamp", {"en": ("A lamp.",)})
    with Library.open(tmp_path) as library:
        assert names(library.gathered(["lamp"], ANYONE)) == ["lamp.en"]
        with pytest.raises(IndexOutOfDate):
            library.listed(SearchRequest(), ANYONE)

"""A small library with a published work, a draft and one for members, and the people at its desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.access import Role, User
from library.desk import Desk
from library.library import Library
from library.model import Access, Status
from tests.papers import shelve

ANNA, BEN, CARLA = User(Role.LIBRARIAN, "anna"), User(Role.LIBRARIAN, "ben"), User(Role.CONTRIBUTOR, "carla")


@pytest.fixture
def shelf(empty_root: Path) -> Iterator[Library]:
    """The library, indexed."""
    shelve(empty_root, "lamps", {"en": ("Lamps in the square.",), "fr": ("Des lampes sur la place.",)}, date="2019")
    shelve(empty_root, "lanterns", {"en": ("Lanterns.",), "de": ("Laternen am Markt.",)}, projects=("Light",))
    shelve(empty_root, "patrol", {"en": ("A patrol on foot.",)}, status=Status.DRAFT)
    shelve(empty_root, "inside", {"en": ("For those inside.",)}, access=Access.MEMBERS)
    with Library.open(empty_root) as library:
        library.index()
        yield library


@pytest.fixture
def anna(shelf: Library) -> Desk:
    """A librarian's desk."""
    return Desk(shelf, ANNA)


@pytest.fixture
def carla(shelf: Library) -> Desk:
    """A contributor's desk."""
    return Desk(shelf, CARLA)

"""Two processes over one folder: what one of them changes of the thesaurus, the other goes by."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.access import Role, User
from library.desk.labels import Labels
from library.errors import RecordError
from library.following import Following

LIBRARIAN = User(Role.LIBRARIAN, "ada")
SPORT = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <urn:practice-library:topic:> .
topic:sport a skos:Concept ; skos:prefLabel "Sport"@en .
"""


@pytest.fixture
def root(empty_root: Path) -> Path:
    """A library with one topic."""
    _write(empty_root, SPORT)
    return empty_root


def _write(root: Path, turtle: str) -> None:
    (root / "documents").mkdir(exist_ok=True)
    (root / "documents" / "topics.ttl").write_text(turtle, encoding="utf-8")


def test_a_label_added_by_one_is_known_to_the_other(root: Path) -> None:
    one, other = Following.open(root), Following.open(root)
    with one.library() as here, other.library() as there:
        added = Labels(here, LIBRARIAN).add("sport", "en", "ball games")
        assert other.library() is there
        assert [each.thesaurus.find("ball games") is not None for each in (here, there)] == [True, True]
        Labels(other.library(), LIBRARIAN).take_back(added.number)
        assert one.library().thesaurus.find("ball games") is None


def test_nothing_is_read_again_that_has_not_changed(root: Path) -> None:
    following = Following.open(root)
    with following.library() as library:
        before = library.thesaurus
        assert following.library().thesaurus is before
        _write(root, SPORT.replace("Sport", "Sports"))
        assert following.library().thesaurus is not before


def test_a_file_that_is_not_right_leaves_the_thesaurus_before(root: Path) -> None:
    following = Following.open(root)
    with following.library() as library:
        before = library.thesaurus
        _write(root, "no turtle at all")
        assert following.library().thesaurus is before
        _write(root, SPORT.replace("sport", "play"))
        assert following.library().thesaurus.get("play") is not None


def test_a_thesaurus_that_comes_later_is_met(empty_root: Path) -> None:
    following = Following.open(empty_root)
    with following.library() as library:
        assert len(library.thesaurus) == 0
        _write(empty_root, SPORT)
        assert len(following.library().thesaurus) == 1


def test_a_library_that_is_not_right_from_the_beginning_is_not_opened(empty_root: Path) -> None:
    _write(empty_root, "no turtle at all")
    with pytest.raises(RecordError):
        Following.open(empty_root)

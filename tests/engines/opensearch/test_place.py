"""Where the search server is, and where its password is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.engines.opensearch.place import AUTHORITY_FILE, PASSWORD, PASSWORD_FILE, Place
from library.errors import RecordError

WITH_USER = "opensearch+https://ada@search.example.org/ours?shards=2"


@pytest.fixture(autouse=True)
def no_password_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD, raising=False)


@pytest.fixture
def file(empty_root: Path) -> Path:
    """A file with a password that nobody else may read."""
    path = empty_root / PASSWORD_FILE
    path.parent.mkdir()
    path.write_text("open sésame\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_without_a_user_no_password_is_looked_for(empty_root: Path, file: Path) -> None:
    file.chmod(0o644)
    place = Place.read("opensearch+http://search:9201/ours", empty_root)
    assert place == Place("http", "search", 9201, "ours")


def test_the_password_comes_from_the_file(empty_root: Path, file: Path) -> None:
    place = Place.read(WITH_USER, empty_root)
    assert (place.user, place.password, place.shards) == ("ada", "open sésame", 2)


def test_the_password_comes_from_the_environment_first(
    empty_root: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "hush")
    assert Place.read(WITH_USER, empty_root).password == "hush"
    monkeypatch.setenv(PASSWORD, "")
    assert Place.read(WITH_USER, empty_root).password == "open sésame"


def test_the_password_is_not_shown(empty_root: Path, file: Path) -> None:
    place = Place.read(WITH_USER, empty_root)
    assert place.shown == "https://search.example.org:9200/ours"
    assert "sésame" not in f"{place!r} {place}"


def test_a_user_without_a_password_is_named(empty_root: Path) -> None:
    with pytest.raises(RecordError, match="“ada”, and there is no password") as caught:
        Place.read(WITH_USER, empty_root)
    assert PASSWORD_FILE in str(caught.value) and PASSWORD in str(caught.value)


@pytest.mark.parametrize("mode", [0o644, 0o602, 0o601, 0o666])
def test_a_password_that_others_can_read_is_refused(empty_root: Path, file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(RecordError, match="can be read by others") as caught:
        Place.read(WITH_USER, empty_root)
    assert "sésame" not in str(caught.value)


def test_a_password_for_the_group_is_allowed(empty_root: Path, file: Path) -> None:
    file.chmod(0o640)  # as secrets are handed into containers
    assert Place.read(WITH_USER, empty_root).password == "open sésame"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xff\xfe", "cannot be read"),
        (b"a\nb", "is no password"),
        (b"a" * 5_000, "is no password"),
        (b"\n", "no password"),
    ],
)
def test_what_is_no_password_is_named(empty_root: Path, file: Path, content: bytes, what: str) -> None:
    file.write_bytes(content)
    with pytest.raises(RecordError, match=what):
        Place.read(WITH_USER, empty_root)


def test_a_folder_in_the_place_of_the_password_is_named(empty_root: Path) -> None:
    (empty_root / PASSWORD_FILE).mkdir(parents=True)
    with pytest.raises(RecordError, match="cannot be read"):
        Place.read(WITH_USER, empty_root)


def test_the_authority_is_taken_when_it_is_there(empty_root: Path) -> None:
    address = "opensearch+https://search"
    assert Place.read(address, empty_root).authority is None
    (empty_root / "private").mkdir()
    (empty_root / AUTHORITY_FILE).write_text("-----BEGIN CERTIFICATE-----")
    assert Place.read(address, empty_root).authority == empty_root / AUTHORITY_FILE


def test_a_wrong_address_is_a_wrong_setting(empty_root: Path) -> None:
    with pytest.raises(RecordError) as caught:
        Place.read("opensearch+https://a:0/B", empty_root)
    assert [(problem.file, problem.key) for problem in caught.value.problems] == [("library.toml", "engine")] * 2

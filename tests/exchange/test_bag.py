"""Bags: valid by the Library of Congress's own program, whole or not there, and begun again where they were left."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

import bagit
import pytest

from library.access import Role, User
from library.catalogue import Action, Catalogue, Deed
from library.errors import UsageError
from library.exchange import Form, export, write_bag
from library.exchange import bag as bag_module
from library.library import Library
from tests.exchange.made_up import guide, stock
from tests.papers import everything_under

LIBRARIAN = User(Role.LIBRARIAN, "ada")


@pytest.fixture
def root(empty_root: Path) -> Path:
    """A library with history, a journal, something put aside, and what no bag should hold."""
    stock(empty_root, [guide("night-watch", {"en": "Night watch"}), guide("aside", {"fr": "À part"})])
    catalogue = Catalogue(empty_root / "documents")
    work = catalogue.get("night-watch")
    assert work is not None
    catalogue.save(type(work)(work.id, work.kind, work.editions, date="2021"), Deed("ada", "a year", Action.EDIT))
    catalogue.put_aside("aside", Deed("ada", "", Action.UNDO, "autumn"))
    (empty_root / "documents" / "night-watch" / ".half.tmp").write_text("half done")
    (empty_root / "documents" / "night-watch" / "50% done\nor so.txt").write_text("an odd name")
    (empty_root / "documents" / "link.txt").symlink_to("/etc/hostname")
    (empty_root / "library.toml").write_text('name = "Ours"\n')
    return empty_root


def test_a_bag_holds_the_whole_truth(root: Path, tmp_path: Path) -> None:
    bagged = write_bag(root, tmp_path / "bag")
    names = set(everything_under(tmp_path / "bag"))
    assert names == {
        "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "data/library.toml",
        "data/documents/journal.jsonl", "data/documents/night-watch/record.toml", "data/documents/night-watch/en.pdf",
        "data/documents/night-watch/history/1.toml", "data/documents/night-watch/50% done\nor so.txt",
        "data/documents/.trash/autumn/aside/record.toml", "data/documents/.trash/autumn/aside/fr.pdf",
    }  # fmt: skip
    assert bagged.left_out == ("documents/link.txt",)
    assert bagged.files == len(names) - 4


def test_a_bag_is_valid_and_a_changed_byte_is_found(root: Path, tmp_path: Path) -> None:
    (root / "documents" / "night-watch" / "50% done\nor so.txt").unlink()  # bagit.py leaves %25 as it stands
    write_bag(root, tmp_path / "bag")
    found = bagit.Bag(str(tmp_path / "bag"))
    found.validate()
    assert found.version_info == (1, 0)
    size, count = found.info["Payload-Oxum"].split(".")
    payload = everything_under(tmp_path / "bag" / "data")
    assert (int(size), int(count)) == (sum(map(len, payload.values())), len(payload))
    (tmp_path / "bag" / "data" / "documents" / "night-watch" / "en.pdf").write_bytes(b"other")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_names_in_the_manifest_are_written_as_the_standard_wants(root: Path, tmp_path: Path) -> None:
    write_bag(root, tmp_path / "bag")
    manifest = (tmp_path / "bag" / "manifest-sha256.txt").read_text(encoding="utf-8")
    assert "data/documents/night-watch/50%25 done%0Aor so.txt\n" in manifest


def test_a_bag_packed_is_the_same_bag(root: Path, tmp_path: Path) -> None:
    write_bag(root, tmp_path / "out" / "library")
    out = io.BytesIO()
    with Library.open(root) as library:
        export(library, LIBRARIAN, Form.BAGIT, out)
    with zipfile.ZipFile(out) as packed:
        packed.extractall(tmp_path / "unpacked")
    assert everything_under(tmp_path / "unpacked") == {
        f"library/{name}": content for name, content in everything_under(tmp_path / "out" / "library").items()
    }


def test_a_bag_that_was_left_is_finished_and_never_half_there(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    ending = 4
    copy = bag_module._copied

    def counting(source: Path, target: Path) -> tuple[str, int]:
        if len(copied) == ending:
            raise KeyboardInterrupt
        copied.append(source.name)
        return copy(source, target)

    monkeypatch.setattr(bag_module, "_copied", counting)
    with pytest.raises(KeyboardInterrupt):
        write_bag(root, tmp_path / "bag")
    assert not (tmp_path / "bag").exists()
    first = list(copied)
    unfinished = tmp_path / f".bag{bag_module.UNFINISHED}"
    half = next(path for path in unfinished.rglob("record.toml"))
    half.write_bytes(half.read_bytes()[:10])  # as a power cut leaves it
    (unfinished / "data" / "documents" / "gone.txt").write_text("it was taken out since")
    copied.clear()
    ending = -1
    write_bag(root, tmp_path / "bag")
    assert not unfinished.exists()
    assert len(copied) == len(everything_under(tmp_path / "bag" / "data")) - len(first) + 1
    (tmp_path / "again").mkdir()
    monkeypatch.undo()
    write_bag(root, tmp_path / "again" / "bag")
    whole = everything_under(tmp_path / "again" / "bag")
    assert everything_under(tmp_path / "bag") == whole


def test_a_bag_is_written_over_nothing_and_not_into_the_library(root: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for target in (tmp_path / "there", root / "documents" / "bag"):
        with pytest.raises(UsageError):
            write_bag(root, target)
    assert not (root / "documents" / "bag").exists()


def test_a_bag_is_for_librarians_alone(root: Path) -> None:
    with Library.open(root) as library:
        for role in (Role.READER, Role.MEMBER, Role.CONTRIBUTOR):
            out = io.BytesIO()
            with pytest.raises(UsageError, match="for librarians"):
                export(library, User(role), Form.BAGIT, out)
            assert out.getvalue() == b""


def test_a_name_that_is_no_text_is_told(root: Path, tmp_path: Path) -> None:
    odd = os.fsencode(root / "documents") + b"/\xff.txt"
    try:
        with open(odd, "wb") as file:  # noqa: PTH123 - a name that pathlib would not show
            file.write(b"x")
    except OSError:
        pytest.skip("this disk takes no such name")
    with pytest.raises(UsageError, match="no text"):
        write_bag(root, tmp_path / "bag")


def test_restoring_is_copying_back(root: Path, tmp_path: Path) -> None:
    write_bag(root, tmp_path / "bag")
    shutil.copytree(tmp_path / "bag" / "data" / "documents", tmp_path / "again" / "documents")
    first, second = Catalogue(root / "documents"), Catalogue(tmp_path / "again" / "documents")
    assert second.census() == first.census()
    assert second.history("night-watch") == first.history("night-watch")
    assert list(second.journal.lines()) == list(first.journal.lines())

"""Files are written whole: the old one or the new one, and nothing left beside them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.durable import sync_folder, write_bytes, write_text


@given(st.binary(max_size=200), st.binary(max_size=200), st.booleans())
def test_the_new_content_takes_the_place_of_the_old(
    tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes, sync: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "durable" / "file"
    write_bytes(path, old, sync=sync)
    write_bytes(path, new, sync=sync)
    assert path.read_bytes() == new
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


def test_folders_are_made_and_others_may_read(tmp_path: Path) -> None:
    path = tmp_path / "some" / "folders" / "file.toml"
    write_text(path, "é")
    assert path.read_bytes() == "é".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    (taken / "inside").mkdir(parents=True)
    with pytest.raises(OSError):
        write_text(taken, "cannot replace a folder")
    with pytest.raises(UnicodeEncodeError):
        write_text(tmp_path / "odd", "\ud800")
    assert [entry.name for entry in tmp_path.iterdir()] == ["taken"]


def test_a_long_name_does_not_make_the_temporary_one_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250)
    write_text(path, "fits")
    assert path.read_text() == "fits"


def test_a_folder_that_is_not_there_is_not_synced(tmp_path: Path) -> None:
    sync_folder(tmp_path / "nowhere")

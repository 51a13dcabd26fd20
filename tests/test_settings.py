"""`library.toml`: read once, every wrong key named."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.errors import RecordError
from library.settings import FILE, Settings, read_settings


def test_no_file_means_the_usual(empty_root: Path) -> None:
    assert read_settings(empty_root) == Settings()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_name_is_read(empty_root: Path, mark: str) -> None:
    (empty_root / FILE).write_text(mark + 'name = "Bibliothèque"  # ours\n', encoding="utf-8")
    assert read_settings(empty_root).name == "Bibliothèque"


def test_every_wrong_key_is_named_at_once(empty_root: Path) -> None:
    (empty_root / FILE).write_text('name = 3\ncolour = "red"\n[table]\nx = 1\n', encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_settings(empty_root)
    assert {problem.key for problem in caught.value.problems} == {"name", "colour", "table"}
    assert all(problem.file == FILE and problem.remedy for problem in caught.value.problems)


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe", b"name = 'a'\nname = 'b'", b"a = " + b"[" * 5_000,
                                     b"a = " + b"1" * 5_000])  # fmt: skip
def test_what_is_no_toml_is_a_message(empty_root: Path, content: bytes) -> None:
    (empty_root / FILE).write_bytes(content)
    with pytest.raises(RecordError, match="is not readable as TOML"):
        read_settings(empty_root)

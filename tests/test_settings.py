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


def test_the_address_is_a_whole_one_without_its_last_slash(empty_root: Path) -> None:
    (empty_root / FILE).write_text('address = "https://example.org/library/"\ncontact = "x"\n', encoding="utf-8")
    assert read_settings(empty_root) == Settings(address="https://example.org/library", contact="x")


@pytest.mark.parametrize("address", ["example.org", "javascript:alert(1)", "https://", "https://a b", "ftp://a.org",
                                     "https://a.org/?q=1", "https://a.org/#x", 'https://a.org/\\"'])  # fmt: skip
def test_what_is_no_whole_address_is_named(empty_root: Path, address: str) -> None:
    (empty_root / FILE).write_text(f'address = "{address}"\n', encoding="utf-8")
    with pytest.raises(RecordError, match="is not a whole address"):
        read_settings(empty_root)


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe", b"name = 'a'\nname = 'b'", b"a = " + b"[" * 5_000,
                                     b"a = " + b"1" * 5_000])  # fmt: skip
def test_what_is_no_toml_is_a_message(empty_root: Path, content: bytes) -> None:
    (empty_root / FILE).write_bytes(content)
    with pytest.raises(RecordError, match="is not readable as TOML"):
        read_settings(empty_root)


@pytest.mark.parametrize(("given", "days"), [("off", 0), ("30 days", 30), ("400 days", 400)])
def test_how_long_counts_are_kept(empty_root: Path, given: str, days: int) -> None:
    assert Settings().insight_days == 400
    (empty_root / FILE).write_text(f'insight = "{given}"\n', encoding="utf-8")
    assert read_settings(empty_root).insight_days == days


@pytest.mark.parametrize("given", ['"0 days"', '"400"', '"on"', '"-3 days"', '"99999 days"'])
def test_what_is_no_number_of_days_is_named(empty_root: Path, given: str) -> None:
    (empty_root / FILE).write_text(f"insight = {given}\n", encoding="utf-8")
    with pytest.raises(RecordError, match="is no number of days"):
        read_settings(empty_root)


def test_an_engine_is_named_by_its_address(empty_root: Path) -> None:
    assert Settings().engine == ""
    (empty_root / FILE).write_text('engine = "opensearch+https://ada@search:9200/ours"\n', encoding="utf-8")
    assert read_settings(empty_root).engine == "opensearch+https://ada@search:9200/ours"


def test_what_is_no_engine_is_named_in_all_its_parts(empty_root: Path) -> None:
    (empty_root / FILE).write_text('engine = "opensearch+https://a:0/B"\ncolour = "red"\n', encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_settings(empty_root)
    assert [problem.key for problem in caught.value.problems] == ["engine", "engine", "colour"]
    assert all(problem.file == FILE and problem.remedy for problem in caught.value.problems)

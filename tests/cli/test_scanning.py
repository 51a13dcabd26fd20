"""`library ocr` and `library add` of other formats, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from library.cli import app
from library.errors import OcrMissing, UsageError
from tests.formats.office_samples import docx, par
from tests.scanner import scan, tesseract

RUN = CliRunner()
SEEN = "The night mediators walk the streets and speak with the residents of the square."


def run(root: Path, *words: str, code: int = 0) -> str:
    done = RUN.invoke(app, ["--root", str(root), *words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code
    return done.stdout


def test_a_scan_is_read_when_it_is_asked_for(empty_root: Path, tmp_path: Path) -> None:
    tesseract("en")
    (tmp_path / "old.pdf").write_bytes(scan(SEEN, ""))
    run(empty_root, "add", "--work", "old", "--language", "en", str(tmp_path / "old.pdf"))
    said = run(empty_root, "ocr", "old", "--jobs", "2")
    assert "old.en: 1 pages read by tesseract" in said and "(eng): page 1" in said
    assert "no text found: page 2" in said
    (read,) = json.loads(run(empty_root, "ocr", "old", "--json", "--again"))["editions"]
    assert (read["read"], read["nothing"], read["packs"]) == ([1], [2], ["eng"])
    assert json.loads(run(empty_root, "search", "mediators", "--json"))["total"] == 1


def test_a_scan_in_nobody_knows_which_language_asks_for_it(empty_root: Path, tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes(scan(SEEN))
    run(empty_root, "add", "--work", "old", str(tmp_path / "old.pdf"))
    with pytest.raises(UsageError, match="language of the scan"):
        run(empty_root, "ocr", "old")
    with pytest.raises(UsageError, match="no language of the library"):
        run(empty_root, "ocr", "old", "--language", "klingon")


def test_without_the_program_the_packages_are_named(
    empty_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old.pdf").write_bytes(scan(SEEN))
    run(empty_root, "add", "--work", "old", "--language", "en", str(tmp_path / "old.pdf"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OcrMissing) as caught:
        run(empty_root, "ocr", "old")
    assert "tesseract-ocr" in caught.value.remedy


def test_what_has_text_has_nothing_to_read(empty_root: Path, tmp_path: Path) -> None:
    (tmp_path / "sheet.docx").write_bytes(docx(par(SEEN)))
    assert "(1 sections, DOCX)" in run(empty_root, "add", "--work", "sheet", "--language", "en", str(tmp_path))
    assert "every page of sheet has text" in run(empty_root, "ocr", "sheet")

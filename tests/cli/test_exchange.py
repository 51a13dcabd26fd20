"""`library export` and `library import`: what they print, what they write, and how they end."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from library.exchange import Form
from tests.cli.conftest import Run
from tests.exchange.made_up import document
from tests.papers import everything_under


@pytest.fixture
def records(demo_copy: Path) -> Path:
    """The library of four works without what is derived from it."""
    shutil.rmtree(demo_copy / "private", ignore_errors=True)
    return demo_copy


@pytest.mark.parametrize("form", [Form.CSV, Form.JSONL, Form.DC, Form.BIBTEX, Form.RIS])
def test_a_format_that_is_text_is_printed_or_written(run: Run, records: Path, tmp_path: Path, form: Form) -> None:
    printed = run("export", "--format", form, root=records)
    assert printed.code == 0
    assert "4 works" in printed.err
    written = run("export", "--format", form, "-o", tmp_path / "out", root=records)
    assert (written.code, written.out) == (0, "")
    assert (tmp_path / "out").read_bytes().decode("utf-8") == printed.out
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_somebody_may_not_see_does_not_go_out(run: Run, records: Path) -> None:
    works = {}
    for who in ("reader", "member", "staff"):
        text = run("export", "--format", "csv", "--as", who, root=records).out.removeprefix("\ufeff")
        works[who] = {row["work"] for row in csv.DictReader(io.StringIO(text))}
    assert works["staff"] == works["member"]
    assert works["member"] - works["reader"] == {"drones-ai-public-space"}


def test_packages_need_a_place(run: Run, records: Path, tmp_path: Path) -> None:
    for arguments in (("saf",), ("bagit",), ("csv", "--files")):
        assert run("export", "--format", *arguments, root=records).code == 2
    assert run("export", "--format", "bibtex", "--files", "-o", tmp_path / "x", root=records).code == 2
    assert run("export", "--format", "bagit", "-o", tmp_path / "bag", "--as", "reader", root=records).code == 2
    assert run("export", "--format", "bagit", "-o", tmp_path / "bag", root=records).code == 0
    assert (tmp_path / "bag" / "bagit.txt").is_file()
    assert run("export", "--format", "bagit", "-o", tmp_path / "bag", root=records).code == 2
    assert run("export", "--format", "csv", "-o", tmp_path / "bag", root=records).code == 2


def test_what_could_not_go_out_is_told(run: Run, records: Path, tmp_path: Path) -> None:
    (records / "documents" / "rembrandt-square" / "en.pdf").unlink()
    (records / "documents" / "safer-nights" / "record.toml").write_text("no record")
    ran = run("export", "--format", "saf", "-o", tmp_path / "saf.zip", root=records)
    assert ran.code == 3
    assert "rembrandt-square.en: its file is missing" in ran.err
    assert "safer-nights/record.toml" in ran.err


def test_importing_prints_what_it_would_do_and_then_does_it(run: Run, records: Path, tmp_path: Path) -> None:
    document(tmp_path / "new.pdf", "new")
    table = tmp_path / "records.csv"
    table.write_text("work,language,title,file\nnew,en,New,new.pdf\nrembrandt-square,en,Squares,\nx,y,z,\n")
    before = everything_under(records / "documents")
    rehearsed = run("import", table, "--dry-run", "--json", root=records)
    assert everything_under(records / "documents") == before
    done = run("import", table, "--json", root=records)
    assert (rehearsed.code, done.code) == (2, 2)
    assert {**rehearsed.json, "dry_run": False} == done.json
    assert [row["row"] for row in done.json["added"] + done.json["changed"] + done.json["rejected"]] == [2, 3, 4]
    again = run("import", table, root=records)
    assert again.out.splitlines()[-1] == "0 added, 0 changed, 2 unchanged, 1 rejected"
    assert json.loads(run("show", "rembrandt-square", "--json", root=records).out)["editions"]
    undone = run("import", "--undo", done.json["batch"], "--json", root=records)
    assert undone.code == 0
    assert {work["how"] for work in undone.json["works"]} == {"restored", "put-aside"}
    after = everything_under(records / "documents")
    assert after["rembrandt-square/record.toml"] == before["rembrandt-square/record.toml"]
    assert not any(name.startswith("new/") for name in after)


def test_importing_asks_for_one_thing(run: Run, records: Path, tmp_path: Path) -> None:
    assert run("import", root=records).code == 2
    assert run("import", tmp_path / "none.csv", root=records).code == 2
    assert run("import", "--undo", "no-such", root=records).code == 2
    assert run("import", tmp_path / "none.csv", "--undo", "x", root=records).code == 2

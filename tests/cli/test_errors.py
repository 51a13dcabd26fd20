"""What goes wrong is two lines on standard error and an exit code; standard output stays clean."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from library.engines import whoosh_engine
from library.engines.whoosh_engine import WhooshEngine
from tests.cli.conftest import Run, shell
from tests.papers import COUNCIL, paper, shelve


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", "x", "--topic", "no-such-topic"], 2),
        (["add", "x.pdf", "--language", "klingon"], 2),
        (["add", "x.pdf", "--kind", "leaflet"], 2),
        (["add", "x.pdf", "--topic", "no-such-topic"], 2),
        (["add", "x.pdf", "--work", "../escape"], 2),
        (["add", "x.pdf", "--work", "a" * 300], 2),
        (["show", "no-such-work"], 7),
        (["show", "a" * 5_000], 7),
        (["show", "../drones-ai-public-space"], 7),
    ],
)
def test_an_error_is_two_lines_with_its_exit_code(run: Run, demo_root: Path, arguments: list[str], code: int) -> None:
    ran = run(*arguments, "--json", root=demo_root)
    assert (ran.code, ran.out) == (code, "")
    assert ran.complaint == ["error:", "try:"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["search", "x", "--sort", "sideways"],
        ["search", "x", "--page", "0"],
        ["search", "x", "--per-page", "1000"],
        ["search", "x", "--as", "admin"],
        ["add"],
        ["add", "x.pdf", "--jobs", "0"],
        ["frobnicate"],
    ],
)
def test_a_command_that_makes_no_sense_is_a_usage_error(run: Run, demo_root: Path, arguments: list[str]) -> None:
    ran = run(*arguments, root=demo_root)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


@pytest.fixture
def faulty_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault planted in the processes that read files: counting the letters of a page divides by nought."""
    planted = "from library.formats import text_repair\ntext_repair.letters_in = lambda *_: 1 // 0\n"
    (tmp_path / "planted").mkdir()
    (tmp_path / "planted" / "sitecustomize.py").write_text(planted)
    monkeypatch.syspath_prepend(str(tmp_path / "planted"))


@pytest.mark.usefixtures("faulty_reader")
def test_a_fault_of_the_program_does_not_blame_the_file(run: Run, demo_copy: Path, tmp_path: Path) -> None:
    file = paper(tmp_path / "sound.pdf", COUNCIL)
    ran = run("add", file, "--json", root=demo_copy)
    (rejected,) = ran.json["rejected"]
    assert (ran.code, ran.err) == (2, "")
    assert rejected["reason"].startswith("program-fault: the program failed on “sound.pdf”")
    assert "(ZeroDivisionError)" in rejected["reason"]
    assert "library --debug" in rejected["remedy"]
    traced = run("--debug", "add", file, "--json", root=demo_copy)
    assert "Traceback" in traced.err
    assert "ZeroDivisionError" in traced.err
    shutil.rmtree(demo_copy / "index" / "pages")
    indexed = run("--debug", "index", "--json", root=demo_copy)
    assert indexed.code == 3
    assert len(indexed.json["failed"]) == indexed.err.count("ZeroDivisionError") > 1


def test_no_folder_and_no_index(run: Run, tmp_path: Path, empty_root: Path) -> None:
    nowhere = run("search", "x", root=tmp_path / "none")
    assert (nowhere.code, nowhere.complaint) == (2, ["error:", "try:"])
    empty = run("search", "x", "--json", root=empty_root)
    assert (empty.code, empty.out) == (5, "")
    assert empty.err.splitlines()[1] == "try: run: library index"


def test_another_writer_is_waited_for_and_then_told(
    run: Run, empty_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("index", root=empty_root).code == 0
    shelve(empty_root, "late", {"en": ("A page.",)})
    monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 0.01)
    engine = WhooshEngine(empty_root / "index" / "whoosh")
    with engine.batch():
        ran = run("index", "--json", root=empty_root)
    assert (ran.code, ran.out, ran.complaint) == (6, "", ["error:", "try:"])


def test_records_that_are_not_right_end_with_three(run: Run, empty_root: Path) -> None:
    shelve(empty_root, "broken", {"en": ("A page.",)})
    (empty_root / "documents" / "broken" / "record.toml").write_text("kind = 'leaflet'")
    indexed = run("index", "--json", root=empty_root)
    assert indexed.code == 3
    assert len(indexed.json["problems"]) == 2
    assert run("check", root=empty_root).code == 3
    assert run("show", "broken", "--as", "staff", root=empty_root).code == 3
    assert run("show", "broken", root=empty_root).code == 7
    (empty_root / "documents" / "topics.ttl").write_text("broken")
    assert run("topics", root=empty_root).code == 3


def test_debug_shows_where_and_keeps_the_exit_code(run: Run, demo_root: Path) -> None:
    ran = run("--debug", "show", "no-such-work", root=demo_root)
    assert ran.code == 7
    assert "Traceback (most recent call last)" in ran.err
    assert "NotAllowed" in ran.err
    assert "Traceback" not in run("show", "no-such-work", root=demo_root).err


def test_what_the_disk_refuses_is_two_lines(run: Run, empty_root: Path) -> None:
    (empty_root / "index").write_text("a file where a folder is wanted")
    ran = run("index", root=empty_root)
    assert (ran.code, ran.out, ran.complaint) == (1, "", ["error:", "try:"])
    assert "Traceback" in run("--debug", "index", root=empty_root).err


def test_json_is_utf8_whatever_the_terminal_is(demo_root: Path) -> None:
    done = shell("search", "étę🌙", "--as", "member", "--json", root=demo_root, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["query"] == "étę🌙"


def test_a_shell_gets_the_same_codes(demo_root: Path, empty_root: Path) -> None:
    assert shell("show", "no-such-work", root=demo_root).returncode == 7
    done = shell("search", "x", "--json", root=empty_root)
    assert (done.returncode, done.stdout) == (5, b"")
    assert [line.split(b" ")[0] for line in done.stderr.splitlines()] == [b"error:", b"try:"]


def test_a_damaged_index_is_mended_by_the_command_that_is_named(run: Run, demo_copy: Path) -> None:
    for path in (demo_copy / "index" / "whoosh").glob("generation-*"):
        shutil.rmtree(path)
    broken = run("search", "night", root=demo_copy)
    assert (broken.code, "library index" in broken.err) == (5, True)
    assert run("index", root=demo_copy).code == 0
    assert run("search", "night", root=demo_copy).code == 0
